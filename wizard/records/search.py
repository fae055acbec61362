"""Finding students by what was typed: an ID or username, or names in any order and spelling.

Everything is answered from the records file; nothing is held in memory between two searches.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from wizard.accounts import Student
from wizard.records import numbers
from wizard.records.byname import NameSearch
from wizard.records.folding import folded
from wizard.records.storage import SqliteStorage

LONGEST = 100
"""How much of what was typed is looked at: a paste of a whole page finds nothing, quickly."""


class Search:
    """One search at a time over one connection."""

    def __init__(self, storage: SqliteStorage) -> None:
        """Search through `storage`, inside whatever transaction is open."""
        self._storage = storage
        self._names = NameSearch(storage)

    def find(self, typed: str, limit: int = 50, school: str | None = None) -> tuple[Student, ...]:
        """Return the students who fit, best first."""
        text = typed[:LONGEST]
        found = {student.id: student for student in self._by_number(text, limit, school)}
        words = [word for word in folded(text).split() if not any(letter.isdecimal() for letter in word)]
        if words and len(found) < limit:
            for student in self._names.find(words[:6], limit, school):
                found.setdefault(student.id, student)
        return tuple(found.values())[:limit]

    def _by_number(self, text: str, limit: int, school: str | None) -> list[Student]:
        forms = numbers.readings(text) or list(chain.from_iterable(map(numbers.readings, text.split())))
        for attempt in (self._exactly, self._beginning, self._nearly):
            students = [one for one in attempt(forms, limit) if school is None or school in one.schools]
            if students:
                return students
        return []

    def _exactly(self, forms: Sequence[str], limit: int) -> list[Student]:
        return self._with_ids([zeros + form for form in forms for zeros in ("", "0", "00")])

    def _beginning(self, forms: Sequence[str], limit: int) -> list[Student]:
        found: list[Student] = []
        for start in chain.from_iterable((form, "0" + form) for form in forms):
            where = "WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
            found += self._students(where, (start, start + ":", limit))  # `:` follows 9
        return found[:limit]

    def _nearly(self, forms: Sequence[str], limit: int) -> list[Student]:
        long_enough = (form for form in forms if len(form) >= numbers.SHORTEST)
        return self._with_ids(chain.from_iterable(map(numbers.nearly, long_enough)))[:limit]

    def _with_ids(self, ids: Iterable[str]) -> list[Student]:
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return []
        found = self._students("WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(wanted),))
        return sorted(found, key=lambda student: wanted.index(student.id))

    def _students(self, where: str, values: tuple[Any, ...]) -> list[Student]:
        sql = "SELECT json_extract(doc, '$.student') FROM accounts " + where  # noqa: S608 -- only our own conditions
        rows = self._storage.ask(sql, values)
        return [Student.model_validate_json(text) for (text,) in rows]
