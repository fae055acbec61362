"""A line that may be read: the student's name and number, or the reason for a ticket."""

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from screens.safe import content, joined
from screens.widgets.capped import CappedInput


class TextField(Vertical):
    """A label, its line, and words about what is typed."""

    def __init__(self, label: str, *, id: str, longest: int = 200) -> None:
        super().__init__(id=id, classes="field")
        self.label = label
        """What it is, before the line."""
        self.input = CappedInput(longest=longest, id=f"{id}-input")
        self._cut = ""
        """What was left out of the last paste; it stays in front of any other words until something is typed."""

    def compose(self) -> ComposeResult:
        """Lay out label and line, the words below."""
        with Horizontal(classes="field-row"):
            yield Static(content(self.label), classes="field-label")
            yield self.input
        yield Static(Content(""), classes="field-words")

    @property
    def typed(self) -> str:
        """Return what is typed."""
        return self.input.value

    def say(self, words: str, ok: bool | None = None) -> None:
        """Show how what is typed stands: a word, then the reason."""
        state = {True: ("ok  ", "bold $good-foreground"), False: ("not yet  ", "bold $warning"), None: ("", "")}[ok]
        shown = content(self._cut) if self._cut else joined(state, words)
        self.query_one(".field-words", Static).update(shown)

    @on(CappedInput.Cut)
    def _say_what_was_left_out(self, event: CappedInput.Cut) -> None:
        event.stop()
        self._cut = event.words
        self.say("")

    @on(Input.Changed)
    def _say_nothing(self) -> None:
        self._cut = ""
        self.say("")
