"""Accounts: which state one is in, and how one state becomes another."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard import accounts
from wizard.accounts import Account, Claim, Secrets, Student
from wizard.district import load
from wizard.views.handover import Refused
from wizard.vocabulary import ACCOUNT_STATES, ACTIONS, LOOKUPS

DISTRICT = load()
NOW = datetime(2021, 8, 3, 14, 40, tzinfo=UTC)
DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)
SECRETS = Secrets(password_hash="hash-1", answers_hash="answers-1", questions=("a", "b", "c"))
RENEWED = Secrets(password_hash="hash-2", answers_hash="answers-1", questions=("a", "b", "c"))


def account(entered_at: datetime | None = NOW - 2 * DAY, **values: object) -> Account:
    student = Student(id="0123456", last="Nguyen-Tran", first="José", entered_at=entered_at)
    return Account.model_validate({"student": student, **values})


def a_claim(generation: int = 1, how: str = "here") -> Claim:
    return Claim.model_validate({"generation": generation, "at": NOW, "how": how, "by": "Pat", "case": "case-1"})


def claimed(**values: object) -> Account:
    return account(**{"claim": a_claim(), "secrets": SECRETS, **values})


def accepted(result: Account | Refused) -> Account:
    assert isinstance(result, Account), result
    return result


def refused(result: Account | Refused | None) -> Refused:
    assert isinstance(result, Refused), result
    return result


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        (account(), "unclaimed"),
        (account(NOW - timedelta(hours=2)), "too-new"),
        (account(NOW - DAY + SECOND), "too-new"),
        (account(NOW - DAY), "unclaimed"),
        (account(NOW + DAY), "too-new"),
        (account(None), "returning"),
        (account(datetime(2021, 7, 1, 3, 59, 59, tzinfo=UTC)), "returning"),
        (account(datetime(2021, 7, 1, 4, 0, tzinfo=UTC)), "unclaimed"),
        (claimed(), "claimed"),
        (claimed(entered_at=NOW), "claimed"),
        (account(None, claim=a_claim(how="reported")), "claimed"),
        (claimed(ticket="T-1"), "ticket-open"),
        (account(NOW, ticket="T-1"), "ticket-open"),
        (claimed(generation=2), "reset-done"),
        (account(None, generation=2), "reset-done"),
        (account(NOW, generation=2), "reset-done"),
        (account(generation=2, claim=a_claim(2)), "claimed"),
    ],
)
def test_the_state_of_an_account(present: Account, expected: str) -> None:
    """The records tell the state (D03, D04, D05, D18): too new to the second, returning to local midnight."""
    assert accounts.state(present, NOW, DISTRICT) == expected


def test_every_state_has_words() -> None:
    """Every state the trees know can be shown in words."""
    assert set(accounts.STATE_WORDS) == set(ACCOUNT_STATES)


@pytest.mark.parametrize(
    ("entered", "opens"),
    [
        ("2021-08-02T10:40", "2021-08-03T10:40"),
        ("2022-03-12T12:00", "2022-03-13T13:00"),  # spring: the day has 23 hours
        ("2022-03-13T01:59", "2022-03-14T02:59"),
        ("2022-03-13T03:00", "2022-03-14T03:00"),
        ("2022-11-05T12:00", "2022-11-06T11:00"),  # fall: the day has 25 hours
        ("2022-11-06T00:30", "2022-11-06T23:30"),
        ("2022-11-06T02:00", "2022-11-07T02:00"),
    ],
)
def test_24_hours_are_86_400_seconds_when_clocks_change(entered: str, opens: str) -> None:
    """A new student waits 86,400 seconds (D03), also across the changes of the clock in spring and fall."""
    zone = ZoneInfo("America/New_York")
    at = datetime.fromisoformat(entered).replace(tzinfo=zone)
    opening = accounts.claim_opens(account(at), DISTRICT)
    assert opening == datetime.fromisoformat(opens).replace(tzinfo=zone)
    assert opening is not None
    assert (opening - at.astimezone(UTC)).total_seconds() == 86_400
    assert accounts.state(account(at), opening - SECOND, DISTRICT) == "too-new"
    assert accounts.state(account(at), opening, DISTRICT) == "unclaimed"


@pytest.mark.parametrize("entered", [datetime.max.replace(tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
def test_an_entry_in_the_year_9999_stops_no_call(entered: datetime) -> None:
    """A senseless date in the records is a long wait, not a crash."""
    assert accounts.state(account(entered), NOW, DISTRICT) == "too-new"
    assert refused(accounts.claim(account(entered), a_claim(), None, NOW, DISTRICT)).code == "too-new"


def test_an_unknown_entry_has_no_opening() -> None:
    """Without a time of entry there is nothing to count from."""
    assert accounts.claim_opens(account(None), DISTRICT) is None


@pytest.mark.parametrize(
    ("present", "code", "said"),
    [
        (account(NOW - timedelta(hours=20, minutes=48)), "too-new", "Infinite Campus: Tue 1:52 PM EDT, in 3 h 12 min."),
        (claimed(), "already-claimed", "claimed here: Tue, Aug 3, 2021, 10:40 AM EDT, recorded by Pat. An account"),
        (account(claim=a_claim(how="reported")), "already-claimed", "already reported as claimed"),
        (claimed(ticket="T-7Q"), "ticket-open", "Ticket T-7Q is open"),
        (account(None), "returning", "current CCPS student does not claim the account: log in as it worked last"),
    ],
)
def test_a_claim_is_refused_with_its_reason(present: Account, code: str, said: str) -> None:
    """A claim that cannot be is refused in a sentence with who, when and why (D03, D04, D05)."""
    for secrets in (SECRETS, None):
        refusal = refused(accounts.claim(present, a_claim(), secrets, NOW, DISTRICT))
        assert refusal.code == code
        assert said in refusal.reason


def test_an_account_is_claimed_once() -> None:
    """A claim is kept with its secrets, and the second one is refused (D05)."""
    first = accepted(accounts.claim(account(), a_claim(), SECRETS, NOW, DISTRICT))
    assert accounts.state(first, NOW, DISTRICT) == "claimed"
    assert first.secrets == SECRETS
    assert refused(accounts.claim(first, a_claim(), SECRETS, NOW, DISTRICT)).code == "already-claimed"


def test_a_reported_claim_has_no_secrets() -> None:
    """What the family did in the portal is kept as reported, with nothing to log in or reset by."""
    reported = accepted(accounts.claim(account(), a_claim(how="reported"), None, NOW, DISTRICT))
    assert reported.claim is not None
    assert (reported.claim.how, reported.secrets) == ("reported", None)
    assert accounts.reset_answers(reported, NOW, DISTRICT) == "none"


def test_a_ticket_opens_exactly_one_new_claim() -> None:
    """After a ticket reset the account it is claimed again, once (D05, D18), whatever generation the claim names."""
    waiting = accounts.open_ticket(claimed(attempts=[NOW] * 5), "T-1")
    assert refused(accounts.claim(waiting, a_claim(), SECRETS, NOW, DISTRICT)).code == "ticket-open"
    fresh = accepted(accounts.resolve_ticket(waiting, NOW))
    assert (fresh.generation, fresh.secrets, fresh.ticket, fresh.attempts) == (2, None, None, ())
    assert fresh.used_passwords == ("hash-1",)
    again = accepted(accounts.claim(fresh, a_claim(generation=1), RENEWED, NOW, DISTRICT))
    assert again.claim is not None
    assert again.claim.generation == 2
    assert refused(accounts.claim(again, a_claim(2), RENEWED, NOW, DISTRICT)).code == "already-claimed"


def test_a_ticket_that_is_not_open_resolves_nothing() -> None:
    """An account without an open ticket is never opened for a second claim."""
    assert refused(accounts.resolve_ticket(claimed(), NOW)).code == "not-open"


def test_a_reset_keeps_the_old_password_from_coming_back() -> None:
    """A new password takes the place of the old one, which is remembered (D12); wrong attempts are forgiven."""
    present = claimed(attempts=[NOW], used_passwords=tuple(f"old-{number}" for number in range(24)))
    changed = accepted(accounts.reset(present, RENEWED, NOW, DISTRICT))
    assert (changed.secrets, changed.attempts) == (RENEWED, ())
    assert changed.used_passwords == ("hash-1", *(f"old-{number}" for number in range(23)))


@pytest.mark.parametrize(
    "present",
    [account(), account(None), account(claim=a_claim()), claimed(ticket="T-1"), claimed(generation=2)],
)
def test_a_reset_needs_a_claimed_account_with_answers(present: Account) -> None:
    """Without a claim of the present generation and its answers there is nothing to reset."""
    assert refused(accounts.reset(present, RENEWED, NOW, DISTRICT)).code == "not-claimed"
    assert refused(accounts.reset_refusal(present, NOW, DISTRICT)).code == "not-claimed"


def test_a_reported_reset_forgives_no_wrong_attempt() -> None:
    """A report from the portal leaves secrets and wrong attempts as they are, and a returning account in use."""
    present = claimed(attempts=[NOW] * 4)
    assert accounts.reset_reported(present, a_claim(how="reported")) == present
    returned = accounts.reset_reported(account(None), a_claim(how="reported"))
    assert accounts.state(returned, NOW, DISTRICT) == "claimed"


def attempts(*minutes: float) -> Account:
    return claimed(attempts=[NOW + timedelta(minutes=each) for each in minutes])


@pytest.mark.parametrize(
    ("present", "expected"),
    [
        (account(), "none"),
        (attempts(), "on-file"),
        (attempts(-2, -1), "on-file"),
        (attempts(-2, -1, 0), "waiting"),
        (attempts(-20, -18, -15), "on-file"),
        (attempts(-20, -18, -14.99), "waiting"),
        (attempts(-60, -40, -20, 0), "waiting"),
        (attempts(-60, -40, -20, -16), "on-file"),
        (attempts(-90, -60, -40, -20, -16), "off"),
        (attempts(-1456, -60, -40, -20, -16), "off"),
        (attempts(-1457, -60, -40, -20, -16), "on-file"),
        (attempts(-9000, -8990, -8970, -8950, -8930), "off"),
        (attempts(-9000, -8990, -8970, -8950, -8930, -16), "off"),
        (attempts(600, 600, 600), "waiting"),
        (attempts(600, 600, 600, 600, 600), "off"),
        (attempts(0, -90, -60, -40, -20), "off"),
    ],
)
def test_wrong_answers_slow_down_and_then_stop(present: Account, expected: str) -> None:
    """The third wrong attempt waits 15 minutes, the fifth within 24 hours ends it until a ticket (D13)."""
    assert accounts.reset_answers(present, NOW, DISTRICT) == expected
    refusal = accounts.reset_refusal(present, NOW, DISTRICT)
    if expected == "on-file":
        assert refusal is None
    else:
        assert refused(refusal).code == ("not-claimed" if expected == "none" else expected)


def test_the_wait_is_said_with_its_end() -> None:
    """Whoever must wait hears until when."""
    present = attempts(-5, -3, -2)
    assert accounts.reset_waits_until(present, NOW, DISTRICT) == NOW + timedelta(minutes=13)
    assert refused(accounts.reset_refusal(present, NOW, DISTRICT)).reason == (
        "There were 3 wrong attempts. The next one is possible Tue 10:53 AM EDT, in 13 min."
    )


@given(st.lists(st.integers(-3000, 3000), max_size=12))
def test_a_clock_set_back_never_shortens_a_wait(minutes: list[int]) -> None:
    """However the computer's clock jumps between attempts, the wait never ends earlier than after the latest one."""
    present = claimed()
    for each in minutes:
        now = NOW + timedelta(minutes=each)
        before = accounts.reset_waits_until(present, now, DISTRICT)
        was_off = accounts.reset_answers(present, now, DISTRICT) == "off"
        present = accounts.wrong_attempt(present, now)
        after = accounts.reset_waits_until(present, now, DISTRICT)
        assert list(present.attempts) == sorted(present.attempts)
        assert before is None or (after is not None and after >= before)
        assert not was_off or accounts.reset_answers(present, now, DISTRICT) == "off"
    if len(minutes) >= 5 and minutes == sorted(minutes, reverse=True):
        assert accounts.reset_answers(present, NOW, DISTRICT) == "off"


