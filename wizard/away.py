"""Coming back to a prompt after a long break: nobody can say any more that it is the same caller (O6)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from wizard.clock import Clock
from wizard.expiry import VERIFIED_FOR
from wizard.prompt import Prompt


class LongBreak(Exception):
    """Somebody typed a line after a long break; it is not taken."""


def minding_breaks(prompt: Prompt, clock: Clock) -> Prompt:
    """Return the same prompt; its lines raise LongBreak when the one before is too long ago."""
    watch = _Watch(clock)
    return replace(prompt, read=watch.over(prompt.read), hidden=watch.over(prompt.hidden))


class _Watch:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last: datetime = clock()

    def over(self, read: Callable[[str], str]) -> Callable[[str], str]:
        """Return `read`, minding how long ago the last line was typed."""

        def minded(words: str) -> str:
            typed = read(words)
            last, self._last = self._last, self._clock()
            if self._last - last > VERIFIED_FOR:
                raise LongBreak
            return typed

        return minded
