"""The lock: a warning that counts, nothing about the student behind it, and the same step afterwards."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest
import resting
from album import SIZES, Album
from conftest import NOW, screen_text, settled
from handoff_stage import ANSWERS, CANARY, fill, type_text
from hypothesis import given
from hypothesis import strategies as st
from scripted import ScriptedCall, ScriptedDesk
from textual.pilot import Pilot
from textual.widgets import OptionList

from screens.app import PortalWizard
from screens.call import CallScreen
from screens.help import HelpScreen
from screens.idle import Idle, ticks, warning
from screens.lock import LockScreen
from screens.personal import Personal
from screens.widgets.secret import SecretInput
from wizard import pins
from wizard.desk import Desk
from wizard.practice import practice_desk
from wizard.records import DiskFull
from wizard.settings import Settings
from wizard.settings_file import Kept, SettingsFile

PIN = "4711-canary"


class Ticks:
    """A clock that is moved by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def program(time: Ticks, settings: Settings | None = None, at: int = 1, desk: Desk | None = None) -> PortalWizard:
    """Return the program in front of a scripted call, or of a real desk."""
    shown = desk or ScriptedDesk(lambda: NOW, call=ScriptedCall(NOW, at))
    personal = Personal(SettingsFile(None), None, Kept(settings or Settings()))
    return PortalWizard(lambda: shown, personal=personal, ticks=time)  # type: ignore[arg-type,return-value]


async def idle(pilot: Pilot[None], time: Ticks, seconds: float) -> None:
    """Let so many seconds pass without a key."""
    time.now += seconds
    app = pilot.app
    assert isinstance(app, PortalWizard)
    app.guard.look()
    await pilot.pause()


# -- the rule --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("passed", "secret", "left"),
    [
        *((0, False, 120), (104, False, 16), (105.5, False, 15), (119.9, False, 1), (120, False, 0)),
        *((9999, False, 0), (0, True, 60), (45, True, 15), (60, True, 0)),
    ],
)
def test_the_time_that_is_left(passed: float, secret: bool, left: int) -> None:
    """After 120 seconds without a key the screen locks, after 60 with a secret's line on it."""
    time = Ticks()
    idle = Idle(time, time())
    time.now += passed
    assert idle.left(120, secret) == left


def test_a_shorter_time_also_holds_for_secrets() -> None:
    """Who sets 30 seconds gets 30 seconds everywhere."""
    time = Ticks()
    assert Idle(time, time()).left(30, True) == 30


@given(st.lists(st.floats(0, 200), max_size=20))
def test_whoever_keeps_pressing_keys_is_never_locked_out(pauses: list[float]) -> None:
    """As long as no pause is longer than allowed, no time runs out; a key always gives the whole time back."""
    time = Ticks()
    idle = Idle(time, time())
    for pause in pauses:
        time.now += pause
        assert (idle.left(120, False) == 0) is (pause >= 120)
        idle.touch()
        assert idle.left(120, False) == 120


def test_the_warning_counts() -> None:
    """The last fifteen seconds are counted, in words."""
    assert warning(16) == ""
    assert "in 15 seconds" in warning(15)
    assert "in 1 second." in warning(1)


def test_the_clock_of_a_real_desk_is_not_the_wall_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Setting the computer's clock by a day moves nothing."""
    before = ticks()
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert 0 <= ticks() - before < 3600


@pytest.mark.parametrize(("wrong", "seconds"), [(0, 0), (1, 0), (2, 0), (3, 5), (4, 10), (5, 20), (9, 300), (500, 300)])
def test_wrong_pins_slow_down(wrong: int, seconds: float) -> None:
    """Two slips cost nothing; from the third on each wait is twice the one before, at most five minutes."""
    assert pins.wait_after(wrong) == seconds


# -- on screen -------------------------------------------------------------------------------------------


async def test_the_warning_stands_over_the_work_and_a_key_takes_it_away() -> None:
    """The step stays readable while the warning counts; the next key answers and keeps the screen open."""
    time = Ticks()
    app = program(time)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p")
        await idle(pilot, time, 108)
        assert "The screen locks in 12 seconds." in screen_text(app)
        assert "What does the screen say?" in screen_text(app)
        await idle(pilot, time, 2)
        assert "in 10 seconds" in screen_text(app)
        await pilot.press("down")
        assert "locks in" not in screen_text(app)
        await idle(pilot, time, 100)
        assert isinstance(app.screen, CallScreen)


async def test_the_lock_hides_the_student_and_returns_to_the_same_step() -> None:
    """Nothing about the call is on the locked screen; Enter returns to the step, with the same answer marked."""
    time = Ticks()
    app = program(time)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p", "down")
        before = screen_text(app)
        await idle(pilot, time, 120)
        assert isinstance(app.screen, LockScreen)
        shown = screen_text(app)
        assert "This screen is locked" in shown
        assert not any(word in shown for word in ("Siobhan", "0100003", "K7Q2", "claimed", "Authentication"))
        await pilot.press("3", "x")
        assert isinstance(app.screen, LockScreen)
        await pilot.press("enter")
        assert screen_text(app) == before


