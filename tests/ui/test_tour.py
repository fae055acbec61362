"""The practice tour: it follows a first call to its end, whatever is pressed on the way."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from conftest import screen_text, settled
from textual.pilot import Pilot

from flows import loader
from screens.app import PortalWizard
from screens.home import HomeScreen
from wizard.practice import practice_desk
from wizard.tour import load

PLACES = {"home", "done", "wrapup", "outcome"}


def test_the_tour_goes_by_steps_that_exist() -> None:
    """Each stop is a place of the shipped flows, and there are at most seven steps."""
    tour, library = load(), loader.library()
    assert all(library.step(at) for at in tour.stops.keys() - PLACES)
    assert tour.stops.keys() >= PLACES
    assert [*dict.fromkeys(stop.step for stop in tour.stops.values())] == [1, 2, 3, 4, 5, 6, 7]
    assert max(map(len, (tour.elsewhere, *(stop.say for stop in tour.stops.values())))) <= 130


async def heard(pilot: Pilot[None], *keys: str) -> str:
    """Press keys, let the guide look, and return the screen in one line."""
    await pilot.press(*keys)
    await settled(pilot)
    await pilot.pause(0.3)
    return " ".join(screen_text(pilot.app).split())


async def test_a_first_call_from_the_first_key_to_the_closed_call(
    tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    """The guide waits for each key, follows a wrong one and the way back, and ends with a closed call."""
    with practice_desk(tmp_path / "data", clock, agent="dana") as desk:
        app = PortalWizard(lambda: desk)
        async with app.run_test() as pilot:
            await settled(pilot)
            assert "Tour 1 of 7" in await heard(pilot, "g")
            assert "Tour 2 of 7" in await heard(pilot, "c")
            assert "You took another way" not in await heard(pilot, "2")
            assert "Tour 2 of 7" in await heard(pilot, "f2")
            assert "Tour 3 of 7" in await heard(pilot, "1")
            assert "Tour 4 of 7" in await heard(pilot, *"garcia l", "enter")
            assert "Tour 5 of 7" in await heard(pilot, "1")
            assert "You took another way" in await heard(pilot, "3")
            assert "Tour 5 of 7" in await heard(pilot, "f2")
            assert "Tour 6 of 7" in await heard(pilot, "1")
            assert "the S was missing" in await heard(pilot, *"0100004", "enter")
            assert "Press Enter to wrap up" in await heard(pilot, "1")
            assert "Enter closes the call" in await heard(pilot, "enter")
            assert "That was a whole call" in await heard(pilot, "enter")
            assert isinstance(app.screen, HomeScreen)
            assert desk.unfinished() == ()
            assert "Tour" not in (await heard(pilot, "escape")).replace("two minutes", "")


async def test_x_ends_the_tour_and_is_a_letter_while_something_is_typed(
    tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    """X ends the tour anywhere, but not in the middle of a name."""
    with practice_desk(tmp_path / "data", clock, agent="dana") as desk:
        app = PortalWizard(lambda: desk)
        async with app.run_test() as pilot:
            await settled(pilot)
            assert "Tour 3 of 7" in await heard(pilot, "g", "c", "1", "x")
            assert "Tour 4 of 7" in await heard(pilot, "backspace", *"garcia l", "enter")
            assert "Tour 4" not in await heard(pilot, "x")
            assert "How do you know who this is?" in await heard(pilot)
