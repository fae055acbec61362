"""How the home desk and a call look: every page at 80 x 24 and 120 x 40, in three themes, and its lines at 40 x 10."""

import pytest
from album import SIZES, SMALLER, Album
from conftest import NOW, settled
from scripted import ScriptedCall, ScriptedDesk, steps
from telling import CALLS, TOLD, Telling
from test_settings_screen import program

from screens.app import PortalWizard
from screens.call import CallScreen
from wizard.settings import Settings
from wizard.views.home import Holder
from wizard.views.step import ChoiceView

SEARCH, CHOICE, ENTRY, ACTION, OUTCOME = range(5)
"""The steps of the scripted call."""

DESK: dict[str, tuple[str, ...]] = {
    "home-waiting": (),
    "home-follow-ups": ("f",),
    "home-schools": ("s",),
    "home-practice": ("t",),
    "home-help": ("question_mark",),
    "home-palette": ("escape", "ctrl+p"),
    "home-report": ("escape", "f6"),
    "home-settings": ("escape", "f12"),
    "home-discard": ("escape", "w", "delete"),
    "home-open-elsewhere": ("escape", "down", "down", "enter"),
    "home-find": ("escape", "k", "a", "c"),
    "home-find-student": ("escape", "slash", "o"),
    "home-channel": ("down", "enter"),
    "home-palette-found": ("escape", "ctrl+p", "o", "b"),
    "home-tour": ("escape", "escape", "g"),
}
"""Page -> the keys that lead there from the page before."""

CALL: dict[str, tuple[int, tuple[str, ...]]] = {
    "call-search": (SEARCH, ()),
    "call-search-found": (SEARCH, ("o", "down")),
    "call-search-nobody": (SEARCH, ("z", "z")),
    "call-choice": (CHOICE, ()),
    "call-choice-narrowed": (CHOICE, tuple("fai")),
    "call-why": (CHOICE, ("escape", "question_mark")),
    "call-changes": (CHOICE, ("escape", "f3")),
    "call-park": (CHOICE, ("escape", "f4")),
    "call-palette": (CHOICE, ("escape", "ctrl+p")),
    "call-quit": (CHOICE, ("escape", "ctrl+q")),
    "call-locked": (CHOICE, ("escape", "ctrl+l")),
    "call-entry": (ENTRY, ("enter",)),
    "call-entry-typed": (ENTRY, ("s", "0")),
    "call-entry-advice": (ENTRY, ("ctrl+u", "enter")),
    "call-action": (ACTION, ()),
    "call-outcome": (OUTCOME, ()),
    "wrapup": (OUTCOME, ("enter",)),
    "wrapup-long": (OUTCOME, ("f6",)),
    "wrapup-help": (OUTCOME, ("f1",)),
}
"""Page -> the step of the call, and the keys that lead there from the page before."""


def before(desk: ScriptedDesk) -> PortalWizard:
    """Return the program in front of a desk."""
    return PortalWizard(lambda: desk)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize("size", [*SIZES, SMALLER])
async def test_looks_of_the_desk(size: tuple[int, int], album: Album) -> None:
    """Nothing is cut, nothing overlaps on the home desk and on what opens from it."""
    desk = Telling(lambda: NOW, waiting=CALLS, told=TOLD, held={"3": Holder("lena", "9:59 AM", False)})
    async with before(desk).run_test(size=size) as pilot:
        for page, keys in DESK.items():
            await pilot.press(*keys)
            await album.take(pilot, page)


@pytest.mark.parametrize("size", [*SIZES, SMALLER])
async def test_looks_of_a_call(size: tuple[int, int], album: Album) -> None:
    """Nothing is cut, nothing overlaps at any kind of step, nor on what opens over it."""
    call = ScriptedCall(NOW, SEARCH, ["choose student-portal"])
    async with before(ScriptedDesk(lambda: NOW, waiting=CALLS, call=call)).run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("p")
        for page, (at, keys) in CALL.items():
            if call.at != at:
                call.at, call.advice = at, ""
                next(screen for screen in pilot.app.screen_stack if isinstance(screen, CallScreen)).view = call.view
            await pilot.press(*keys)
            await album.take(pilot, page)


async def test_looks_fresh(album: Album) -> None:
    """The first start: no calls yet, the first thing to press is marked."""
    async with before(ScriptedDesk(lambda: NOW)).run_test() as pilot:
        await album.take(pilot, "fresh")


async def test_looks_in_large_type(album: Album) -> None:
    """The words to say in large type, with their answers still in sight."""
    async with program(settings=Settings(large_say=True)).run_test() as pilot:
        await settled(pilot)
        await pilot.press("p")
        await album.take(pilot, "call-large-say")


async def test_looks_with_long_words(album: Album) -> None:
    """900 characters to say and nine long answers at 80 x 24: both scroll, the marked answer stays in sight."""

    class Wordy(ScriptedCall):
        @property
        def view(self):  # type: ignore[no-untyped-def]
            step = steps(self.now)[CHOICE]
            long = tuple(ChoiceView(f"c{n}", f"Answer {n} " + "with more words than fit " * 5) for n in range(1, 10))
            return step._replace(say=(step.say + " ") * 5, do=step.do * 6, choices=long)

    async with before(ScriptedDesk(lambda: NOW, call=Wordy(NOW))).run_test() as pilot:
        await settled(pilot)
        await pilot.press("p", "up")
        await album.take(pilot, "call-long-words")
