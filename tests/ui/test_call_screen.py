"""The call screen: one step after another, by keys and by mouse."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import pytest
from conftest import screen_text, settled
from scripted import ScriptedCall, ScriptedDesk
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from screens.app import PortalWizard
from screens.call import CallScreen
from screens.safe import content
from screens.widgets.answers import Answers
from screens.widgets.choices import Choices
from wizard.records import RecordsError

SEARCH, CHOICE, ENTRY, ACTION, OUTCOME = range(5)
"""Where the scripted call starts."""


@pytest.fixture
def call(clock: Callable[[], datetime]) -> ScriptedCall:
    """Return a call that follows the script."""
    return ScriptedCall(clock())


@pytest.fixture
def app(clock: Callable[[], datetime], call: ScriptedCall) -> PortalWizard:
    """Return the program in front of a scripted desk."""
    return PortalWizard(lambda: ScriptedDesk(clock, call=call))  # type: ignore[arg-type,return-value]


async def open_call(pilot: Pilot[None], *keys: str) -> None:
    """Start the call from the home screen, then press keys."""
    await settled(pilot)
    await pilot.press("p", *keys)
    await pilot.pause()


@pytest.mark.parametrize(
    ("keys", "given"),
    [
        pytest.param(("3",), "choose claim-failed", id="its-number"),
        pytest.param(("enter",), "choose invalid", id="enter-takes-the-likely-one"),
        pytest.param(("down", "enter"), "choose claim-failed", id="arrows"),
        pytest.param(("up", "up", "enter"), "choose nothing", id="arrows-go-around"),
        pytest.param((*"oper", "enter"), "choose claim-failed", id="letters-of-its-label"),
        pytest.param((*"red", "space", *"mess", "enter"), "choose authentication-failed", id="other-words-for-it"),
        pytest.param((*"zzz", "escape", "1"), "choose authentication-failed", id="esc-shows-all-again"),
    ],
)
async def test_an_answer_is_given(app: PortalWizard, call: ScriptedCall, keys: tuple[str, ...], given: str) -> None:
    """An answer is given by its number, by Enter, or by typing a part of it."""
    call.at = CHOICE
    async with app.run_test() as pilot:
        await open_call(pilot, *keys)
        assert call.given == [given]


@pytest.mark.parametrize("keys", [("9",), ("x", "y", "enter"), (*"a", "enter")], ids=["no-number", "no-match", "many"])
async def test_no_answer_is_given_by_accident(app: PortalWizard, call: ScriptedCall, keys: tuple[str, ...]) -> None:
    """A number that is not listed, or letters that fit no single answer, answer nothing."""
    call.at = CHOICE
    async with app.run_test() as pilot:
        await open_call(pilot, *keys)
        assert call.given == []


async def test_a_click_answers(app: PortalWizard, call: ScriptedCall) -> None:
    """The mouse answers too."""
    call.at = CHOICE
    async with app.run_test() as pilot:
        await open_call(pilot)
        await pilot.click(Answers, offset=(12, 3))
        assert call.given == ["choose locked"]


@pytest.mark.parametrize("key", ["escape", "f2", "ctrl+b", "backspace", "left"])
async def test_back_from_answers(app: PortalWizard, call: ScriptedCall, key: str) -> None:
    """Back goes to the answer before, by any of its keys."""
    call.at = CHOICE
    async with app.run_test() as pilot:
        await open_call(pilot, key)
        assert call.given == ["back"]


@pytest.mark.parametrize("key", ["escape", "f2", "ctrl+b"])
async def test_back_from_a_line(app: PortalWizard, call: ScriptedCall, key: str) -> None:
    """Back works while typing; Backspace only erases there."""
    call.at = ENTRY
    async with app.run_test() as pilot:
        await open_call(pilot, "s", "0", "backspace", key)
        assert call.given == ["back"]


async def test_typed_answer(app: PortalWizard, call: ScriptedCall) -> None:
    """What is typed is passed on as typed; nothing typed gets advice beside the line, and the line stays."""
    call.at = ENTRY
    async with app.run_test() as pilot:
        await open_call(pilot, "space", "enter")
        assert "! Type what they say, or go back." in screen_text(app)
        assert app.screen.query_one("#typed", Input).value == " "
        await pilot.press("s", "0", "enter")
        assert call.given == ["enter nothing", "enter  s0"]


async def test_a_huge_paste_is_cut_and_explained(app: PortalWizard, call: ScriptedCall) -> None:
    """10 kB pasted into a line keep their beginning, and words say so."""
    call.at = ENTRY
    async with app.run_test() as pilot:
        await open_call(pilot)
        line = app.screen.query_one("#typed", Input)
        line.post_message(events.Paste("S0123456 \x1b]52;c;AAAA\x07 " + "x" * 10_000))
        await pilot.pause()
        await pilot.pause()
        assert len(line.value) == 200
        assert line.value.startswith("S0123456 ")
        assert line.value.isprintable()
        assert "That was too long" in screen_text(app)


async def test_why(app: PortalWizard, call: ScriptedCall) -> None:
    """`?` explains why a step is asked and lists the keys; in an empty line it does so too."""
    call.at = CHOICE
    async with app.run_test() as pilot:
        await open_call(pilot, "question_mark")
        assert "Each message has its own cause" in screen_text(app)
        assert "Change an earlier answer" in screen_text(app)
        await pilot.press("escape", "1", "question_mark")
        assert "Most failed logins are a typing mistake" in screen_text(app)


async def test_an_earlier_answer_is_changed(app: PortalWizard, call: ScriptedCall) -> None:
    """F3 lists the answers so far; Enter goes to the newest one that can be changed."""
    call.at = CHOICE
    async with app.run_test() as pilot:
        await open_call(pilot, "f3")
        assert "Which portal do they mean?" in screen_text(app)
        await pilot.press("enter")
        assert call.given == ["revisit call/student"]


@pytest.mark.parametrize(
    ("keys", "given"),
    [
        pytest.param((*"siob", "enter"), "pick 0100003", id="the-only-one-found"),
        pytest.param((*"bri", "enter", "enter"), "pick 0100003", id="enter-marks-before-it-picks"),
        pytest.param((*"o", "down", "down", "enter"), "pick 0100013", id="arrows"),
        pytest.param((*"o", "down", *"brien", "enter"), "pick 0100014", id="typing-goes-on-after-arrows"),
        pytest.param((*"zoe", "down", "enter"), "not found zoe", id="not-in-the-list"),
        pytest.param((*"zoe", "f6"), "not found zoe", id="not-in-the-list-by-key"),
    ],
)
async def test_the_student_is_found(app: PortalWizard, call: ScriptedCall, keys: tuple[str, ...], given: str) -> None:
    """Results come while typing; Enter never picks one of several by itself."""
    async with app.run_test() as pilot:
        await open_call(pilot, *keys)
        assert call.given == [given]


async def test_not_in_the_list_needs_a_search(app: PortalWizard, call: ScriptedCall) -> None:
    """Before anything was looked for, nobody can be missing."""
    async with app.run_test() as pilot:
        await open_call(pilot, "f6")
        assert call.given == []
        assert "First type the name or the ID" in screen_text(app)


async def test_before_verification_only_what_is_needed_to_pick(app: PortalWizard) -> None:
    """The results show a masked ID, never the whole one."""
    async with app.run_test() as pilot:
        await open_call(pilot, "s", "i")
        assert "•••••03" in screen_text(app)
        assert "0100003" not in screen_text(app)


class HandOver(ModalScreen[bool]):
    """Stands for a hand-over that moves the case on."""

    def __init__(self, casework: ScriptedCall) -> None:
        super().__init__()
        self.casework = casework

    def compose(self) -> ComposeResult:
        yield Static(content("The student has the keyboard"))

    def on_key(self) -> None:
        self.casework.at = OUTCOME
        self.dismiss(True)


async def test_an_action_hands_over(app: PortalWizard, call: ScriptedCall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Enter on Start opens the hand-over of that action; afterwards the call stands at its next step."""
    import screens.handoff

    monkeypatch.setattr(screens.handoff, "HANDOFFS", {"reset": HandOver}, raising=False)
    call.at = ACTION
    async with app.run_test() as pilot:
        await open_call(pilot, "enter")
        assert "The student has the keyboard" in screen_text(app)
        await pilot.press("x")
        assert "The student has a new password" in screen_text(app)


