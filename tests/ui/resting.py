"""When a program under test has come to rest: nothing is left to do.

Textual's own Pilot sleeps for 20 ms a few times per key and asks whether the process has used the processor. On a
busy machine a program that waits for its turn looks idle then, and everywhere a key takes 80 ms. Here the event loop
is asked what is left, and what would wait for the clock only to be drawn is done at once.
"""

import asyncio
from time import monotonic
from typing import Any

import pytest
from textual import app as textual_app
from textual import pilot as textual_pilot
from textual._context import active_app
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Button
from textual.worker import Worker

from screens import home

PATIENCE = 30.0
"""Seconds to wait for work in a thread, as long as Pilot itself would."""

HELD_UP: set[str] = set()
"""The names of workers that a test holds up: nobody waits for them."""

PRESSED: set[Button] = set()
"""The buttons that take no press because they just took one."""


async def rest(app: App[Any]) -> None:
    """Wait until no callback is due, everything is drawn, nothing moves and no work is under way."""
    until = monotonic() + PATIENCE
    while True:
        await quiet()
        if not moved_on(app):
            busy = [task for worker in app.workers if (task := under_way(worker))]
            if not busy or monotonic() >= until:
                return
            await asyncio.wait(busy, timeout=until - monotonic(), return_when=asyncio.FIRST_COMPLETED)


async def quiet() -> None:
    """Wait until the event loop has nothing to run but this: no message is on its way to any widget."""
    loop: Any = asyncio.get_running_loop()
    empty = 0
    while empty < 2:  # between two looks the loop has asked threads, files and clocks what is due
        await asyncio.sleep(0)
        empty = 0 if loop._ready else empty + 1


def moved_on(app: App[Any]) -> bool:
    """Draw, resize and scroll what waits for its turn, now rather than in a sixtieth of a second."""
    if app._exit or not app.is_running:
        return False
    resized = app._resize_timer is not None
    if resized:
        app._check_resize()
    undrawn = [screen for screen in app.screen_stack if screen._update_timer._active.is_set()]
    for screen in undrawn:
        screen._on_timer_update()
    moving = not app.animator._idle_event.is_set()
    if moving:
        app.animator()
    return resized or bool(undrawn) or moving or released()


def pressed(button: Button) -> None:
    """Let a button take no press for a while: until the program has come to rest, not for a fifth of a second."""
    button.add_class("-active")
    PRESSED.add(button)


def released() -> bool:
    """Let the buttons take presses again, and return whether there were any that did not."""
    buttons = list(PRESSED)
    PRESSED.clear()
    for button in buttons:
        button.remove_class("-active")
    return bool(buttons)


def under_way(worker: Worker[Any]) -> asyncio.Task[Any] | None:
    """Return the task of work in a thread that has not ended."""
    waits = worker._thread_worker and worker.is_running and worker.name not in HELD_UP
    return worker._task if waits else None


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every Pilot wait like this."""

    async def idle(*_: float) -> None:
        await rest(active_app.get())

    async def screen(pilot: Pilot[Any], timeout: float = 0) -> bool:
        await rest(pilot.app)
        return pilot.app._exception is None

    PRESSED.clear()
    HELD_UP.clear()
    monkeypatch.setattr(home, "WRITTEN_SECONDS", 0)
    monkeypatch.setattr(Button, "_start_active_affect", pressed)
    monkeypatch.setattr(textual_app, "wait_for_idle", idle)
    monkeypatch.setattr(textual_pilot, "wait_for_idle", idle)
    monkeypatch.setattr(Pilot, "_wait_for_screen", screen)
