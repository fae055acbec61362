"""A student is found from anywhere: with `/`, and by name in the palette; no fact is shown on the way."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from conftest import screen_text, settled
from textual.pilot import Pilot

from screens.app import PortalWizard
from screens.call import CallScreen
from screens.finding import FindScreen, OfferScreen
from screens.home import HomeScreen
from screens.map import MapScreen
from screens.seeking import Flows, Students
from screens.wrapup import WrapUpScreen
from wizard import finding
from wizard.desk import Desk
from wizard.practice import practice_desk
from wizard.records import Records, RecordsError


@pytest.fixture
def desk(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Desk]:
    """The practice school in front of Dana."""
    with practice_desk(tmp_path / "data", clock, agent="dana") as opened:
        yield opened


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait."""
    await pilot.press(*keys)
    await settled(pilot)


async def test_from_the_home_screen_a_call_begins_about_the_student(desk: Desk) -> None:
    """/, some letters, Enter, and how the family is here: the call is about that student, who is not verified yet."""
    app = PortalWizard(lambda: desk)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "slash")
        assert isinstance(app.screen, FindScreen)
        await press(pilot, *"brien")
        assert "•••••03" in screen_text(app)
        assert "0100003" not in screen_text(app)
        await press(pilot, "enter")
        await press(pilot, "P")
        assert isinstance(app.screen, CallScreen)
        assert app.screen.view
        assert app.screen.view.key == "call/verify-phone"
        assert app.screen.casework.case.channel == "phone"


async def test_from_a_call_it_is_another_child_or_a_new_call(desk: Desk) -> None:
    """In a call the student found is another child of the family, or a new call's while this one is parked."""
    app = PortalWizard(lambda: desk)
    async with app.run_test() as pilot:
        await press(pilot, "c", "1", *"garcia l", "enter", "1")
        call = app.screen
        assert isinstance(call, CallScreen)
        before = call.casework.case.id
        await press(pilot, "slash", *"lena", "enter")
        assert isinstance(app.screen, OfferScreen)
        await press(pilot, "escape")
        assert app.screen is call
        assert call.casework.case.id == before
        await press(pilot, "slash", *"0100008", "enter", "1")
        assert app.screen is call
        assert len(call.casework.case.family) == 2
        await press(pilot, "slash", *"0100010", "enter", "2")
        assert isinstance(app.screen, CallScreen)
        assert app.screen is not call
        assert {each.parked for each in desk.unfinished()} == {True, False}
        assert app.screen_stack[-2] is app.home


async def test_a_student_found_on_a_full_disk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the home screen and in an empty call: that nothing is saved is said, and the call stays at its step."""

    def full(records: Records) -> None:
        raise RecordsError("The disk is full.")

    app = PortalWizard(lambda: desk)
    async with app.run_test() as pilot:
        await settled(pilot)
        monkeypatch.setattr(Records, "transaction", full)
        (hit,) = desk.search("brien")
        assert app.home
        app.home.call_about("phone", hit.student_id)
        await settled(pilot)
        call = app.screen
        assert isinstance(call, CallScreen) and "The disk is full" in screen_text(app)
        call.take_student(hit)
        await settled(pilot)
        assert app.screen is call and call.view
        assert (call.view.key, call.view.saved) == ("call/portal", False)


async def test_the_wrap_up_finds_a_student_too(desk: Desk) -> None:
    """From the wrap-up the next child's part begins in the same call; what is typed into the note is no search."""
    app = PortalWizard(lambda: desk)
    async with app.run_test() as pilot:
        await press(pilot, "c", "1", *"garcia l", "enter", "3", "enter")
        assert isinstance(app.screen, WrapUpScreen)
        await press(pilot, "f8", "slash")
        assert isinstance(app.screen, WrapUpScreen)
        await press(pilot, "enter")
        await press(pilot, "slash", *"0100010", "enter", "1")
        assert isinstance(app.screen, CallScreen)
        assert app.screen.view
        assert app.screen.view.key == "call/verify-counter"
        assert app.screen.casework.view.family[0].student == "Ana Garcia Lopez"


async def test_the_palette_finds_students_and_flows(desk: Desk) -> None:
    """A name in the palette finds students, masked; a flow is read, or entered by an answer that leads there."""
    app = PortalWizard(lambda: desk)
    async with app.run_test() as pilot:
        await settled(pilot)
        found = [hit async for hit in Students(app.screen).search("brien")]
        shown = [str(getattr(hit, "prompt", "")) for hit in found]
        assert shown == ["O'Brien, Siobhan  •••••03 · grade 6 · Practice Middle"]
        assert "0100003" not in "".join(f"{hit.text}{hit.help}" for hit in found)
        assert isinstance(app.screen, HomeScreen)
        (reset,) = [hit async for hit in Flows(app.screen).search("a new password")]
        assert "read" in str(reset.help)
        await press(pilot, "c")
        (reset,) = [hit async for hit in Flows(app.screen).search("a new password")]
        assert "read" in str(reset.help), "before the verification no answer leads there"
        reset.command()
        await settled(pilot)
        assert isinstance(app.screen, MapScreen)
        await press(pilot, "escape", "1", *"garcia l", "enter", "1")
        assert isinstance(app.screen, CallScreen)
        (reset,) = [hit async for hit in Flows(app.screen).search("a new password")]
        assert "leads there" in str(reset.help)
        reset.command()
        await settled(pilot)
        assert app.screen.view
        assert app.screen.view.key.startswith("forgotten-password/")


def test_what_is_offered_depends_on_the_call(desk: Desk) -> None:
    """A call that looks for a student takes the one found; a later one offers the family or a new call."""
    call = desk.start("counter")
    (hit,) = desk.search("0100004")
    assert [offer.code for offer in finding.offers(desk, call, hit)] == ["this"]
    assert finding.take(desk, call, "this", hit.student_id).key == "call/verify-counter"
    assert [offer.code for offer in finding.offers(desk, call, hit)] == ["child", "new"]
    again = finding.take(desk, call, "child", hit.student_id)
    assert "already" in again.notice
