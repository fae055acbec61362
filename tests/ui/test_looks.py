"""How each screen and pane looks, at 80 x 24 and at 120 x 40; beside each picture its plain lines are kept."""

from collections.abc import Callable
from datetime import datetime

import pytest
from conftest import NOW
from scripted import ScriptedCall, ScriptedDesk
from test_home_screen import waiting
from textual.pilot import Pilot

from screens.app import PortalWizard

SEARCH, CHOICE, ENTRY, ACTION, OUTCOME = range(5)
"""Where the scripted call starts."""

SIZES = ((80, 24), (120, 40))
SMALL = (40, 10)

VIEWS: dict[str, tuple[int, tuple[str, ...]]] = {
    "home": (SEARCH, ()),
    "home-help": (SEARCH, ("question_mark",)),
    "search": (SEARCH, ("p",)),
    "search-found": (SEARCH, ("p", "o", "down")),
    "search-nobody": (SEARCH, ("p", "z", "z")),
    "choice": (CHOICE, ("p",)),
    "choice-narrowed": (CHOICE, ("p", "f", "a", "i")),
    "entry": (ENTRY, ("p", "s", "0")),
    "entry-advice": (ENTRY, ("p", "enter")),
    "action": (ACTION, ("p",)),
    "outcome": (OUTCOME, ("p",)),
    "wrapup": (OUTCOME, ("p", "enter")),
    "wrapup-long": (OUTCOME, ("p", "enter", "f6", "f5")),
    "why": (CHOICE, ("p", "question_mark")),
    "changes": (CHOICE, ("p", "f3")),
    "quit": (CHOICE, ("p", "ctrl+q")),
}
"""View -> where the scripted call starts, and the keys that lead there from the home screen."""

PICTURES = [
    *((view, size) for view in VIEWS for size in SIZES),
    *((view, SMALL) for view in ("home", "search", "choice", "entry", "action", "outcome", "wrapup")),
]


@pytest.mark.parametrize(
    ("view", "size"), [pytest.param(view, size, id=f"{view}-{size[0]}x{size[1]}") for view, size in PICTURES]
)
def test_looks(view: str, size: tuple[int, int], looks_as_kept: Callable[..., None]) -> None:
    """Nothing is cut, nothing overlaps: the picture a person approved."""
    at, keys = VIEWS[view]
    calls = () if view == "home" and size == SMALL else (waiting("AC3D", "omar", "2", ""), waiting("K7Q2", "dana"))
    desk = ScriptedDesk(lambda: NOW, waiting=calls, call=ScriptedCall(NOW, at))

    async def go_there(pilot: Pilot[None]) -> None:
        await pilot.press(*keys)

    looks_as_kept(PortalWizard(lambda: desk), size, go_there)  # type: ignore[arg-type,return-value]


def test_looks_fresh(looks_as_kept: Callable[..., None]) -> None:
    """The first start: no calls yet, the first thing to press is marked."""
    looks_as_kept(PortalWizard(lambda: ScriptedDesk(lambda: NOW)))  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize("theme", ["wizard-light", "wizard-contrast"])
def test_looks_in_other_colors(theme: str, looks_as_kept: Callable[..., None]) -> None:
    """The same step in the other two themes."""
    desk = ScriptedDesk(lambda: NOW, call=ScriptedCall(NOW, CHOICE))
    app = PortalWizard(lambda: desk)  # type: ignore[arg-type,return-value]

    async def recolor(pilot: Pilot[None]) -> None:
        app.theme = theme
        await pilot.press("p")

    looks_as_kept(app, (80, 24), recolor)


def test_looks_with_long_words(looks_as_kept: Callable[..., None], clock: Callable[[], datetime]) -> None:
    """900 characters to say and nine long answers at 80 x 24: both scroll, the marked answer stays in sight."""
    from dataclasses import replace

    from scripted import steps

    from wizard.views.step import ChoiceView

    class Wordy(ScriptedCall):
        @property
        def view(self):  # type: ignore[no-untyped-def]
            step = steps(self.now)[CHOICE]
            long = tuple(ChoiceView(f"c{n}", f"Answer {n} " + "with more words than fit " * 5) for n in range(1, 10))
            return replace(step, say=(step.say + " ") * 5, do=step.do * 6, choices=long)

    desk = ScriptedDesk(clock, call=Wordy(NOW))

    async def mark_the_last(pilot: Pilot[None]) -> None:
        await pilot.press("p", "up")

    looks_as_kept(PortalWizard(lambda: desk), (80, 24), mark_the_last)  # type: ignore[arg-type,return-value]
