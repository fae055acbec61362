"""Author mode: a saved draft is in use a second later; a mistake is told at its step, and nothing breaks."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from conftest import screen_text, settled

from screens import authoring
from screens.app import PortalWizard
from screens.launch import main
from wizard.authoring import Draft
from wizard.desk import Desk
from wizard.practice import practice_desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An overlay folder."""
    made = tmp_path / "ours"
    made.mkdir()
    return made


@pytest.fixture
def desk(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Desk]:
    with practice_desk(tmp_path / "data", clock, agent="dana") as opened:
        yield opened


def save(folder: Path, changes: str) -> None:
    """Save the draft, later than whatever was there."""
    path = folder / "call.toml"
    path.write_text(f'flow = "call"\n{changes}\n')
    os.utime(path, ns=(path.stat().st_mtime_ns + len(changes) * 1_000_000,) * 2)


async def taken(app: PortalWizard, pilot: object) -> None:
    """Look at the draft now, instead of within a second, and wait until it is read."""
    assert app.draft
    authoring.look(app, app.draft)
    await settled(pilot)  # type: ignore[arg-type]


def test_nothing_saved_is_nothing_changed(folder: Path) -> None:
    """Only a file that was saved, added or removed counts."""
    draft = Draft(None, folder)
    assert not draft.changed()
    save(folder, "[steps.portal]")
    assert draft.changed()
    assert not draft.changed()
    (folder / "call.toml").unlink()
    assert draft.changed()


async def test_a_saved_word_is_on_screen_in_the_same_call(desk: Desk, folder: Path) -> None:
    """The author sees the new sentence at the step, without starting again."""
    save(folder, "")
    app = PortalWizard(lambda: desk, draft=Draft(None, folder))
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await pilot.press("c")
        save(folder, '[steps.portal]\nsay = "A brand new welcome."')
        await taken(app, pilot)
        assert "A brand new welcome." in screen_text(app)
        assert any("To translate: 2 lines" in note.message for note in app._notifications)
        app.clear_notifications()
        await pilot.pause()
        assert "stale-translation: 'call/portal/say': the English has changed" in " ".join(screen_text(app).split())


async def test_a_mistake_is_told_at_its_step_and_the_last_good_flows_stay(desk: Desk, folder: Path) -> None:
    """With a broken draft the call goes on; the finding, with its line, waits at the step it belongs to."""
    save(folder, "")
    app = PortalWizard(lambda: desk, draft=Draft(None, folder))
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        await pilot.press("c")
        save(folder, '[steps.student]\nsay = "The {nonsense} ID, please."')
        await taken(app, pilot)
        app.clear_notifications()
        await pilot.pause()
        assert "nonsense" not in screen_text(app)
        await pilot.press("1")
        await settled(pilot)
        shown = " ".join(screen_text(app).split())
        assert "there is no placeholder 'nonsense'" in shown
        assert "call.toml:3" in shown.replace(" ", "")
        assert "May I have the student's ID number" in shown
        save(folder, '[steps.student]\nsay = "The ID number, please, at last."')
        await taken(app, pilot)
        app.clear_notifications()
        await pilot.pause()
        assert "The ID number, please, at last." in screen_text(app)
        assert "nonsense" not in screen_text(app)


async def test_a_truncated_file_breaks_nothing(desk: Desk, folder: Path) -> None:
    """An editor that saves half a file is told so, and the call stands where it stood."""
    save(folder, "")
    app = PortalWizard(lambda: desk, draft=Draft(None, folder))
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        await pilot.press("c")
        save(folder, '[steps.portal]\nsay = """half')
        await taken(app, pilot)
        assert "Which portal is it?" in screen_text(app)
        assert "half" not in screen_text(app)
        assert any("call.toml:" in note.message for note in app._notifications)


async def test_a_mistake_at_the_start_is_one_sentence(folder: Path, tmp_path: Path) -> None:
    """The wizard does not open over broken flows: file, line, what is wrong, and exit code 2."""
    save(folder, '[steps.portal]\nsay = "The {nonsense}?"')

    def opener() -> Desk:
        with practice_desk(tmp_path / "data", overlay=folder) as opened:
            return opened

    app = PortalWizard(opener, draft=Draft(None, folder))
    async with app.run_test() as pilot:
        while app.is_running and app.return_code in (None, 0):
            await pilot.pause(0.01)
    assert app.return_code == 2


def test_the_plain_mode_says_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Advice starts, a mistake does not."""
    save(folder, '[steps.portal]\nsay = "The {nonsense}?"')
    assert main(["--demo", "--plain", "--overlay", str(folder)]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"{folder / 'call.toml'}:3: step 'portal': there is no placeholder 'nonsense'")
