"""The trail: what was asked and answered so far."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.safe import content, joined, plain

if TYPE_CHECKING:
    from wizard.views import StepView, TrailEntry

SIGNS = {"staff": "✓", "records": "=", "action": "★"}
"""Who answered: staff, the records by themselves, or something done here."""


def line(view: "StepView", width: int) -> Content:
    """Return the trail on one line; what does not fit falls off at its beginning."""
    answers = [plain(entry.answer, 30) for entry in view.trail] + [view.flow_title]
    while len(answers) > 1 and len(" › ".join(answers)) + 2 > width:
        answers[:2] = [f"… {answers[1].removeprefix('… ')}"]
    return content(" › ".join(answers), limit=max(width, 10))


def spent(seconds: int) -> str:
    """Return `12 s` or `3 min 5 s`."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def entry_lines(entry: "TrailEntry") -> Content:
    """Return one answered step on two lines: the question, then the answer."""
    return joined((f"{entry.ask}\n", "$text-muted"), (f"{SIGNS[entry.by]} ", "bold"), entry.answer)


class Trail(VerticalScroll, can_focus=False):
    """The trail as a panel, for wide terminals."""

    def compose(self) -> ComposeResult:
        """Hold the lines."""
        self.border_title = content("SO FAR")
        yield Static(content(""), id="trail-lines")

    def show(self, view: "StepView") -> None:
        """Draw the trail and keep its end in sight."""
        lines = [entry_lines(entry) for entry in view.trail]
        lines.append(joined(("▸ now\n", "bold"), view.flow_title))
        self.query_one("#trail-lines", Static).update(Content("\n\n").join(lines))
        self.call_after_refresh(self.scroll_end, animate=False)
