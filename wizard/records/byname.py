"""Finding students by their names: any part, any order, mistakes forgiven, best matches first.

Whole words come first, then beginnings of words, neighbors typed as one, words with typing mistakes, and
last what stands inside a word. Each is one FTS5 query, asked only while there is room for more.
"""

import json
from collections.abc import Iterator, Sequence

from wizard.accounts import Student
from wizard.records.folding import folded, joined_neighbors, mistakes, words_of
from wizard.records.index import school_word
from wizard.records.similar import Similar, cost_of, start, whole
from wizard.records.storage import SqliteStorage

Terms = Sequence[str]
"""FTS5 terms that may stand for one typed word."""


class NameSearch:
    """Names, one search at a time over one connection."""

    def __init__(self, storage: SqliteStorage) -> None:
        """Search through `storage`, inside whatever transaction is open."""
        self._storage = storage
        self._similar = Similar(storage)

    def find(self, words: Sequence[str], limit: int, school: str | None = None) -> list[Student]:
        """Return the students whose names fit these folded words, best first."""
        found: dict[int, Student] = {}
        for terms in self._attempts(words):
            found.update(self._matching(terms, limit, school))
            if len(found) >= limit:
                break
        return sorted(found.values(), key=lambda student: _rank(words, student))[:limit]

    def _attempts(self, words: Sequence[str]) -> Iterator[list[Terms]]:
        yield [[whole(word)] for word in words]
        yield [[start(word)] for word in words]
        for joined in joined_neighbors(words):
            yield [[start(word)] for word in joined]
        for forgiven in range(1, max(map(mistakes, words)) + 1):
            near = [self._similar.to(word, forgiven) for word in words]
            if any(near):
                yield [[start(word), *others] for word, others in zip(words, near, strict=True)]
        inside = [self._similar.containing(word) for word in words]
        if any(inside):
            yield [[start(word), *others] for word, others in zip(words, inside, strict=True)]

    def _matching(self, terms: Sequence[Terms], limit: int, school: str | None) -> dict[int, Student]:
        query = "names : (" + " AND ".join("(" + " OR ".join(either) + ")" for either in terms) + ")"
        if school is not None:
            query += f' AND school : "{school_word(school)}"'
        sql = "SELECT rowid FROM search_names WHERE search_names MATCH ? LIMIT ?"
        rows = [row for (row,) in self._storage.ask(sql, (query, limit))]
        sql = "SELECT seq, json_extract(doc, '$.student') FROM {} WHERE seq IN (SELECT value FROM json_each(?))"
        found = self._storage.run(sql, "accounts", (json.dumps(rows),))
        return {row: Student.model_validate_json(text) for row, text in found}


def _rank(words: Sequence[str], student: Student) -> tuple[float, bool, str, str, str]:
    last, first = words_of(student.last), words_of(student.first, student.middle)
    cost = sum(min(_cost(word, last), _cost(word, first) + 0.1) for word in words)
    return cost, not student.active, folded(student.last), folded(student.first), student.id


def _cost(typed: str, words: frozenset[str]) -> float:
    return min((cost_of(typed, word) for word in words), default=9)
