"""The report: what families called about, how the calls ended, how long they took, where they got stuck.

A *ticket avoided* is a call that ended solved after at least one of the steps that the district wants before a ticket
(the video, the username, the password, the button for a forgotten password, the challenge questions: D06-D10), and in
which no ticket was drafted.
"""

import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wizard.calllog import UNFINISHED, Call, Reader
from wizard.views.home import Count, SchoolReadiness

AVOIDED = (
    "Tickets avoided: calls that ended solved after a step that comes before a ticket (video, username, password, "
    "“Forgot my Password”, challenge questions), without a ticket being drafted."
)
"""What the number means, for whoever reads it."""

NO_STUDENT = "No student picked"

RESULTS = {
    "solved": "Solved",
    "waiting": "Waits for something",
    "ticket": "Ticket",
    "referred": "Sent to somebody else",
    "declined": "Caller not identified",
    UNFINISHED: "Not finished",
}
"""Each result in words."""


@dataclass(frozen=True, slots=True)
class Row:
    """Calls that have something in common."""

    words: str
    calls: int
    median: float
    """Minutes."""
    p90: float
    """Minutes that nine in ten calls do not exceed."""


@dataclass(frozen=True, slots=True)
class Sticking:
    """A step, and how calls get along with it."""

    step: str
    words: str
    asked: int
    median: int
    """Seconds."""
    p90: int
    """Seconds."""
    changed: int
    """How often an answer given there was changed later."""
    stuck: int
    """Calls that stand there without an outcome."""


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of one stretch of time."""

    since: datetime | None
    until: datetime | None
    school: str
    """Only calls about students of this school; empty: all."""
    every: Row
    problems: tuple[Row, ...]
    outcomes: tuple[Row, ...]
    results: tuple[Row, ...]
    schools: tuple[Row, ...]
    hours: tuple[Count, ...]
    steps: tuple[Sticking, ...]
    """Those that take longest or are changed or stuck most, first."""
    tickets: int
    """Calls that ended with a ticket."""
    avoided: int
    readiness: tuple[SchoolReadiness, ...]


def figures(
    calls: Sequence[Call],
    reader: Reader,
    changed: Mapping[str, int],
    readiness: tuple[SchoolReadiness, ...],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    school: str = "",
) -> Report:
    """Return all figures; `changed` tells how often answers to each step were given anew."""
    return Report(
        since=since,
        until=until,
        school=school,
        every=_row("All calls", calls),
        problems=_rows(calls, lambda call: call.problem),
        outcomes=_rows(calls, lambda call: call.outcome if call.result != UNFINISHED else RESULTS[UNFINISHED]),
        results=_rows(calls, lambda call: RESULTS.get(call.result, call.result)),
        schools=_rows(calls, lambda call: call.school or NO_STUDENT),
        hours=_hours(calls),
        steps=_steps(calls, reader, changed),
        tickets=sum(call.result == "ticket" for call in calls),
        avoided=sum(call.ticket_avoided for call in calls),
        readiness=readiness,
    )


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the smallest value that this many percent of them do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)] if ordered else 0


def _rows(calls: Iterable[Call], of: Callable[[Call], str]) -> tuple[Row, ...]:
    groups: dict[str, list[Call]] = defaultdict(list)
    for call in calls:
        groups[of(call)].append(call)
    rows = (_row(words, group) for words, group in groups.items())
    return tuple(sorted(rows, key=lambda row: (-row.calls, row.words)))


def _row(words: str, calls: Sequence[Call]) -> Row:
    minutes = [call.minutes for call in calls]
    return Row(words, len(calls), statistics.median(minutes) if minutes else 0, percentile(minutes, 90))


def _hours(calls: Iterable[Call]) -> tuple[Count, ...]:
    """Return the calls that began in each hour of the day, from the first hour with any to the last."""
    counted = Counter(call.started.hour for call in calls)
    hours = range(min(counted), max(counted) + 1) if counted else range(0)
    return tuple(Count(_hour(hour), counted[hour]) for hour in hours)


def _hour(hour: int) -> str:
    return f"{hour % 12 or 12} {'AM' if hour < 12 else 'PM'}"


def _steps(calls: Iterable[Call], reader: Reader, changed: Mapping[str, int]) -> tuple[Sticking, ...]:
    seconds: dict[str, list[int]] = defaultdict(list)
    stuck: Counter[str] = Counter()
    for call in calls:
        for asked in call.asked:
            seconds[asked.step].append(asked.seconds)
        if call.stands_at:
            stuck[call.stands_at] += 1
    steps = [
        Sticking(
            step=step,
            words=reader.ask(step),
            asked=len(seconds[step]),
            median=round(statistics.median(seconds[step])) if seconds[step] else 0,
            p90=round(percentile(seconds[step], 90)),
            changed=changed.get(step, 0),
            stuck=stuck[step],
        )
        for step in (*seconds, *(step for step in stuck if step not in seconds))
    ]
    return tuple(sorted(steps, key=lambda step: (-step.stuck - step.changed, -step.p90, step.step)))
