"""Family calls, the card, the read-out, the slip and the ticket on the real screens, over the practice school."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from conftest import screen_text, settled
from textual.pilot import Pilot
from textual.widgets import Input, Static

from screens.app import PortalWizard
from screens.call import CallScreen
from screens.readout import ReadOutScreen
from screens.slip import SlipScreen
from screens.ticket import TicketScreen
from screens.wrapup import WrapUpScreen
from wizard.casework import Casework
from wizard.desk import Desk
from wizard.practice import open_practice, state_of
from wizard.records import JournalLine

MARY_ANN, LENA, ANA, NOAH, AMARA = "0100001", "0100009", "0100004", "0100006", "0100007"
WIDE = (120, 40)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = datetime(2021, 7, 28, 14, 40, tzinfo=UTC)

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


def verified(desk: Desk, student: str, *choices: str) -> Casework:
    call = desk.start("counter")
    call.choose("student-portal")
    call.pick(student)
    call.choose("photo-id")
    for code in choices:
        call.choose(code)
    return call


async def show(pilot: Pilot[None], desk: Desk, call: Casework) -> CallScreen:
    """Put a call on screen."""
    await settled(pilot)
    screen = CallScreen(call, desk)
    await pilot.app.push_screen(screen)
    await settled(pilot)
    return screen


def put(desk: Desk, student: str, **values: str) -> None:
    """Change what the records say of a student's name or school."""
    with desk.records.transaction() as tables:
        account = tables.accounts.get(student)
        assert account
        tables.accounts.put(account.model_copy(update={"student": account.student.model_copy(update=values)}))


async def test_a_family_call_by_keys(desk: Desk) -> None:
    """Two sisters in one call: verified once, one wrap-up with both, one key closes both."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, desk, verified(desk, MARY_ANN))
        await pilot.press("1", "a")
        await settled(pilot)
        assert "Li, Lena" in screen_text(app)
        await pilot.press("down", "enter", "5", "1", "enter")
        await settled(pilot)
        assert isinstance(app.screen, WrapUpScreen)
        text = screen_text(app)
        assert "✓ Mary Ann Li" in text and "▸ Lena Li" in text
        assert "2 in this call" in text
        await pilot.press("f9")
        await settled(pilot)
        assert app.screen is app.home
    assert desk.unfinished() == ()


async def test_an_earlier_child_is_one_key_away(desk: Desk) -> None:
    """From the wrap-up, Enter on a child's line goes to that child's step; F9 warns of a child without an outcome."""
    call = verified(desk, NOAH, "nothing-yet")
    call.another_child()
    call.pick(AMARA)
    call.turn_to(call.case.family[0])
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await show(pilot, desk, call)
        await pilot.press("enter", "f9")
        await settled(pilot)
        assert "No outcome yet: Amara D’Angelo." in screen_text(app)
        app.screen.query_one("#children").focus()
        await pilot.press("down", "enter")
        await settled(pilot)
        assert app.screen is screen
        assert screen.view and screen.view.card and screen.view.card.student == "Amara D’Angelo"
    assert len(desk.unfinished()) == 1


async def test_the_clock_runs_and_says_when_the_claim_opens(desk: Desk, clock: Clock) -> None:
    """The card counts down; when the time is there it says so, and a key goes on with the claim (D03)."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=WIDE) as pilot:
        screen = await show(pilot, desk, verified(desk, MARY_ANN))
        assert "Claim opens Thu 8:40 AM" in " ".join(words(screen).split())
        clock.now += timedelta(hours=20, minutes=48, seconds=5)
        screen.tick()
        text = " ".join(words(screen).split())
        assert "in 1 h 12 min" in text
        clock.now += timedelta(hours=2)
        screen.tick()
        text = " ".join(words(screen).split())
        assert "Claim is open since Thu 8:40 AM EDT" in text
        assert "The claim has just opened." in text
        await pilot.press("ctrl+g")
        await settled(pilot)
        assert screen.view and screen.view.key == "call/claimed-yet"
        assert screen.view.notice == "The call goes on with what the records say now."


def words(screen: CallScreen) -> str:
    """Return what card and notice say, whatever part of it is in sight."""
    return " ".join(str(screen.query_one(each, Static).content) for each in ("#card-rows", "#notice"))


async def test_each_step_has_its_seconds_and_the_present_one_a_running_clock(desk: Desk, clock: Clock) -> None:
    """The trail tells how long each answer took, and how long this step is on screen."""
    call = verified(desk, NOAH)
    clock.now += timedelta(seconds=75)
    call.choose("nothing-yet")
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=WIDE) as pilot:
        screen = await show(pilot, desk, call)
        clock.now += timedelta(seconds=12)
        screen.tick()
        trail = str(screen.query_one("#trail-lines", Static).content)
        assert "Nothing yet  1m15s" in trail
        assert "▸ now  12 s" in trail


