"""UI tests: the same environment, the same clock and a cursor that stands still, wherever they run."""

# ruff: noqa: E402 - Textual reads the environment when it is imported

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

# All but the snapshot plugin's own folder, which its workers learn from the environment.
for _name in [name for name in os.environ if name.startswith("TEXTUAL") and "SNAPSHOT" not in name]:
    del os.environ[_name]
for _name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
    os.environ.pop(_name, None)
os.environ["TEXTUAL_ANIMATIONS"] = "none"
os.environ.setdefault("TERM", "xterm-256color")

import pytest
import resting
import stylesheets
from syrupy.assertion import SnapshotAssertion
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

if TYPE_CHECKING:
    from album import Album

stylesheets.install()

NOW = datetime(2021, 7, 28, 14, 0, tzinfo=UTC)
"""The frozen moment: 10:00 AM in the district's time zone, five days before D02's date."""


@pytest.fixture(autouse=True)
def still_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the cursor from blinking, so that two drawings are alike."""
    monkeypatch.setattr(Input, "_toggle_cursor", lambda self: None)
    monkeypatch.setattr(TextArea, "_toggle_cursor_blink_visible", lambda self: None)


@pytest.fixture(autouse=True)
def patient_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let keys wait for what is left to do, not for the processor."""
    resting.install(monkeypatch)


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """Return a clock that stands still."""
    return lambda: NOW


def screen_text(app: App[object]) -> str:
    """Return what is on screen as plain lines, blanks at the end cut."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@pytest.fixture
def album(snapshot: SnapshotAssertion) -> "Album":
    """The kept pictures, to compare pages with."""
    from album import Album

    return Album(snapshot)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the desk is open, workers are done, and the screen is drawn."""
    while getattr(getattr(pilot.app, "home", pilot.app), "desk", "") is None and pilot.app.is_running:
        await pilot.pause(0.01)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
