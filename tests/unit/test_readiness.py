"""Readiness: how many students can log in, counted fast and judged by the one rule."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard import accounts, district, readiness
from wizard.accounts import Account, Claim, Student
from wizard.practice import practice_desk
from wizard.records import Records, doctor
from wizard.records.newcomers import Newcomer
from wizard.views.home import SchoolReadiness

NOW = datetime(2021, 7, 28, 14, tzinfo=UTC)
CCPS = district.load()
YEAR = datetime(2021, 7, 1, 4, tzinfo=UTC)
"""Midnight in the district."""

NEAR = [NOW - timedelta(hours=24), YEAR, NOW, datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)]
SIDES = [timedelta(microseconds=n) for n in (-1, 0, 1)]

ENTRIES = st.none() | st.sampled_from([at + by for at in NEAR for by in SIDES if at.year not in (1, 9999) or not by])


@st.composite
def some_accounts(draw: st.DrawFn) -> Account:
    student = Student(
        id=draw(st.sampled_from([f"010000{n}" for n in range(9)])),
        last="Li",
        first="Ana",
        school=draw(st.sampled_from(["", "North", "South"])),
        entered_at=draw(ENTRIES),
        active=draw(st.booleans()),
    )
    claimed = draw(st.integers(0, 3))
    claim = Claim(generation=claimed, at=NOW, how="here", by="dana", case="1") if claimed else None
    ticket = draw(st.sampled_from([None, "T-1"]))
    return Account(student=student, generation=draw(st.integers(1, 3)), claim=claim, ticket=ticket)


@settings(max_examples=60, deadline=None)
@given(changes=st.lists(some_accounts() | st.integers(0, 8), max_size=25))
def test_the_fast_count_is_the_rule_applied_to_everybody(changes: list[Account | int]) -> None:
    """Whatever was written and removed, the numbers are those of asking the rule about every account (D02-D05, D18)."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        records = Records.open(Path(folder), clock=lambda: NOW)
        with records.transaction() as tables:
            for change in changes:
                if isinstance(change, Account):
                    tables.accounts.put(change)
                else:
                    tables.accounts.remove(f"010000{change}")
        with records.reading() as tables:
            everybody = list(tables.accounts.all())
            counted = readiness.by_school(tables, NOW, CCPS)
        assert all(finding.ok for finding in doctor.examine(Path(folder), NOW) if finding.what == "readiness")
        records.close()
    assert counted == readiness.tally(((account, 1) for account in everybody), NOW, CCPS)
    able = [one for one in everybody if accounts.state(one, NOW, CCPS) in ("claimed", "returning")]
    assert sum(school.ready for school in counted) == len(able)
    assert sum(school.students for school in counted) == sum(one.student.active for one in everybody)


def test_students_of_an_import_count_at_once(tmp_path: Path) -> None:
    """A first import and what is made anew from the accounts give the same numbers (D04)."""
    records = Records.open(tmp_path, clock=lambda: NOW)
    with records.transaction() as tables:
        tables.accounts.add_many(
            Newcomer(f"01000{n:02}", "Li", "Ana", "", "North", "3", YEAR - timedelta(days=n - 5) if n else None)
            for n in range(10)
        )
    counts = []
    for _ in range(2):
        with records.reading() as tables:
            counts.append(readiness.by_school(tables, NOW, CCPS))
        records.mend_search()
    records.close()
    assert counts == [(SchoolReadiness("North", 5, 10),)] * 2


@pytest.mark.parametrize(
    ("version", "added"),
    [
        (3, ("TABLE search_standing", "TABLE search_counts", "INDEX cases_started", "TABLE search_guardians")),
        (6, ("TABLE search_counts", "INDEX search_reset")),
    ],
)
def test_records_of_the_version_before_are_brought_up_to_date(
    tmp_path: Path, version: int, added: tuple[str, ...]
) -> None:
    """What readiness is counted from, and the calls of a day, are there after the first start of this version."""
    records = Records.open(tmp_path, clock=lambda: NOW)
    with records.transaction() as tables:
        tables.accounts.put(Account(student=Student(id="0100001", last="Li", first="Ana", school="North")))
        ask = tables.accounts.table.storage.ask
        for what in added:
            ask(f"DROP {what}")
        ask(f"PRAGMA user_version = {version}")
    records.close()
    again = Records.open(tmp_path, clock=lambda: NOW)
    with again.reading() as tables:
        assert readiness.by_school(tables, NOW, CCPS) == (SchoolReadiness("North", 1, 1),)
        assert tables.accounts.to_claim_again(9) == ()
        assert tables.accounts.table.storage.ask("SELECT 1 FROM sqlite_master WHERE name = 'cases_started'").fetchone()
    again.close()


def test_the_doctor_finds_and_mends_rows_that_differ(tmp_path: Path) -> None:
    """Rows that were changed by hand are found, and made anew from the accounts."""
    records = Records.open(tmp_path, clock=lambda: NOW)
    with records.transaction() as tables:
        tables.accounts.put(Account(student=Student(id="0100001", last="Li", first="Ana", school="North")))

    def found() -> bool:
        return all(finding.ok for finding in doctor.examine(tmp_path, NOW) if finding.what == "readiness")

    assert found()
    for damage in (
        "UPDATE search_standing SET claimed = 7",
        "DELETE FROM search_standing",
        "UPDATE search_counts SET accounts = 2",
        "DELETE FROM search_counts",
    ):
        with records.transaction() as tables:
            tables.accounts.table.storage.ask(damage)
        assert not found()
        records.mend_search()
        assert found()
    records.close()


def test_the_practice_school_has_students_in_every_state() -> None:
    """Who is claimed or returning can log in; who left the district is not counted at all (D02, D04)."""
    with practice_desk(clock=lambda: NOW) as desk, desk.records.reading() as tables:
        counted = {school.school: school for school in readiness.by_school(tables, NOW, desk.district)}
        waiting = {account.student.id: state for account, state in readiness.not_ready(tables, NOW, desk.district)}
    assert counted["Practice High"] == SchoolReadiness("Practice High", 3, 4)
    assert (
        waiting["0100001"] == "too-new" and waiting["0100006"] == "ticket-open" and waiting["0100007"] == "reset-done"
    )
    assert "0100013" not in waiting
    assert sum(school.students - school.ready for school in counted.values()) == len(waiting)


@pytest.mark.parametrize(("ready", "percent"), [(0, 0), (1, 33), (2, 66), (3, 100)])
def test_all_means_all(ready: int, percent: int) -> None:
    """A hundred percent is only said when everybody can log in."""
    assert SchoolReadiness("North", ready, 3).percent == percent
    assert SchoolReadiness("North", 51_999, 52_000).percent == 99
