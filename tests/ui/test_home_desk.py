"""The home desk over real records: what waits, who is due, how the schools stand, and what a colleague changes."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest
import resting
from conftest import screen_text, settled
from textual.pilot import Pilot
from textual.worker import WorkerFailed

from screens.app import PortalWizard
from screens.call import CallScreen
from screens.confirm import ConfirmScreen
from screens.park import ParkScreen
from wizard.casework import Casework
from wizard.desk import Desk
from wizard.practice import open_practice

SIOBHAN, AMARA = "0100003", "0100007"

Clock = Callable[[], datetime]


@pytest.fixture
def dana(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    desk = open_practice(tmp_path / "practice", agent="Dana", clock=clock)
    yield desk
    desk.close()


@pytest.fixture
def omar(dana: Desk, clock: Clock) -> Iterator[Desk]:
    desk = open_practice(dana.records.folder, agent="Omar", clock=clock)
    yield desk
    desk.close()


def begun(desk: Desk) -> Casework:
    call = desk.start("counter")
    call.choose("student-portal")
    return call


async def looked(app: PortalWizard, pilot: Pilot[None]) -> str:
    """Return what is on screen after the home screen has looked for changes, as it does every second."""
    app.home.look()
    with suppress(WorkerFailed):
        await settled(pilot)
    await pilot.pause()
    return screen_text(app)


@asynccontextmanager
async def opened_late(desk: Desk) -> AsyncIterator[tuple[PortalWizard, Pilot[None], Callable[[], Awaitable[None]]]]:
    """Run the program while its records are being opened, until the last of the three is called."""
    opened = Event()

    def late() -> Desk:
        opened.wait(30)
        return desk

    app = PortalWizard(late)
    resting.HELD_UP.add("desk")
    async with app.run_test() as pilot:

        async def let_open() -> None:
            resting.HELD_UP.clear()
            opened.set()
            await settled(pilot)

        yield app, pilot, let_open


async def test_a_code_can_be_typed_while_the_records_are_being_opened(dana: Desk) -> None:
    """The top line says that they are; K, typed early, shows its field, and the call opens once the records are."""
    waiting = begun(dana)
    async with opened_late(dana) as (app, pilot, let_open):
        assert "Opening the records" in screen_text(app)
        assert "GO ON WITH CALL" not in screen_text(app)
        await pilot.press("k", *waiting.case.code.lower(), "enter")
        await pilot.pause()
        assert waiting.case.code.lower() in screen_text(app)
        await let_open()
        assert isinstance(app.screen, CallScreen)
        assert app.screen.casework.case.code == waiting.case.code


async def test_a_code_begun_before_the_records_are_open_is_typed_on(dana: Desk, omar: Desk) -> None:
    """The records open between two letters: the field keeps the keys, and what is typed so far is looked for."""
    theirs = begun(omar)
    first, *others = theirs.case.code.lower()
    async with opened_late(dana) as (app, pilot, let_open):
        await pilot.press("k", first)
        await let_open()
        assert f"“{first}” fits 1 of 1 waiting calls" in screen_text(app)
        await pilot.press(*others, "enter")
        await settled(pilot)
        assert isinstance(app.screen, CallScreen)
        assert app.screen.casework.case.code == theirs.case.code


@pytest.mark.parametrize(("key", "panel"), [("w", "waiting"), ("f", "follow-ups"), ("s", "numbers"), ("t", "practice")])
async def test_a_panel_asked_for_early_is_shown_with_its_data(dana: Desk, key: str, panel: str) -> None:
    """The key of a panel, typed while the records are being opened, brings it on screen once there is something in it.

    T is no key before it is known that this is the practice school.
    """
    begun(dana)
    async with opened_late(dana) as (app, pilot, let_open):
        await pilot.press(key)
        await let_open()
        on_screen = [each.id for each in app.screen.query(".panel") if each.region]
        assert on_screen == ["waiting" if key == "t" else panel]
        if key in ("w", "s"):
            assert app.focused is not None
            assert app.focused.id == {"w": "calls", "s": "numbers-scroll"}[key]


async def test_a_colleagues_parked_call_appears_without_a_key(dana: Desk, omar: Desk) -> None:
    """Its code, who parked it and the line they left are listed; the marked line stays marked."""
    mine = begun(dana)
    app = PortalWizard(lambda: dana)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert f"Enter goes on with your call {mine.case.code}" in screen_text(app)
        theirs = begun(omar)
        theirs.park("speaks Vietnamese")
        shown = await looked(app, pilot)
        assert f"{theirs.case.code}  no student yet  parked, Omar" in shown
        assert "“speaks Vietnamese”" in shown
        await pilot.press("down")
        begun(omar)
        await looked(app, pilot)
        await pilot.press("enter")
        assert isinstance(app.screen, CallScreen)
        assert app.screen.casework.case.id == theirs.case.id
        assert "Omar parked this call just now: “speaks Vietnamese”" in screen_text(app)


async def test_typing_the_code_takes_a_call_over(dana: Desk, omar: Desk) -> None:
    """K, the code in small letters, Enter: the colleague's call goes on at its step."""
    for _ in range(3):
        theirs = begun(omar)
        theirs.park("")
    app = PortalWizard(lambda: dana)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("k", *theirs.case.code.lower())
        await settled(pilot)
        assert "fits 1 of 3 waiting calls. Enter goes on with it." in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.pause()
        assert isinstance(app.screen, CallScreen)
        assert app.screen.casework.case.id == theirs.case.id


