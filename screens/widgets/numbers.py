"""How many students can log in, school by school, and what today's calls are about."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.safe import content, joined, plain
from screens.widgets.panels import Panel

if TYPE_CHECKING:
    from wizard.views.home import HomeView, SchoolReadiness

BAR = range(6, 21)
"""Cells of a full bar, by the room there is."""

FIGURES = 24
"""Cells of the figures behind a bar."""

NAME = range(14, 33)
"""Cells of a school's name."""

SHOWN = 5
"""Problems listed at most; the report has them all."""

NO_STUDENTS = "No students yet. F8 brings them in from an export of the student information system."
NO_CALLS = "No calls yet today."


class Numbers(Panel):
    """Readiness by school against the district's date (D02), and today's calls by problem."""

    KEY, TITLE, SHORT = "s", "WHO CAN LOG IN · TODAY’S CALLS", "Schools"

    def compose(self) -> ComposeResult:
        """Lay out the figures; the arrow keys scroll them."""
        with VerticalScroll(id="numbers-scroll"):
            yield Static(content(""), id="deadline")
            yield Static(content(""), id="everybody")
            yield Static(content(""), id="problems")
            yield Static(content(""), id="schools")

    def on_resize(self) -> None:
        """Fit the bars to the new width."""
        if self.view:
            self.draw(self.view)

    def count(self, view: "HomeView") -> str:
        """Return how many of a hundred students can log in."""
        return f"{view.everybody.percent} %" if view.everybody.students else ""

    def draw(self, view: "HomeView") -> None:
        """Draw the figures."""
        deadline = self.query_one("#deadline", Static)
        deadline.update(content(view.deadline, "bold"))
        deadline.display = bool(view.deadline)
        first, *others = _schools(view, self.query_one("#numbers-scroll").size.width - 2)
        self.query_one("#everybody", Static).update(joined(first))
        self.query_one("#problems", Static).update(_problems(view))
        self.query_one("#schools", Static).update(Content("\n").join(others))


def _schools(view: "HomeView", width: int) -> list[Content]:
    """Return a line for all schools together, then one for each."""
    if not view.readiness:
        return [content(NO_STUDENTS, "$text-muted")]
    rows = view.readiness if len(view.readiness) == 1 else (view.everybody, *view.readiness)
    longest = max(len(school.school) for school in rows)
    name = _within(NAME, min(longest, width - FIGURES - BAR[0] - 2))
    cells = _within(BAR, width - FIGURES - name - 2)
    return [_school(school, name, cells, bold=not number) for number, school in enumerate(rows)]


def _within(allowed: range, wanted: int) -> int:
    return max(allowed[0], min(wanted, allowed[-1]))


def _school(school: "SchoolReadiness", longest: int, cells: int, bold: bool) -> Content:
    name = (f"{plain(school.school, longest):{longest}} ", "bold" if bold else "")
    share = f" {school.percent:3} %  "
    of = (f"{school.ready:,} of {school.students:,}", "$text-muted")
    return joined(name, (bar(school.ready, school.students, cells), "$accent"), (share, "bold"), of)


def bar(part: int, whole: int, cells: int) -> str:
    """Return a bar of so many cells; anything at all shows, and only all of it fills the bar."""
    full = part * cells // whole if whole else 0
    full = max(full, 1) if part else 0
    return "█" * full + "░" * (cells - full)


def _problems(view: "HomeView") -> Content:
    if not view.today:
        return content(f"{NO_CALLS}\n", "$text-muted")
    calls = "1 call" if view.today == 1 else f"{view.today} calls"
    lines = [joined((f"\n{count.number:5}  ", "bold"), plain(count.words, 60)) for count in view.problems[:SHOWN]]
    rest = sum(count.number for count in view.problems[SHOWN:])
    more = joined((f"\n{rest:5}  ", "bold"), "about something else (F6: report)") if rest else content("")
    return joined((f"TODAY · {calls}", "bold $accent"), *lines, more, "\n")
