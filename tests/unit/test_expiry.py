"""Who is calling is known as long as the call lasts in the same hands; after that it is asked again (O6)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from wizard import presence
from wizard.casework import Casework
from wizard.desk import Desk
from wizard.practice import ANSWERS, practice_desk
from wizard.records import RecordsError
from wizard.tickets import Ticket, line
from wizard.views.forms import ResetForm
from wizard.views.step import StepView

NOW = datetime(2026, 8, 3, 14, 40, tzinfo=UTC)
MARY_ANN, SIOBHAN, JOSE, LE_THI = "0100001", "0100003", "0100008", "0100005"
NEW_PASSWORD = ResetForm(tuple(map(SecretStr, ANSWERS)), SecretStr("Seven-Green-Kites"), SecretStr("Seven-Green-Kites"))


class Clock:
    """A clock that is set by hand."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(clock: Clock) -> Iterator[Desk]:
    with practice_desk(clock=clock, agent="dana") as desk:
        yield desk


def in_the_middle(desk: Desk, student: str = SIOBHAN) -> Casework:
    """Return a call whose caller was identified and who has answered one more question."""
    call = desk.start("counter")
    call.choose("student-portal")
    call.pick(student)
    call.choose("photo-id")
    call.choose("not-yet")
    return call


def known(view: StepView) -> bool:
    """Return whether the card shows what only a verified caller may bring about."""
    assert view.card
    return bool(view.card.student_id or view.card.username or view.card.verified or view.card.state)


@pytest.mark.parametrize(
    ("agent", "minutes", "asked"),
    [
        ("dana", 1, ""),
        ("dana", 30, ""),
        ("dana", 31, "more than 30"),
        ("omar", 1, "it was dana"),
        ("omar", 31, "more than 30"),
    ],
)
def test_a_call_taken_up_again(desk: Desk, clock: Clock, agent: str, minutes: int, asked: str) -> None:
    """In the same hands and soon: at once; otherwise the caller is asked for first, and nothing shows until then."""
    call = in_the_middle(desk)
    here = call.view.key
    clock.now += timedelta(minutes=minutes)
    view = replace(desk, agent=agent).resume(call.case.id).view
    assert known(view) is not bool(asked)
    assert view.key == ("call/verify-counter" if asked else here)
    assert (f"Please ask again who is calling: {asked}" in view.notice) is bool(asked)


def test_identified_again_the_call_goes_on_where_it_was(desk: Desk, clock: Clock) -> None:
    """Nothing that was answered is lost by asking again, and the journal tells both."""
    call = in_the_middle(desk)
    here, trail = call.view.key, [entry.answer for entry in call.view.trail]
    clock.now += timedelta(hours=20)
    again = replace(desk, agent="omar").resume(call.case.id)
    assert [entry.answer for entry in again.view.trail] == trail[:2]
    view = again.choose("known-in-person")
    assert view.key == here
    assert known(view)
    assert len(view.trail) == len(trail)
    with desk.records.reading() as tables:
        lines = [(line.agent, line.what, line.result) for line in tables.journal.of_case(call.case.id)]
    assert ("omar", "verification", "expired") in lines
    assert ("omar", "viewed", "known-in-person") in lines


def test_who_cannot_be_identified_again_is_refused_in_words(desk: Desk, clock: Clock) -> None:
    """The scripted refusal, and nothing about the student on the way."""
    call = in_the_middle(desk)
    clock.now += timedelta(hours=2)
    view = desk.resume(call.case.id).choose("cannot")
    assert view.result == "declined"
    assert not known(view)


def test_asked_again_only_once(desk: Desk, clock: Clock) -> None:
    """A second window that closes right after the new identification does not ask a third time."""
    call = in_the_middle(desk)
    clock.now += timedelta(hours=2)
    desk.resume(call.case.id).choose("photo-id")
    clock.now += timedelta(minutes=5)
    assert desk.resume(call.case.id).view.key == call.view.key


def test_left_before_it_was_answered_it_is_still_asked(desk: Desk, clock: Clock) -> None:
    """Closing the window at the question does not bring the student back on screen."""
    call = in_the_middle(desk)
    clock.now += timedelta(hours=2)
    desk.resume(call.case.id)
    again = desk.resume(call.case.id)
    assert again.view.key == "call/verify-counter"
    assert again.choose("photo-id").key == call.view.key


