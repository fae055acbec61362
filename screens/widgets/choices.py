"""Numbered answers: a digit answers at once, letters narrow the list, Enter takes the marked one."""

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from screens.safe import content, joined

if TYPE_CHECKING:
    from wizard.views import ChoiceView, StepView

MOST = 9
"""Answers a step can have: one for each digit."""


class Answer(Horizontal):
    """One row: marker and number, label, and a word about it."""

    class Clicked(Message):
        """Posted when the row is clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, number: int) -> None:
        super().__init__(classes="answer")
        self.number = number

    def compose(self) -> ComposeResult:
        """Lay out the row."""
        yield Static(content(" "), classes="marker")
        yield Static(content(f" {self.number} "), classes="badge")
        yield Static(content(""), classes="label")
        yield Static(content(""), classes="tag")

    def show(self, choice: "ChoiceView", tag: str) -> None:
        """Draw one answer."""
        self.query_one(".label", Static).update(content(choice.label))
        self.query_one(".tag", Static).update(content(tag))
        self.query_one(".tag", Static).display = bool(tag)

    def mark(self, on: bool) -> None:
        """Show that Enter would take this row: by a sign as well as by color."""
        self.set_class(on, "-marked")
        self.query_one(".marker", Static).update(content("›" if on else " "))

    def on_click(self) -> None:
        """Answer with the mouse."""
        self.post_message(self.Clicked(self.number))


class Choices(VerticalScroll, can_focus=True, inherit_bindings=False):
    """The answers of one step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, id="choices.up", tooltip="Mark the answer above"),
        Binding("down", "move(1)", "Down", show=False, id="choices.down", tooltip="Mark the answer below"),
        Binding("enter", "take", "Answer", show=False, id="choices.take", tooltip="Give the marked answer"),
    ]

    marked: reactive[int | None] = reactive(None, init=False)
    """The number of the row that Enter takes."""
    narrowed: reactive[str] = reactive("", init=False)
    """Letters typed to find an answer."""

    class Chosen(Message):
        """Posted when an answer was given."""

        def __init__(self, step: str, code: str) -> None:
            super().__init__()
            self.step = step
            self.code = code

    class Back(Message):
        """Posted when Backspace or Left asks for the step before."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._step = ""
        self._choices: tuple[ChoiceView, ...] = ()
        self._first: int | None = None
        self._rows = tuple(Answer(number) for number in range(1, MOST + 1))
        self._hint = Static(content(""), classes="narrowing")

    def compose(self) -> ComposeResult:
        """Make all nine rows once; a step fills as many as it has answers."""
        yield from self._rows
        yield self._hint

    def show(self, view: "StepView") -> None:
        """Draw a step's answers, the one given before or the likely one marked."""
        self._step, self._choices = view.key, view.choices[:MOST]
        for row, choice in zip(self._rows, self._choices, strict=False):
            row.show(choice, _tag(choice, view.given))
        self._first = _first(self._choices, view.given)
        self.narrowed = ""
        self._draw()
        self.marked = self._first
        self.scroll_home(animate=False)

    def begin(self) -> None:
        """Take the keys."""
        self.focus(scroll_visible=False)

    def watch_marked(self, marked: int | None) -> None:
        """Move the sign."""
        for row in self._rows:
            row.mark(row.number == marked)
            if row.number == marked:
                row.scroll_visible(animate=False)

    def watch_narrowed(self) -> None:
        """Show only what matches and mark it when it is the only one; all again, with the first mark, when cleared."""
        self._draw()
        found = self._found()
        if self.narrowed:
            self.marked = found[0] if len(found) == 1 else None
        else:
            self.marked = self._first
        self.refresh_bindings()

    def action_move(self, by: int) -> None:
        """Mark the next answer in one direction, around the end."""
        found = self._found()
        if not found:
            return
        if self.marked not in found:
            self.marked = found[0] if by > 0 else found[-1]
            return
        self.marked = found[(found.index(self.marked) + by) % len(found)]

    def action_take(self) -> None:
        """Give the marked answer; nothing marked, nothing given."""
        if self.marked is None:
            self._say("Press the number of the answer, or mark one with the arrow keys.")
            return
        self._choose(self.marked)

    def on_key(self, event: events.Key) -> None:
        """Take digits as answers and letters as a search among them."""
        character = event.character or ""
        if event.key in ("backspace", "left"):
            event.stop()
            self._erase(event.key)
        elif character.isdecimal() and character.isascii():
            event.stop()
            self._choose(int(character))
        elif character.isalpha() or (self.narrowed and event.is_printable):
            event.stop()
            self.narrowed = (self.narrowed + character)[:30]

    def clear(self) -> bool:
        """Forget the letters typed; return whether there were any."""
        had, self.narrowed = bool(self.narrowed), ""
        return had

    def on_answer_clicked(self, event: Answer.Clicked) -> None:
        """Answer with the mouse."""
        event.stop()
        self._choose(event.number)

    def _erase(self, key: str) -> None:
        if self.narrowed:
            self.narrowed = self.narrowed[:-1] if key == "backspace" else ""
        else:
            self.post_message(self.Back())

    def _choose(self, number: int) -> None:
        if number in self._found():
            self.post_message(self.Chosen(self._step, self._choices[number - 1].code))
        else:
            self._say(f"There is no answer {number} here.")

    def _found(self) -> list[int]:
        numbered = enumerate(self._choices, start=1)
        return [number for number, choice in numbered if _matches(choice, self.narrowed)]

    def _draw(self) -> None:
        found = self._found()
        for row in self._rows:
            row.display = row.number in found
        self._hint.display = bool(self.narrowed)
        if self.narrowed:
            many = "no answer has these words" if not found else f"{len(found)} of {len(self._choices)}"
            self._hint.update(joined(("Find: ", "bold"), self.narrowed, "▁", f"   {many} · Esc shows all"))

    def _say(self, words: str) -> None:
        self._hint.display = True
        hidden = len(self._found()) < len(self._choices)
        self._hint.update(content(f"{words} Esc shows all answers." if hidden else words))


def _first(choices: "tuple[ChoiceView, ...]", given: str) -> int | None:
    codes = [choice.code for choice in choices]
    likely = [choice.code for choice in choices if choice.likely]
    first = [code for code in (given, *likely) if code in codes]
    return codes.index(first[0]) + 1 if first else None


def _tag(choice: "ChoiceView", given: str) -> str:
    if choice.code == given:
        return "your answer"
    return "likely" if choice.likely else ""


def _matches(choice: "ChoiceView", typed: str) -> bool:
    words = " ".join((choice.label, *choice.also)).casefold()
    return all(part in words for part in typed.casefold().split())