async def test_ctrl_l_blanks_the_screen_at_once() -> None:
    """One key hides everything; on the locked screen neither palette nor settings open."""
    app = program(Ticks())
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p", "ctrl+l")
        assert isinstance(app.screen, LockScreen)
        await pilot.press("ctrl+p", "f12", "ctrl+l", "f7", "ctrl+y")
        assert isinstance(app.screen, LockScreen)
        assert len(app.screen_stack) == 3
        assert not app.settings.large_say


async def test_leaving_is_still_asked_for() -> None:
    """Ctrl+Q on the locked screen asks first, and No returns to the lock."""
    app = program(Ticks())
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p", "ctrl+l", "ctrl+q")
        assert "Leave with a call open?" in screen_text(app)
        assert "Siobhan" not in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, LockScreen)


async def test_messages_wait_until_somebody_is_there() -> None:
    """What would be said in the corner, perhaps with a name in it, is said after the lock."""
    app = program(Ticks())
    async with app.run_test(notifications=True) as pilot:
        await settled(pilot)
        app.notify("Siobhan's ticket is old", markup=False)
        await pilot.press("p", "ctrl+l")
        app.notify("Siobhan's claim window is open", markup=False)
        await pilot.pause()
        assert not list(app._notifications)
        await pilot.press("enter")
        await pilot.pause()
        assert [each.message for each in app._notifications] == ["Siobhan's claim window is open"]


async def test_nothing_behind_the_lock_can_open_it() -> None:
    """A screen that leaves by itself, as when a colleague ends the call, does not take the lock with it."""
    app = program(Ticks())
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p")
        call = app.screen
        await pilot.press("ctrl+l")
        call.dismiss()
        await pilot.pause()
        assert isinstance(app.screen, LockScreen)


# -- the PIN ---------------------------------------------------------------------------------------------


async def typed(pilot: Pilot[None], pin: str) -> None:
    """Give a PIN on the locked screen, and wait for the answer."""
    await type_text(pilot, pin)
    await pilot.press("enter")
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


async def test_a_pin_opens_wrong_ones_wait_and_the_program_begins_locked() -> None:
    """With a PIN set the program starts locked; the third wrong one costs five seconds; the right one opens."""
    time = Ticks()
    app = program(time, Settings(pin=pins.hashed(PIN)))
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.pause()
        assert isinstance(app.screen, LockScreen)
        await typed(pilot, "1234")
        assert "That is not the PIN." in screen_text(app)
        await typed(pilot, "1235")
        await typed(pilot, "1236")
        assert "Wait 5 s." in screen_text(app)
        assert app.screen.query_one(SecretInput).disabled
        time.now += 5
        app.screen._count()  # type: ignore[attr-defined]
        await pilot.pause()
        await typed(pilot, PIN)
        assert app.screen is app.home
        assert app.guard.wrong == 0


async def test_the_pin_is_shown_nowhere() -> None:
    """The PIN is masked while it is typed, gone from the line at Enter, and no part of the settings' text."""
    app = program(Ticks(), Settings(pin=pins.hashed(PIN)))
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.pause()
        await type_text(pilot, PIN)
        assert PIN not in screen_text(app)
        line = app.screen.query_one(SecretInput)
        await pilot.press("enter")
        assert line.value == ""
        assert PIN not in repr(app.settings)
        await app.workers.wait_for_complete()


@pytest.mark.parametrize("size", SIZES)
async def test_looks_of_the_lock(size: tuple[int, int], album: Album) -> None:
    """The line for the PIN, what a wrong one costs, and the warning that counts over a call."""
    time = Ticks()
    app = program(time, Settings(pin=pins.hashed(PIN)))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.pause()
        await album.take(pilot, "lock-pin")
        for wrong in ("1234", "1235", "1236"):
            await typed(pilot, wrong)
        await album.take(pilot, "lock-wrong")
    app = program(time)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("p")
        await idle(pilot, time, 108)
        await album.take(pilot, "lock-warning")


# -- over a hand-over ------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, clock: Callable[[], datetime]) -> "object":
    with practice_desk(tmp_path / "data", clock, agent="dana") as desk:
        yield desk


async def to_the_claim(pilot: Pilot[None]) -> None:
    """Go to the hand-over of Siobhan's claim at the counter, over the real trees."""
    await pilot.press("c")
    await pilot.press("1")
    await fill(pilot, "0100003")
    await pilot.press("1", "1")
    call = pilot.app.screen
    assert isinstance(call, CallScreen)
    for _ in range(6):
        if call.view and call.view.pane == "claim":
            break
        await pilot.press("1")
    await pilot.press("enter")
    await pilot.pause()


