"""The report: what families called about, how it went, and who cannot log in yet, for the help-desk lead."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from screens.safe import content, plain
from screens.widgets.keys import Keys
from screens.widgets.topbar import TopBar

if TYPE_CHECKING:
    from pathlib import Path

    from wizard.desk import Desk
    from wizard.report import Report
    from wizard.reportpage import Line

EXPLAINED = (
    "The figures are counted from every call in the records. E writes them as tables for a spreadsheet into a new "
    "private folder, together with the call list of students who cannot log in yet."
)

SPANS = {"today": 0, "the last 7 days": 6, "the last 30 days": 29, "all calls": None}
"""What the figures are about, in words -> days before today; None: since the first call."""

STYLES = {"title": "bold $accent", "words": "$text-muted", "row": ""}


class ReportScreen(Screen[None]):
    """A page that scrolls; read again whenever another stretch of time is chosen."""

    CSS_PATH = "report.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,f6", "leave", "Home", id="report.leave", tooltip="Return to the home screen"),
        Binding("t", "span", "Time", id="report.span", tooltip="Today, the last 7 days, the last 30 days, all calls"),
        Binding("r", "read", "Read again", id="report.read", tooltip="Count again what has come in meanwhile"),
        Binding("e", "export", "Export", id="report.export", tooltip="Write tables and the call list into a folder"),
        Binding("question_mark,f1", "help", "Help", id="report.help", tooltip="What the figures mean, and all keys"),
    ]

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self._desk = desk
        self._span = "today"
        self._made: Report | None = None

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        yield TopBar()
        with VerticalScroll(id="page"):
            yield Static(content("Counting …"), id="figures")
        yield Static(content(""), id="said")
        yield Keys()

    def on_mount(self) -> None:
        """Count today's calls first, and let the arrow keys scroll."""
        self.query_one("#page").focus()
        self.action_read()

    def on_resize(self) -> None:
        """Fit the bars to the new width."""
        self._draw()

    def action_read(self) -> None:
        """Count, while the screen stays usable."""
        self.query_one(TopBar).show(f"Report · {self._span}", "counting … ")
        read = partial(self._desk.report_of_days, SPANS[self._span])
        self._work(read, "report")

    def action_span(self) -> None:
        """Go on to the next stretch of time."""
        spans = list(SPANS)
        self._span = spans[(spans.index(self._span) + 1) % len(spans)]
        self.action_read()

    def action_export(self) -> None:
        """Write what is on screen into a new folder."""
        if self._made:
            self._say("Writing …")
            self._work(partial(self._desk.write_report, self._made), "export")

    def _work(self, do: "partial[Report] | partial[Path]", name: str) -> None:
        self.run_worker(do, name=name, group=name, thread=True, exclusive=True, exit_on_error=False)

    def on_worker_state_changed(self, event: "Worker.StateChanged") -> None:
        """Draw what was counted, say where it was written, or why neither worked."""
        from wizard.trouble import TROUBLE

        event.stop()
        if event.state is WorkerState.SUCCESS:
            self._done(event.worker)
        elif event.state is WorkerState.ERROR and event.worker.error:
            if not isinstance(event.worker.error, TROUBLE):
                raise event.worker.error
            self._say(f"! {event.worker.error}")

    def _done(self, worker: "Worker[object]") -> None:
        if worker.name == "export":
            self._say(f"Written to {worker.result}. It holds student data: keep it private.")
            return
        self._made = worker.result  # type: ignore[assignment]
        self.query_one(TopBar).show(f"Report · {self._span}", f"{self._desk.agent} ")
        self._say("")
        self._draw()

    def _draw(self) -> None:
        if self._made is None:
            return
        from wizard.reportpage import page

        lines = page(self._made, self.size.width - 7)
        self.query_one("#figures", Static).update(Content("\n").join(map(_line, lines)))

    def _say(self, words: str) -> None:
        said = self.query_one("#said", Static)
        said.update(content(plain(words, 400)))
        said.display = bool(words)

    def action_help(self) -> None:
        """Say what the figures mean, and list the keys."""
        from screens.help import HelpScreen
        from wizard.report import AVOIDED

        self.app.push_screen(HelpScreen("The report", f"{EXPLAINED} {AVOIDED}", self.active_bindings.values()))

    def action_leave(self) -> None:
        """Return to the home screen."""
        self.dismiss()


def _line(line: "Line") -> Content:
    return content(line.text, STYLES[line.kind])
