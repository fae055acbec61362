"""How each page of the hand-over looks, secrets masked."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import pytest
from album import SIZES, SMALLER, Album
from handoff_stage import ANSWERS, CANARY, DONE_BEFORE, fill, over, stage, type_text
from textual.pilot import Pilot


async def claim(pilot: Pilot[None], album: Album) -> None:
    """Fill in a claim, page by page."""
    await fill(pilot, "O'Brien")
    await type_text(pilot, "Siobhán")
    await pilot.press("f8")
    await album.take(pilot, "claim-names")
    await pilot.press("ctrl+u")
    await fill(pilot, "Siobhan", "0100003")
    await type_text(pilot, CANARY)
    await album.take(pilot, "claim-password")
    await pilot.press("enter")
    await fill(pilot, CANARY)
    await pilot.press("enter", "down", "enter", "down")
    await album.take(pilot, "claim-pick")
    await pilot.press("enter", "enter")
    await pilot.pause()
    await fill(pilot, ANSWERS[0])
    await type_text(pilot, "x")
    await album.take(pilot, "claim-answers")
    await pilot.press("ctrl+u")
    await fill(pilot, *ANSWERS[1:])
    await album.take(pilot, "claim-check")
    await pilot.press("enter")
    await over(pilot)
    await album.take(pilot, "claim-done")


async def stop(pilot: Pilot[None], album: Album) -> None:
    """Leave a claim that was begun."""
    await type_text(pilot, "O'Brien")
    await pilot.press("escape")
    await album.take(pilot, "claim-stop")


async def reset(pilot: Pilot[None], album: Album) -> None:
    """Give answers that are wrong."""
    await album.take(pilot, "reset-answers")
    await fill(pilot, *ANSWERS)
    await fill(pilot, CANARY, CANARY)
    await pilot.press("enter")
    await over(pilot)
    await album.take(pilot, "reset-wrong")


async def wait(pilot: Pilot[None], album: Album) -> None:
    """Try a reset that is barred for a while."""
    await fill(pilot, *ANSWERS)
    await fill(pilot, CANARY, CANARY)
    await over(pilot)
    await album.take(pilot, "reset-waiting")


async def report(pilot: Pilot[None], album: Album) -> None:
    """Say that e-mail told of a reset."""
    await album.take(pilot, "report")


async def draft(pilot: Pilot[None], album: Album) -> None:
    """Draft a ticket and copy its line."""
    await album.take(pilot, "ticket-draft")
    await pilot.press("f5")
    await album.take(pilot, "ticket-copied")


async def gate(pilot: Pilot[None], album: Album) -> None:
    """Look at what was left out before a ticket."""
    await album.take(pilot, "ticket-gate")


Walk = Callable[[Pilot[None], Album], Awaitable[None]]

WALKS: dict[str, tuple[str, str, tuple[str, ...], Walk]] = {
    "claim": ("claim", "0100003", DONE_BEFORE, claim),
    "stop": ("claim", "0100003", DONE_BEFORE, stop),
    "reset": ("reset", "0100005", DONE_BEFORE, reset),
    "wait": ("reset", "0100010", DONE_BEFORE, wait),
    "report": ("ticket-resolved", "0100006", DONE_BEFORE, report),
    "draft": ("ticket-draft", "0100005", DONE_BEFORE, draft),
    "gate": ("ticket-draft", "0100005", ("verified",), gate),
    "gate-and-open": ("ticket-draft", "0100006", ("verified",), gate),
}
"""Name -> the action, the student, what was done before it, and what is done on the way."""


@pytest.mark.parametrize("size", [*SIZES, SMALLER])
@pytest.mark.parametrize("walk", WALKS)
async def test_looks_of_the_hand_over(
    walk: str, size: tuple[int, int], tmp_path: Path, clock: Callable[[], datetime], album: Album
) -> None:
    """Every page as kept; on a small terminal the line with the cursor, its words and the way on are in sight."""
    action, student, gives, walked = WALKS[walk]
    with stage(action, student, tmp_path, clock, gives) as (app, _):
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await walked(pilot, album)
