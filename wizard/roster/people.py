"""The rows about students, one value each; what cannot be used is told by line and column.

Only the columns that were found by name become values: a clear-text password is dropped unread (O5).
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, starmap
from operator import itemgetter

from wizard.district import District
from wizard.roster.batches import BATCH, Batches
from wizard.roster.columns import Columns
from wizard.roster.moments import Moments
from wizard.roster.numbers import Numbers
from wizard.roster.person import LEFT, NAME_LIMIT, Person, Tidy
from wizard.roster.problems import Kind, Problem
from wizard.roster.sheet import Sheet

_TOTAL = re.compile(
    r"(grand |sub)?totals?\b.*|count\b.*|\(?[\d,]+ (rows?|records?|students?)\b.*|"
    r"(rows?|records?|students?) *[:=] *[\d,]+|"
    r"\W*end( of (file|report|data|list))?\W*|page \d+( of \d+)?|(report|run|printed|generated|exported)\b.*\d.*",
    re.IGNORECASE,
)
"""What reports write around the students."""


class PeopleReader:
    """Turns rows into people, and keeps what was wrong with them."""

    def __init__(self, columns: Columns, district: District, problems: list[Problem]) -> None:
        """Read rows whose values stand as `columns` says, and add to `problems`."""
        self.columns = columns
        self._width = len(columns.header)
        self._of = {name: columns.of.get(name, -1) for name in ("last", "first", "middle", "school", "grade")}
        self._numbers = tuple(candidate.index for candidate in columns.candidates)
        others = (columns.of.get("entered", -1), columns.of.get("status", -1), columns.username)
        self._pick = itemgetter(0, *(*self._of.values(), *others, *self._numbers))
        self._tidy, self._moments, self._problems = Tidy(), Moments(district), problems
        self._batches = Batches(columns, self._tidy, self._moments)
        self._ids = Numbers(district)
        self.refused: list[tuple[str, ...]] = []
        """What stands in the ID columns of rows that were left out: those students are not gone."""
        for name in columns.repeated:
            self._tell("warning", 1, name, "the header has this column more than once; the first one is read")

    def people(self, sheet: Sheet) -> Iterator[Person]:
        """Yield the people of a table."""
        while rows := list(islice(sheet.rows, BATCH)):
            for part, quickly in self._batches.parts(rows):
                yield from filter(None, starmap(self.person, part)) if quickly is None else quickly

    def person(self, line: int, row: list[str]) -> Person | None:
        """Return the student of one row; None when it has none, which is told unless the row is blank."""
        if len(row) != self._width and not self._fitted(line, row):
            return None
        row.append("")  # index -1: a column that is not there
        tidy = self._tidy
        _, last, first, middle, school, grade, entry, status, username, *numbers = self._pick(row)
        last, first = tidy[last], tidy[first]
        if not last or not first or len(last) > NAME_LIMIT or len(first) > NAME_LIMIT:
            self._nameless(line, row, last, first)
            return None
        if last == self.columns.named("last") and [cell.strip() for cell in row[:-1]] == [*self.columns.header]:
            self._tell("note", line, "", "the header once more, not a student")
            return None
        entered = self._moments[entry]
        if isinstance(entered, str):
            self._refuse(line, row, self.columns.named("entered"), entered)
            return None
        if tidy.replaced:
            self._tell_replaced(line, row)
        return Person(
            line,
            tuple([number.strip() for number in numbers]),
            last,
            first,
            tidy[middle],
            tidy[school],
            tidy[grade],
            entered,
            username,
            self.columns.contacts_of(row) if self.columns.contacts else (),
            not status or status.strip().casefold() not in LEFT,
        )

    def tidy(self, text: str) -> str:
        """Return text from another table as inert as that of the rows."""
        return self._tidy[text]

    def may_be_student(self, row: Sequence[str]) -> bool:
        """Return whether any column of the row holds an ID of this district."""
        columns = (one for one in self.columns.candidates if one.index < len(row))
        return any(self._ids.fits(self._ids.plain(one.kind)(row[one.index].strip())) for one in columns)

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