async def test_a_call_that_is_open_elsewhere_asks_first(dana: Desk, omar: Desk) -> None:
    """Who has it open and since when is said; leaving it to them is the safe answer."""
    theirs = begun(omar)
    seat = omar.seat(theirs.case.id)
    app = PortalWizard(lambda: dana)
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "open at Omar’s desk" in screen_text(app)
        await pilot.press("w", "enter")
        assert isinstance(app.screen, ConfirmScreen)
        assert "Since Wed 10:00 AM EDT" in screen_text(app)
        await pilot.press("enter")
        assert app.screen is app.home
    seat.leave()


async def test_parking_shows_the_code_and_takes_a_line(dana: Desk) -> None:
    """F4 shows the code large; Enter parks the call with the line, and it waits on the home screen."""
    app = PortalWizard(lambda: dana)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("c", "1", "f4")
        assert isinstance(app.screen, ParkScreen)
        assert "██" in screen_text(app)
        await pilot.press(*"two", "enter")
        await settled(pilot)
        assert app.screen is app.home
        assert "parked, Dana" in screen_text(app)
        assert "“two”" in screen_text(app)


async def test_parking_without_records_is_said_and_the_call_waits(dana: Desk) -> None:
    """The disk went away in the middle of a call: F4 still leads home, and it is said that the call waits as saved."""
    app = PortalWizard(lambda: dana)
    async with app.run_test(notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("c", "1", "f4")
        away = [(file, file.with_suffix(file.suffix + ".away")) for file in dana.records.folder.glob("records.db*")]
        for file, aside in away:
            file.rename(aside)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert app.screen is app.home
        assert "The call waits as it was last saved." in " ".join(screen_text(app).replace("▌", "").split())
        for file, aside in away:
            aside.rename(file)
        assert len(dana.home().calls) == 1


async def test_an_empty_call_leaves_nothing_behind(dana: Desk) -> None:
    """C was pressed by mistake: F4 is enough, and no call waits."""
    app = PortalWizard(lambda: dana)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("c", "f4")
        await settled(pilot)
        assert app.screen is app.home
        assert dana.home().calls == ()


async def test_a_waiting_call_is_ended_after_a_question(dana: Desk) -> None:
    """Del asks once; then the call is gone from the list."""
    begun(dana)
    app = PortalWizard(lambda: dana)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("delete", "right", "enter")
        await settled(pilot)
        assert dana.home().calls == ()
        assert app.home.view and app.home.view.waiting == 0


async def test_the_call_on_screen_follows_a_colleague(dana: Desk, omar: Desk) -> None:
    """What the colleague answered is shown and said, and what was being typed is not lost."""
    mine = begun(dana)
    app = PortalWizard(lambda: dana)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("enter", *"siob")
        assert isinstance(app.screen, CallScreen)
        omar.resume(mine.case.id).pick(SIOBHAN)
        app.screen.follow()
        await pilot.pause()
        shown = " ".join(screen_text(app).split())
        assert "Omar went on with this call" in shown
        assert "You had typed: “siob”." in shown
        assert "How do you know who this is?" in shown


async def test_another_student_picked_by_a_colleague_is_on_the_card(dana: Desk, omar: Desk) -> None:
    """The call stands at the same question as before, about somebody else: no key is pressed for the wrong child."""
    mine = begun(dana)
    mine.pick(SIOBHAN)
    app = PortalWizard(lambda: dana)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        assert isinstance(app.screen, CallScreen) and "O'Brien" in screen_text(app)
        theirs = omar.resume(mine.case.id)
        theirs.revisit("call/student")
        theirs.pick(AMARA)
        app.screen.follow()
        await pilot.pause()
        assert app.screen.view and app.screen.view.key == "call/verify-counter"
        assert "Amara" in screen_text(app) and "O'Brien" not in screen_text(app)


async def test_follow_ups_begin_a_call_about_their_student(dana: Desk) -> None:
    """Resets, claims that open today and tickets are listed; Enter asks who is calling, and tells nothing before."""
    app = PortalWizard(lambda: dana)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("f")
        shown = screen_text(app)
        for words in ("CLAIM AGAIN  D’Angelo, Amara", "OPENS TODAY  Nguyen-Tran, José", "TICKET       Smith Jr., Noah"):
            assert words in shown
        assert AMARA not in shown and "•••••07" in shown
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CallScreen)
        assert app.screen.view and app.screen.view.key == "call/verify-phone"


