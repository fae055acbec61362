"""One line to type an answer, with words beside it instead of a red border."""

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, Static

from screens.safe import content, plain
from screens.widgets.capped import CappedInput

if TYPE_CHECKING:
    from wizard.views.step import StepView

LONGEST = 200
"""Characters that are taken; an answer has far fewer."""


class TextInput(CappedInput):
    """A free line; `?` typed into it while it is empty asks for help."""

    class Asked(Message):
        """Posted when `?` is typed into an empty line: a question, not an answer."""

    def __init__(self, placeholder: str = "", *, id: str) -> None:
        super().__init__(longest=LONGEST, id=id)
        self.placeholder = placeholder
        self.select_on_focus = False

    def on_key(self, event: events.Key) -> None:
        """Let `?` ask for help while nothing is typed yet."""
        if event.character == "?" and not self.value:
            event.stop()
            event.prevent_default()
            self.post_message(self.Asked())


class Entry(Vertical):
    """The question, the line, and what is wrong with what was typed."""

    class Given(Message):
        """Posted when Enter gives what was typed."""

        def __init__(self, step: str, typed: str) -> None:
            super().__init__()
            self.step = step
            self.typed = typed

    _step = ""

    def compose(self) -> ComposeResult:
        """Lay out the line and the words under it."""
        yield TextInput(placeholder="Type it, then press Enter", id="typed")
        yield Static(content(""), id="typed-words")
        yield Static(content("Upper and lower case, spaces and dashes: type it the way they say it."), id="typed-hint")

    def show(self, view: "StepView") -> None:
        """Draw a step's line: empty, or with what was typed before; the advice stands right under it."""
        self._step = view.key
        line = self.query_one(TextInput)
        if not view.advice:
            with line.prevent(Input.Changed):
                line.value = plain(view.given, LONGEST)
                line.cursor_position = len(line.value)
        self._say(f"! {view.advice}" if view.advice else "")

    def begin(self) -> None:
        """Take the keys."""
        self.query_one(TextInput).focus(scroll_visible=False)

    @on(Input.Submitted)
    def give(self, event: Input.Submitted) -> None:
        """Pass what was typed up, as typed."""
        event.stop()
        self.post_message(self.Given(self._step, event.value))

    @on(CappedInput.Cut)
    def explain(self, event: CappedInput.Cut) -> None:
        """Say why not everything was taken."""
        event.stop()
        self._say(f"! {event.words}")

    def _say(self, words: str) -> None:
        said = self.query_one("#typed-words", Static)
        said.update(content(words))
        said.display = bool(words)
