"""How long nobody has touched the keyboard, and what follows from it: a warning that counts, then the lock.

Time is taken from a clock that nobody can set and that goes on while the computer sleeps, so that neither a
corrected wall clock nor an hour in standby makes the screen lock too early or not at all.
"""

import sys
import time
from collections.abc import Callable

WARNING_SECONDS = 15
"""How long the warning counts before the screen locks."""

SECRET_SECONDS = 60
"""The longest wait while a line for a secret is on screen."""

Ticks = Callable[[], float]
"""Seconds since some moment in the past; never set, and counting on during standby."""


def _ticks_of_this_system() -> Ticks:
    boot_time = getattr(time, "CLOCK_BOOTTIME", None)  # Linux: like the monotonic clock, with standby
    if boot_time is None and sys.platform == "darwin":
        boot_time = time.CLOCK_MONOTONIC  # macOS: this one counts standby, time.monotonic() does not
    if boot_time is None:
        return time.monotonic  # Windows: counts standby
    counted: int = boot_time
    return lambda: time.clock_gettime(counted)


ticks: Ticks = _ticks_of_this_system()
"""The clock of a real desk."""


class Idle:
    """Since when nobody has pressed a key or moved the mouse."""

    def __init__(self, ticks: Ticks, since: float) -> None:
        self.ticks = ticks
        self.since = since

    def touch(self) -> None:
        """Begin to count anew: somebody is there."""
        self.since = self.ticks()

    @property
    def seconds(self) -> float:
        """For how long nobody has been there."""
        return max(0.0, self.ticks() - self.since)

    def left(self, allowed: int, secret: bool) -> int:
        """Return the seconds until the screen locks, rounded up; 0: now."""
        limit = min(allowed, SECRET_SECONDS) if secret else allowed
        return max(0, -int(-(limit - self.seconds) // 1))


def idle(ticks: Ticks = ticks) -> Idle:
    """Begin to count."""
    return Idle(ticks, ticks())


def warning(left: int) -> str:
    """Return the words of the warning, or nothing while there is time."""
    if left > WARNING_SECONDS:
        return ""
    seconds = "1 second" if left == 1 else f"{left} seconds"
    return f"Nobody there? The screen locks in {seconds}. Any key keeps it open."
