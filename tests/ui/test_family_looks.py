"""How calls over the real records look: a family, its papers, a ticket, who is on file, a known issue."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from album import SIZES, Album
from conftest import NOW, settled
from textual.pilot import Pilot

from screens.app import PortalWizard
from screens.call import CallScreen
from wizard.casework import Casework
from wizard.desk import Desk
from wizard.practice import open_practice
from wizard.setting import CODE_LETTERS

MARY_ANN, LENA, NOAH = "0100001", "0100009", "0100006"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    letters = cycle(CODE_LETTERS)
    monkeypatch.setattr("wizard.setting.secrets.choice", lambda _: next(letters))
    opened = open_practice(tmp_path / "practice", agent="dana", clock=lambda: NOW)
    yield opened
    opened.close()


def verified(desk: Desk, student: str) -> Casework:
    call = desk.start("counter")
    call.choose("student-portal")
    call.pick(student)
    call.choose("photo-id")
    return call


def sisters(desk: Desk) -> Casework:
    """Return a family call at the second child's first question."""
    call = verified(desk, MARY_ANN)
    call.choose("come-back")
    call.another_child()
    call.pick(LENA)
    return call


async def show(pilot: Pilot[None], call: Casework, desk: Desk) -> None:
    """Put the call on screen."""
    await settled(pilot)
    await pilot.app.push_screen(CallScreen(call, desk))
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_looks_of_a_family(size: tuple[int, int], desk: Desk, album: Album) -> None:
    """The second child of a call, its read-out, the wrap-up of both and their slip."""
    async with PortalWizard(lambda: desk).run_test(size=size) as pilot:
        await show(pilot, sisters(desk), desk)
        await album.take(pilot, "sister")
        await pilot.press("f5")
        await album.take(pilot, "read-out")
        await pilot.press("escape", "5", "1", "enter")
        await album.take(pilot, "children")
        await pilot.press("f4")
        await album.take(pilot, "slip")
        await pilot.press("escape", "enter")
        await album.take(pilot, "closed")


@pytest.mark.parametrize("size", SIZES)
async def test_looks_of_a_call_about_a_ticket(size: tuple[int, int], desk: Desk, album: Album) -> None:
    """The ticket of a child on the card, and its own page."""
    async with PortalWizard(lambda: desk).run_test(size=size) as pilot:
        await show(pilot, verified(desk, NOAH), desk)
        await album.take(pilot, "card")
        await pilot.press("ctrl+t")
        await album.take(pilot, "ticket")


@pytest.mark.parametrize("size", SIZES)
async def test_looks_of_who_is_on_file(size: tuple[int, int], desk: Desk, album: Album) -> None:
    """Who may speak for a student, while the call asks who is calling, and a known issue over everything."""
    desk.post_notice("Portal slow since 8:10", "It is slow for everybody today.", "")
    call = desk.start("phone")
    call.choose("student-portal")
    call.pick("0100004")
    async with PortalWizard(lambda: desk).run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("f7")
        await album.take(pilot, "issues")
        await pilot.press("escape")
        await show(pilot, call, desk)
        await album.take(pilot, "who-is-calling")
        await pilot.press("ctrl+o")
        await album.take(pilot, "on-file")
        await pilot.press("escape", "f7")
        await album.take(pilot, "issues-read")
