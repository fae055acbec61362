"""A real pseudo-terminal with a program in it: keys go in, the screen is read back as a person would see it."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

import pyte

KEYS = {
    "enter": "\r",
    "tab": "\t",
    "esc": "\x1b",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "ctrl+c": "\x03",
    "ctrl+q": "\x11",
}
UNKNOWN_TO_PYTE = re.compile(
    r"\x1b\[[<>=?][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\|\x1b\[[0-9;]*\*?[ \"]?[qpt]"
)


class Terminal:
    """One program in a terminal of `columns` x `rows`."""

    def __init__(self, command: Sequence[str], columns: int = 80, rows: int = 24, patience: float = 30) -> None:
        self._patience = patience
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        environment = {
            name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")
        }
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.execvpe(command[0], command, environment | {"TERM": "xterm-256color"})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    @property
    def text(self) -> str:
        """What is on the screen now."""
        return "\n".join(self._screen.display)

    def press(self, *keys: str) -> None:
        """Send keys by name, other text as it is."""
        for key in keys:
            os.write(self._fd, KEYS.get(key, key).encode())

    def until(self, *words: str) -> str:
        """Read until all the words are on the screen, and return it; fail with the screen when they never come."""
        deadline = time.monotonic() + self._patience
        while not all(word in self.text for word in words):
            if time.monotonic() > deadline:
                raise AssertionError(f"{words} never came:\n{self.text}")
            self._read(0.1)
        return self.text

    def ended(self) -> int:
        """Read until the program has ended; return its exit code."""
        deadline = time.monotonic() + self._patience
        while time.monotonic() < deadline:
            self._read(0.1)
            pid, status = os.waitpid(self._pid, os.WNOHANG)
            if pid:
                self._pid = 0
                return os.waitstatus_to_exitcode(status)
        raise AssertionError("the program does not end:\n" + self.text)

    def kill(self) -> None:
        """End the program at once, as a power cut would."""
        if self._pid:
            os.killpg(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
            self._pid = 0

    def vanish(self) -> None:
        """Close the window; the program in it goes on as long as it wants."""
        os.close(self._fd)
        self._fd = -1

    def close(self) -> None:
        """Give the terminal back."""
        self.kill()
        if self._fd >= 0:
            os.close(self._fd)

    def _read(self, seconds: float) -> None:
        if self._fd < 0:
            time.sleep(seconds)
            return
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return
        try:
            data = os.read(self._fd, 65_536)
        except OSError:  # Linux says so when the program has closed its end
            return
        self._stream.feed(UNKNOWN_TO_PYTE.sub("", data.decode("utf-8", "replace")))


def program(name: str) -> str:
    """Return the path of an installed command."""
    return str(Path(sys.executable).with_name(name))