def reset_done(desk: Desk) -> Casework:
    """Return a call at the counter in which a new password was chosen."""
    call = desk.start("counter")
    call.choose("student-portal")
    call.pick(LE_THI)
    call.choose("photo-id")
    call.choose("forgot-password")
    call.perform(NEW_PASSWORD)
    return call


def test_what_is_done_stays_done(desk: Desk, clock: Clock) -> None:
    """After a receipt, nothing before it can be changed while the caller is asked for again."""
    call = reset_done(desk)
    done = call.view.key
    assert call.case.receipts
    clock.now += timedelta(hours=2)
    again = desk.resume(call.case.id)
    assert not again.view.can_go_back
    assert not any(entry.can_change for entry in again.view.trail)
    assert again.choose("photo-id").key == done


def test_joining_a_running_call_asks_nothing(desk: Desk, clock: Clock) -> None:
    """A colleague who looks in while the call is open at another desk finds the caller identified."""
    call = in_the_middle(desk)
    seat = presence.Seat(desk.records.folder, call.case.id, "dana", clock)
    try:
        assert replace(desk, agent="omar").resume(call.case.id).view.key == call.view.key
    finally:
        seat.leave()


def test_joining_a_running_family_call_asks_nothing(desk: Desk, clock: Clock) -> None:
    """Whichever child's part is opened, the colleague at the call is seen, and the caller stays identified."""
    call = in_the_middle(desk)
    seat = presence.Seat(desk.records.folder, call.case.call, "dana", clock)
    try:
        call.another_child()
        call.pick(LE_THI)
        call.choose("photo-id")
        assert known(call.view)
        colleague = replace(desk, agent="omar")
        holder = colleague.holder(call.case.id)
        assert holder is not None
        assert holder.agent == "dana"
        assert colleague.resume(call.case.id).view.key == call.view.key
    finally:
        seat.leave()


def test_a_long_break_in_front_of_the_call(desk: Desk) -> None:
    """The screen that was locked over lunch asks again without the call having been closed."""
    call = in_the_middle(desk)
    here = call.view.key
    view = call.expire()
    assert view.key == "call/verify-counter"
    assert not known(view)
    assert "long break" in view.notice
    assert call.choose("photo-id").key == here