async def test_a_call_is_wrapped_up_and_closed(app: PortalWizard, call: ScriptedCall) -> None:
    """From the outcome Enter leads to the wrap-up, Enter closes the call, and the home screen is back."""
    call.at = OUTCOME
    async with app.run_test() as pilot:
        await open_call(pilot, "enter")
        assert "SUMMARY · short" in screen_text(app)
        await pilot.press("enter")
        assert call.case.status == "closed"
        assert app.screen is app.home


async def test_the_wrap_up_keeps_a_note(app: PortalWizard, call: ScriptedCall) -> None:
    """A note is kept by Enter, by leaving its line, and by going back."""
    call.at = OUTCOME
    async with app.run_test() as pilot:
        await open_call(pilot, "enter", "f8", *"ab", "enter")
        assert call.case.note == "ab"
        assert "Note: ab" in screen_text(app)
        await pilot.press("f8", "c", "escape")
        assert call.case.note == "abc"
        assert isinstance(app.screen, CallScreen)


async def test_the_wrap_up_never_claims_a_copy(app: PortalWizard, call: ScriptedCall) -> None:
    """Nothing answers whether the terminal took the text, so the screen says what was sent, and what else helps."""
    call.at = OUTCOME
    async with app.run_test() as pilot:
        await open_call(pilot, "enter", "f6", "f5")
        assert "Which portal do they mean? The student portal (12 s)" in app.clipboard
        shown = screen_text(app)
        assert "Sent to the terminal's clipboard" in shown
        assert "opied" not in shown


