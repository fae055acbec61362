"""A program in a real pseudo-terminal, its frames timed from outside.

Textual asks the terminal for synchronized output (DECRQM 2026). Told that there is such a thing, it brackets each
repaint, so the closing mark is the moment a complete frame has left the program. What a terminal then needs to draw
it is not in the numbers.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ASKED, ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
ASKED_SIZE, NO_SIZE = b"\x1b[?2048$p", b"\x1b[?2048;0$y"
END = b"\x1b[?2026l"
KEYS = {"down": "\x1b[B", "up": "\x1b[A", "enter": "\r", "esc": "\x1b", "back": "\x02", "bs": "\x7f"}
QUIET = 0.08
"""Seconds of silence after which a program has nothing more to draw."""


class Program:
    """One program, started now."""

    def __init__(self, command: Sequence[str], columns: int = 80, rows: int = 24) -> None:
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("NO_COLOR", "COLUMNS", "LINES") and not name.startswith("TEXTUAL")
        }
        self._seen, self._read = bytearray(), list[tuple[int, float]]()
        self._answered = set[bytes]()
        self._start = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.execvpe(command[0], command, environment | {"TERM": "xterm-256color", "COLORTERM": "truecolor"})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def first_frame(self) -> float:
        """Return the seconds from the start to the first complete frame."""
        return self._frame_after(0) - self._start

    def shows(self, words: str) -> float:
        """Return the seconds from the start to the frame that shows the words."""
        text = words.encode()
        self._until(lambda: text in self._seen, f"shows {words!r}")
        return self._frame_after(self._seen.index(text)) - self._start

    def press(self, key: str) -> float:
        """Press a key when the program is quiet; return the seconds to the end of the next frame."""
        self.rest()
        before, start = len(self._seen), time.perf_counter()
        os.write(self._fd, KEYS.get(key, key).encode())
        return self._frame_after(before) - start

    def answer(self, key: str, words: str) -> float:
        """Press a key when the program is quiet; return the seconds to the end of the frame that shows the words."""
        self.rest()
        before, start, text = len(self._seen), time.perf_counter(), words.encode()
        os.write(self._fd, KEYS.get(key, key).encode())
        self._until(lambda: text in self._seen[before:], f"answers {key!r} with {words!r}")
        return self._frame_after(self._seen.index(text, before)) - start

    def cpu(self) -> float:
        """Return the seconds of CPU that the program has taken so far, all its threads together (Linux)."""
        numbers = Path(f"/proc/{self._pid}/stat").read_text().rpartition(")")[2].split()
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")

    def rest(self) -> None:
        """Read until the program is quiet."""
        while self._pump(QUIET):
            pass

    def end(self) -> None:
        """End the program."""
        os.kill(self._pid, signal.SIGTERM)
        while self._pump(1):
            pass
        os.waitpid(self._pid, 0)
        os.close(self._fd)

    def _frame_after(self, offset: int) -> float:
        self._until(lambda: END in self._seen[offset:], "paints")
        at = self._seen.index(END, offset)
        return next(moment for end, moment in self._read if end > at)

    def _until(self, done: "Callable[[], bool]", what: str) -> None:
        limit = time.perf_counter() + 20
        while not done():
            if not self._pump(1) and time.perf_counter() > limit:
                raise TimeoutError(f"The program never {what}; it wrote {bytes(self._seen[-400:])!r}")

    def _pump(self, patience: float) -> bool:
        if not select.select([self._fd], [], [], patience)[0]:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:
            return False
        self._seen += data
        self._read.append((len(self._seen), time.perf_counter()))
        for asked, answer in ((ASKED, ANSWER), (ASKED_SIZE, NO_SIZE)):
            if asked in self._seen and asked not in self._answered:
                self._answered.add(asked)
                os.write(self._fd, answer)
        return bool(data)
