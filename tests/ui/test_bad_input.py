"""What goes wrong on a first morning: small windows, pastes, clocks that jump, names of every kind, a full list."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, screen_text, settled
from rich.cells import cell_len
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from screens.app import PortalWizard
from screens.call import CallScreen
from screens.home import HomeScreen
from wizard.accounts import Account, Student
from wizard.desk import Desk
from wizard.practice import practice_desk

NAMES = (
    ("Yamada-Tanaka", "山田太郎花子"),
    ("Ng\u0303\u0323uye\u0302\u0301n", "E\u0301lo\u0308di\u0308e\u0301"),
    ("A" * 300, "B" * 300),
    ("王", "小明"),
    ("דָּוִד", "שָׁלוֹם"),
)
"""Wide characters, combining marks, 300 letters, right to left."""


class Wall:
    """A clock that can be set."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        """Return the time it shows."""
        return self.time


@pytest.fixture
def wall() -> Wall:
    """A clock that can be set."""
    return Wall()


@pytest.fixture
def desk(tmp_path: Path, wall: Wall) -> Iterator[Desk]:
    """The practice school in front of Dana."""
    with practice_desk(tmp_path / "data", wall, agent="dana") as opened:
        yield opened


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, and wait."""
    await pilot.press(*keys)
    await settled(pilot)


async def test_a_window_made_tiny_and_large_again_loses_nothing(desk: Desk) -> None:
    """20 x 5 and back in the middle of a form: what was typed stays, and the keys stay with it."""
    app = PortalWizard(lambda: desk)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "c", "1", *"garcia l")
        line = app.focused
        for size in ((20, 5), (120, 40), (80, 24)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
        assert isinstance(line, Input)
        assert (line.value, app.focused) == ("garcia l", line)
        await press(pilot, "enter")
        assert "How do you know who this is?" in screen_text(app)


@pytest.mark.parametrize(
    "keys", [("c", "1"), ("slash",), ("k",), ("f7",), ("f12",), ("c", "1", "f4"), ("c", "2", "enter", "f8")]
)
async def test_of_a_paste_of_several_lines_the_first_is_taken(desk: Desk, keys: tuple[str, ...]) -> None:
    """In every line that is typed a paste fills the line, and neither its second line nor an answer follows from it."""
    app = PortalWizard(lambda: desk)
    async with app.run_test() as pilot:
        await settled(pilot)
        for key in keys:
            await press(pilot, key)
        screen, line = app.screen, app.focused
        assert isinstance(line, Input)
        line.value = ""
        line.post_message(events.Paste("Ann\x1b[31m\n1\n2\n"))
        await settled(pilot)
        assert app.screen is screen
        assert app.focused is line
        assert line.value.startswith("Ann"[: line.max_length or 3])
        assert "1\n" not in line.value
        assert "\x1b" not in line.value


async def test_a_paste_at_a_question_answers_nothing(desk: Desk) -> None:
    """Pasted digits are no answer, and it is said."""
    app = PortalWizard(lambda: desk)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "c")
        assert app.focused
        app.focused.post_message(events.Paste("1\n2\n3"))
        await settled(pilot)
        assert isinstance(app.screen, CallScreen)
        assert app.screen.casework.is_empty
        assert "Pasted text answers nothing" in screen_text(app)


async def test_a_colleague_ends_the_call_on_screen(desk: Desk) -> None:
    """The call that somebody else ends is said to be over; the next answer changes nothing, and F4 leads home."""
    app = PortalWizard(lambda: desk)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "c", "1", *"garcia l", "enter")
        assert isinstance(app.screen, CallScreen)
        desk.discard(app.screen.casework.case.id)
        await press(pilot, "1")
        assert isinstance(app.screen, CallScreen)
        assert app.screen.casework.case.status == "closed"
        assert "dana" in screen_text(app)
        await press(pilot, "f4")
        assert isinstance(app.screen, HomeScreen)


def writable(desk: Desk, can: bool) -> None:
    """Let the records file be written, or only be read, as when somebody changes its permissions."""
    session = desk.records._writers.take()
    session.storage.connection.execute(f"PRAGMA query_only = {'OFF' if can else 'ON'}")
    desk.records._writers.put_back(session)