async def test_leaving_a_call_keeps_it(app: PortalWizard, call: ScriptedCall) -> None:
    """F4 goes home; the call stays open."""
    call.at = CHOICE
    async with app.run_test() as pilot:
        await open_call(pilot, "f4")
        assert app.screen is app.home
        assert call.case.status == "open"


async def test_quitting_in_a_call_asks_first(app: PortalWizard, call: ScriptedCall) -> None:
    """Ctrl+Q in a call asks; Esc and Enter stay, only the other answer leaves."""
    async with app.run_test() as pilot:
        await open_call(pilot, "ctrl+q", "enter")
        assert isinstance(app.screen, CallScreen)
        await pilot.press("ctrl+q", "escape")
        assert isinstance(app.screen, CallScreen)
        await pilot.press("ctrl+q", "tab", "enter")
    assert app.return_code == 0


@pytest.mark.parametrize("at", [SEARCH, CHOICE, ENTRY, ACTION, OUTCOME])
async def test_ctrl_c_ends_nothing(app: PortalWizard, call: ScriptedCall, at: int) -> None:
    """Ctrl+C at any step leaves the call where it is, and says that nothing is lost."""
    call.at = at
    async with app.run_test() as pilot:
        await open_call(pilot, "ctrl+c")
        assert app.is_running
        assert isinstance(app.screen, CallScreen)
        assert call.given == []


async def test_a_window_resized_while_a_call_is_taken_down(app: PortalWizard, call: ScriptedCall) -> None:
    """When the words have gone and their frame gets other room, nothing is drawn and nothing breaks."""
    call.at = CHOICE
    async with app.run_test() as pilot:
        await open_call(pilot)
        await app.screen.query("#say .words").remove()
        await pilot.resize_terminal(100, 30)
        assert app.is_running


