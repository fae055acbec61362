"""The journal: who did what to which student's record, when, and with what result; never a secret.

It is append-only (SQLite triggers refuse everything else) and chained: every line carries the hash of the
line before it, so a line that was changed, removed or slipped in is found by `broken`.
"""

import hashlib
from collections import Counter
from collections.abc import Container, Iterator
from datetime import datetime

from pydantic_core import from_json
from tinydb import where
from tinydb.table import Document

from flows.model import Frozen
from wizard.records.table import DocumentTable

START = "0" * 64
"""What the first line carries in place of a hash before it."""


HASH = ',"hash":"'
"""What stands before the hash at the end of a line's text."""

ANSWERED = '"what":"answered"'
"""What stands in every line about an answer, and hardly in another."""


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
        number, before = self.head()
        content = f'{line.model_dump_json()[:-1]},"before":"{before}"'
        self.table.storage.add("journal", number + 1, f'{content}{HASH}{chained(number + 1, content)}"}}')
        return number + 1

    def count(self) -> int:
        """Return how many lines there are."""
        return self.table.storage.highest("journal")

    def of_case(self, case: str) -> tuple[JournalLine, ...]:
        """Return the lines of one call, oldest first."""
        return tuple(map(_line, self.table.search(where("case") == case)))

    def of_student(self, student_id: str) -> tuple[JournalLine, ...]:
        """Return the lines about one student, oldest first."""
        return tuple(map(_line, self.table.search(where("student") == student_id)))

    def endings_about(self, student_id: str) -> tuple[JournalLine, ...]:
        """Return the lines that closed a call about one student, oldest first."""
        about = (where("student") == student_id) & (where("what") == "closed")
        return tuple(map(_line, self.table.search(about)))

    def given_anew(
        self, since: datetime | None = None, until: datetime | None = None, calls: Container[str] | None = None
    ) -> Counter[str]:
        """Return how often an answer to each step was given a second time, or a third, in the same call.

        Of lines written from `since` on and before `until`, in certain calls only when they are named.
        """
        given: Counter[tuple[str, str]] = Counter()
        for _, text in self.table.storage.scan("journal", "WHERE instr(doc, ?)", (ANSWERED,)):
            line = from_json(text)
            if line["what"] == "answered" and _within(line["at"], since, until):
                if calls is not None and line["case"] not in calls:
                    continue
                given[line["case"], line["result"].partition(" ")[0]] += 1
        anew: Counter[str] = Counter()
        for (_, step), times in given.items():
            anew[step] += times - 1
        return +anew

    def all(self) -> Iterator[JournalLine]:
        """Yield every line, oldest first, holding a few at a time."""
        return map(_line, self.table)

    def head(self) -> tuple[int, str]:
        """Return the number and the hash of the last line; keep them elsewhere to notice a cut-off end."""
        last = self.table.storage.last("journal")
        return (int(last[0]), _parts(last[1])[1]) if last else (0, START)

    def broken(self) -> int | None:
        """Return the number of the first line that is not what was written; None when all are."""
        before, expected = START, 1
        for number, text in self.table.texts():
            content, found = _parts(text)
            linked = number == expected and content.endswith(f'"before":"{before}"')
            if not linked or found != chained(expected, content):
                return expected
            before, expected = found, expected + 1
        return None


def _within(at: str, since: datetime | None, until: datetime | None) -> bool:
    if since is None and until is None:
        return True
    moment = datetime.fromisoformat(at)
    return (since is None or moment >= since) and (until is None or moment < until)


def chained(number: int, content: str) -> str:
    """Return the hash that line `number` must carry: of its text up to the hash itself."""
    return hashlib.sha256(f"{number}:{content}".encode(errors="surrogatepass")).hexdigest()


def _parts(text: str) -> tuple[str, str]:
    content, _, found = str(text).rpartition(HASH)
    return content, found[:-2]


def _line(document: Document) -> JournalLine:
    return JournalLine.model_validate({key: document[key] for key in JournalLine.model_fields})
