"""How each page of the hand-over looks, secrets masked."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

import pytest
from handoff_stage import ANSWERS, CANARY, fill, over, stage, type_text
from test_themes import ENOUGH, contrast, texts
from textual.pilot import Pilot

from screens.themes import MONO, THEMES

Before = Callable[[Pilot[None]], Awaitable[None]]


async def names(pilot: Pilot[None]) -> None:
    await fill(pilot, "O'Brien")
    await type_text(pilot, "Siobhán")
    await pilot.press("f8")


async def password(pilot: Pilot[None]) -> None:
    await fill(pilot, "O'Brien", "Siobhan", "0100003")
    await type_text(pilot, CANARY)


async def pick(pilot: Pilot[None]) -> None:
    await password(pilot)
    await pilot.press("enter")
    await fill(pilot, CANARY)
    await pilot.press("enter", "down", "enter", "down")


async def answers(pilot: Pilot[None]) -> None:
    await pick(pilot)
    await pilot.press("enter", "enter")
    await pilot.pause()
    await fill(pilot, ANSWERS[0])
    await type_text(pilot, "x")


async def check(pilot: Pilot[None]) -> None:
    await pick(pilot)
    await pilot.press("enter", "enter")
    await pilot.pause()
    await fill(pilot, *ANSWERS)


async def done(pilot: Pilot[None]) -> None:
    await check(pilot)
    await pilot.press("enter")
    await over(pilot)


async def stop(pilot: Pilot[None]) -> None:
    await type_text(pilot, "O'Brien")
    await pilot.press("escape")
    await pilot.pause()


async def first(pilot: Pilot[None]) -> None:
    await pilot.pause()


async def wrong(pilot: Pilot[None]) -> None:
    await fill(pilot, *ANSWERS)
    await fill(pilot, CANARY, CANARY)
    await pilot.press("enter")
    await over(pilot)


async def refused(pilot: Pilot[None]) -> None:
    await fill(pilot, *ANSWERS)
    await fill(pilot, CANARY, CANARY)
    await over(pilot)


async def copied(pilot: Pilot[None]) -> None:
    await pilot.press("f5")
    await pilot.pause()


GATE = (
    "verified",
    "login-video-offered",
    "username-checked",
    "password-forgotten",
    "forgot-tried",
    "questions-failed",
)

PAGES: dict[str, tuple[str, str, Before]] = {
    "claim-names": ("claim", "0100003", names),
    "claim-password": ("claim", "0100003", password),
    "claim-pick": ("claim", "0100003", pick),
    "claim-answers": ("claim", "0100003", answers),
    "claim-check": ("claim", "0100003", check),
    "claim-done": ("claim", "0100003", done),
    "claim-stop": ("claim", "0100003", stop),
    "reset-answers": ("reset", "0100005", first),
    "reset-wrong": ("reset", "0100005", wrong),
    "reset-waiting": ("reset", "0100010", refused),
    "report": ("ticket-resolved", "0100006", first),
    "ticket-draft": ("ticket-draft", "0100005", copied),
}
"""Name -> the action, the student, and what is done before looking."""


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("page", PAGES)
def test_looks(
    page: str,
    size: tuple[int, int],
    tmp_path: Path,
    clock: Callable[[], datetime],
    looks_as_kept: Callable[..., None],
) -> None:
    """Every page looks as kept, at both sizes."""
    action, student, before = PAGES[page]
    with stage(action, student, tmp_path, clock, GATE) as (app, _):
        looks_as_kept(app, size, before)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 10)], ids=["80x24", "120x40", "40x10"])
@pytest.mark.parametrize("student", ["0100005", "0100006"], ids=["gate", "gate-and-open"])
def test_looks_of_the_gate(
    student: str,
    size: tuple[int, int],
    tmp_path: Path,
    clock: Callable[[], datetime],
    looks_as_kept: Callable[..., None],
) -> None:
    """What was left out before a ticket is listed in words, also beside an open ticket."""
    with stage("ticket-draft", student, tmp_path, clock) as (app, _):
        looks_as_kept(app, size, first)


@pytest.mark.parametrize("page", ["claim-names", "claim-password", "claim-answers", "claim-check"])
def test_looks_small(
    page: str, tmp_path: Path, clock: Callable[[], datetime], looks_as_kept: Callable[..., None]
) -> None:
    """At 40x10 the line with the cursor, its words and the way on are in sight."""
    action, student, before = PAGES[page]
    with stage(action, student, tmp_path, clock, GATE) as (app, _):
        looks_as_kept(app, (40, 10), before)


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES if theme is not MONO])
@pytest.mark.parametrize(
    "page", ["claim-names", "claim-password", "claim-pick", "claim-check", "ticket-draft", "report"]
)
async def test_every_text_of_the_hand_over_can_be_read(
    page: str, theme: str, tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    """In each theme every text of the hand-over has a contrast of at least 4.5 to 1."""
    action, student, before = PAGES[page]
    with stage(action, student, tmp_path, clock, GATE) as (app, _):
        app.theme = theme
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await before(pilot)
            found = list(texts(app))
            assert found
            assert [text for text, front, back in found if contrast(front, back) < ENOUGH] == []
