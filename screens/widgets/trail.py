"""The trail: what was asked and answered so far."""

from datetime import datetime
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.safe import content, joined, plain

if TYPE_CHECKING:
    from wizard.views.step import StepView, TrailEntry

SIGNS = {"staff": "✓", "records": "=", "action": "★"}
"""Who answered: staff, the records by themselves, or something done here."""


LONGEST = 120
"""Characters of one answer on the trail."""


def line(view: "StepView", width: int, now: datetime | None = None) -> Content:
    """Return the trail on one line; what does not fit falls off at its beginning."""
    here = " · ".join(filter(None, (view.flow_title, running(view, now))))
    answers = [brief_words(plain(entry.answer), 30) for entry in view.trail] + [here]
    while len(answers) > 1 and len(" › ".join(answers)) + 2 > width:
        answers[:2] = [f"… {answers[1].removeprefix('… ')}"]
    return content(" › ".join(answers), limit=max(width, 10))


def brief_words(words: str, limit: int) -> str:
    """Return as many whole words as fit, with an ellipsis for the rest; a single long word is cut."""
    if len(words) <= limit:
        return words
    whole, blank, _ = words[: limit - 1].rpartition(" ")
    return f"{whole.rstrip(' ,;:.')} …" if blank else plain(words, limit)


def spent(seconds: int) -> str:
    """Return `12 s` or `3 min 5 s`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def brief(seconds: int) -> str:
    """Return `12s`, `3m05s` or `2h10m`: one word, so that no line is broken in it."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}h{minutes:02}m"
    return f"{minutes}m{rest:02}s" if minutes else f"{rest}s"


def running(view: "StepView", now: datetime | None) -> str:
    """Return how long this step is on screen; empty when that is not known."""
    if view.since is None or now is None:
        return ""
    return spent(max(0, int((now - view.since).total_seconds())))


def entry_lines(entry: "TrailEntry") -> Content:
    """Return one answered step on two lines: the question, then the answer."""
    seconds = f"  {brief(entry.seconds)}" if entry.by == "staff" else ""
    answer = plain(entry.answer, LONGEST)
    return joined((f"{entry.ask}\n", "$text-muted"), (f"{SIGNS[entry.by]} ", "bold"), answer, (seconds, "$text-muted"))


class Trail(VerticalScroll, can_focus=False):
    """The trail as a panel, for wide terminals."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._answered: list[Content] = []

    def compose(self) -> ComposeResult:
        """Hold the lines."""
        self.border_title = content("SO FAR")
        yield Static(content(""), id="trail-lines")

    def show(self, view: "StepView", now: datetime | None = None) -> None:
        """Draw the trail and keep its end in sight."""
        self._answered = [entry_lines(entry) for entry in view.trail]
        self._draw(view, now, layout=True)
        self.call_after_refresh(self.scroll_end, animate=False)

    def tick(self, view: "StepView", now: datetime | None) -> None:
        """Draw how long the step is on screen by now; it stands on a line of its own, so nothing moves."""
        self._draw(view, now, layout=False)

    def _draw(self, view: "StepView", now: datetime | None, layout: bool) -> None:
        clock = running(view, now)
        here = joined(("▸ now", "bold"), (f"  {clock}\n" if clock else "\n", "$text-muted"), view.flow_title)
        self.query_one("#trail-lines", Static).update(Content("\n\n").join([*self._answered, here]), layout=layout)
