"""The report: counted from stored calls, the same for people, programs and spreadsheets."""

import csv
import json
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from flows import loader
from wizard import district, report, reporting, sheets
from wizard.admin import main as admin_main
from wizard.calllog import Asked, Call, Reader
from wizard.casework import Casework
from wizard.desk import Desk
from wizard.practice import ANSWERS, open_practice
from wizard.records import Unsuitable
from wizard.report import Report, percentile
from wizard.reportpage import bars, page
from wizard.views.forms import ResetForm, TicketForm

NOW = datetime(2026, 8, 3, 14, 40, tzinfo=UTC)
SIOBHAN, ANA, LE_THI, NOAH = "0100003", "0100004", "0100005", "0100006"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    opened = open_practice(tmp_path / "practice", agent="dana", clock=clock)
    yield opened
    opened.close()


def verified(desk: Desk, clock: Clock, student: str) -> Casework:
    call = desk.start("counter")
    clock.now += timedelta(seconds=30)
    call.choose("student-portal")
    call.pick(student)
    call.choose("photo-id")
    clock.now += timedelta(seconds=30)
    return call


@pytest.fixture
def morning(desk: Desk, clock: Clock) -> Report:
    """A morning's calls: solved by the username, solved by a reset, a ticket, one for the parent portal, one open."""
    solved = verified(desk, clock, ANA)
    solved.choose("authentication-failed")
    solved.enter("0100004")
    solved.choose(solved.view.choices[0].code)
    assert solved.view.result == "solved", solved.view

    reset = verified(desk, clock, LE_THI)
    reset.choose("forgot-password")
    reset.perform(
        ResetForm(tuple(map(SecretStr, ANSWERS)), SecretStr("Seven-Green-Kites"), SecretStr("Seven-Green-Kites"))
    )

    ticket = verified(desk, clock, LE_THI)
    ticket.choose("forgot-password")
    ticket.cannot_answer()
    while ticket.view.kind == "choice":
        ticket.choose(ticket.view.choices[-1].code)
    ticket.perform(TicketForm(reason="The family has to leave."))

    parents = desk.start("phone")
    parents.choose("student-portal")
    parents.back()
    parents.choose("parent-portal")

    clock.now += timedelta(hours=3)
    verified(desk, clock, SIOBHAN)
    desk.start("phone")
    return reporting.read(desk)


def counted(rows: tuple[report.Row, ...]) -> dict[str, int]:
    return {row.words: row.calls for row in rows}


def test_calls_by_problem_outcome_school_and_hour(morning: Report) -> None:
    """Each call is counted once in every table; one in which nothing was said is not a call."""
    assert morning.every.calls == 5
    assert counted(morning.problems) == {
        "A new password": 2,
        "Check the username": 1,
        "Parent portal: the school office helps": 1,
        "Not said yet": 1,
    }
    assert counted(morning.outcomes)["The ticket is filed"] == 1
    assert counted(morning.outcomes)["Not finished"] == 1
    assert counted(morning.schools) == {
        "Practice High": 2, "Practice Middle": 2, "No student picked": 1,
    }  # fmt: skip
    assert [(hour.words, hour.number) for hour in morning.hours] == [
        ("10 AM", 4), ("11 AM", 0), ("12 PM", 0), ("1 PM", 1),
    ]  # fmt: skip
    for rows in (morning.problems, morning.outcomes, morning.schools, morning.results):
        assert sum(row.calls for row in rows) == 5


def test_where_calls_get_stuck_or_go_back(morning: Report) -> None:
    """The step an open call stands at, and the answer that was given anew, are named with the seconds they took."""
    steps = {step.step: step for step in morning.steps}
    assert steps["call/portal"].changed == 1
    assert steps["call/claimed-yet"].stuck == 1
    assert steps["call/portal"].asked == 5
    assert steps["call/portal"].p90 == 30
    assert {step.step for step in morning.steps[:2]} == {"call/portal", "call/claimed-yet"}


def test_a_ticket_is_avoided_when_a_step_before_it_solved_the_call(morning: Report) -> None:
    """The username and the reset solved two calls without a ticket; the parent portal never needed one (D06-D13)."""
    assert (morning.tickets, morning.avoided) == (1, 2)