@pytest.mark.parametrize("at", [SEARCH, CHOICE, ENTRY, ACTION, OUTCOME])
async def test_a_tiny_terminal_still_works(app: PortalWizard, call: ScriptedCall, at: int) -> None:
    """At 40 x 10 every step is drawn, its pane keeps the keys, and a line says that more room helps."""
    call.at = at
    async with app.run_test() as pilot:
        await open_call(pilot)
        focused = app.focused
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert app.focused is focused
        assert "60 x 20" in screen_text(app)
        assert all(len(line) <= 40 for line in screen_text(app).splitlines())
        assert focused is not None
        assert app.screen.region.overlaps(focused.region)


@pytest.mark.parametrize("keys", [(*"zzz", "enter"), (*"zzz", "1")], ids=["after-enter", "after-a-number"])
async def test_letters_at_the_first_step_are_no_trap(
    app: PortalWizard, call: ScriptedCall, keys: tuple[str, ...]
) -> None:
    """Where there is no answer before, Esc still shows the answers that typed letters hide; the screen says so."""
    call.at = CHOICE
    async with app.run_test() as pilot:
        await open_call(pilot)
        assert isinstance(app.screen, CallScreen)
        app.screen.view = call.view._replace(can_go_back=False)
        await pilot.press(*keys)
        assert "Esc shows all answers" in " ".join(screen_text(app).split())
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert call.given == ["choose invalid"]


@pytest.mark.parametrize(("method", "key"), [("choose", "1"), ("speak", "f9"), ("map", "f8")])
async def test_a_store_that_is_gone_is_said(
    app: PortalWizard, call: ScriptedCall, monkeypatch: pytest.MonkeyPatch, method: str, key: str
) -> None:
    """When the records are gone in the middle of a call, any key that needs them says so; the call stays on screen."""

    def gone(*_: str) -> None:
        raise RecordsError("The records are missing: look for the file.")

    call.at = CHOICE
    async with app.run_test() as pilot:
        await open_call(pilot)
        monkeypatch.setattr(call, method, gone, raising=False)
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, CallScreen)
        assert "The records are missing" in screen_text(app)


async def test_a_tiny_terminal_can_answer(app: PortalWizard, call: ScriptedCall) -> None:
    """A call can be gone through at 40 x 10."""
    call.at = CHOICE
    async with app.run_test(size=(40, 10)) as pilot:
        await open_call(pilot, "2", "s", "enter")
        assert call.given == ["choose invalid", "enter s"]


async def test_the_step_before_is_marked(app: PortalWizard, call: ScriptedCall) -> None:
    """Each step starts with the likely answer marked, and forgets letters typed at the one before."""
    call.at = CHOICE
    async with app.run_test() as pilot:
        await open_call(pilot, "z", "f2", "f4", "p")
        call.at = CHOICE
        assert isinstance(app.screen, CallScreen)
        app.screen.view = call.view
        await pilot.pause()
        assert app.screen.query_one(Choices).marked == 2
        assert app.screen.query_one(Choices).narrowed == ""


async def test_typing_ahead_is_not_lost(app: PortalWizard, call: ScriptedCall) -> None:
    """A practised hand types the first answer before the call screen is drawn."""
    call.at = CHOICE
    async with app.run_test() as pilot:
        await settled(pilot)
        app.simulate_key("p")
        async with asyncio.timeout(20):
            while app.screen is app.home:
                await asyncio.sleep(0)
        assert app.focused is None
        app.simulate_key("3")
        await pilot.pause()
        await pilot.press("s", "0", "enter")
        assert call.given == ["choose claim-failed", "enter s0"]


@pytest.mark.parametrize("key", ["enter", "2"])
async def test_a_key_pressed_twice_answers_once(app: PortalWizard, call: ScriptedCall, key: str) -> None:
    """A nervous finger on Enter or a number answers the step it saw, never the next one."""
    call.at = CHOICE
    async with app.run_test() as pilot:
        await open_call(pilot)
        app.simulate_key(key)
        app.simulate_key(key)
        await pilot.pause()
        await pilot.pause()
        assert call.given == ["choose invalid"]
