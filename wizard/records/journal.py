"""The journal: who did what to which student's record, when, and with what result; never a secret.

It is append-only (SQLite triggers refuse everything else) and chained: every line carries the hash of the
line before it, so a line that was changed, removed or slipped in is found by `broken`.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tinydb import where
from tinydb.table import Document

from flows.model import Frozen
from wizard.records.storage import to_text
from wizard.records.table import DocumentTable

START = "0" * 64
"""What the first line carries in place of a hash before it."""


class JournalLine(Frozen):
    """One thing that happened."""

    at: datetime
    """Aware UTC."""
    agent: str
    what: str
    """A kebab-case name: `claim`, `reset`, `ticket-draft`, `view`, ..."""
    case: str = ""
    student: str = ""
    """The student ID."""
    result: str = ""
    detail: str = ""


class Journal:
    """The chained lines, numbered from 1."""

    def __init__(self, table: DocumentTable) -> None:
        """Wrap the journal's table."""
        self.table = table

    def append(self, line: JournalLine) -> int:
        """Add one line at the end and return its number."""
        last = self.table.storage.highest("journal")
        before = self._hash_of(last)
        document = {**line.model_dump(mode="json"), "before": before}
        document["hash"] = chained(last + 1, document)
        self.table.put_text(last + 1, to_text(document))
        return last + 1

    def count(self) -> int:
        """Return how many lines there are."""
        return self.table.storage.highest("journal")

    def of_case(self, case: str) -> tuple[JournalLine, ...]:
        """Return the lines of one call, oldest first."""
        return tuple(map(_line, self.table.search(where("case") == case)))

    def of_student(self, student_id: str) -> tuple[JournalLine, ...]:
        """Return the lines about one student, oldest first."""
        return tuple(map(_line, self.table.search(where("student") == student_id)))

    def all(self) -> Iterator[JournalLine]:
        """Yield every line, oldest first, holding a few at a time."""
        return map(_line, self.table)

    def head(self) -> tuple[int, str]:
        """Return the number and the hash of the last line; keep them elsewhere to notice a cut-off end."""
        last = self.table.storage.highest("journal")
        return last, self._hash_of(last)

    def broken(self) -> int | None:
        """Return the number of the first line that is not what was written; None when all are."""
        before, expected = START, 1
        for document in self.table:
            linked = document.doc_id == expected and document.get("before") == before
            if not linked or document.get("hash") != chained(expected, document):
                return expected
            before, expected = document["hash"], expected + 1
        return None

    def _hash_of(self, number: int) -> str:
        text = self.table.text(number) if number else None
        return START if text is None else str(json.loads(text)["hash"])


def chained(number: int, document: dict[str, Any]) -> str:
    """Return the hash that line `number` must carry."""
    content = {key: value for key, value in document.items() if key != "hash"}
    text = json.dumps([number, content], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _line(document: Document) -> JournalLine:
    return JournalLine.model_validate({key: document[key] for key in JournalLine.model_fields})
