"""The practice card: whom to try in the practice school, and for what."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from screens.safe import content, joined
from screens.widgets.panels import Panel

if TYPE_CHECKING:
    from wizard.views.home import PracticeStudent


class Row(Horizontal):
    """One student, and what there is to try."""

    def __init__(self, student: "PracticeStudent") -> None:
        super().__init__(classes="practice-row")
        self._student = student

    def compose(self) -> ComposeResult:
        """Lay out name, number and words in columns."""
        yield Static(content(self._student.name, "bold", 40), classes="practice-name")
        yield Static(content(self._student.student_id), classes="practice-id")
        yield Static(content(self._student.try_this), classes="practice-words")


class TourLine(Static):
    """Says that there is a tour; a click begins it."""

    async def on_click(self) -> None:
        """Begin the tour with the mouse."""
        await self.app.run_action("app.tour")


class Practice(Panel):
    """Made-up students, each with a kind of call to practise; absent outside the practice school."""

    KEY, TITLE, SHORT = "t", "PRACTICE SCHOOL · whom to try, and what for", "Try it out"

    students: "tuple[PracticeStudent, ...]" = ()

    def take(self, students: "tuple[PracticeStudent, ...]") -> None:
        """Learn whom there is to try, before the card is put up."""
        self.students = students
        self.set_class(not students, "-absent")

    def compose(self) -> ComposeResult:
        """Lay out the rows; the arrow keys scroll them."""
        with VerticalScroll(id="practice-rows"):
            yield TourLine(joined((" G ", "bold reverse"), (" A first call in two minutes, key by key", "bold")))
            yield from map(Row, self.students)
