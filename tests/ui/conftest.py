"""UI tests: the same environment, the same clock and a cursor that stands still, wherever they run."""

# ruff: noqa: E402 - Textual reads the environment when it is imported

import os
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

# All but the snapshot plugin's own folder, which its workers learn from the environment.
for _name in [name for name in os.environ if name.startswith("TEXTUAL") and "SNAPSHOT" not in name]:
    del os.environ[_name]
for _name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
    os.environ.pop(_name, None)
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ.setdefault("TERM", "xterm-256color")

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

NOW = datetime(2021, 7, 28, 14, 0, tzinfo=UTC)
"""The frozen moment: 10:00 AM in the district's time zone, five days before D02's date."""


@pytest.fixture(autouse=True)
def still_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the cursor from blinking, so that two drawings are alike."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda self: None)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """Return a clock that stands still."""
    return lambda: NOW


def screen_text(app: App[object]) -> str:
    """Return what is on screen as plain lines, blanks at the end cut."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


Before = Callable[[Pilot[None]], Awaitable[None]]
"""What is done before the screen is looked at."""


@pytest.fixture
def looks_as_kept(snap_compare: Callable[..., bool], request: pytest.FixtureRequest) -> Callable[..., None]:
    """Compare a screen with its kept snapshot, and its plain lines with those kept beside it.

    The lines come first: a failure then reads in a terminal.
    """

    def compare(app: App[None], size: tuple[int, int] = (80, 24), before: Before | None = None) -> None:
        drawn: list[str] = []

        async def look(pilot: Pilot[None]) -> None:
            await settled(pilot)
            if before:
                await before(pilot)
                await settled(pilot)
            drawn.append(screen_text(app) + "\n")

        same = snap_compare(app, terminal_size=size, run_before=look)
        name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower()).strip("-")
        kept = Path(request.path).parent / "__snapshots__" / Path(request.path).stem / f"{name}.txt"
        if request.config.getoption("update_snapshots"):
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(drawn[0], encoding="utf-8")
        assert drawn[0] == (kept.read_text(encoding="utf-8") if kept.exists() else "")
        assert same

    return compare


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the desk is open, workers are done, and the screen is drawn."""
    while getattr(getattr(pilot.app, "home", pilot.app), "desk", "") is None and pilot.app.is_running:
        await pilot.pause(0.01)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
