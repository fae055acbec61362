"""The practice card: whom to try in the practice school, and for what."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.safe import content, joined

if TYPE_CHECKING:
    from wizard.views import PracticeStudent


class Practice(VerticalScroll, can_focus=True):
    """Made-up students, each with a kind of call to practise; hidden outside the practice school."""

    def compose(self) -> ComposeResult:
        """Hold the rows."""
        self.border_title = content("PRACTICE SCHOOL · whom to try")
        yield Static(content(""), id="practice-rows")

    def show(self, students: "tuple[PracticeStudent, ...]") -> None:
        """Draw the card."""
        self.display = bool(students)
        self.query_one("#practice-rows", Static).update(Content("\n").join(_row(student) for student in students))


def _row(student: "PracticeStudent") -> Content:
    who = (student.name, "bold")
    return joined(who, f"  {student.student_id}  ", (f"{student.state}\n", "$text-muted"), f"  {student.try_this}")