async def test_records_that_cannot_be_written_for_a_while(desk: Desk) -> None:
    """An answer that cannot be saved is said not to be; the call stays at its step, and later the answer counts."""
    app = PortalWizard(lambda: desk)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "c", "1", *"garcia l", "enter")
        writable(desk, can=False)
        await press(pilot, "1")
        shown = screen_text(app)
        assert "How do you know who this is?" in shown
        assert "read-only" in " ".join(shown.split())
        assert "S0100004" not in shown
        writable(desk, can=True)
        await press(pilot, "1")
        assert "What does the screen say, or what happened?" in screen_text(app)
        assert "not saved" not in screen_text(app)


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=1), -timedelta(hours=1), -timedelta(days=1)])
async def test_a_clock_that_jumps_does_no_harm(desk: Desk, wall: Wall, jump: timedelta) -> None:
    """The clock set forward or back in the middle of a call: no time below zero, and the call goes on and ends."""
    app = PortalWizard(lambda: desk)
    async with app.run_test() as pilot:
        await settled(pilot)
        await press(pilot, "c", "1", *"garcia l", "enter")
        wall.time += jump
        assert isinstance(app.screen, CallScreen)
        app.screen.tick()
        await press(pilot, "3")
        assert isinstance(app.screen, CallScreen)
        assert app.screen.view
        assert app.screen.view.kind == "outcome"
        assert all(entry.seconds >= 0 for entry in app.screen.view.trail)
        assert "-" not in "".join(line for line in screen_text(app).splitlines() if " s " in line and "›" in line)
        await press(pilot, "enter", "f9")
        assert isinstance(app.screen, HomeScreen)
        assert desk.unfinished() == ()


async def test_a_full_morning(desk: Desk, wall: Wall) -> None:
    """500 calls wait: a code finds one. A student has 40 past calls: the card shows a few and says how many more."""
    call = desk.start("counter")
    call.choose("student-portal")
    call.park("")
    over = desk.start_about("counter", "0100004")
    over.choose("cannot")
    over.close()
    codes = [f"Q{number:03}" for number in range(499)]
    with desk.records.transaction() as tables:
        for code in codes:
            tables.cases.put(call.case.model_copy(update={"id": code, "code": code, "revision": 0}))
        for _ in range(39):
            tables.journal.append(desk.journal_line(over.case, "closed", "0100004", "declined"))
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        assert "500" in screen_text(app)
        await press(pilot, "k", *codes[250])
        assert "fits 1 of 500" in screen_text(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, CallScreen)
        assert app.screen.casework.case.code == codes[250]
        await press(pilot, *"garcia l", "enter", "1")
        assert app.screen.view
        assert app.screen.view.card
        assert (len(app.screen.view.card.calls) < 10, app.screen.view.card.more_calls > 30) == (True, True)


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
async def test_names_of_every_kind_stand_straight(desk: Desk, size: tuple[int, int]) -> None:
    """Whatever the name, each row is as wide as the window, and what stands beside names stands in one column."""
    with desk.records.transaction() as tables:
        for number, (last, first) in enumerate(NAMES):
            student = Student(id=f"02000{number:02}", last=last, first=first, school="中央小学校", grade="5")
            tables.accounts.put(Account(student=student))
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=size) as pilot:

        def rows() -> list[str]:
            strips = app.screen._compositor.render_strips()
            drawn = ["".join(segment.text for segment in strip) for strip in strips]
            assert {cell_len(row) for row in drawn} == {size[0]}
            return drawn

        await settled(pilot)
        await press(pilot, "c", "1", *"020000")
        found = [row for row in rows() if "•" in row]
        assert len({cell_len(row.partition("•")[0]) for row in found}) == 1
        assert size[0] == 40 or len(found) == len(NAMES)
        for number in (0, 2):
            if number:
                await press(pilot, "f4", "enter", "c", "1")
            await press(pilot, "ctrl+u", *f"02000{number:02}", "enter")
            for keys in (("1",), ("f3",), ("escape", "f5", "3"), ("escape",)):
                await press(pilot, *keys)
                rows()
        await press(pilot, "f4", "enter", "w")
        rows()
