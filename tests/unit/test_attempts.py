"""Right challenge answers never count as wrong: not on a full disk, not when a colleague saves meanwhile (D13)."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from flows.case import Receipt
from wizard.casework import Casework
from wizard.desk import Desk
from wizard.practice import ANSWERS, open_practice
from wizard.records import DiskFull, Records, Tables
from wizard.views.forms import ResetForm
from wizard.views.handover import Refused

LE_THI = "0100005"


def now() -> datetime:
    return datetime(2026, 8, 3, 14, 40, tzinfo=UTC)


@pytest.fixture
def dana(tmp_path: Path) -> Iterator[Desk]:
    opened = open_practice(tmp_path / "practice", agent="Dana", clock=now)
    yield opened
    opened.close()


@pytest.fixture
def omar(dana: Desk) -> Iterator[Desk]:
    opened = open_practice(dana.records.folder, agent="Omar", clock=now)
    yield opened
    opened.close()


@pytest.fixture
def call(dana: Desk) -> Iterator[Casework]:
    """Return a call at the reset, with Dana sitting at it: whoever joins finds the caller identified."""
    call = dana.start("counter")
    seat = dana.seat(call.case.call)
    call.choose("student-portal")
    call.pick(LE_THI)
    call.choose("photo-id")
    call.choose("forgot-password")
    assert call.view.pane == "reset"
    yield call
    seat.leave()


def form(first: str = ANSWERS[0], password: str = "Seven-Green-Kites") -> ResetForm:
    return ResetForm(tuple(map(SecretStr, (first, *ANSWERS[1:]))), SecretStr(password), SecretStr(password))


def attempts(desk: Desk) -> int:
    with desk.records.reading() as tables:
        account = tables.accounts.get(LE_THI)
    assert account
    return len(account.attempts)


def fill_disk(monkeypatch: pytest.MonkeyPatch, *saves: int) -> None:
    """Let these saves, counted from now, find the disk full."""
    real, done = Records.transaction, iter(range(1, 100))

    def transaction(records: Records) -> AbstractContextManager[Tables]:
        if next(done) in saves:
            raise DiskFull("Not saved: there is no space left. Nothing was changed. Free some space and try again.")
        return real(records)

    monkeypatch.setattr(Records, "transaction", transaction)


def test_right_answers_on_a_full_disk_are_no_attempt(
    dana: Desk, call: Casework, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However often the password cannot be saved, the family is not sent into the wait."""
    for _ in range(dana.district.reset.wait_after):
        with monkeypatch.context() as patched:
            fill_disk(patched, 2)
            refused = call.perform(form())
        assert isinstance(refused, Refused) and refused.code == "not-saved"
        assert refused.reason.count("Nothing was changed") == 1
        assert attempts(dana) == 0
    assert isinstance(call.perform(form()), Receipt)


@pytest.mark.parametrize(
    ("given", "full"),
    [(form(), (2, 3)), (form("wrong"), (2,)), (form(password="Purple-Kettle-42"), (2,))],
    ids=["right", "wrong", "used before"],
)
def test_an_attempt_that_stays_counted_is_said(
    dana: Desk, call: Casework, monkeypatch: pytest.MonkeyPatch, given: ResetForm, full: tuple[int, ...]
) -> None:
    """Where nothing can be saved after the count, the screen does not claim that nothing was changed."""
    fill_disk(monkeypatch, *full)
    refused = call.perform(given)
    assert isinstance(refused, Refused) and refused.code == "not-saved"
    assert "the attempt counts" in refused.reason and "Nothing was changed" not in refused.reason
    assert attempts(dana) == 1


def test_a_colleague_who_writes_a_note_does_not_stop_a_reset(dana: Desk, omar: Desk, call: Casework) -> None:
    """The answers are asked once: the password is set, and the colleague's note is kept."""
    omar.resume(call.case.id).note("Grandmother calls.")
    assert isinstance(call.perform(form()), Receipt)
    assert (attempts(dana), call.case.note) == (0, "Grandmother calls.")


def test_wrong_answers_beside_a_colleagues_note_are_told_as_wrong(dana: Desk, omar: Desk, call: Casework) -> None:
    """One attempt is counted, and the refusal says why."""
    omar.resume(call.case.id).note("Grandmother calls.")
    refused = call.perform(form("wrong"))
    assert isinstance(refused, Refused) and refused.code == "wrong-answers"
    assert (attempts(dana), call.case.note) == (1, "Grandmother calls.")


def test_right_answers_in_a_call_that_was_ended_meanwhile_are_no_attempt(
    dana: Desk, omar: Desk, call: Casework
) -> None:
    """A colleague ended the call: the password stays as it was, that is said, and nothing is counted."""
    omar.resume(call.case.id).close()
    refused = call.perform(form())
    assert isinstance(refused, Refused) and refused.code == "moved-on"
    assert "Omar ended this call" in refused.reason and "Nothing was changed" in refused.reason
    assert attempts(dana) == 0
