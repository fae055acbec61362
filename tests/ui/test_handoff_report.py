"""Recording what the family did in the portal: a preview, one confirm, and no field for a secret."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from conftest import screen_text
from handoff_stage import left, over, stage, words_on
from textual.widgets import Input

from wizard.practice import state_of

REPORTS = {
    "claim-reported": ("0100003", "the account was claimed", "claimed"),
    "reset-reported": ("0100008", "a new password was set", "claimed"),
    "ticket-resolved": ("0100006", "the ticket reset the account", "reset-done"),
}
"""Action -> the student, words of its preview, and the state afterwards."""


@pytest.mark.parametrize("action", REPORTS)
async def test_a_report_is_previewed_confirmed_and_shown(
    action: str, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    """One Enter records it, and the screen says what the store confirmed."""
    student, words, after = REPORTS[action]
    with stage(action, student, tmp_path, clock) as (app, desk):
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert words in screen_text(app)
            assert not app.screen.query(Input)
            assert not app.casework.case.receipts
            await pilot.press("enter")
            await over(pilot)
            assert "Done" in screen_text(app)
            assert app.casework.case.receipts[0].words in words_on(app)
            await pilot.press("enter")
            assert await left(pilot) == [True]
            assert state_of(desk, student) == after


@pytest.mark.parametrize("action", REPORTS)
async def test_a_report_is_cancelled_without_a_trace(
    action: str, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    """Esc records nothing."""
    student, _, _ = REPORTS[action]
    with stage(action, student, tmp_path, clock) as (app, desk):
        before = state_of(desk, student)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await pilot.press("escape")
            assert await left(pilot) == [False]
            assert state_of(desk, student) == before
            assert not app.casework.case.receipts


async def test_a_report_that_the_records_contradict_is_not_done(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    """A claim reported for an account that is too new: not done, with the time at which it opens (D03)."""
    with stage("claim-reported", "0100001", tmp_path, clock) as (app, desk):
        async with app.run_test(size=(80, 24)) as pilot:
            await over(pilot)
            assert "Not done" in screen_text(app)
            assert "24 hours" in screen_text(app)
            await pilot.press("enter")
            assert await left(pilot) == [True]
            assert state_of(desk, "0100001") == "too-new"


async def test_a_report_fits_a_small_terminal(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    """At 40x10 a report is confirmed by keyboard all the same."""
    with stage("ticket-resolved", "0100006", tmp_path, clock) as (app, desk):
        async with app.run_test(size=(40, 10)) as pilot:
            await pilot.pause()
            await pilot.press("enter")
            await over(pilot)
            assert state_of(desk, "0100006") == "reset-done"
