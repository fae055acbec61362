"""A report as a page of text with bars: for the terminal and for the lead's screen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from wizard.report import AVOIDED, Report, Row, Sticking
from wizard.text import fitted
from wizard.views.home import Count, SchoolReadiness

BAR = 20
"""Cells of the longest bar."""

NAME = 40
"""Cells of a name; a longer one is cut."""

LISTED = 12
"""Steps listed at most: those where calls get stuck most."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page."""

    text: str
    kind: Literal["title", "row", "words"] = "row"


def page(made: Report, width: int = 100) -> tuple[Line, ...]:
    """Return the page, at most `width` cells wide as far as names allow."""
    return tuple(_lines(made, max(16, min(NAME, width - 46)), max(6, min(BAR, width - 76))))


def _lines(made: Report, name: int, bar: int) -> Iterator[Line]:
    yield Line(_head(made), "title")
    yield from map(Line, _every(made))
    if not made.every.calls:
        yield Line("No calls yet in this time. The figures fill in as calls are taken.", "words")
    yield from _section("What they called about", (_calls(row, made.problems, name, bar) for row in made.problems))
    yield from _section("How the calls ended", (_calls(row, made.outcomes, name, bar) for row in made.outcomes))
    yield from _section("Schools", (_calls(row, made.schools, name, bar) for row in made.schools))
    yield from _section("Hours of the day", (_hour(hour, made.hours, bar) for hour in made.hours))
    yield from _section("Where calls get stuck or go back", _steps(made.steps[:LISTED], name + bar - 2))
    yield from _section("Who can log in", (_school(school, name, bar) for school in made.readiness))
    yield Line("")
    yield Line(AVOIDED, "words")


def _head(made: Report) -> str:
    where = f" · {made.school}" if made.school else ""
    return f"Calls {_span(made.since, made.until)}{where}"


def _span(since: datetime | None, until: datetime | None) -> str:
    first = f"from {since:%Y-%m-%d}" if since else ""
    last = f"to {until - timedelta(microseconds=1):%Y-%m-%d}" if until else ""
    return " ".join(filter(None, (first, last))) or "since the first one"


def _every(made: Report) -> Iterator[str]:
    every = made.every
    calls = "1 call" if every.calls == 1 else f"{every.calls:,} calls"
    yield f"{calls}: half of them within {every.median:.1f} min, nine in ten within {every.p90:.1f} min."
    yield f"Ended with a ticket: {made.tickets:,}. Tickets avoided: {made.avoided:,} (meaning: see the end)."


def _section(title: str, rows: Iterable[str]) -> Iterator[Line]:
    found = [Line(row) for row in rows]
    if found:
        yield Line("")
        yield Line(title, "title")
        yield from found


def _calls(row: Row, rows: Sequence[Row], name: int, bar: int) -> str:
    share = row.calls * 100 // max(1, sum(each.calls for each in rows))
    filled = bars(row.calls, max(each.calls for each in rows), bar)
    return (
        f"{fitted(row.words, name)}  {filled} {row.calls:6,}  {share:3} %  {row.median:5.1f} min, 90 % {row.p90:5.1f}"
    )


def _hour(hour: Count, hours: Sequence[Count], bar: int) -> str:
    return f"{hour.words:>6}  {bars(hour.number, max(each.number for each in hours), bar * 2)} {hour.number:6,}"


def _steps(steps: Sequence[Sticking], name: int) -> Iterator[str]:
    if steps:
        yield f"{'':{name}}   asked  median    90 %  changed  stopped"
    for step in steps:
        times = f"{step.asked:6,}  {step.median:4} s  {step.p90:4} s"
        yield f"{fitted(step.words, name)}  {times}  {step.changed:7,}  {step.stuck:7,}"


def _school(school: SchoolReadiness, name: int, bar: int) -> str:
    filled = bars(school.ready, school.students, bar)
    return f"{fitted(school.school, name)}  {filled} {school.percent:3} %  {school.ready:,} of {school.students:,}"


def bars(part: int, whole: int, cells: int) -> str:
    """Return a bar of so many cells; anything at all shows, and only all of it fills the bar."""
    full = max(part * cells // whole, 1) if part and whole else 0
    return "█" * full + "░" * (cells - full)