def test_days_and_schools_are_told_apart(desk: Desk, clock: Clock, morning: Report) -> None:
    """Yesterday's calls are not in today's report, and a school's report has only its students' calls."""
    tomorrow = NOW + timedelta(days=1)
    assert reporting.read(desk, since=tomorrow).every.calls == 0
    assert reporting.read(desk, until=NOW).every.calls == 0
    clock.now = tomorrow
    assert desk.report_of_days(0).every.calls == 0
    assert desk.report_of_days(1).every.calls == 5
    school = reporting.read(desk, school="Practice High")
    assert school.every.calls == 2 and [each.school for each in school.readiness] == ["Practice High"]
    assert all(step.changed == 0 for step in school.steps)


def test_calls_under_flows_that_are_gone_are_counted(desk: Desk, clock: Clock, morning: Report) -> None:
    """A call answered under other flows keeps its place in the report."""
    with desk.records.transaction() as tables:
        case = next(case for case in tables.cases.all() if case.answers)
        strange = case.answers[-1].model_copy(update={"step": "gone/for-good"})
        tables.cases.put(case.model_copy(update={"answers": (*case.answers, strange)}))
    assert reporting.read(desk).every.calls == 5


def test_an_empty_report_says_so(desk: Desk) -> None:
    """Before the first call the page is friendly, not a table of zeros."""
    text = "\n".join(line.text for line in page(reporting.read(desk)))
    assert "No calls yet in this time" in text
    assert "Practice High" in text


@pytest.mark.parametrize("width", [40, 73, 120, 200])
def test_the_page_fits(morning: Report, width: int) -> None:
    """Rows are no wider than the screen, as far as names allow."""
    rows = [line.text for line in page(morning, width) if line.kind == "row"]
    assert max(map(len, rows)) <= max(width, 73)


@given(st.lists(st.integers(0, 10_000)), st.integers(1, 100))
def test_percentiles(values: list[int], percent: int) -> None:
    """At least so many percent of the values do not exceed it, and it is one of them."""
    found = percentile(values, percent)
    if values:
        assert found in values
        assert sum(value <= found for value in values) * 100 >= percent * len(values)
        assert sum(value < found for value in values) * 100 < percent * len(values)
    else:
        assert found == 0


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 60))
def test_bars_never_lie(part: int, rest: int, cells: int) -> None:
    """Anything at all shows; only all of it fills the bar."""
    bar = bars(part, part + rest, cells)
    assert len(bar) == cells
    assert ("█" in bar) == bool(part)
    if cells > 1:
        assert ("░" not in bar) == (rest == 0 and part > 0)


CALLS = st.builds(
    Call,
    id=st.uuids().map(str),
    started=st.datetimes(timezones=st.just(UTC)),
    minutes=st.floats(0, 1000),
    problem=st.sampled_from(["A", "B"]),
    outcome=st.sampled_from(["X", "Y"]),
    result=st.sampled_from(["solved", "ticket", "open"]),
    student=st.just(""),
    school=st.sampled_from(["", "North"]),
    asked=st.lists(st.builds(Asked, st.sampled_from(["call/portal", "call/student"]), st.integers(0, 999))).map(tuple),
    stands_at=st.sampled_from(["", "call/student"]),
    ticket_avoided=st.booleans(),
)


@cache
def shipped() -> Reader:
    """Return a reader of the flows as shipped; made once, since it costs more than the tables."""
    return Reader(loader.library(), district.load(), NOW, {})


@given(st.lists(CALLS))
def test_every_table_adds_up(calls: list[Call]) -> None:
    """Whatever the calls, each table holds all of them once."""
    made = report.figures(calls, shipped(), {}, ())
    for rows in (made.problems, made.outcomes, made.results, made.schools):
        assert sum(row.calls for row in rows) == len(calls)
    assert sum(hour.number for hour in made.hours) == len(calls)
    assert sum(step.asked for step in made.steps) == sum(len(call.asked) for call in calls)
    assert page(made)


# -- tables and the command


