"""The end from outside: a signal, or a terminal that goes away.

The hang-up signal of a closing terminal goes to the first program in it, which under `make` or a script is another
one and may keep it to itself. Textual 8.2.8 then stands still: the thread that writes has ended at its first error,
and the program waits at its full queue. So the terminal is looked for as well, and what is written to none is dropped.
"""

import asyncio
import os
import signal
import sys
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from screens.app import PortalWizard

SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")
"""What ends the program in order."""

HUNG_UP = 129
"""Exit code when the terminal is gone, as after its signal."""

LOOK_SECONDS = 1.0
"""How often the terminal is looked for."""


def follow(app: "PortalWizard") -> None:
    """End the program in order when a signal asks for it or its terminal is gone."""
    loop = asyncio.get_running_loop()
    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None:
            _end_on(app, loop, number)
    if _has_terminal():
        app.set_interval(LOOK_SECONDS, lambda: None if _has_terminal() else app.exit(return_code=HUNG_UP))


def _end_on(app: "PortalWizard", loop: asyncio.AbstractEventLoop, number: signal.Signals) -> None:
    try:
        loop.add_signal_handler(number, app.exit, None, 128 + number)
    except NotImplementedError:
        return  # Windows has no such handlers; closing its window ends the program anyway


def _has_terminal() -> bool:
    try:
        return sys.__stdin__ is not None and os.isatty(sys.__stdin__.fileno())
    except ValueError:
        return False  # closed


def watch(writer: type[Any]) -> None:
    """Let the thread that writes go on without a terminal, so that nothing waits for it; done once, it stays.

    The drivers make their writers themselves, so the class is the only place to do it.
    """
    run = writer.run
    if hasattr(run, "__wrapped__"):
        return

    @wraps(run)
    def run_on(self: Any) -> None:
        try:
            run(self)
        except OSError:
            while self._queue.get() is not None:
                pass  # nobody sees it any more

    writer.run = run_on
