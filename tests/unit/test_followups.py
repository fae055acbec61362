"""The follow-ups of a day: claims that open, accounts to claim again, tickets to watch."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard import accounts, district, followups
from wizard.accounts import Account, Student
from wizard.practice import practice_desk
from wizard.records import Records
from wizard.views.home import FollowUp

CCPS = district.load()
NOW = datetime(2021, 8, 3, 14, tzinfo=UTC)
"""10 AM in the district."""
MIDNIGHT = datetime(2021, 8, 3, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    opened = Records.open(tmp_path_factory.mktemp("data"), clock=lambda: NOW)
    yield opened
    opened.close()


def entered(at: datetime) -> Account:
    student = Student(id="0100001", last="Li", first="Ana", school="North", grade="3", entered_at=at)
    return Account(student=student)


def due(records: Records, *kept: Account, now: datetime = NOW) -> tuple[FollowUp, ...]:
    with records.transaction() as tables:
        for account in kept:
            tables.accounts.put(account)
    with records.reading() as tables:
        return followups.due(tables, now, CCPS, 50)[0]


@pytest.mark.parametrize(
    ("opens", "words"),
    [
        (MIDNIGHT - timedelta(microseconds=1), None),
        (MIDNIGHT, "Claim is open since Tue 12:00 AM EDT"),
        (NOW, "Claim is open since Tue 10:00 AM EDT"),
        (NOW + timedelta(minutes=40), "Claim opens Tue 10:40 AM EDT, in 40 min"),
        (MIDNIGHT + timedelta(hours=24) - timedelta(microseconds=1), "Claim opens Tue 11:59 PM EDT, in 14 h"),
        (MIDNIGHT + timedelta(hours=24), None),
    ],
)
def test_a_claim_is_due_on_the_day_it_opens(records: Records, opens: datetime, words: str | None) -> None:
    """From midnight to midnight in the district, whatever the computer's time zone (D03)."""
    found = due(records, entered(opens - timedelta(hours=24)))
    assert [line.words for line in found] == ([words] if words else [])


@given(st.integers(-72 * 3600, 72 * 3600))
def test_who_is_due_can_claim_today(records: Records, seconds: int) -> None:
    """Whoever is listed can claim now, or before the day is over; everybody else cannot (D03)."""
    account = entered(NOW - timedelta(hours=24) + timedelta(seconds=seconds))
    listed = bool(due(records, account))
    states = [
        accounts.state(account, at, CCPS)
        for at in (MIDNIGHT - timedelta(microseconds=1), MIDNIGHT + timedelta(hours=24) - timedelta(microseconds=1))
    ]
    assert listed == (states == ["too-new", "unclaimed"])


def test_the_practice_school_has_one_of_each_kind() -> None:
    """A reset comes first, then the claim that opens, then the ticket; no more is told than a search tells."""
    with practice_desk(clock=lambda: NOW) as desk:
        lines = desk.home().follow_ups
    assert [(line.kind, line.student.name.strip()) for line in lines] == [
        ("claim-again", "D’Angelo, Amara"),
        ("opens", "Nguyen-Tran, José"),
        ("ticket", "Smith Jr., Noah"),
    ]
    assert lines[2].words == "T-0006, drafted 2 days ago: see e-mail"
    assert all(line.student.student_id not in f"{line.words} {line.student.masked_id}" for line in lines)


def test_a_claim_made_again_is_done(tmp_path: Path) -> None:
    """An account that was claimed after its reset is no longer due (D18)."""
    from wizard.accounts import Claim

    opened = Records.open(tmp_path, clock=lambda: NOW)
    reset = Account(student=Student(id="0100002", last="Li", first="Bo", school="North"), generation=2)
    assert [line.kind for line in due(opened, reset)] == ["claim-again"]
    claim = Claim(generation=2, at=NOW, how="here", by="dana", case="1")
    assert due(opened, reset.model_copy(update={"claim": claim})) == ()
    opened.close()


def test_thousands_of_claims_on_one_day(tmp_path: Path) -> None:
    """After a large import a few dozen are listed, and it is said how many there are."""
    opened = Records.open(tmp_path, clock=lambda: NOW)
    with opened.transaction() as tables:
        tables.accounts.put_many(
            entered(NOW - timedelta(hours=20)).model_copy(
                update={"student": entered(NOW - timedelta(hours=20)).student.model_copy(update={"id": f"01{n:05}"})}
            )
            for n in range(120)
        )
    with opened.reading() as tables:
        listed, total = followups.due(tables, NOW, CCPS, 50)
    opened.close()
    assert (len(listed), total) == (50, 120)


def test_each_look_at_a_ticket_is_in_the_journal() -> None:
    """Home's follow-ups open a ticket without a call: who looked, and at whose, is kept all the same."""
    with practice_desk(agent="dana") as desk:
        desk.ticket("T-0006").view()
        with desk.records.reading() as tables:
            last = list(tables.journal.all())[-1]
    assert (last.what, last.agent, last.student, last.detail) == ("viewed", "dana", "0100006", "T-0006")
