"""A whole family call by keys, from the home screen to the closed wrap-up, in a real tmux session.

Run as a program it writes docs/family-call.txt: every screen as tmux shows it, under the keys that led there.
"""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from terminal import program

PAGE = Path(__file__).parents[2] / "docs" / "family-call.txt"

CALL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Try it out", ("c",)),
    ("Which portal is it?", ("1",)),
    ("Find the student", (*"0100001",)),
    ("Li, Mary Ann", ("Enter",)),
    ("Photo ID seen", ("1",)),
    ("How do they want to go on?", ("1",)),
    ("Wrap up  ⏎", ("a",)),
    ("same guardian on file", ("Down", "Enter")),
    ("What does the screen say", ("5",)),
    ("browser", ("1",)),
    ("Wrap up  ⏎", ("Enter",)),
    ("SUMMARY", ("F4",)),
    ("Esc closes", ("Escape",)),
    ("SUMMARY", ("Enter",)),
    ("New call at the counter", ()),
)
"""The words to wait for -> the keys pressed then, as tmux names them."""


@dataclass(frozen=True)
class Tmux:
    """One session of 80 x 24 on a socket of its own."""

    socket: str

    def run(self, *words: str) -> str:
        """Give tmux a command, and return what it says."""
        command = ["tmux", "-L", self.socket, "-f", "/dev/null", *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def until(self, words: str, patience: float = 30) -> str:
        """Return the pane as soon as the words are on it and it stands still."""
        deadline, before = time.monotonic() + patience, ""
        while time.monotonic() < deadline:
            pane = self.run("capture-pane", "-p")
            if words in pane and pane == before:
                return pane
            before = pane
            time.sleep(0.3)
        raise AssertionError(f"{words} never came:\n{before}")

    def press(self, *keys: str) -> None:
        """Press keys."""
        if keys:
            self.run("send-keys", *keys)


@contextmanager
def practice(folder: Path) -> Iterator[Tmux]:
    """Open the practice school in a session that ends with the block."""
    tmux = Tmux(f"family-call-{folder.name}")
    command = [program("portal-wizard"), "--demo", "--data", str(folder / "data"), "--agent", "dana"]
    tmux.run("new-session", "-d", "-x", "80", "-y", "24", "env", "-u", "NO_COLOR", "LANG=C.UTF-8", *command)
    try:
        yield tmux
    finally:
        tmux.run("kill-server")


def play(tmux: Tmux) -> Iterator[tuple[tuple[str, ...], str]]:
    """Take the call to its end; yield each screen with the keys that led there."""
    pressed: tuple[str, ...] = ("portal-wizard --demo",)
    for words, keys in CALL:
        yield pressed, tmux.until(words)
        tmux.press(*keys)
        pressed = keys


def heading(keys: tuple[str, ...]) -> str:
    """Return the line over a screen."""
    typed = "".join(keys)
    return f"### {typed if len(typed) == len(keys) else ' '.join(keys)}"


def recorded(folder: Path) -> str:
    """Return the whole call as text."""
    with practice(folder) as tmux:
        screens = [f"{heading(keys)}\n\n{re.sub(' +$', '', pane, flags=re.M).rstrip()}\n" for keys, pane in play(tmux)]
    return "\n".join(screens)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as here:
        PAGE.write_text(recorded(Path(here)), encoding="utf-8")
    sys.stdout.write(f"Written: {PAGE}\n")