def test_a_break_hides_the_student_even_when_nothing_can_be_saved(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that refuses to write does not keep the student on screen."""

    def refuse(self: object) -> None:
        raise RecordsError("The disk is full.")

    call = in_the_middle(desk)
    monkeypatch.setattr("wizard.records.records.Records.transaction", refuse)
    view = call.expire()
    assert not known(view)
    assert "The disk is full." in view.notice


def test_a_break_hides_what_a_colleague_saved_meanwhile(desk: Desk) -> None:
    """A colleague's answer, saved while the screen was locked, does not bring the student back after the break."""
    call = in_the_middle(desk)
    seat = presence.Seat(desk.records.folder, call.case.id, "dana", desk.clock)
    try:
        replace(desk, agent="omar").resume(call.case.id).choose("later")
    finally:
        seat.leave()
    view = call.expire()
    assert view.key == "call/verify-counter"
    assert view.saved
    assert not known(view)
    call.refresh()
    assert not known(call.view)
    with desk.records.reading() as tables:
        stored = tables.cases.get(call.case.id)
    assert stored and "verified" not in desk.facts(stored)


def test_a_break_that_cannot_be_saved_hides_whatever_is_loaded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until the disk takes it that nobody knows who is calling, a colleague's save shows nothing; then it is stored."""

    def refuse(self: object) -> None:
        raise RecordsError("The disk is full.")

    call = in_the_middle(desk)
    colleague = replace(desk, agent="omar")
    with monkeypatch.context() as full:
        full.setattr("wizard.records.records.Records.transaction", refuse)
        call.expire()
    seat = presence.Seat(desk.records.folder, call.case.id, "dana", desk.clock)
    try:
        colleague.resume(call.case.id).choose("later")
    finally:
        seat.leave()
    with monkeypatch.context() as full:
        full.setattr("wizard.records.records.Records.transaction", refuse)
        call.refresh()
        assert not known(call.view)
        assert not known(call.choose("photo-id"))
    call.refresh()
    with desk.records.reading() as tables:
        stored = tables.cases.get(call.case.id)
    assert stored and "verified" not in desk.facts(stored)
    assert known(call.choose("photo-id"))


def reset_and_expired(desk: Desk, clock: Clock) -> Casework:
    """Return a call with a new password done, whose caller could not be identified again after a break."""
    call = reset_done(desk)
    clock.now += timedelta(hours=1)
    call.expire()
    call.choose("cannot")
    return call


def test_what_was_done_is_told_without_the_username_while_nobody_is_identified(desk: Desk, clock: Clock) -> None:
    """The summary, also as a file and on the clipboard, tells what was done, and neither username nor ID."""
    call = reset_and_expired(desk, clock)
    with desk.records.transaction() as tables:  # a receipt as earlier versions wrote it
        stored = tables.cases.get(call.case.id)
        assert stored
        worded = stored.receipts[0].model_copy(update={"words": f"The new password of S{LE_THI} is set."})
        tables.cases.put(stored.model_copy(update={"receipts": (worded,)}))
    call.refresh()
    for long in (False, True):
        told = call.handouts.summary(long)
        assert "Done: A new password was set here." in told
        assert LE_THI not in told


def test_a_ticket_line_is_told_only_while_the_caller_is_identified(desk: Desk) -> None:
    """The line has the student's ID, so after a break it waits with everything else."""
    call = in_the_middle(desk)
    with desk.records.transaction() as tables:
        account = tables.accounts.get(SIOBHAN)
        assert account
        draft = Ticket(
            code="T-1",
            case=call.case.id,
            student_id=SIOBHAN,
            line=line(account.student),
            menu=desk.district.ticket.menu,
            opened_at=NOW,
            by="dana",
        )
        tables.tickets.put(draft)
        tables.accounts.put(account.model_copy(update={"ticket": draft.code}))
    assert call.handouts.ticket_lines() == (draft.line,)
    call.expire()
    assert call.handouts.ticket_lines() == ()


def test_a_call_that_expired_is_counted_by_how_it_ended_before(desk: Desk, clock: Clock) -> None:
    """The report and the journal keep the outcome that was reached, though the screen tells it no more."""
    call = reset_and_expired(desk, clock)
    call.close()
    made = desk.report_of_days(0)
    assert [(row.words, row.calls) for row in made.outcomes] == [("The new password is set", 1)]
    assert made.avoided == 1
    with desk.records.reading() as tables:
        ended = tables.journal.of_case(call.case.id)[-1]
    assert (ended.what, ended.result) == ("closed", "solved")


def test_what_waits_aside_is_not_taken_for_another_student(desk: Desk) -> None:
    """After a break somebody else stands at the counter: the last student's answers neither return nor count."""
    call = in_the_middle(desk)
    call.choose("later")
    assert call.view.kind == "outcome"
    call.expire()
    call.revisit("call/student")
    call.pick(JOSE)
    assert call.case.aside == ()
    call.choose("cannot")
    call.close()
    assert [row.words for row in desk.report_of_days(0).outcomes] == ["Not today: no identification"]


def test_the_home_screen_tells_no_state_of_a_student(desk: Desk, clock: Clock) -> None:
    """A call that waits for days stands there with its question, and without what was told to the caller alone."""
    call = desk.start("counter")
    call.choose("student-portal")
    call.pick(MARY_ANN)
    call.choose("photo-id")
    call.choose("come-back")
    assert "Tue" in call.view.title
    (waiting,) = desk.unfinished()
    assert waiting.step == "New student"


def test_every_child_of_a_family_call_is_asked_for_again(desk: Desk, clock: Clock) -> None:
    """Taken up the next day, no child's part counts as identified by what was asked about another one."""
    call = in_the_middle(desk)
    call.another_child()
    call.pick(JOSE)
    if call.view.key != "call/verify-counter":
        assert known(call.view)
    clock.now += timedelta(hours=20)
    again = desk.resume(call.case.id)
    assert again.view.key == "call/verify-counter"
    assert not known(again.view)
    first = next(child for child in again.view.family if not child.here)
    assert not known(again.turn_to(first.case))
