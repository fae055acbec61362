"""A prompt that reads line by line: numbers answer, and one letter goes back, explains, or leaves."""

import getpass
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wizard.console import show

LITERAL = "="
"""A line that begins with it is taken as it is, without its first character: `=b` types the letter b."""

COMMANDS = "b = back, ? = why, l = language, q = leave"


class Asked(Exception):
    """Somebody gave a command instead of an answer; its text is the command's letter."""

    def __init__(self, command: str) -> None:
        super().__init__(command)
        self.command = command


@dataclass(frozen=True)
class Prompt:
    """Where lines come from and go to."""

    read: Callable[[str], str]
    hidden: Callable[[str], str]
    """Reads a secret without showing it."""
    show: Callable[[str], None] = show

    def line(self, words: str, commands: str = "b?ql") -> str:
        """Return one line, as typed. Raises Asked for a command, and for the end of the input."""
        try:
            typed = self.read(f"{words} > ")
        except EOFError:
            raise Asked("q") from None
        if typed.startswith(LITERAL):
            return typed[1:]
        letter = typed.strip().casefold()
        if len(letter) == 1 and letter in commands:
            raise Asked(letter)
        return typed

    def secret(self, words: str) -> str:
        """Return a line that is not shown while it is typed; an empty one goes back. Raises Asked."""
        try:
            typed = self.hidden(f"{words} (not shown; empty = back) > ")
        except EOFError:
            raise Asked("q") from None
        if not typed:
            raise Asked("b")
        return typed

    def number(self, words: str, count: int, likely: int = 0) -> int:
        """Return a number from 1 to `count`; Enter takes the likely one, if there is one. Raises Asked."""
        while True:
            typed = self.line(words).strip()
            if not typed and likely:
                return likely
            if typed.isascii() and typed.isdigit() and len(typed) < 4 and 1 <= int(typed) <= count:
                return int(typed)
            self.show(f"Type a number from 1 to {count}; {COMMANDS}.")

    def numbered(self, lines: Sequence[str]) -> None:
        """Print a numbered list."""
        for number, text in enumerate(lines, start=1):
            self.show(f"  {number}. {text}")

    def yes(self, words: str) -> bool:
        """Return whether somebody agrees; Enter alone does not. Raises Asked."""
        return self.line(f"{words} y = yes, n = no").strip().casefold() in ("y", "yes")


NO_SECRETS = (
    "A password or challenge answer is only typed where it can be hidden. "
    "Start portal-wizard in a terminal window, or guide the family to do it in the portal."
)


def of_this_terminal(practice: bool) -> Prompt:
    """Return the prompt of this program's terminal; without one, secrets are read in the practice school only."""
    if reconfigure := getattr(sys.stdin, "reconfigure", None):
        reconfigure(errors="replace")
    return Prompt(_read, getpass.getpass if sys.stdin.isatty() else (_read if practice else _refuse))


def _read(words: str) -> str:
    return input(words)


def _refuse(words: str) -> str:
    show(NO_SECRETS)
    return ""
