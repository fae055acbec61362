"""Many new accounts at once, as an import brings them: the rows that `put` would write, in a few statements.

A model and three statements for each of 52,000 students would hold everybody else up for many seconds. Names
are searchable in the same transaction; typing mistakes in words that were never seen before are forgiven once
`Index.learn` has been through them.
"""

from collections import Counter
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
from wizard.records.standing import NEWCOMER, Standing, microseconds
from wizard.records.storage import SqliteStorage

BATCH = 1000

PAGES_HELD = 32 << 10
"""KiB of pages held while many accounts are written, which 60,000 students need: a page that does not fit is written
early, and once one of those changes again, SQLite reads and sums up all that was written since."""

WORDS_HELD, USUAL_WORDS_HELD = 4 << 20, 1 << 20
"""Bytes of the search index held while many accounts are written, and otherwise (FTS5's own): the fewer pieces are
written, the fewer are read again and merged. FTS5 has had this setting from the beginning, and no page about it."""

_HOLE = "\N{WHITE SQUARE}"
_SOME_TIME = datetime.min.replace(tzinfo=UTC)
"""What stands where a value goes, while the form of a document is made."""


Columns = Sequence[Sequence[Any]]
"""Newcomers field by field: all the IDs, all the last names, and so on."""


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
            self._hold_words(WORDS_HELD)
            written = self._write(newcomers)
            self._hold_words(USUAL_WORDS_HELD)
            return written
        finally:
            self._storage.ask(f"PRAGMA cache_size = {usual}")

    def _hold_words(self, size: int) -> None:
        """Let the search index hold so many bytes before it writes a piece; this is part of the transaction, too."""
        self._storage.ask("INSERT INTO search_names (search_names, rank) VALUES ('hashsize', ?)", (size,))

    def _write(self, newcomers: Iterable[Newcomer]) -> int:
        coming, written, counts = iter(newcomers), 0, Counter[tuple[str, int | None]]()
        row = int(self._storage.ask("SELECT coalesce(max(seq), 0) FROM accounts").fetchone()[0])
        while batch := list(islice(coming, BATCH)):
            numbers = range(row + 1, row + 1 + len(batch))
            columns = list(zip(*batch, strict=True))
            ids, last, first, middle, school, _, entered, _, others = columns
            texts = self._texts.of(columns)
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
            moments = [*map(microseconds, entered)] if any(entered) else [None] * len(batch)
            self._storage.add_rows(NEWCOMER, 3, zip(numbers, school, moments, strict=True))
            counts.update(zip(school, moments, strict=True))
            row, written = row + len(batch), written + len(batch)
        Standing(self._storage.connection).count_newcomers(counts)
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
        for value, hole in ((inner, _HOLE), (f'["{_HOLE}"]', f"[{_HOLE}]"), (_text(_SOME_TIME), _HOLE)):
            whole = whole.replace(value, hole)
        self._guardian, self._account = inner.split(_HOLE), whole.split(_HOLE)
        self._moments = Moments()

    def of(self, columns: Columns) -> Iterator[str]:
        """Yield a document for each newcomer; the same as `one.account.model_dump_json()`."""
        *known, entered, told, schools = self._in_document(columns)
        moments = map(self._moments.__getitem__, entered) if any(entered) else _text(None)
        return _filled(self._account, *known, moments, schools, told)

    def agreeing(self, texts: Sequence[str], columns: Columns) -> Iterator[bool]:
        """Yield whether each account, as text, says just this of an active student and the guardians; entered anytime.

        Whatever else it holds stands between. None of it can be taken for something else: inside a text, a
        quotation mark is written with a backslash.
        """
        *known, _, told, schools = self._in_document(columns)
        begins = _filled(self._account[: len(known) + 1], *known)
        goes_on = _filled([self._account[len(known) + 1], f"]{STUDENT_ENDS}"], schools)
        ends = _filled([guardians.BEGIN, self._account[-1]], told)
        compared = zip(texts, begins, goes_on, ends, strict=False)
        return (
            text.startswith(begin) and text.endswith(end) and middle in text for text, begin, middle, end in compared
        )

    def _in_document(self, columns: Columns) -> list[Any]:
        """Return the columns as they stand in documents; a text where it is the same in all of them."""
        *known, entered, guardians, others = columns
        told = self._told(guardians) if any(guardians) else ""
        schools = (",".join(map(encode_basestring, of_one)) for of_one in others) if any(others) else ""
        return [*map(_quotable, known), entered, told, schools]

    def _told(self, guardians: Sequence[Sequence[tuple[str, str, str]]]) -> Iterator[str]:
        texts = _filled(self._guardian, *map(_quotable, zip(*chain.from_iterable(guardians), strict=True)))
        return (next(texts) if len(of_one) == 1 else ",".join(islice(texts, len(of_one))) for of_one in guardians)


class Moments(dict[datetime | None, str]):
    """Moment -> as it stands in a document."""

    def __missing__(self, moment: datetime | None) -> str:
        text = self[moment] = _text(moment)
        return text


def _quotable(texts: Sequence[str]) -> Iterable[str]:
    """Return texts as JSON writes them between quotation marks: nearly always as they are."""
    whole = "".join(texts)
    if whole.isprintable() and '"' not in whole and "\\" not in whole:
        return texts
    return (encode_basestring(text)[1:-1] for text in texts)


def _filled(around: Sequence[str], *values: Iterable[str]) -> Iterator[str]:
    """Yield documents with a value of each column in the holes; a column that is a text is the same in all."""
    before, columns = around[0], list[Iterable[str]]()
    for value, after in zip(values, around[1:], strict=True):
        if isinstance(value, str):
            before += value + after
        else:
            columns += (repeat(before), value)
            before = after
    return map("".join, zip(*columns, repeat(before), strict=False))


def _text(moment: datetime | None) -> str:
    return to_json(moment).decode()