def test_codes_are_the_ones_the_trees_know() -> None:
    """Each refusal of a claim or reset is an answer that the trees can carry on from."""
    assert {"too-new", "already-claimed", "ticket-open"} <= set(ACTIONS["claim"].codes)
    assert {"waiting", "off", "not-claimed"} <= set(ACTIONS["reset"].codes)
    assert set(LOOKUPS["reset-answers"].codes) == {"on-file", "none", "waiting", "off"}


def test_no_earlier_generation_comes_back() -> None:
    """A claim that belongs to an earlier generation does not count any more."""
    assert accounts.state(account(None, generation=3, claim=a_claim(2)), NOW, DISTRICT) == "reset-done"


def test_the_username_follows_the_district() -> None:
    """The username is the letter S and the ID (D07)."""
    assert accounts.username(account(), DISTRICT) == "S0123456"


def test_a_time_without_its_zone_never_gets_in() -> None:
    """A time of entry that does not say its zone would open a claim hours early or late (D03): it is refused."""
    with pytest.raises(ValueError, match="timezone"):
        account(datetime(2021, 8, 3, 14, 40))  # noqa: DTZ001


def test_a_student_has_one_ticket_at_a_time() -> None:
    """A second ticket is refused with the code of the first, so that nobody files twice."""
    refused = accounts.open_ticket(claimed().model_copy(update={"ticket": "T-1"}), "T-2")
    assert isinstance(refused, Refused)
    assert refused.code == "already-open"
    assert "T-1" in refused.reason
