"""One call over the real records of the practice school: what is answered, saved, done once and told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from flows.case import Receipt
from wizard.casework import Casework
from wizard.desk import CallGone, Desk
from wizard.practice import ANSWERS, open_practice, state_of
from wizard.records import JournalLine
from wizard.views.forms import ClaimForm, ReportForm, ResetForm, TicketForm
from wizard.views.handover import Refused

MARY_ANN, SIOBHAN, LE_THI, NOAH = "0100001", "0100003", "0100005", "0100006"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2026, 8, 3, 14, 40, tzinfo=UTC)

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


def verified(desk: Desk, student: str) -> Casework:
    """Return a counter call about a student, the caller identified."""
    call = desk.start("counter")
    call.choose("student-portal")
    call.pick(student)
    call.choose("photo-id")
    return call


def at_claim(desk: Desk) -> Casework:
    call = verified(desk, SIOBHAN)
    call.choose("not-yet")
    call.choose("here")
    assert call.view.pane == "claim"
    return call


def at_reset(desk: Desk) -> Casework:
    call = verified(desk, LE_THI)
    call.choose("forgot-password")
    assert call.view.pane == "reset", call.view
    return call


def claim_form(password: str = "Seven-Green-Kites", last: str = "O'Brien") -> ClaimForm:
    return ClaimForm(
        last=last,
        first="Siobhan",
        student_id=SIOBHAN,
        password=SecretStr(password),
        again=SecretStr(password),
        questions=("hiding-place", "made-up-word", "odd-smell"),
        answers=tuple(map(SecretStr, ("under the stairs", "flumbo", "wet chalk"))),
    )


def reset_form(*answers: str, password: str = "Seven-Green-Kites") -> ResetForm:
    return ResetForm(tuple(map(SecretStr, answers)), SecretStr(password), SecretStr(password))


def journal(desk: Desk, call: Casework) -> list[JournalLine]:
    with desk.records.reading() as tables:
        return list(tables.journal.of_case(call.case.id))


def test_nothing_about_the_student_is_shown_before_verification(desk: Desk) -> None:
    """Until the caller is identified the card shows no username, ID, school or state."""
    call = desk.start("phone")
    call.choose("student-portal")
    call.pick(SIOBHAN)
    card = call.view.card
    assert card
    assert (card.username, card.student_id, card.school, card.grade, card.state, card.clock) == ("",) * 6
    assert SIOBHAN not in call.view.say + call.view.do


def test_looking_at_a_student_is_on_record(desk: Desk) -> None:
    """Who opened whose record, and how the caller was identified, is one journal line."""
    call = verified(desk, SIOBHAN)
    viewed = [line for line in journal(desk, call) if line.what == "viewed"]
    assert [(line.agent, line.student, line.result) for line in viewed] == [("dana", SIOBHAN, "photo-id")]


def test_back_eats_no_answer(desk: Desk) -> None:
    """Going back shows the earlier answer; the way forward is still known."""
    call = verified(desk, SIOBHAN)
    here = call.view.key
    assert call.back().given == "photo-id"
    assert call.back().given == SIOBHAN
    assert call.revisit(here).key == here


def test_a_changed_answer_drops_only_what_no_longer_fits_and_says_so(desk: Desk) -> None:
    """Another student means another branch; what was answered for the first one is named as dropped."""
    call = verified(desk, SIOBHAN)
    call.choose("not-yet")
    call.revisit("call/student")
    view = call.pick(LE_THI)
    assert view.key == "call/verify-counter"
    assert "Did they try to claim the account?" in view.notice
    assert view.card and view.card.student == "Lê Thi De La Cruz"


def test_a_closed_window_loses_nothing(desk: Desk) -> None:
    """The call goes on at the step where the program ended."""
    call = verified(desk, SIOBHAN)
    call.choose("not-yet")
    (waiting,) = desk.unfinished()
    assert waiting.code == call.case.code
    assert desk.resume(waiting.id).view.key == call.view.key


def test_a_call_that_waits_overnight_asks_the_records_again(desk: Desk, clock: Clock) -> None:
    """Too new yesterday, open today: the resumed call is on the right branch (D03)."""
    call = verified(desk, MARY_ANN)
    assert call.view.key.startswith("new-student/")
    clock.now += timedelta(hours=22)
    resumed = desk.resume(call.case.id)
    assert resumed.choose("photo-id").key == "call/claimed-yet"


def test_a_claim_is_done_once_however_often_it_is_pressed(desk: Desk) -> None:
    """The second press gets the first receipt; the account was claimed once (D05)."""
    call = at_claim(desk)
    first = call.perform(claim_form())
    assert isinstance(first, Receipt)
    assert state_of(desk, SIOBHAN) == "claimed"
    assert [line.what for line in journal(desk, call)].count("claim") == 1
    assert call.case.receipt_of("claim") == first


def test_two_calls_race_for_one_claim(desk: Desk) -> None:
    """The slower of two colleagues is told who claimed the account and when; the tree has a way on (D05)."""
    mine, other = at_claim(desk), at_claim(desk)
    assert isinstance(other.perform(claim_form()), Receipt)
    refused = mine.perform(claim_form("Nine-Yellow-Boats"))
    assert isinstance(refused, Refused)
    assert refused.code == "already-claimed"
    assert "dana" in refused.reason
    assert mine.view.key == "situation/message"
    assert "colleague" in mine.view.advice


def test_a_done_action_stays_done(desk: Desk) -> None:
    """After the claim, the student cannot be exchanged behind its back."""
    call = at_claim(desk)
    call.perform(claim_form())
    assert not any(entry.can_change for entry in call.view.trail)
    with pytest.raises(KeyError):
        call.revisit("call/student")


def test_a_name_that_differs_is_told_in_words(desk: Desk) -> None:
    """The claim is not even tried with a name that differs from the record (D23)."""
    refused = at_claim(desk).forms.preview(claim_form(last="OBrien"))
    assert isinstance(refused, Refused)
    assert "apostrophe" in refused.reason


def test_wrong_answers_are_counted_before_they_are_checked(desk: Desk, clock: Clock) -> None:
    """Three wrong tries mean a wait, five mean a ticket; nobody is told which answer was wrong (D13)."""
    call = at_reset(desk)
    codes = []
    for _ in range(2):
        refused = call.perform(reset_form("wrong", *ANSWERS[1:]))
        assert isinstance(refused, Refused)
        codes.append(refused.code)
    assert codes == ["wrong-answers", "wrong-answers"]
    refused = call.perform(reset_form("wrong", *ANSWERS[1:]))
    assert isinstance(refused, Refused)
    assert refused.code == "waiting"
    with desk.records.reading() as tables:
        account = tables.accounts.get(LE_THI)
    assert account and len(account.attempts) == 3


def test_a_reset_replaces_the_password_and_clears_the_attempts(desk: Desk) -> None:
    """The right answers, however written, open the way to a new password (D10)."""
    call = at_reset(desk)
    call.perform(reset_form("nonsense", *ANSWERS[1:]))
    done = call.perform(reset_form("Blue  BICYCLE!", *ANSWERS[1:]))
    assert isinstance(done, Receipt)
    with desk.records.reading() as tables:
        account = tables.accounts.get(LE_THI)
    assert account and account.attempts == () and len(account.used_passwords) == 1


def test_the_old_password_does_not_come_back(desk: Desk) -> None:
    """A new password is never one the student used before (D12); such a try costs no attempt."""
    call = at_reset(desk)
    refused = call.perform(reset_form(*ANSWERS, password="Purple-Kettle-42"))
    assert isinstance(refused, Refused)
    assert refused.code == "used-before"
    with desk.records.reading() as tables:
        account = tables.accounts.get(LE_THI)
    assert account and account.attempts == ()


def test_an_old_password_is_told_only_to_who_knows_the_answers(desk: Desk) -> None:
    """Without the right answers nobody learns whether a password was ever used."""
    call = at_reset(desk)
    refused = call.perform(reset_form("wrong", *ANSWERS[1:], password="Purple-Kettle-42"))
    assert isinstance(refused, Refused)
    assert refused.code == "wrong-answers"


def test_a_ticket_is_drafted_with_its_exact_line(desk: Desk) -> None:
    """Who cannot answer gets a ticket; its line is first name, last name, ID and nothing else (D16)."""
    call = at_reset(desk)
    call.cannot_answer()
    while call.view.kind == "choice":
        call.choose(call.view.choices[-1].code)
    assert call.view.pane == "ticket-draft"
    refused = call.perform(TicketForm())
    assert isinstance(refused, Refused) and refused.code == "reason"
    assert isinstance(call.perform(TicketForm(reason="The family has to leave.")), Receipt)
    with desk.records.reading() as tables:
        (ticket,) = tables.tickets.open_for(LE_THI)
    assert ticket.line == "Lê Thi De La Cruz 0100005"
    assert state_of(desk, LE_THI) == "ticket-open"


def test_a_resolved_ticket_opens_one_new_claim(desk: Desk) -> None:
    """When e-mail says that the account was reset, it is claimed again, exactly once (D18)."""
    call = verified(desk, NOAH)
    call.choose("reset")
    assert call.view.pane == "ticket-resolved"
    assert isinstance(call.perform(ReportForm()), Receipt)
    assert state_of(desk, NOAH) == "reset-done"


def test_a_store_that_cannot_save_changes_nothing(desk: Desk) -> None:
    """When another program holds the records, the answer is not taken, and the screen says so."""
    call = desk.start("counter")
    other = open_practice(desk.records.folder, agent="max", clock=desk.clock)
    with other.records.transaction():
        view = call.choose("parent-portal")
    other.close()
    assert view.notice.startswith("Not saved:") and not view.saved
    assert view.key == "call/portal"


def test_the_summaries_tell_what_was_said_and_done(desk: Desk, clock: Clock) -> None:
    """The short form fits a note; the long one has every step with its seconds."""
    call = at_claim(desk)
    clock.now += timedelta(seconds=95)
    call.perform(claim_form())
    call.note("Grandmother was here too.")
    short, long = call.handouts.summary(long=False), call.handouts.summary(long=True)
    assert "Siobhan O'Brien, S0100003" in short
    assert "is claimed" in short and "Grandmother was here too." in short
    assert "(95 s)" in long and "The student portal (lessons)" in long
    assert "Seven-Green-Kites" not in short + long


def test_a_closed_call_leaves_the_list(desk: Desk) -> None:
    """A call that ended is no longer among the interrupted ones, and cannot be resumed."""
    call = verified(desk, SIOBHAN)
    call.close()
    assert desk.unfinished() == ()
    with pytest.raises(CallGone):
        desk.resume(call.case.id)


def test_ten_thousand_characters_are_cut_and_said_so(desk: Desk) -> None:
    """A paste of 10 kB into a line is cut, and the screen says so."""
    call = verified(desk, LE_THI)
    call.choose("authentication-failed")
    assert call.view.pane == "username"
    view = call.enter("x" * 10_000)
    assert "too long" in view.notice


def test_records_that_disappear_during_a_hand_over_are_a_sentence(desk: Desk) -> None:
    """Comparing, the password rules, the preview and the deed say what is wrong; nothing crashes."""
    call = at_claim(desk)
    for file in desk.records.folder.glob("records.db*"):
        file.unlink()
    comparison = call.forms.compare("last", "O'Brien")
    (rule,) = call.forms.password_rules("Seven-Green-Kites", "Seven-Green-Kites")
    shown, done = call.forms.preview(claim_form()), call.perform(claim_form())
    assert not comparison.same and rule.ok is False
    assert isinstance(shown, Refused) and isinstance(done, Refused)
    assert all(words for words in (comparison.words, rule.reason, shown.reason, done.reason))
