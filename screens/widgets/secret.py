"""A line for a secret: masked, never copied, forgotten when its screen goes away.

The clear text lives in the input's value and nowhere else: messages carry no value, a selection has no
text, the clipboard is only ever read, and unmounting empties the field by whatever route that happens.
"""

from typing import ClassVar

from pydantic import SecretStr
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.timer import Timer
from textual.validation import ValidationResult
from textual.widgets import Input, Static

from screens.safe import content
from screens.widgets.capped import CappedInput

LONGEST = 128
"""Characters a secret may have (NIST SP 800-63B asks for at least 64)."""

SECONDS_SHOWN = 10.0
"""How long the eye stays open."""


class SecretInput(CappedInput):
    """An input whose text nobody can copy, and which masks itself again."""

    ALLOW_SELECT = False
    TOO_LONG = "That is too long: at most {longest} characters. Nothing was taken."
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "eye", "Show/hide", tooltip="Look at what is typed, for ten seconds", id="secret.eye")
    ]

    shown = reactive(False, init=False)
    """Whether the eye is open (D08)."""

    class Changed(Input.Changed):
        """Posted when the text changes; says only that it did."""

        def __init__(self, input: Input, value: str, validation_result: ValidationResult | None = None) -> None:
            super().__init__(input, "", None)

    class Submitted(Input.Submitted):
        """Posted on Enter; carries no text."""

        def __init__(self, input: Input, value: str, validation_result: ValidationResult | None = None) -> None:
            super().__init__(input, "", None)

    class Blurred(Input.Blurred):
        """Posted when the focus leaves; carries no text."""

        def __init__(self, input: Input, value: str, validation_result: ValidationResult | None = None) -> None:
            super().__init__(input, "", None)

    class Eye(Message):
        """Posted when the eye opens or closes."""

    def __init__(self, *, id: str | None = None, seconds_shown: float = SECONDS_SHOWN) -> None:
        super().__init__(longest=LONGEST, id=id, masked=True)
        self.seconds_shown = seconds_shown
        self._eye_clock: Timer | None = None

    @property
    def secret(self) -> SecretStr:
        """Return what is typed, wrapped so that printing it shows nothing."""
        return SecretStr(self.value)

    @property
    def selected_text(self) -> str:
        """Return nothing: a selection in a secret has no text to take away."""
        return ""

    @property
    def _value(self) -> Text:
        if not self.shown:
            return super()._value
        # One cell of ink per character, also for those that a terminal would obey instead of drawing.
        inert = "".join(
            character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in self.value
        )
        return Text(inert, no_wrap=True, overflow="ignore", end="")

    def fitting(self, line: str, room: int) -> str:
        """Return the whole line or nothing: who pastes a long password must not get a shorter one."""
        return line if len(line) <= room else ""

    def at_the_door(self, line: str) -> str:
        """Return the line unchanged: a password is refused in words, never quietly altered."""
        return line

    def forget(self) -> None:
        """Empty the field and close the eye."""
        self.shown = False
        self.value = ""

    def action_eye(self) -> None:
        """Show what is typed for some seconds, or hide it again."""
        self.shown = not self.shown

    def action_copy(self) -> None:
        """Do nothing: a secret is not copied."""

    def action_cut(self) -> None:
        """Do nothing: a secret is not cut."""

    def watch_shown(self, shown: bool) -> None:
        """Unmask while the eye is open, and start the clock that closes it."""
        self.password = not shown
        if self._eye_clock:
            self._eye_clock.stop()
        self._eye_clock = self.set_timer(self.seconds_shown, self.close_eye) if shown else None
        self.post_message(self.Eye())

    def close_eye(self) -> None:
        """Mask the text again."""
        self.shown = False

    def on_blur(self) -> None:
        """Close the eye when the student goes elsewhere, or the terminal loses the focus."""
        self.shown = False

    def on_unmount(self) -> None:
        """Forget the text by whatever route the field goes away."""
        self.set_reactive(SecretInput.value, "")


class EyeLabel(Static):
    """The eye in words, for the mouse."""

    ALLOW_SELECT = False

    class Pressed(Message):
        """Posted when the words are clicked."""

    def say(self, shown: bool) -> None:
        """Say what a click (or F3) does next."""
        self.update(Content("Hide (F3)" if shown else "Show (F3)"))

    def on_click(self) -> None:
        """Pass the click on to the field."""
        self.post_message(self.Pressed())


class SecretField(Vertical):
    """A label, the secret's line, its eye, and a sentence when something was left out."""

    def __init__(self, label: str, *, id: str, stacked: bool = False) -> None:
        super().__init__(id=id, classes="field stacked" if stacked else "field")
        self._label = Static(content(label), classes="field-label")
        self._stacked = stacked
        self.input = SecretInput(id=f"{id}-input")

    def compose(self) -> ComposeResult:
        """Lay out label, line and eye, the sentence below; stacked, the label has its own row."""
        if self._stacked:
            yield self._label
        with Horizontal(classes="field-row"):
            if not self._stacked:
                yield self._label
            yield self.input
            yield EyeLabel(Content("Show (F3)"), classes="field-eye")
        yield Static(Content(""), classes="field-words")

    @property
    def secret(self) -> SecretStr:
        """Return what is typed."""
        return self.input.secret

    def relabel(self, label: str) -> None:
        """Put other words before the line."""
        self._label.update(content(label))

    @on(SecretInput.Eye)
    def _say_what_the_eye_does(self, event: SecretInput.Eye) -> None:
        event.stop()
        self.query_one(EyeLabel).say(self.input.shown)

    @on(EyeLabel.Pressed)
    def _press_eye(self, event: EyeLabel.Pressed) -> None:
        event.stop()
        self.input.focus()
        self.input.action_eye()

    @on(CappedInput.Cut)
    def _say_what_was_left_out(self, event: CappedInput.Cut) -> None:
        event.stop()
        self.query_one(".field-words", Static).update(content(event.words))

    @on(SecretInput.Changed)
    def _say_nothing(self) -> None:
        self.query_one(".field-words", Static).update(Content(""))
