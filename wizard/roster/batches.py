"""Rows without any trouble, a hundred at a time and column by column: a third of the time of row by row.

Whatever needs a word to a person is left to `PeopleReader.person`; a test holds the two together.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import TypeVar

from wizard.roster.columns import Columns
from wizard.roster.contacts import Contact
from wizard.roster.many import made
from wizard.roster.moments import Moments
from wizard.roster.person import LEFT, NAME_LIMIT, Person, Tidy
from wizard.roster.sheet import Row

BATCH = 100
FEW = 6
"""Rows that are not worth parting further."""

Value = TypeVar("Value")


class Batches:
    """Turns many rows into people, or none of them."""

    def __init__(self, columns: Columns, tidy: Tidy, moments: Moments) -> None:
        """Read rows whose values stand as `columns` says."""
        self._columns, self._tidy, self._moments = columns, tidy, moments
        self._width = {len(columns.header)}

    def parts(self, rows: Sequence[Row]) -> Iterator[tuple[Sequence[Row], list[Person] | None]]:
        """Yield these rows in parts, with their people; around a row that needs a closer look, the parts are small."""
        people = self.people(rows)
        half = len(rows) // 2
        if people is not None or half < FEW:
            yield rows, people
            return
        yield from self.parts(rows[:half])
        yield from self.parts(rows[half:])

    def people(self, rows: Sequence[Row]) -> list[Person] | None:
        """Return the people of these rows, one each; None when any row needs a closer look."""
        lines, cells = zip(*rows, strict=True)
        if set(map(len, cells)) != self._width:
            return None
        columns: list[tuple[str, ...]] = list(zip(*cells, strict=True))
        last, first = self._tidied("last", columns), self._tidied("first", columns)
        entered = self._looked_up("entered", columns, self._moments)
        if self._needs_a_look(columns, last, first) or any(isinstance(moment, str) for moment in entered):
            return None
        username = self._columns.username
        values = (
            lines,
            zip(*(map(str.strip, columns[one.index]) for one in self._columns.candidates), strict=True),
            last,
            first,
            *(self._tidied(name, columns) or repeat("") for name in ("middle", "school", "grade")),
            entered or repeat(None),
            columns[username] if username >= 0 else repeat(""),
            self._contacts(columns) if self._columns.contacts else repeat(()),
            repeat(True),
            repeat(False),
            repeat(()),
        )
        return list(made(Person, zip(*values, strict=False)))

    def _tidied(self, name: str, columns: Sequence[tuple[str, ...]]) -> list[str]:
        return self._looked_up(name, columns, self._tidy)

    def _looked_up(self, name: str, columns: Sequence[tuple[str, ...]], values: Mapping[str, Value]) -> list[Value]:
        """Return a column's values; none when there is no such column."""
        index = self._columns.of.get(name)
        return [] if index is None else list(map(values.__getitem__, columns[index]))

    def _needs_a_look(self, columns: Sequence[tuple[str, ...]], last: list[str], first: list[str]) -> bool:
        if "" in last or "" in first or max(map(len, last)) > NAME_LIMIT or max(map(len, first)) > NAME_LIMIT:
            return True
        if self._columns.named("last") in last:  # the header once more
            return True
        status = self._columns.of.get("status")
        if status is not None and any(text.strip().casefold() in LEFT for text in set(columns[status])):
            return True
        replaced = self._tidy.replaced
        return bool(replaced) and any(
            not replaced.isdisjoint(columns[index]) for name, index in self._columns.of.items() if name != "entered"
        )

    def _contacts(self, columns: Sequence[tuple[str, ...]]) -> list[tuple[Contact, ...]]:
        of_each = [one.contacts(columns) for one in self._columns.contacts]
        if all(map(all, of_each)):
            return list(zip(*of_each, strict=True))  # nobody lacks one
        return [tuple(filter(None, found)) for found in zip(*of_each, strict=True)]
