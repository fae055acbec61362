"""Whole calls on the real screens, over the real records of the practice school."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from conftest import screen_text, settled
from playing import Player

from flows.scenario import Scenario, load_scenario, scenario_files
from screens.app import PortalWizard
from wizard.practice import practice_desk, state_of

FILES = {path.stem: path for path in scenario_files()}

TEN = {
    "claim-at-the-counter": "en",
    "too-new-student": "es",
    "reset-with-challenge-questions": "en",
    "ticket-after-failed-questions": "en",
    "cached-credentials-on-a-shared-device": "en",
    "an-earlier-answer-is-changed": "en",
    "enrolled-yesterday-and-not-found": "vi",
    "second-search-finds-the-student": "en",
    "student-leaves-the-roster-during-the-call": "en",
    "wrong-answers-then-the-right-ones": "en",
}
"""The calls that must work, and the language they are carried on in; the same files run through the casework."""


@pytest.mark.parametrize(("name", "language"), TEN.items(), ids=list(TEN))
async def test_a_call_from_the_first_word_to_the_end(
    name: str, language: str, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    """The call goes as its scenario says, the records say so, and closing it takes it off the home screen."""
    scenario: Scenario = load_scenario(FILES[name])
    with practice_desk(tmp_path, clock, agent="dana") as desk:
        app = PortalWizard(lambda: desk)
        async with app.run_test(size=(80, 24)) as pilot:
            player = Player(app, pilot)
            await player.play(scenario, desk, language)
            view = player.view
            assert " ".join(scenario.says.split()) in " ".join(view.say.split())
            assert (view.language, view.said == view.say) == (language, language == "en")
            assert scenario.state in ("", state_of(desk, scenario.student))
            (case,) = desk.unfinished()
            if view.kind == "outcome":
                await pilot.press("enter", "enter")
                await settled(pilot)
                assert app.screen is app.home
                assert desk.unfinished() == ()
        with desk.records.reading() as tables:
            stored = tables.cases.get(case.id)
            assert stored is not None
            assert stored.status == ("closed" if view.kind == "outcome" else "open")
            if scenario.ticket:
                assert [ticket.line for ticket in tables.tickets.open_for(scenario.student)] == [scenario.ticket]


async def test_an_interrupted_call_goes_on_at_its_step(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    """The window is closed in the middle of a call; the next start offers the call, and Enter goes on at its step."""
    with practice_desk(tmp_path, clock, agent="dana") as desk:
        app = PortalWizard(lambda: desk)
        async with app.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pilot.press("c", "1")
            await pilot.pause()
            asked = Player(app, pilot).view.ask
    with practice_desk(tmp_path, clock, agent="dana") as desk:
        again = PortalWizard(lambda: desk)
        async with again.run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            assert asked in screen_text(again)
            await pilot.press("enter")
            await pilot.pause()
            assert Player(again, pilot).view.ask == asked


async def test_back_and_change_keep_what_still_fits(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    """Back shows the earlier answer marked; giving it again returns to where the call was."""
    with practice_desk(tmp_path, clock, agent="dana") as desk:
        app = PortalWizard(lambda: desk)
        async with app.run_test(size=(80, 24)) as pilot:
            player = Player(app, pilot)
            await settled(pilot)
            await pilot.press("c", "1")
            await pilot.pause()
            here = player.view.key
            await pilot.press("escape")
            await pilot.pause()
            assert player.view.key == "call/portal"
            assert "your answer" in screen_text(app)
            await pilot.press("enter")
            await pilot.pause()
            assert player.view.key == here


async def test_a_look_back_ends_where_the_call_was(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    """After looking at an earlier answer, the list of answers has a line that goes on where the call was."""
    with practice_desk(tmp_path, clock, agent="dana") as desk:
        app = PortalWizard(lambda: desk)
        async with app.run_test(size=(80, 24)) as pilot:
            player = Player(app, pilot)
            await settled(pilot)
            await pilot.press("c", "1", "escape", "f3")
            await pilot.pause()
            assert "Go on where the call was" in screen_text(app)
            await pilot.press("end", "enter")
            await pilot.pause()
            assert player.view.key == "call/student"


async def test_student_facts_wait_for_verification(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    """Before the caller is verified the screen shows the student's name and nothing else of the record."""
    with practice_desk(tmp_path, clock, agent="dana") as desk:
        app = PortalWizard(lambda: desk)
        async with app.run_test(size=(120, 40)) as pilot:
            player = Player(app, pilot)
            await settled(pilot)
            await pilot.press("c", "1", *"0100003", "enter")
            await pilot.pause()
            assert player.view.key == "call/verify-counter"
            shown = screen_text(app)
            assert "Siobhan O'Brien" in shown
            assert "S0100003" not in shown
            assert "Practice Middle" not in shown
            await pilot.press("1")
            await pilot.pause()
            assert "S0100003" in screen_text(app)
            assert "Practice Middle" in screen_text(app)