async def test_a_student_with_many_calls_stays_readable(desk: Desk, clock: Clock) -> None:
    """Of forty calls the card shows the last three, and how many there are more."""
    with desk.records.transaction() as tables:
        for number in range(40):
            tables.journal.append(
                JournalLine(
                    at=clock.now - timedelta(days=40 - number),
                    agent=f"agent{number}",
                    what="closed",
                    case=f"case{number}",
                    student=NOAH,
                    result="ticket" if number == 39 else "solved",
                )
            )
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=WIDE) as pilot:
        await show(pilot, desk, verified(desk, NOAH))
        text = screen_text(app)
        assert [
            said for said in ("7/27 Ticket, agent39", "7/25 Solved, agent37", "+ 37 more") if said not in text
        ] == []
        assert "agent36" not in text


def test_earlier_calls_and_siblings_wait_for_the_verification(desk: Desk) -> None:
    """Before the caller is identified the card tells of no earlier call and no sibling."""
    call = desk.start("counter")
    call.choose("student-portal")
    call.pick(MARY_ANN)
    before = call.view.card
    after = call.choose("photo-id").card
    assert before and after
    assert (before.siblings, before.calls, before.ticket, before.opens_at) == ((), (), "", None)
    assert [hit.student_id for hit in after.siblings] == [LENA]


async def test_names_are_spelled_from_any_step_after_the_verification(desk: Desk) -> None:
    """F5 shows username, ID and names letter by letter; before the verification there is no such key."""
    call = desk.start("phone")
    call.choose("student-portal")
    call.pick("0100003")
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, desk, call)
        await pilot.press("f5")
        assert not isinstance(app.screen, ReadOutScreen)
        await pilot.press("1", "f5")
        await settled(pilot)
        assert "S as in Sam" in screen_text(app)
        await pilot.press("3")
        await settled(pilot)
        text = screen_text(app)
        assert [said for said in ("O as in ocean", "apostrophe", "B as in boy") if said not in text] == []
        await pilot.press("f9")
        await settled(pilot)
        assert "apóstrofo" in screen_text(app)


async def test_the_slip_is_read_and_saved(desk: Desk) -> None:
    """The wrap-up shows the slip with its code; P saves a PDF and says where."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=WIDE) as pilot:
        await show(pilot, desk, verified(desk, NOAH, "nothing-yet"))
        await pilot.press("enter", "f4")
        await settled(pilot)
        assert isinstance(app.screen, SlipScreen)
        text = screen_text(app)
        assert "Until we call you, the login does not work" in text and "█▀▀▀▀▀█" in text
        await pilot.press("p")
        await settled(pilot)
        (paper,) = (desk.records.folder / "papers").iterdir()
        assert paper.suffix == ".pdf" and paper.read_bytes().startswith(b"%PDF")
        assert "✓ Saved:" in screen_text(app)


async def test_ticket_lines_are_copied_child_by_child(desk: Desk) -> None:
    """One ticket's text per child (D16): F7 sends the first, F7 again the next one."""
    for student in (AMARA,):
        with desk.records.transaction() as tables:
            account, draft = tables.accounts.get(student), tables.tickets.get("T-0006")
            assert account and draft
            tables.accounts.put(account.model_copy(update={"ticket": "T-0007"}))
            line = f"Amara D’Angelo {AMARA}"
            tables.tickets.put(draft.model_copy(update={"code": "T-0007", "student_id": AMARA, "line": line}))
    call = verified(desk, NOAH, "sent-back")
    call.another_child()
    call.pick(AMARA)
    call.choose("photo-id")
    call.choose("sent-back")
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, desk, call)
        await pilot.press("enter", "f7")
        assert app.clipboard == f"Noah Smith Jr. {NOAH}"
        await pilot.press("f7")
        assert app.clipboard == f"Amara D’Angelo {AMARA}"