async def test_secrets_are_emptied_and_typed_again(desk: Desk) -> None:
    """After 60 seconds at a password the screen locks; names stay, secrets are gone, and the first lack is shown."""
    time = Ticks()
    app = program(time, desk=desk)
    async with app.run_test() as pilot:
        await settled(pilot)
        await to_the_claim(pilot)
        await fill(pilot, "O'Brien", "Siobhan", "0100003")
        await fill(pilot, CANARY, CANARY)
        await pilot.press("enter", "down", "enter", "down", "enter", "enter")
        await pilot.pause()
        await fill(pilot, *ANSWERS[:2])
        assert app.screen.query_one("#password-input", SecretInput).value == CANARY
        hand_over = app.screen
        await idle(pilot, time, 60)
        assert isinstance(app.screen, LockScreen)
        assert not any(line.value for line in hand_over.query(SecretInput))
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is hand_over
        assert "The screen was locked" in screen_text(app)
        assert "Step 2 of 5: Your password" in screen_text(app)
        assert app.focused is hand_over.query_one("#password-input")
        assert len(hand_over.query_one("#pick-list", OptionList).options) > 0


async def test_after_a_long_break_the_caller_is_asked_for_again(desk: Desk) -> None:
    """Unlocked after half an hour, the hand-over is gone and the call asks who is calling; then it goes on there."""
    time = Ticks()
    app = program(time, desk=desk)
    async with app.run_test() as pilot:
        await settled(pilot)
        await to_the_claim(pilot)
        await pilot.press("ctrl+l")
        time.now += 31 * 60
        await pilot.press("enter")
        await pilot.pause()
        call = app.screen
        assert isinstance(call, CallScreen)
        assert call.view and call.view.key == "call/verify-counter"
        assert "Please ask again who is calling" in screen_text(app)
        assert "0100003" not in screen_text(app).partition("Which student")[0]
        await pilot.press("1")
        assert call.view.pane == "claim"


async def test_the_top_bar_does_not_say_saved_when_it_is_not() -> None:
    """While the records do not hold what was last done, the top bar says so; afterwards it is saved again."""

    class Refusing(ScriptedCall):
        refuses = True

        @property
        def view(self):  # type: ignore[no-untyped-def]
            return super().view._replace(notice="The disk is full." if self.refuses else "", saved=not self.refuses)

    call = Refusing(NOW, 1)
    app = PortalWizard(lambda: ScriptedDesk(lambda: NOW, call=call))  # type: ignore[arg-type,return-value]
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p")
        assert "! not saved" in screen_text(app)
        assert "✓ saved" not in screen_text(app)
        call.refuses = False
        await pilot.press("1")
        assert "✓ saved" in screen_text(app)


async def test_a_resize_does_not_call_it_saved() -> None:
    """What the records refused stays unsaved on the top bar, whatever size the window gets."""

    def refuse() -> None:
        raise DiskFull("The disk is full.")

    app = program(Ticks())
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p")
        assert isinstance(app.screen, CallScreen)
        app.screen.guarded(refuse)
        await pilot.resize_terminal(104, 30)
        await pilot.pause()
        assert "! not saved" in screen_text(app)


async def test_a_call_asked_for_early_waits_for_the_lock() -> None:
    """C, then Ctrl+L, then the records open: the call begins when the screen is unlocked, not on top of the lock."""
    opened, shown = Event(), ScriptedDesk(lambda: NOW, call=ScriptedCall(NOW, 1))

    def late() -> ScriptedDesk:
        opened.wait(30)
        return shown

    app = PortalWizard(late, ticks=Ticks())  # type: ignore[arg-type]
    resting.HELD_UP.add("desk")
    async with app.run_test() as pilot:
        await pilot.press("c", "ctrl+l")
        assert app.home.desk is None
        resting.HELD_UP.clear()
        opened.set()
        await settled(pilot)
        assert isinstance(app.screen, LockScreen)
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, CallScreen)


@pytest.mark.parametrize("key", ["f3", "f8", "f7"])
async def test_every_panel_explains_itself(desk: Desk, key: str) -> None:
    """F1 on a panel over a call says what it is for, and lists its keys."""
    app = program(Ticks(), desk=desk)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("c", "1", key, "f1")
        assert isinstance(app.screen, HelpScreen)
        assert "KEYS" in screen_text(app)


async def test_the_hand_over_shows_nothing_of_the_call(desk: Desk) -> None:
    """Behind the student's own lines there is neither card nor trail, neither top bar nor the record's spelling."""
    app = program(Ticks(), desk=desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await to_the_claim(pilot)
        shown = screen_text(app)
        assert "Claim your account" in shown
        assert not any(word in shown for word in ("0100003", "O'Brien", "Practice Middle", "SO FAR", "CASE", "saved"))
        assert app.screen.styles.background.a == 1
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        assert "0100003" not in screen_text(app)


@pytest.mark.parametrize(
    ("pin", "again", "said"),
    [
        ("4711", "4711", ""),
        ("471", "471", "4 to 32 characters"),
        ("4" * 33, "4" * 33, "4 to 32 characters"),
        ("4444", "4444", "one repeated character"),
        ("47\t11", "47\t11", "characters that can be typed"),
        ("4711", "4712", "The two PINs differ"),
    ],
)
def test_what_a_pin_may_be(pin: str, again: str, said: str) -> None:
    """A new PIN is typed twice, can be typed at all, and is not guessed at once."""
    words = pins.amiss(pin, again)
    assert said in words
    assert bool(words) is bool(said)
