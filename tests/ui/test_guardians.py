"""Who is on file: shown on a key while the call asks who is calling, and nowhere else."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from conftest import screen_text, settled

from screens.app import PortalWizard
from screens.call import CallScreen
from screens.guardians import GuardiansScreen
from wizard.desk import Desk
from wizard.practice import practice_desk


@pytest.fixture
def desk(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Desk]:
    """The practice school in front of Dana."""
    with practice_desk(tmp_path / "data", clock, agent="dana") as opened:
        yield opened


def looks(desk: Desk) -> list[tuple[str, str, str]]:
    """Return the journal's lines about guardians."""
    with desk.records.reading() as tables:
        return [(line.agent, line.student, line.detail) for line in tables.journal.all() if line.what == "guardians"]


async def test_who_is_on_file_is_shown_while_the_call_asks(desk: Desk) -> None:
    """Names and numbers to compare and call back come on Ctrl+O at that question, each look in the journal (O6)."""
    call = desk.start("phone")
    call.choose("student-portal")
    call.pick("0100004")
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(CallScreen(call, desk))
        await settled(pilot)
        assert "Rosa" not in screen_text(app)
        assert looks(desk) == []
        await pilot.press("ctrl+o")
        assert isinstance(app.screen, GuardiansScreen)
        assert "Rosa Garcia  mother" in screen_text(app)
        assert "(770) 555-0143" in screen_text(app)
        assert looks(desk) == [("dana", "0100004", "2 on file")]
        await pilot.press("escape")
        assert "Rosa" not in screen_text(app)
        await pilot.press("1")
        await settled(pilot)
        await pilot.press("ctrl+o")
        assert isinstance(app.screen, CallScreen)
        assert "Rosa" not in screen_text(app)
    assert len(looks(desk)) == 1


async def test_nobody_on_file_is_said(desk: Desk) -> None:
    """A roster without guardians is no dead end: staff are told where to look."""
    call = desk.start("counter")
    call.choose("student-portal")
    call.pick("0100003")
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        app.push_screen(CallScreen(call, desk))
        await settled(pilot)
        await pilot.press("ctrl+o")
        assert "The roster names nobody for this student." in screen_text(app)
    assert looks(desk) == []