async def test_a_ticket_is_followed_from_draft_to_resolved(desk: Desk) -> None:
    """Its number and the news are kept and shown; resolved, the account can be claimed again (D17, D18)."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=WIDE) as pilot:
        screen = await show(pilot, desk, verified(desk, NOAH))
        assert "drafted 2 days ago" in " ".join(words(screen).split())
        await pilot.press("ctrl+t", *"INC42", "enter", *"seen", "enter")
        await settled(pilot)
        text = " ".join(screen_text(app).split())
        assert [
            said for said in ("Submitted as INC42", "“seen” (dana)", "(INC42), updated just now") if said not in text
        ] == []
        await pilot.press("f6")
        assert state_of(desk, NOAH) == "ticket-open"
        await pilot.press("f6")
        assert state_of(desk, NOAH) == "reset-done"
        await pilot.press("escape")
        await settled(pilot)
        assert screen.view and screen.view.key == "call/claim-again"
    with desk.records.reading() as tables:
        lines = [line for line in tables.journal.of_student(NOAH) if line.what.startswith("ticket-")]
    assert [(line.what, line.result) for line in lines] == [
        ("ticket-submitted", "INC42"),
        ("ticket-updated", "seen"),
        ("ticket-resolved", "done"),
    ]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param("Ann" * 100, "Lee" * 100, id="300 characters"),
        pytest.param("王小明", "諸葛", id="wide characters"),
        pytest.param("[b]Ann[/b]", "[@click=app.quit]Li[/]", id="markup"),
    ],
)
async def test_every_screen_of_a_call_stands_any_name(desk: Desk, first: str, last: str) -> None:
    """Card, trail, wrap-up, read-out and slip are drawn, and the keys still work."""
    put(desk, MARY_ANN, first=first, last=last)
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=WIDE) as pilot:
        screen = await show(pilot, desk, verified(desk, MARY_ANN))
        await pilot.press("f5", "3")
        await settled(pilot)
        assert isinstance(app.screen, ReadOutScreen)
        await pilot.press("escape", "1", "a", "escape")
        await settled(pilot)
        assert screen.view and screen.view.family[0].student == f"{first} {last}"
        assert "CHILDREN" not in screen_text(app)
        await pilot.resize_terminal(20, 5)
        await pilot.resize_terminal(*WIDE)
        await settled(pilot)
        assert first[:12] in str(screen.query_one("#card-rows", Static).content)


async def test_records_that_cannot_be_written_are_said_and_nothing_is_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another child, closing, a ticket's number: while the store refuses, each is a sentence, and the call stays."""
    from wizard.records import RecordsError

    def refuse() -> None:
        raise RecordsError("The disk is full; the records stand as they were.")

    call = verified(desk, NOAH, "nothing-yet")
    before = call.case
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await show(pilot, desk, call)
        with monkeypatch.context() as broken:
            broken.setattr("wizard.records.Records.transaction", lambda self: refuse())
            await pilot.press("a")
            await settled(pilot)
            assert "Not saved: The disk is full" in screen_text(app)
            await pilot.press("enter", "f9")
            await settled(pilot)
            assert "Not saved: The disk is full" in screen_text(app)
            await pilot.press("escape", "ctrl+t", *"7", "enter")
            await settled(pilot)
            assert "The disk is full" in screen_text(app)
            await pilot.press("escape")
        assert call.case == before
        await pilot.press("a")
        await settled(pilot)
        assert screen.view and screen.view.key == "call/student"


async def test_a_ticket_is_followed_up_from_the_home_screen(desk: Desk) -> None:
    """News come by e-mail, without a caller: the follow-up's ticket is opened and written to, no call is begun."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.press("f", "up", "n")
        await settled(pilot)
        assert isinstance(app.screen, TicketScreen)
        await pilot.press(*"INC7", "enter", "escape")
        await settled(pilot)
        assert app.screen is app.home
    with desk.records.reading() as tables:
        ticket = tables.tickets.get("T-0006")
        assert ticket and (ticket.number, ticket.stage) == ("INC7", "submitted")
    assert desk.unfinished() == ()


@pytest.mark.parametrize(
    ("typed", "kept"), [("", "Call the aunt."), ("Came twice.", "Call the aunt. / Came twice.")], ids=["none", "one"]
)
async def test_closing_the_wrap_up_keeps_a_colleagues_note(desk: Desk, clock: Clock, typed: str, kept: str) -> None:
    """A note that a colleague writes while the wrap-up is on screen stays, alone or beside one's own."""
    omar = open_practice(desk.records.folder, agent="Omar", clock=clock)
    app, call = PortalWizard(lambda: desk), verified(desk, MARY_ANN)
    async with app.run_test(size=WIDE) as pilot:
        screen = await show(pilot, desk, call)
        screen.wrap_up()
        await settled(pilot)
        assert isinstance(app.screen, WrapUpScreen)
        note = app.screen.query_one("#note", Input)
        note.value = typed
        omar.resume(call.case.id).note("Call the aunt.")
        await pilot.press("f9")
        if call.case.status == "open":
            assert note.value == kept
            await pilot.press("f9")
    with omar.records.reading() as tables:
        stored = tables.cases.get(call.case.id)
    omar.close()
    assert stored and (stored.status, stored.note) == ("closed", kept)
