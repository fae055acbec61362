"""The practice card: whom to try in the practice school, and for what."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from screens.safe import content

if TYPE_CHECKING:
    from wizard.views import PracticeStudent


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


class Practice(VerticalScroll, can_focus=True):
    """Made-up students, each with a kind of call to practise; hidden outside the practice school."""

    def on_mount(self) -> None:
        """Name the card."""
        self.border_title = content("PRACTICE SCHOOL · whom to try, and what for")

    def show(self, students: "tuple[PracticeStudent, ...]") -> None:
        """Draw the card."""
        self.display = bool(students)
        self.remove_children()
        self.mount_all(Row(student) for student in students)
