"""The follow-ups: students somebody should look after today, one key from a call about them."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from screens.safe import content, joined, plain
from screens.widgets.lines import Lines
from screens.widgets.panels import Panel

if TYPE_CHECKING:
    from wizard.views.home import FollowUp, HomeView

NOTHING_DUE = (
    "Nothing is due today. Open tickets, claims that open today, and accounts that a ticket has reset are listed here."
)

NARROW = 66
"""Below this width the school stands on a line of its own."""

SIGNS = {"claim-again": "CLAIM AGAIN", "opens": "OPENS TODAY", "ticket": "TICKET"}


class FollowUps(Panel):
    """Accounts to be claimed again, claims that open today, tickets to watch (D03, D17, D18)."""

    KEY, TITLE, SHORT = "f", "FOLLOW-UPS", "Follow-ups"

    class Picked(Message):
        """Posted when somebody wants to begin a call about the student."""

        def __init__(self, student_id: str) -> None:
            super().__init__()
            self.student_id = student_id

    def compose(self) -> ComposeResult:
        """Lay out what Enter does, and the students."""
        yield Static(content(""), id="due-title")
        yield Lines(id="due")
        yield Static(content(NOTHING_DUE), id="nothing-due", classes="empty")

    def on_mount(self) -> None:
        """Hide what there is nothing for yet."""
        for part in ("#due-title", "#due", "#nothing-due"):
            self.query_one(part).display = False

    def on_resize(self) -> None:
        """Fit the lines to the new width."""
        if self.view:
            self.draw(self.view)

    def count(self, view: "HomeView") -> str:
        """Return how many students are due."""
        return f"{view.to_follow:,}" if view.to_follow else ""

    def draw(self, view: "HomeView") -> None:
        """Draw who is due."""
        narrow = self.size.width < NARROW
        due = view.follow_ups
        more = f" {len(due)} of {view.to_follow:,} are listed." if view.to_follow > len(due) else ""
        self.query_one("#due-title", Static).update(
            content(f"Enter begins a phone call about the marked student: call the family.{more}")
        )
        self.query_one("#due-title").display = bool(due)
        self.query_one("#nothing-due").display = not due
        self.query_one(Lines).draw([(f"{line.kind} {line.student.student_id}", _line(line, narrow)) for line in due])

    @on(OptionList.OptionSelected, "#due")
    def pick(self, event: OptionList.OptionSelected) -> None:
        """Begin a call about the marked student."""
        event.stop()
        if event.option.id:
            self.post_message(self.Picked(event.option.id.partition(" ")[2]))


def _line(line: "FollowUp", narrow: bool) -> Content:
    student = line.student
    before = f"\n{'':13}" if narrow else "  "
    where = f"{before}{student.masked_id} · grade {plain(student.grade, 4)} · {plain(student.school, 30)}"
    return joined(
        (f"{SIGNS[line.kind]:11}", "bold $accent"), "  ", (plain(student.name, 36), "bold"), (where, "$text-muted"),
        f"\n{'':13}{plain(line.words, 120)}",
    )  # fmt: skip
