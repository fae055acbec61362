"""One row about a student, as a value."""

from datetime import datetime
from typing import NamedTuple

from wizard.roster.contacts import Contact
from wizard.text import clean, collapse

NAME_LIMIT = 100

LEFT = frozenset(
    ("inactive", "tobedeleted", "deleted", "withdrawn", "transferred", "graduated", "exited", "no show", "no-show")
)
"""Words of a status column for a student who is not enrolled any more."""

_BLANKS = str.maketrans("\r\n\t", "   ")
"""Ends of lines inside quotation marks part words, as a blank does."""


class Person(NamedTuple):
    """One row about a student."""

    line: int
    numbers: tuple[str, ...]
    """What stands in each column that may hold the ID."""
    last: str
    first: str
    middle: str
    school: str
    grade: str
    entered: datetime | None
    username: str
    contacts: tuple[Contact, ...]
    enrolled: bool
    known_only: bool = False
    """Nobody said that this is a student: only one who is known already changes."""
    other_schools: tuple[str, ...] = ()
    """Beside `school`, which is the primary one."""


class Tidy(dict[str, str]):
    """Text as written -> inert text without spare blanks; each text is looked at once."""

    def __init__(self) -> None:
        super().__init__()
        self.replaced: set[str] = set()
        """Texts in which invisible or control characters were replaced."""

    def __missing__(self, text: str) -> str:
        if text.isascii() and text.isprintable() and "  " not in text and len(text) <= NAME_LIMIT:
            plain = self[text] = text.strip()  # what nearly all are, without the long way
            return plain
        cleaned = clean(text.translate(_BLANKS), NAME_LIMIT + 1)
        if cleaned.replaced:
            self.replaced.add(text)
        tidy = self[text] = collapse(cleaned.text)
        return tidy
