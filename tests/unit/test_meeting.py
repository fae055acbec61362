"""Parking a call, taking it over, and two people at one call: nothing anybody said is lost."""

import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.model import Library
from wizard import finding, openings, presence
from wizard.casework import Casework
from wizard.desk import CallGone, Desk
from wizard.practice import open_practice
from wizard.records import Conflict, Records, RecordsError, Tables
from wizard.views.forms import ReportForm
from wizard.views.handover import Refused

MARY_ANN, LENA, SIOBHAN, LE_THI, JOSE = "0100001", "0100009", "0100003", "0100005", "0100008"


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
def dana(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    opened = open_practice(tmp_path / "practice", agent="Dana", clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def omar(dana: Desk, clock: Clock) -> Iterator[Desk]:
    opened = open_practice(dana.records.folder, agent="Omar", clock=clock)
    yield opened
    opened.close()


def both(dana: Desk, omar: Desk) -> tuple[Casework, Casework]:
    """Return one call on two screens, at its first question."""
    theirs = dana.start("counter")
    mine = omar.resume(theirs.case.id)
    theirs.refresh()
    return theirs, mine


def fill_disk_after(monkeypatch: pytest.MonkeyPatch, saves: int) -> None:
    """Let so many saves work, and none after them."""
    real, done = Records.transaction, iter(range(100))

    def transaction(records: Records) -> AbstractContextManager[Tables]:
        if next(done) >= saves:
            raise RecordsError("The disk is full.")
        return real(records)

    monkeypatch.setattr(Records, "transaction", transaction)


def journal(desk: Desk, call: Casework, what: str) -> list[tuple[str, str]]:
    with desk.records.reading() as tables:
        return [(line.agent, line.result) for line in tables.journal.of_case(call.case.id) if line.what == what]


# -- parking


def test_a_parked_call_waits_with_its_note_and_who_parked_it(dana: Desk, omar: Desk, clock: Clock) -> None:
    """The colleague sees the code, the line left for them, who parked it and when."""
    call = dana.start("phone")
    call.choose("student-portal")
    call.pick(SIOBHAN)
    assert call.park("  calls back after two  ")
    clock.now += timedelta(minutes=5)
    (waiting,) = omar.home().calls
    assert (waiting.code, waiting.parked, waiting.agent, waiting.note) == (
        call.case.code, True, "Dana", "calls back after two",
    )  # fmt: skip
    assert waiting.ago == "5 min ago"
    assert waiting.student == "Siobhan O'Brien"


def test_whoever_takes_a_call_over_has_it(dana: Desk, omar: Desk) -> None:
    """After the take-over it is no longer parked, goes on at its step, and is in the other's hands."""
    call = dana.start("phone")
    call.choose("student-portal")
    call.park("urgent")
    taken = omar.resume(call.case.id)
    assert taken.view.key == call.view.key
    assert taken.view.notice == "Dana parked this call just now: “urgent”"
    (waiting,) = omar.home().calls
    assert (waiting.parked, waiting.agent) == (False, "Omar")


def test_a_code_or_a_name_finds_a_call_among_many(dana: Desk) -> None:
    """With hundreds of calls waiting, at most fifty are listed, and any of them is found by typing."""
    about = dana.start("phone")
    about.choose("student-portal")
    about.pick(SIOBHAN)
    for _ in range(60):
        dana.start("phone")
    home = dana.home()
    assert (len(home.calls), home.matching, home.waiting) == (50, 61, 61)
    for wanted in (about.case.code.lower(), "o'bri", " SIOBHAN "):
        assert about.case.code in [call.code for call in dana.home(wanted).calls]
    assert dana.home("nobody of that name").calls == ()


def sisters(desk: Desk) -> Casework:
    """Return a family call of two sisters that stands at the second one."""
    call = desk.start("counter")
    call.choose("student-portal")
    call.pick(MARY_ANN)
    call.choose("photo-id")
    call.another_child()
    call.pick(LENA)
    return call


@pytest.mark.parametrize("child", [0, 1])
def test_a_family_call_parked_at_any_child_waits_with_its_note(dana: Desk, omar: Desk, child: int) -> None:
    """The line tells what was left for the colleague, is found by every child's code and name, and opens there."""
    call = sisters(dana)
    first, last = call.case.family
    codes = {key: _code(dana, key) for key in call.case.family}
    parked_at = call.case.family[child]
    if call.case.id != parked_at:
        call.turn_to(parked_at)
    call.park("mother calls back")
    for wanted in ("", codes[first], codes[last], "mary", "lena", "calls back", "dana"):
        (line,) = omar.home(wanted).calls
        assert (line.id, line.code, line.parked, line.note) == (parked_at, codes[parked_at], True, "mother calls back")
    assert "and 1 more child" in line.student
    assert omar.home("nobody").calls == ()
    taken = omar.resume(line.id)
    assert taken.case.id == parked_at and "Dana parked this call just now: “mother calls back”" in taken.view.notice


def test_a_family_call_that_goes_on_at_another_child_is_not_parked(dana: Desk, omar: Desk, clock: Clock) -> None:
    """A note that was left at one child is not told of a call that somebody has worked on at another one since."""
    call = sisters(dana)
    call.park("mother calls back")
    clock.now += timedelta(minutes=2)
    taken = omar.resume(call.case.family[0])
    taken.choose("photo-id")
    (line,) = dana.home().calls
    assert (line.parked, line.note) == (False, "")


def _code(desk: Desk, key: str) -> str:
    with desk.records.reading() as tables:
        case = tables.cases.get(key)
    assert case
    return case.code


def test_a_clock_that_jumps_back_makes_no_negative_ages(dana: Desk, clock: Clock) -> None:
    """A call parked in what is now the future waits, and the screen does not count below zero."""
    call = dana.start("phone")
    call.park("")
    clock.now -= timedelta(hours=3)
    (waiting,) = dana.home().calls
    assert waiting.ago == "just now"


def test_a_discarded_call_is_over(dana: Desk) -> None:
    """A call that nobody goes on with leaves the list; it cannot be discarded twice."""
    call = dana.start("phone")
    dana.discard(call.case.id)
    assert dana.home().calls == ()
    with pytest.raises(CallGone, match="just finished"):
        dana.discard(call.case.id)


# -- two people at one call


def test_both_answers_are_kept_when_they_are_to_different_steps(dana: Desk, omar: Desk) -> None:
    """The colleague answered one step, I the next: both stand."""
    theirs, mine = both(dana, omar)
    theirs.choose("student-portal")
    assert mine.refresh() is not None
    mine.pick(SIOBHAN)
    theirs.note("Grandmother calls.")
    view = mine.choose("photo-id")
    assert "Dana" in view.notice and "Both are kept" in view.notice
    assert mine.case.note == "Grandmother calls."
    assert mine.case.answer_to("call/verify-counter") is not None


def test_the_first_answer_to_a_step_stands_and_the_second_is_told(dana: Desk, omar: Desk) -> None:
    """Both answer the same question: the first stands, the second is named, and the journal holds both."""
    theirs, mine = both(dana, omar)
    theirs.choose("student-portal")
    view = mine.choose("parent-portal")
    assert "Dana answered “The student portal (lessons)” here just now" in view.notice
    assert "yours was “The parent portal (grades, attendance)”. F3 changes it." in view.notice
    assert view.key == theirs.view.key == "call/student"
    assert journal(dana, mine, "answered") == [("Dana", "call/portal student-portal")]
    assert journal(dana, mine, "answer-not-kept") == [("Omar", "call/portal parent-portal")]
    assert view.trail[0].can_change


def test_the_same_answer_twice_is_no_quarrel(dana: Desk, omar: Desk) -> None:
    """Both pressed the same key; the call goes on."""
    theirs, mine = both(dana, omar)
    theirs.choose("student-portal")
    assert "Dana gave the same answer here" in mine.choose("student-portal").notice


def test_an_answer_on_a_branch_the_colleague_has_left(dana: Desk, omar: Desk) -> None:
    """The colleague went back and took another way; my answer no longer fits, and is in the journal."""
    theirs, mine = both(dana, omar)
    theirs.choose("student-portal")
    mine.refresh()
    theirs.back()
    theirs.choose("parent-portal")
    view = mine.pick(SIOBHAN)
    assert "took the call another way" in view.notice
    assert view.title == "Parent portal: the school office helps"
    assert journal(dana, mine, "answer-not-kept") == [("Omar", "call/student found")]


def test_a_screen_follows_the_colleague_and_says_who_it_was(dana: Desk, omar: Desk) -> None:
    """What the colleague answered appears by itself, once."""
    theirs, mine = both(dana, omar)
    theirs.choose("student-portal")
    view = mine.refresh()
    assert view and view.key == "call/student"
    assert view.notice == "Dana went on with this call: “The student portal (lessons)”."
    assert mine.refresh() is None


def test_a_screen_follows_every_save_though_its_sentence_is_the_same(dana: Desk, omar: Desk, clock: Clock) -> None:
    """The second note is followed as the first was; the seconds at the step go on."""
    theirs, mine = both(dana, omar)
    clock.now += timedelta(seconds=30)
    for note in ("one", "two"):
        theirs.note(note)
        view = mine.refresh()
        assert view and view.notice == "Dana has this call open, too."
        assert mine.case.note == note
    mine.choose("student-portal")
    assert mine.case.answers[0].seconds == 30


def test_a_colleague_is_not_taken_for_another_window_of_ones_own(dana: Desk, omar: Desk) -> None:
    """Looking who is on file writes the last line of the journal; who saved the call is the colleague all the same."""
    theirs, mine = both(dana, omar)
    theirs.choose("student-portal")
    theirs.pick(MARY_ANN)
    mine.refresh()
    theirs.note("Grandmother calls.")
    assert mine.guardians()
    view = mine.refresh()
    assert view and view.notice == "Dana has this call open, too."


def test_a_colleague_who_asks_again_who_is_calling_is_followed(dana: Desk, omar: Desk) -> None:
    """What may no longer be shown leaves the other screen, too."""
    theirs = dana.start("counter")
    seat = dana.seat(theirs.case.call)
    theirs.choose("student-portal")
    theirs.pick(SIOBHAN)
    theirs.choose("photo-id")
    mine = omar.resume(theirs.case.id)
    mine.expire()
    view = theirs.refresh()
    seat.leave()
    assert view and view.notice == "Omar has moved this call on."
    assert view.card and view.key == "call/verify-counter" and not view.card.username


def test_a_refused_save_names_who_saved_before(dana: Desk, omar: Desk) -> None:
    """Not who began the call."""
    theirs, mine = both(dana, omar)
    mine.choose("student-portal")
    with pytest.raises(Conflict, match="by Omar"), dana.records.transaction() as tables:
        tables.cases.put(theirs.case)


def test_a_note_that_comes_after_the_end_is_in_the_journal(dana: Desk, omar: Desk) -> None:
    """A colleague ended the call while the note was typed: it is not lost, and where it is is said."""
    theirs, mine = both(dana, omar)
    theirs.close()
    assert "Your note is in the journal" in mine.note("Grandmother calls.").notice
    with dana.records.reading() as tables:
        late = [line.detail for line in tables.journal.of_case(mine.case.id) if line.what == "note-not-kept"]
    assert late == ["Grandmother calls."]


def test_a_call_that_a_colleague_ended_is_explained(dana: Desk, omar: Desk) -> None:
    """The call was closed under my hands: who and when is said, and what I answered is in the journal."""
    theirs, mine = both(dana, omar)
    theirs.close()
    view = mine.choose("student-portal")
    assert "Dana ended this call at Mon 10:40 AM EDT" in view.notice
    assert "Your answer “The student portal (lessons)” is in the journal" in view.notice
    assert mine.case.status == "closed"
    assert journal(dana, mine, "answer-not-kept") == [("Omar", "call/portal student-portal")]
    assert "ended this call" in mine.choose("student-portal").notice


def test_a_call_that_left_the_records_is_saved_again(dana: Desk) -> None:
    """An older backup was restored: the call stays on screen, and its next answer brings it back."""
    call = dana.start("phone")
    with dana.records.transaction() as tables:
        tables.cases.table.delete(call.case.id)
    view = call.refresh()
    assert view and "no longer in the records" in view.notice
    call.choose("student-portal")
    assert [waiting.code for waiting in dana.home().calls] == [call.case.code]


def test_a_deed_on_a_call_that_moved_on_is_not_done(dana: Desk, omar: Desk) -> None:
    """A colleague took the call over while the last screen was open: nothing is done, and it is shown as it is."""
    theirs = dana.start("counter")
    for answer in (lambda: theirs.choose("student-portal"), lambda: theirs.pick(SIOBHAN)):
        answer()
    theirs.choose("photo-id")
    theirs.choose("claimed-at-home")
    assert theirs.view.pane == "claim-reported"
    mine = omar.resume(theirs.case.id)
    done = theirs.perform(ReportForm())
    assert isinstance(done, Refused)
    assert "Omar" in done.reason and "Nothing was changed" in done.reason
    assert theirs.view.key == mine.view.key


def test_a_call_that_moved_on_is_not_closed_unseen(dana: Desk, omar: Desk) -> None:
    """A colleague answered while I was closing: it stays open, and I see what they did first."""
    theirs, mine = both(dana, omar)
    theirs.choose("student-portal")
    view = mine.close()
    assert mine.case.status == "open"
    assert "Dana went on with this call" in view.notice and "not closed yet" in view.notice
    assert mine.close() and mine.case.status == "closed"
    assert theirs.close() and theirs.case.status == "closed"


def test_two_notes_become_one(dana: Desk, omar: Desk) -> None:
    """Both wrote a note at the same time: both are kept."""
    theirs, mine = both(dana, omar)
    theirs.note("Grandmother calls.")
    mine.note("Speaks Vietnamese.")
    assert mine.case.note == "Grandmother calls. / Speaks Vietnamese."


# -- who has a call open


def test_the_second_one_is_told_who_has_the_call_open_and_since_when(dana: Desk, omar: Desk) -> None:
    """The seat is free again as soon as it is left; the file that says so is private."""
    seat = dana.seat("a-call")
    (file,) = (dana.records.folder / presence.FOLDER).iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    holder = omar.holder("a-call")
    assert holder and (holder.agent, holder.since, holder.me) == ("Dana", "Mon 10:40 AM EDT", False)
    second = omar.seat("a-call")
    assert not second.taken
    seat.leave()
    assert omar.holder("a-call") is None
    assert second.take()
    second.leave()
    second.leave()
    assert list(file.parent.iterdir()) == []


def test_who_has_a_family_call_open_is_told_on_its_line(dana: Desk, omar: Desk) -> None:
    """Whoever sat down at the first child has the whole call."""
    call = sisters(dana)
    seat = dana.seat(call.case.call)
    (line,) = omar.home().calls
    assert line.holder == "Dana"
    seat.leave()


def test_the_stamp_changes_with_every_save_and_every_seat(dana: Desk, omar: Desk) -> None:
    """What a colleague saves or opens changes the stamp; looking does not."""
    before = dana.stamp()
    dana.home()
    assert dana.stamp() == before
    omar.start("phone")
    after = dana.stamp()
    assert after != before
    seat = omar.seat("a-call")
    assert dana.stamp() != after
    seat.leave()
    assert dana.stamp() == after


def test_a_data_folder_without_room_for_the_lock_only_means_no_warning(dana: Desk) -> None:
    """When the lock cannot be written, the call goes on without it."""
    (dana.records.folder / presence.FOLDER).write_text("in the way")
    seat = dana.seat("a-call")
    assert not seat.taken
    assert dana.holder("a-call") is None
    seat.leave()


# -- beginning a call from the follow-ups


def test_a_follow_up_begins_a_call_about_its_student(dana: Desk) -> None:
    """The student is picked already; nothing is told before the caller is identified."""
    view = dana.start_about("phone", SIOBHAN).view
    assert view.key == "call/verify-phone"
    assert view.card and view.card.student == "Siobhan O'Brien" and view.card.username == ""


@pytest.mark.parametrize("saves", range(4))
def test_a_follow_up_on_a_full_disk_stays_where_it_could_be_saved(
    dana: Desk, monkeypatch: pytest.MonkeyPatch, saves: int
) -> None:
    """Whichever save fails, the call stands at the last step that was saved and says so; it goes on from there."""
    with monkeypatch.context() as patched:
        fill_disk_after(patched, saves)
        call = dana.start_about("phone", SIOBHAN)
    given = [answer.step for answer in call.case.answers if answer.by == "staff"]
    assert given == ["call/portal", "call/student"][: max(0, saves - 1)]
    assert (call.view.saved, "disk is full" in call.view.notice) == (saves == 3, saves < 3)
    if saves == 3:
        return
    assert finding.take(dana, call, finding.THIS, SIOBHAN).key == "call/verify-phone"


def test_a_student_is_picked_at_the_search_only(dana: Desk) -> None:
    """At another question a student found is no answer."""
    call = dana.start("phone")
    with pytest.raises(KeyError):
        call.pick(SIOBHAN)
    with pytest.raises(KeyError):
        call.not_found("Zoe")
    assert call.is_empty


def test_a_student_found_while_a_colleague_takes_the_call_another_way(dana: Desk, omar: Desk) -> None:
    """Nothing is picked at a step that does not search; the colleague's way is told."""
    theirs, mine = both(dana, omar)
    theirs.choose("parent-portal")
    view = finding.take(omar, mine, finding.THIS, SIOBHAN)
    assert "Dana answered" in view.notice and view.kind == "outcome"


def test_flows_without_a_way_to_the_search_begin_at_the_beginning(dana: Desk) -> None:
    """Another district's flows may not search for a student; the call then begins at its first question."""
    flow = dana.library.flows["new-student"]
    library = Library(flows={"call": flow.model_copy(update={"flow": "call"})})
    assert openings.to_student_search(library) is None
