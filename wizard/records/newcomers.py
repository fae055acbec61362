"""Many new accounts at once, as an import brings them: the rows that `put` would write, in a few statements.

A model and three statements for each of 52,000 students would hold everybody else up for many seconds. Names
are searchable in the same transaction; typing mistakes in words that were never seen before are forgiven once
`Index.learn` has been through them.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, islice, repeat
from json.encoder import encode_basestring
from typing import Any, NamedTuple

from pydantic_core import to_json

from wizard.accounts import Account, Guardian, Student
from wizard.records import guardians
from wizard.records.folding import words_of
from wizard.records.index import STUDENT_ENDS, school_word
from wizard.records.standing import NEWCOMER, microseconds
from wizard.records.storage import SqliteStorage

BATCH = 1000

PAGES_HELD = 16 << 10
"""KiB of pages held while many accounts are written: a smaller cache writes the same pages again and again."""

_HOLE = "\N{WHITE SQUARE}"
_QUOTED_HOLE = f'"{_HOLE}"'
_SOME_TIME = datetime.min.replace(tzinfo=UTC)
"""What stands where a value goes, while the form of a document is made."""


class Newcomer(NamedTuple):
    """A student without an account yet; text must be inert already."""

    id: str
    last: str
    first: str
    middle: str
    school: str
    grade: str
    entered_at: datetime | None
    guardians: Sequence[tuple[str, str, str]] = ()
    """Name, relation and phone of each."""
    other_schools: tuple[str, ...] = ()

    @property
    def account(self) -> Account:
        """Return the same as a value."""
        guardians = tuple(
            Guardian(name=name, relation=relation, phone=phone) for name, relation, phone in self.guardians
        )
        values = dict(zip(self._fields[:7], self, strict=False), other_schools=self.other_schools)
        return Account(student=Student(**values), guardians=guardians)


class Writer:
    """Writes newcomers over one connection."""

    def __init__(self, storage: SqliteStorage) -> None:
        """Write over `storage`, inside whatever transaction is open."""
        self._storage = storage
        self._names, self._schools = Names(), Schools()
        self._texts = Texts()

    def write(self, newcomers: Iterable[Newcomer]) -> int:
        """Write accounts whose IDs are not there yet, and return how many."""
        (usual,) = self._storage.ask("PRAGMA cache_size").fetchone()
        self._storage.ask(f"PRAGMA cache_size = -{PAGES_HELD}")
        try:
            return self._write(newcomers)
        finally:
            self._storage.ask(f"PRAGMA cache_size = {usual}")

    def _write(self, newcomers: Iterable[Newcomer]) -> int:
        coming, written = iter(newcomers), 0
        row = int(self._storage.ask("SELECT coalesce(max(seq), 0) FROM accounts").fetchone()[0])
        while batch := list(islice(coming, BATCH)):
            numbers = range(row + 1, row + 1 + len(batch))
            ids, last, first, middle, school, _, entered, _, others = zip(*batch, strict=True)
            texts = self._texts.of(batch)
            self._storage.add_rows("accounts (seq, id, doc)", 3, zip(numbers, ids, texts, strict=True))
            words = map(
                " ".join, zip(*(map(self._names.__getitem__, names) for names in (first, middle, last)), strict=True)
            )
            schools = map(self._schools.__getitem__, school)
            if any(others):
                schools = map(" ".join, zip(schools, map(self._words_of, others), strict=True))
            self._storage.ask_many(
                "INSERT INTO search_names (rowid, names, school) VALUES (?, ?, ?)",
                zip(numbers, words, schools, strict=True),
            )
            moments = map(microseconds, entered) if any(entered) else repeat(None)
            self._storage.add_rows(NEWCOMER, 3, zip(numbers, school, moments, strict=False))
            row, written = row + len(batch), written + len(batch)
        return written

    def _words_of(self, schools: Iterable[str]) -> str:
        return " ".join(map(self._schools.__getitem__, schools))


class Names(dict[str, str]):
    """Name -> the words it is found under, each name looked at once."""

    def __missing__(self, name: str) -> str:
        plain = name.lower() if name.isascii() and name.isalpha() else " ".join(words_of(name))
        words = self[name] = plain
        return words


class Schools(dict[str, str]):
    """School -> the word it is found under."""

    def __missing__(self, school: str) -> str:
        word = self[school] = school_word(school)
        return word


class Texts:
    """Documents of new accounts as JSON text: what pydantic writes for them, with the values put in."""

    def __init__(self) -> None:
        texts: dict[str, Any] = dict.fromkeys(Newcomer._fields[:6], _HOLE)
        student = Student(**texts, entered_at=_SOME_TIME, other_schools=(_HOLE,))
        guardian = Guardian(name=_HOLE, relation=_HOLE, phone=_HOLE)
        whole, inner = Account(student=student, guardians=(guardian,)).model_dump_json(), guardian.model_dump_json()
        self._guardian = _around_holes(inner)
        self._account = _around_holes(whole.replace(_text(_SOME_TIME), _QUOTED_HOLE).replace(inner, _QUOTED_HOLE))
        self._moments, self._quoted = Moments(), Quoted()

    def of(self, batch: Sequence[Newcomer]) -> Iterator[str]:
        """Yield a document for each; the same as `one.account.model_dump_json()`."""
        *known, entered, told, schools = self._columns(batch)
        moments = map(self._moments.__getitem__, entered)
        return _filled(self._account, *known, moments, schools, told)

    def agreeing(self, texts: Sequence[str], batch: Sequence[Newcomer]) -> Iterator[bool]:
        """Yield whether each account, as text, says just this of an active student and the guardians; entered anytime.

        Whatever else it holds stands between. None of it can be taken for something else: inside a text, a
        quotation mark is written with a backslash.
        """
        *known, _, told, schools = self._columns(batch)
        begins = _filled(self._account[: len(known) + 1], *known)
        goes_on = _filled([self._account[len(known) + 1], f"]{STUDENT_ENDS}"], schools)
        ends = _filled([guardians.BEGIN, self._account[-1]], told)
        columns = zip(texts, begins, goes_on, ends, strict=False)
        return (
            text.startswith(begin) and text.endswith(end) and middle in text for text, begin, middle, end in columns
        )

    def _columns(self, batch: Sequence[Newcomer]) -> list[Iterable[Any]]:
        ids, *names, entered, guardians, others = zip(*batch, strict=True)
        known = [map(self._quoted.__getitem__, column) for column in names]
        told: Iterable[str] = self._told(guardians) if any(guardians) else repeat("")
        schools: Iterable[str] = map(self._listed, others) if any(others) else repeat("")
        return [map(encode_basestring, ids), *known, entered, told, schools]

    def _listed(self, schools: Sequence[str]) -> str:
        return ",".join(map(self._quoted.__getitem__, schools))

    def _told(self, guardians: Sequence[Sequence[tuple[str, str, str]]]) -> Iterator[str]:
        names, relations, phones = zip(*chain.from_iterable(guardians), strict=True)
        quoted = (
            map(encode_basestring, names),
            map(self._quoted.__getitem__, relations),
            map(encode_basestring, phones),
        )
        texts = _filled(self._guardian, *quoted)
        return (",".join(islice(texts, len(of_one))) for of_one in guardians)


class Quoted(dict[str, str]):
    """Text that many share -> as it stands in a document."""

    def __missing__(self, text: str) -> str:
        quoted = self[text] = encode_basestring(text)
        return quoted


class Moments(dict[datetime | None, str]):
    """Moment -> as it stands in a document."""

    def __missing__(self, moment: datetime | None) -> str:
        text = self[moment] = _text(moment)
        return text


def _around_holes(document: str) -> list[str]:
    """Return what stands in a document before, between and behind its holes."""
    return document.split(_QUOTED_HOLE)


def _filled(around: Sequence[str], *values: Iterable[str]) -> Iterator[str]:
    """Yield documents with a value of each column in the holes."""
    columns = chain.from_iterable(zip(map(repeat, around), values, strict=False))
    return map("".join, zip(*columns, repeat(around[-1]), strict=False))


def _text(moment: datetime | None) -> str:
    return to_json(moment).decode()
