"""What the records answer by themselves."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.case import Case
from flows.model import LookupStep
from wizard.accounts import Account, Claim, Secrets, Student
from wizard.district import load
from wizard.lookups import LOOKUPS
from wizard.placeholders import Known
from wizard.vocabulary import LOOKUPS as NAMES

NOW = datetime(2021, 8, 3, 14, 40, tzinfo=UTC)
DISTRICT = load()
STUDENT = Student(id="0123456", last="Li", first="Mary Ann", entered_at=NOW - timedelta(hours=25))
NEW = Account(student=STUDENT)
CLAIMED = Account(
    student=STUDENT,
    claim=Claim(generation=1, at=NOW, how="here", by="Pat", case="case-1"),
    secrets=Secrets(password_hash="hash", answers_hash="hash", questions=("a", "b", "c")),
)


def asked(lookup: str, account: Account | None, of: str | None = None, **facts: str) -> str:
    step = LookupStep(kind="lookup", lookup=lookup, of=of, exits={"yes": "x"})
    case = Case(id="case-1", code="ACDE", channel="phone", agent="Pat", started=NOW)
    return LOOKUPS[lookup](step, case, Known(DISTRICT, facts, NOW, account))


def test_every_lookup_of_the_vocabulary_is_there() -> None:
    """Each name a flow may use has its function."""
    assert set(LOOKUPS) == set(NAMES)


@pytest.mark.parametrize(
    ("lookup", "account", "code"),
    [
        ("account-state", NEW, "unclaimed"),
        ("account-state", CLAIMED, "claimed"),
        ("account-state", None, "not-in-roster"),
        ("reset-answers", NEW, "none"),
        ("reset-answers", CLAIMED, "on-file"),
        ("reset-answers", CLAIMED.model_copy(update={"attempts": (NOW,) * 3}), "waiting"),
        ("reset-answers", CLAIMED.model_copy(update={"attempts": (NOW,) * 5}), "off"),
        ("reset-answers", None, "none"),
        ("channel", None, "phone"),
    ],
)
def test_the_records_answer(lookup: str, account: Account | None, code: str) -> None:
    """State, challenge answers and channel are never asked of people (D03-D05, D13)."""
    assert asked(lookup, account) == code
    assert code in NAMES[lookup].codes


def test_what_is_known_is_not_asked_again() -> None:
    """A fact that is established answers yes, any other no."""
    assert asked("known", None, of="verified", verified="photo-id") == "yes"
    assert asked("known", None, of="student", verified="photo-id") == "no"
