"""The rows about students, one value each; what cannot be used is told by line and column.

Only the columns that were found by name become values: a clear-text password is dropped unread (O5).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from wizard.district import District
from wizard.roster.columns import Columns
from wizard.roster.contacts import Contact
from wizard.roster.moments import Moments
from wizard.roster.numbers import Numbers
from wizard.roster.problems import Kind, Problem
from wizard.roster.sheet import Sheet
from wizard.text import clean, collapse

NAME_LIMIT = 100

LEFT = frozenset(
    ("inactive", "tobedeleted", "deleted", "withdrawn", "transferred", "graduated", "exited", "no show", "no-show")
)
"""Words of a status column for a student who is not enrolled any more."""

_BLANKS = str.maketrans("\r\n\t", "   ")
"""Ends of lines inside quotation marks part words, as a blank does."""

_TOTAL = re.compile(
    r"(grand |sub)?totals?\b.*|count\b.*|\(?\d+ (rows?|records?|students?)\b.*|end of (file|report)", re.I
)


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


class Tidy(dict[str, str]):
    """Text as written -> inert text without spare blanks; each text is looked at once."""

    def __init__(self) -> None:
        super().__init__()
        self.replaced: set[str] = set()
        """Texts in which invisible or control characters were replaced."""

    def __missing__(self, text: str) -> str:
        cleaned = clean(text.translate(_BLANKS), NAME_LIMIT + 1)
        if cleaned.replaced:
            self.replaced.add(text)
        tidy = self[text] = collapse(cleaned.text)
        return tidy


class PeopleReader:
    """Turns rows into people, and keeps what was wrong with them."""

    def __init__(self, columns: Columns, district: District, problems: list[Problem]) -> None:
        """Read rows whose values stand as `columns` says, and add to `problems`."""
        self.columns = columns
        self._width = len(columns.header)
        self._of = {name: columns.of.get(name, -1) for name in ("last", "first", "middle", "school", "grade")}
        self._numbers = tuple(candidate.index for candidate in columns.candidates)
        self._username = next((one.index for one in columns.candidates if one.kind == "username"), -1)
        self._tidy, self._moments, self._problems = Tidy(), Moments(district), problems
        self._ids = Numbers(district)
        self.refused: list[tuple[str, ...]] = []
        """What stands in the ID columns of rows that were left out: those students are not gone."""

    def people(self, sheet: Sheet) -> Iterator[Person]:
        """Yield the people of a table."""
        for line, row in sheet.rows:
            person = self.person(line, row)
            if person is not None:
                yield person

    def person(self, line: int, row: list[str]) -> Person | None:
        """Return the student of one row; None when it has none, which is told unless the row is blank."""
        if len(row) != self._width and not self._fitted(line, row):
            return None
        row.append("")  # index -1: a column that is not there
        tidy, of = self._tidy, self._of
        last, first = tidy[row[of["last"]]], tidy[row[of["first"]]]
        if not last or not first or len(last) > NAME_LIMIT or len(first) > NAME_LIMIT:
            self._nameless(line, row, last, first)
            return None
        entered = self._moments[row[self.columns.of.get("entered", -1)]]
        if isinstance(entered, str):
            self._refuse(line, row, self.columns.named("entered"), entered)
            return None
        if tidy.replaced:
            self._tell_replaced(line, row)
        return Person(
            line,
            tuple([row[index].strip() for index in self._numbers]),
            last,
            first,
            tidy[row[of["middle"]]],
            tidy[row[of["school"]]],
            tidy[row[of["grade"]]],
            entered,
            row[self._username].strip(),
            self._contacts(row) if self.columns.contacts else (),
            row[self.columns.of.get("status", -1)].strip().casefold() not in LEFT,
        )

    def tidy(self, text: str) -> str:
        """Return text from another table as inert as that of the rows."""
        return self._tidy[text]

    def may_be_student(self, row: Sequence[str]) -> bool:
        """Return whether any column of the row holds an ID of this district."""
        columns = (one for one in self.columns.candidates if one.index < len(row))
        return any(self._ids.fits(self._ids.plain(one.kind)(row[one.index].strip())) for one in columns)

    def _contacts(self, row: Sequence[str]) -> tuple[Contact, ...]:
        return tuple(found for columns in self.columns.contacts if (found := columns.contact(row)))

    def _fitted(self, line: int, row: list[str]) -> bool:
        """Make a row as long as the header: a short one lacks empty cells; a long one may have shifted."""
        if len(row) > self._width:
            reason = f"the row has {len(row)} fields and the header {self._width}; a comma inside a field needs quotes"
            self._refuse(line, row, "", reason)
            return False
        missing = self._width - len(row)
        if any(cell.strip() for cell in row):
            self._tell("note", line, "", f"the row is short; its last {missing} cells were taken as empty")
        row += [""] * missing
        return True

    def _nameless(self, line: int, row: list[str], last: str, first: str) -> None:
        cells = [cell.strip() for cell in row if cell.strip()]
        if not cells:
            return
        if len(cells) <= 3 and not first and any(_TOTAL.fullmatch(cell) for cell in cells):
            self._tell("note", line, "", "a row of totals, not a student")
            return
        name, text = ("last", last) if not last or len(last) > NAME_LIMIT else ("first", first)
        words = "is missing" if not text else f"is longer than {NAME_LIMIT} characters"
        self._refuse(line, row, self.columns.named(name), f"the {name} name {words}")

    def _tell_replaced(self, line: int, row: list[str]) -> None:
        for name, index in self._of.items():
            if row[index] in self._tidy.replaced:
                reason = "invisible or control characters were taken out of the text"
                self._tell("warning", line, self.columns.named(name), reason)

    def _refuse(self, line: int, row: list[str], column: str, reason: str) -> None:
        self.refused.append(tuple(row[index].strip() for index in self._numbers))
        self._tell("refused", line, column, reason)

    def _tell(self, kind: Kind, line: int, column: str, reason: str) -> None:
        self._problems.append(Problem(kind, self.columns.file, line, column, reason))