async def test_the_schools_and_todays_calls(dana: Desk) -> None:
    """How many can log in of each school, against the day that counts, and what today's calls were about (D02)."""
    call = begun(dana)
    call.pick(SIOBHAN)
    call.choose("photo-id")
    app = PortalWizard(lambda: dana)
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await pilot.press("s")
        shown = screen_text(app)
        assert "Every student must be able to log in before 8/7/2021: in 10 days." in shown
        assert "50 %  6 of 12" in shown
        assert "75 %  3 of 4" in shown
        assert "TODAY · 1 call" in shown


async def test_everything_side_by_side_on_a_wide_terminal(dana: Desk) -> None:
    """At 120 x 40 all parts are on screen at once."""
    app = PortalWizard(lambda: dana)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        shown = screen_text(app)
        for words in ("No calls wait.", "D’Angelo, Amara", "6 of 12", "when can", "New call by phone"):
            assert words in shown


async def test_records_that_disappear_are_said_and_looked_for_again(dana: Desk) -> None:
    """The disk went away: the top line says so, what was on screen stays, and nothing crashes."""
    app = PortalWizard(lambda: dana)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        for file in dana.records.folder.glob("records.db*"):
            file.rename(file.with_suffix(file.suffix + ".away"))
        shown = await looked(app, pilot)
        assert "! " in shown.splitlines()[0]
        assert "6 of 12" in shown
        for file in dana.records.folder.glob("*.away"):
            file.rename(file.with_suffix(""))
        shown = await looked(app, pilot)
        assert "practice school · Dana" in shown.splitlines()[0]


async def test_the_lead_reads_and_exports_the_report(dana: Desk) -> None:
    """F6 shows today's figures; E writes them and the call list into a private folder and says where."""
    call = begun(dana)
    call.pick(SIOBHAN)
    app = PortalWizard(lambda: dana)
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        await pilot.press("f6")
        await settled(pilot)
        shown = screen_text(app)
        assert "Calls from 2021-07-28" in shown and "Where calls get stuck or go back" in shown
        assert "Practice Middle" in shown
        await pilot.press("e")
        await settled(pilot)
        assert "Written to" in screen_text(app)
        (folder,) = (dana.records.folder / "papers").iterdir()
        assert {"problems.csv", "not-ready.csv"} <= {file.name for file in folder.iterdir()}
        await pilot.press("escape")
        assert app.screen is app.home