def test_the_call_list_is_safe_in_a_spreadsheet(desk: Desk, tmp_path: Path) -> None:
    """Names that would be formulas are text, the file is private, guardians are not in it, nothing is written over."""
    with desk.records.transaction() as tables:
        account = tables.accounts.get(SIOBHAN)
        assert account
        student = account.student.model_copy(update={"last": "=cmd|' /C calc'!A0", "first": "@Ann"})
        tables.accounts.put(account.model_copy(update={"student": student}))
    file = tmp_path / "waiting.csv"
    assert reporting.write_not_ready(desk, file) == 6
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    rows = {row["student ID"]: row for row in csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines())}
    assert rows[SIOBHAN] == {
        "last name": "'=cmd|' /C calc'!A0", "first name": "'@Ann", "student ID": SIOBHAN,
        "school": "Practice Middle", "state": "Not claimed yet",
    }  # fmt: skip
    assert rows[NOAH]["state"] == "A ticket is open"
    with pytest.raises(Unsuitable, match="already there"):
        reporting.write_not_ready(desk, file)


def test_who_took_the_call_list_is_in_the_journal(desk: Desk, tmp_path: Path) -> None:
    """Students' IDs leave the records: who took them, when and how many is kept, on screen exports too."""
    reporting.write_not_ready(desk, tmp_path / "list.csv")
    first, second = (reporting.write_all(desk, reporting.read(desk)) for _ in range(2))
    assert first.name in second.name  # in the same second: with a number behind it
    assert stat.S_IMODE(first.parent.stat().st_mode) == 0o700
    with desk.records.reading() as tables:
        lines = [line for line in tables.journal.all() if line.what == "exported"]
    assert [(line.agent, line.detail) for line in lines] == [(desk.agent, "6 students")] * 3


def test_tables_go_into_a_new_folder_only(morning: Report, tmp_path: Path) -> None:
    """Each table is a file; a folder that is there is left alone."""
    count = reporting.write_tables(morning, tmp_path / "tables")
    assert count == len(list((tmp_path / "tables").iterdir()))
    with pytest.raises(Unsuitable, match="already there"):
        reporting.write_tables(morning, tmp_path / "tables")
    with pytest.raises(Unsuitable, match="cannot be written"):
        sheets.write(tmp_path / "nowhere" / "x.csv", ("a",), [])


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(desk: Desk, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*options: str) -> tuple[int, str, str]:
        code = admin_main(["report", "--data", str(desk.records.folder), *options])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_the_command_prints_bars_and_what_the_figures_mean(run: Run, morning: Report) -> None:
    """The report reads well in a terminal, and says what a ticket avoided is."""
    code, out, _ = run()
    assert code == 0
    assert "5 calls" in out and "A new password" in out and "█" in out
    assert "Tickets avoided: calls that ended solved after a step that comes before a ticket" in out


def test_the_command_speaks_json_and_tables(run: Run, morning: Report, tmp_path: Path) -> None:
    """JSON holds the same figures; tables and call list are written beside it."""
    code, out, err = run("--json", "--csv", str(tmp_path / "t"), "--not-ready", str(tmp_path / "n.csv"))
    made = json.loads(out)
    assert (code, made["every"]["calls"], made["avoided"]) == (0, 5, 2)
    assert (tmp_path / "t" / "steps.csv").exists() and (tmp_path / "n.csv").exists()
    assert "keep it private" in err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--school", "Nowhere"), "No student is at 'Nowhere'. The schools are: Practice Elementary"),
        (("--since", "2026-08-03", "--until", "2026-08-03", "--school", "practice high"), ""),
        (("--since", "today"), ""),
    ],
)
def test_days_and_schools_of_the_command(run: Run, morning: Report, options: tuple[str, ...], words: str) -> None:
    """An unknown school is told which there are; days and letters in any case are understood."""
    code, out, err = run(*options)
    assert (code, bool(out)) == ((2, False) if words else (0, True))
    assert words in err


def test_a_day_that_is_none(run: Run) -> None:
    """What is not a day is said with an example."""
    with pytest.raises(SystemExit):
        run("--since", "yesterday-ish")
