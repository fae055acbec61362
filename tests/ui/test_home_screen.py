"""The home screen: starting calls, going on with interrupted ones, and whom to practise with."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from conftest import NOW, screen_text, settled
from scripted import ScriptedDesk

from screens.app import PortalWizard
from screens.call import CallScreen
from wizard.views.home import CaseSummary


def waiting(code: str, agent: str, case: str = "1", student: str = "Siobhan O'Brien") -> CaseSummary:
    """Return an interrupted call that began 12 minutes ago."""
    started = NOW - timedelta(minutes=12)
    return CaseSummary(case, code, "phone", agent, started, student, "What does the screen say?", ago="12 min ago")


def program(desk: ScriptedDesk) -> PortalWizard:
    """Return the program in front of a scripted desk."""
    return PortalWizard(lambda: desk)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize("key", ["c", "1", "p", "2", "enter"])
async def test_one_key_starts_a_call(clock: Callable[[], datetime], key: str) -> None:
    """A call starts with one key; on a fresh start Enter alone does it."""
    app = program(ScriptedDesk(clock))
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press(key)
        assert isinstance(app.screen, CallScreen)


async def test_the_channel_is_the_one_chosen(clock: Callable[[], datetime]) -> None:
    """C starts a call at the counter, P one by phone."""
    started: list[str] = []

    class Listening(ScriptedDesk):
        def start(self, channel: str) -> object:  # type: ignore[override]
            started.append(channel)
            return super().start("phone")

    app = program(Listening(clock))
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("c", "f4", "p")
    assert started == ["counter", "phone"]


async def test_an_interrupted_call_of_mine_is_offered_first(clock: Callable[[], datetime]) -> None:
    """On start the agent's own interrupted call is on top, and Enter goes on with it."""
    app = program(ScriptedDesk(clock, waiting=(waiting("AAAA", "omar", "2"), waiting("K7Q2", "dana"))))
    async with app.run_test() as pilot:
        await settled(pilot)
        shown = screen_text(app)
        assert "Enter goes on with your call K7Q2" in shown
        assert "K7Q2  Siobhan O'Brien  interrupted, dana" in shown
        assert "phone, 12 min ago" in shown
        assert "What does the screen say?" in shown
        assert shown.index("K7Q2  Siob") < shown.index("AAAA  Siob")
        await pilot.press("enter")
        assert isinstance(app.screen, CallScreen)


async def test_a_call_finished_by_a_colleague(clock: Callable[[], datetime]) -> None:
    """A call that a colleague has finished meanwhile is said to be gone, without a crash."""
    app = program(ScriptedDesk(clock, waiting=(waiting("K7Q2", "dana", "gone"),)))
    async with app.run_test(notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause(0.2)
        assert "A colleague has just finished" in screen_text(app)
        assert app.screen is app.home


async def test_no_calls_yet(clock: Callable[[], datetime]) -> None:
    """With no waiting calls the screen says what would wait there."""
    app = program(ScriptedDesk(clock, practice=()))
    async with app.run_test() as pilot:
        await settled(pilot)
        assert "No calls wait. A call that you park with F4 waits here" in screen_text(app)


async def test_the_practice_card_is_for_the_practice_school(clock: Callable[[], datetime]) -> None:
    """The practice card names whom to try; at a real desk it does not exist."""
    for students, shown in ((ScriptedDesk(clock).practice, True), ((), False)):
        app = program(ScriptedDesk(clock, practice=students))
        async with app.run_test() as pilot:
            await settled(pilot)
            assert ("when can she claim?" in screen_text(app)) is shown


@pytest.mark.parametrize("name", ["[@click=app.quit]Ann[/]", "Ann [/foo]", "\x1b[31mAnn\x07", "A" * 300])
async def test_hostile_names(clock: Callable[[], datetime], name: str) -> None:
    """A name with brackets, control characters or 300 letters is only shown, and moves nothing else."""
    app = program(ScriptedDesk(clock, waiting=(waiting("K7Q2", "dana", student=name),)))
    async with app.run_test() as pilot:
        await settled(pilot)
        shown = screen_text(app)
        assert "Ann" in shown or "AAAA" in shown
        assert "\x1b" not in shown
        assert "What does the screen say?" in shown
        await pilot.click("#calls", offset=(8, 1))
        assert isinstance(app.screen, CallScreen)


async def test_help_lists_every_key(clock: Callable[[], datetime]) -> None:
    """`?` says how it works and names each key with what it does."""
    app = program(ScriptedDesk(clock))
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await pilot.press("question_mark")
        shown = screen_text(app)
        assert "read aloud what SAY says" in shown
        assert "C 1   New call: the family stands here" in shown


async def test_the_palette_offers_what_the_keys_do(clock: Callable[[], datetime]) -> None:
    """The palette finds a command by its words; there is no screenshot command."""
    app = program(ScriptedDesk(clock))
    async with app.run_test(size=(80, 90)) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+p")
        await settled(pilot)
        shown = screen_text(app)
        assert "Counter" in shown
        assert "Colors: High contrast" in shown
        assert "creenshot" not in shown
        await pilot.press(*"phone")
        await settled(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CallScreen)


@pytest.mark.parametrize("key", ["ctrl+q", "q"])
async def test_quitting_without_a_call_just_ends(clock: Callable[[], datetime], key: str) -> None:
    """Q and Ctrl+Q on the home screen leave without a question."""
    app = program(ScriptedDesk(clock))
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press(key)
    assert app.return_code == 0


def test_every_binding_has_an_id_and_a_tooltip() -> None:
    """Each key of ours can be found in help and palette, and says what it does."""
    from screens.changes import ChangesScreen
    from screens.confirm import ConfirmScreen
    from screens.help import HelpScreen
    from screens.home import HomeScreen
    from screens.widgets.choices import Choices
    from screens.wrapup import WrapUpScreen

    owners = (PortalWizard, CallScreen, HomeScreen, WrapUpScreen, HelpScreen, ChangesScreen, ConfirmScreen, Choices)
    ours = [binding for owner in owners for binding in owner.BINDINGS if not isinstance(binding, tuple)]
    assert [binding for binding in ours if not (binding.id and binding.tooltip and binding.description)] == []
    assert len({binding.id for binding in ours}) == len(ours)


@pytest.mark.parametrize("owner", [CallScreen], ids=["call"])
def test_at_most_six_keys_in_the_footer(owner: type[CallScreen]) -> None:
    """More than six would not fit 80 columns. Search, who is calling, and what follows have one each."""
    one_at_a_time = {"call.unlisted", "call.file", "call.spell"}
    bindings = [binding for binding in (*owner.BINDINGS, *PortalWizard.BINDINGS) if not isinstance(binding, tuple)]
    shown = {"one" if binding.id in one_at_a_time else binding.id for binding in bindings if binding.show}
    assert len(shown) <= 6
