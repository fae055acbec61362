"""Numbered answers: a digit answers at once, letters narrow the list, Enter takes the marked one."""

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import OptionList, Static

from screens.safe import content, joined
from screens.widgets.answers import Answers

if TYPE_CHECKING:
    from wizard.views.step import ChoiceView, StepView

MOST = 9
"""Answers a step can have: one for each digit."""

FEW = 5
"""Up to so many answers have a line between them where there is room."""


class Choices(Vertical):
    """The answers of one step."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False, id="choices.up", tooltip="Mark the answer above"),
        Binding("down", "move(1)", "Down", show=False, id="choices.down", tooltip="Mark the answer below"),
        Binding("enter", "take", "Answer", show=False, id="choices.take", tooltip="Give the marked answer"),
    ]

    narrowed: reactive[str] = reactive("", init=False, repaint=False)
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
        self._given = ""
        self._first: int | None = None
        self._answers = Answers()
        self._airy = False
        self._hint = Static(content(""), classes="narrowing")

    def compose(self) -> ComposeResult:
        """Put what is found by letters below the answers."""
        yield self._answers
        yield self._hint

    @property
    def marked(self) -> int | None:
        """The number of the answer that Enter takes."""
        return self._answers.marked

    def show(self, view: "StepView") -> None:
        """Draw a step's answers, the one given before or the likely one marked."""
        self._step, self._choices, self._given = view.key, view.choices[:MOST], view.given
        self._first = _first(self._choices, view.given)
        self.set_reactive(Choices.narrowed, "")
        self._airy = self._has_room()
        self._draw(self._first)

    def begin(self) -> None:
        """Take the keys."""
        self._answers.focus(scroll_visible=False)

    def on_resize(self) -> None:
        """Give the answers air where there is room."""
        if self._airy != self._has_room():
            self._airy = not self._airy
            self._draw(self.marked)

    def watch_narrowed(self) -> None:
        """Show only what matches and mark it when it is the only one; all again, with the first mark, when cleared."""
        found = self._found()
        only = found[0] if len(found) == 1 else None
        self._draw(only if self.narrowed else self._first)
        self.refresh_bindings()

    def action_move(self, by: int) -> None:
        """Mark the next answer in one direction, around the end."""
        if by > 0:
            self._answers.action_cursor_down()
        else:
            self._answers.action_cursor_up()

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

    def on_paste(self, event: events.Paste) -> None:
        """Take no paste as an answer."""
        event.stop()
        self._say("Pasted text answers nothing here: press the number of the answer.")

    def clear(self) -> bool:
        """Forget the letters typed; return whether there were any."""
        had, self.narrowed = bool(self.narrowed), ""
        return had

    @on(OptionList.OptionSelected)
    def click(self, event: OptionList.OptionSelected) -> None:
        """Answer with the mouse."""
        event.stop()
        self._choose(int(event.option.id or 0))

    @on(OptionList.OptionHighlighted)
    def keep_mark(self, event: OptionList.OptionHighlighted) -> None:
        """Keep to ourselves where the mark is."""
        event.stop()

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

    def _has_room(self) -> bool:
        return len(self._choices) <= FEW and self.screen.has_class("-high")

    def _draw(self, marked: int | None) -> None:
        found = self._found()
        shown = [(number, self._choices[number - 1]) for number in found]
        self._answers.show([(number, one, _tag(one, self._given)) for number, one in shown], self._airy)
        self._answers.mark(marked)
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
