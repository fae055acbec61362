"""Finding the student: results while typing, and a way on when the student is not among them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.safe import column, content, joined, plain
from screens.widgets.capped import CappedInput
from screens.widgets.entry import TextInput

if TYPE_CHECKING:
    from wizard.views.card import Hit
    from wizard.views.step import StepView

SHOWN = 20
"""Results drawn; whoever needs more types another letter."""

SEARCHED = 50
"""Results asked for, so that the line below can say how many more there are."""

SIBLINGS = "These have the same guardian on file. ↓ and Enter pick one, or type a name."

Find = Callable[[str, int], "tuple[Hit, ...]"]

HINT = "ID, username as typed, or any part of the name; typing mistakes are fine."


class Results(OptionList, can_focus=False):
    """The students found; the keys stay with the line above, so that typing can go on at any moment."""

    virtual_size = reactive(Size(0, 0))
    """Other students change what is drawn, not where anything stands: no layout for every letter."""

    def move(self, by: int) -> None:
        """Mark the next line in one direction; above the first one nothing is marked."""
        self.highlighted = _next(self.highlighted, by, self.option_count)


def _next(marked: int | None, by: int, count: int) -> int | None:
    place = (-1 if marked is None else marked) + by
    return None if place < 0 else min(place, count - 1)


class Search(Vertical):
    """One line and the students that match it, each with what is needed to pick the right one."""

    class Picked(Message):
        """Posted when a student was picked."""

        def __init__(self, step: str, student_id: str) -> None:
            super().__init__()
            self.step = step
            self.student_id = student_id

    class NotInList(Message):
        """Posted when nobody in the list is the student."""

        def __init__(self, step: str, typed: str) -> None:
            super().__init__()
            self.step = step
            self.typed = typed

    def __init__(self, find: Find, *, id: str, unlisted: bool = True) -> None:
        super().__init__(id=id)
        self._find = find
        self._unlisted = unlisted
        """Whether there is a way on without a student."""
        self._step = ""
        self._hits: tuple[Hit, ...] = ()
        self._offered: tuple[Hit, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the line, the results, and the words between them."""
        yield TextInput(placeholder="Find the student", id="find")
        yield Static(content(HINT), id="found")
        yield Results(id="results")

    def show(self, view: "StepView") -> None:
        """Draw the search anew, with what was looked for before."""
        self._step, self._offered = view.key, view.offered
        line = self.query_one(TextInput)
        line.value = plain(view.given, 200)
        line.cursor_position = len(line.value)
        self._look(line.value)

    def begin(self) -> None:
        """Take the keys."""
        self.query_one(TextInput).focus(scroll_visible=False)

    def hit(self, student_id: str) -> "Hit":
        """Return what is known of a student that was found."""
        return next(hit for hit in self._hits if hit.student_id == student_id)

    @on(Input.Changed, "#find")
    def look(self, event: Input.Changed) -> None:
        """Search while typing."""
        event.stop()
        self._look(event.value)

    @on(Input.Submitted, "#find")
    def enter(self, event: Input.Submitted) -> None:
        """Pick the marked student, or the only one found; of several, mark the first and wait."""
        event.stop()
        results = self.query_one(Results)
        if results.highlighted is not None:
            results.action_select()
        elif len(self._hits) == 1 and event.value.strip():
            self.post_message(self.Picked(self._step, self._hits[0].student_id))
        elif event.value.strip():
            results.move(1)

    @on(Results.OptionSelected)
    def pick(self, event: Results.OptionSelected) -> None:
        """Take the marked line."""
        event.stop()
        if event.option.id == "none":
            self.say_not_in_list()
        else:
            self.post_message(self.Picked(self._step, self._hits[event.option_index].student_id))

    @on(CappedInput.Cut)
    def explain(self, event: CappedInput.Cut) -> None:
        """Say why not everything was taken."""
        event.stop()
        self.query_one("#found", Static).update(joined(("! ", "bold"), event.words))

    def on_key(self, event: events.Key) -> None:
        """Move the mark with the arrow keys."""
        if event.key in ("up", "down"):
            event.stop()
            self.query_one(Results).move(1 if event.key == "down" else -1)

    def say_not_in_list(self) -> None:
        """Go on without a student, once something was looked for."""
        typed = self.query_one(TextInput).value
        if typed.strip():
            self.post_message(self.NotInList(self._step, typed))
        else:
            self.query_one("#found", Static).update(joined(("! ", "bold"), "First type the name or the ID they give."))
            self.query_one(TextInput).focus()

    def _look(self, text: str) -> None:
        self._hits = self._find(text, SEARCHED) if text.strip() else self._offered
        results = self.query_one(Results)
        found = [Option(_line(hit)) for hit in self._hits[:SHOWN]]
        results.set_options([*found, Option(NOBODY, id="none")] if self._unlisted else found)
        words = SIBLINGS if self._offered and not text.strip() else _count(text, len(self._hits))
        self.query_one("#found", Static).update(content(words), layout=False)  # one line high, whatever it says


NOBODY = Content.assemble(("Not in the list", "bold"), "  go on without a record of this student")


def _count(text: str, hits: int) -> str:
    if not text.strip():
        return HINT
    if not hits:
        return "Nobody found. Try another part of the name, or the ID."
    if hits > SHOWN:
        many = f"{hits} or more" if hits == SEARCHED else str(hits)
        return f"{many} found, the best {SHOWN} are shown. Type another letter to see fewer."
    return "1 found. Enter picks this student." if hits == 1 else f"{hits} found. ↓ and Enter pick one."


def _line(hit: "Hit") -> Content:
    grade = f"grade {hit.grade}" if hit.grade else ""
    place = " · ".join(filter(None, (grade, hit.school)))
    return joined(column(hit.name, 26, "bold"), " ", f"{plain(hit.masked_id, 12)}  ", (plain(place, 60), "$text-muted"))
