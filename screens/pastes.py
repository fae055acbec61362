"""What a paste may do: fill the line it is pasted into, and nothing else.

Textual 8.2.8 reads a paste well as long as nothing in it looks like a key: after an ESC inside of it, the next
characters arrive as keys, and a digit among them answers a question. And a terminal that does not mark pastes
sends them as keys altogether. So what comes in is looked at before it is read as keys.
"""

import re
import time
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

ESC, START, END = "\x1b", "\x1b[200~", "\x1b[201~"
"""What begins a key that is no character, and how a terminal marks a paste."""

MOST_TYPED = 16
"""Characters in one read that somebody may have typed while the program was busy; more are a paste."""

TAIL_SECONDS = 0.05
"""What follows a paste as quickly as this belongs to it."""

_SIGNS = re.compile(r"\x1b(?:\[[0-9;:<=>?]*[ -/]*[@-~]|[\]P][^\x07\x1b]*(?:\x07|\x1b\\)|O.)", re.DOTALL)
"""Arrow and function keys, the mouse, and answers of the terminal."""


class Pastes:
    """Follows what comes in, and marks pastes so that they are read as nothing else."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._inside = False
        self._held = ""
        self._until = 0.0
        self._before = ""

    def marked(self, data: str) -> str:
        """Return what came in with every paste marked, and without an ESC inside of one."""
        done, data, self._held = "", self._held + data, ""
        while data:
            part, data, ends = self._pasted(data) if self._inside else self._keys(data)
            done += part
            self._inside ^= ends
        return done

    def _keys(self, data: str) -> tuple[str, str, bool]:
        """Split off what comes before a paste, its mark included, which may have come in two parts."""
        begins = (self._before + data).find(START)
        if begins < 0:
            self._before = (self._before + data)[1 - len(START) :]
            return self._typed(data), "", False
        size = begins + len(START) - len(self._before)
        self._before = ""
        return data[:size], data[size:], True

    def _pasted(self, data: str) -> tuple[str, str, bool]:
        """Split off what belongs to a paste; what may be the beginning of the mark of its end waits for the rest."""
        text, end, rest = data.partition(END)
        if not end:
            begun = next((size for size in range(len(END) - 1, 0, -1) if text.endswith(END[:size])), 0)
            text, self._held = text[: len(text) - begun], text[len(text) - begun :]
        return text.replace(ESC, "") + end, rest, bool(end)

    def _typed(self, data: str) -> str:
        """Return keys as they are; what nobody types as quickly is a paste."""
        text = _SIGNS.sub("", data)
        now = self._now()
        if len(text) <= MOST_TYPED and not (text and now < self._until):
            return data
        self._until = now + TAIL_SECONDS
        return f"{START}{text.replace(ESC, '')}{END}"


def watch(parser: type[Any]) -> None:
    """Let everything that a parser is fed go through here first; done once, it stays.

    The drivers make their parsers themselves, so the class is the only place to do it.
    """
    feed = parser.feed
    if hasattr(feed, "__wrapped__"):
        return

    @wraps(feed)
    def marked(self: Any, data: str) -> Iterable[Any]:
        if not hasattr(self, "pastes"):
            self.pastes = Pastes()
        read = self.pastes.marked(data)
        if read or not data:  # nothing at all would mean that the terminal is gone
            yield from feed(self, read)

    parser.feed = marked
