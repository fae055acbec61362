"""The search index in the records file, kept in step with the accounts by the same transaction.

`search_names` is an FTS5 table: row = row of the account, names = every word of the student's names, school
= one word for each school. `search_words` lists the distinct name words, and `search_keys` leads from
a beginning with letters left out to the beginnings of words, to forgive typing mistakes; `search_parts` leads
from the rest of a word to the word, to find what stands inside.
"""

import json
import sqlite3
from collections.abc import Iterable

from wizard.records.folding import STEMS, folded, keys_of, parts_of, stems_of, words_of

TABLES = (
    # contentless: names are kept once, in the account. Prefix lists make the first letters cheap.
    "CREATE VIRTUAL TABLE search_names USING fts5 "
    "(names, school, content = '', columnsize = 0, detail = column, prefix = '1 2 3', tokenize = 'ascii')",
    "CREATE TABLE search_words (word TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TABLE search_keys (key TEXT, stem TEXT, PRIMARY KEY (key, stem)) WITHOUT ROWID",
    "CREATE TABLE search_parts (part TEXT, word TEXT, PRIMARY KEY (part, word)) WITHOUT ROWID",
)

LAST = "\U0010ffff"
"""Sorts behind every letter: `word >= x AND word < x + LAST` are the words that begin with x."""

STUDENT_BEGINS, STUDENT_ENDS = '{"student":{', '},"generation":'
"""How the text of an account begins, and what follows the student in it."""

Entry = tuple[frozenset[str], str]
"""What is indexed of one account: its words and its schools' words."""


class Index:
    """Writes the search tables over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Write over `connection`, inside whatever transaction is open."""
        self._connection = connection

    def changed(self, row: int, before: str | None, after: str | None) -> None:
        """Follow one account from its text before to its text after (None: not there)."""
        if before is not None and after is not None and _same_student(before, after):
            return
        old, new = _entry(before), _entry(after)
        if old == new:
            return
        if old is not None:
            self._forget(row, old, new[0] if new else frozenset())
        if new is not None:
            self._connection.execute("INSERT INTO search_names (rowid, names, school) VALUES (?, ?, ?)", _row(row, new))
            self._learn(new[0])

    def rebuild(self) -> None:
        """Index every account afresh."""
        execute = self._connection.execute
        execute("INSERT INTO search_names (search_names) VALUES ('delete-all')")
        for table in ("search_words", "search_keys", "search_parts"):
            execute(f"DELETE FROM {table}")  # noqa: S608 -- the names above
        for row, text in self._connection.cursor().execute("SELECT seq, doc FROM accounts"):
            self.changed(row, None, text)
        self.optimize()

    def optimize(self) -> None:
        """Merge what many writes left in pieces; after an import, searching is then as fast as it gets."""
        self._connection.execute("INSERT INTO search_names (search_names) VALUES ('optimize')")

    def learn(self, limit: int) -> int:
        """Take in at most `limit` words that are in names but not yet prepared for mistakes; return how many."""
        execute = self._connection.execute
        execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms USING fts5vocab (main, search_names, col)")
        unknown = (
            "SELECT term FROM temp.search_terms "
            "WHERE col = 'names' AND term NOT IN (SELECT word FROM search_words) LIMIT ?"
        )
        words = [word for (word,) in execute(unknown, (limit,))]
        stems = {stem for word in words for stem in stems_of(word)}
        self._many("INSERT INTO search_words VALUES (?)", ((word,) for word in words))
        # stem by stem in order: what is written together then lies together, which is twice as fast
        keys = ((key, stem) for stem in sorted(stems) for key in keys_of(stem))
        self._many("INSERT OR IGNORE INTO search_keys VALUES (?, ?)", keys)
        parts = sorted((part, word) for word in words for part in parts_of(word))
        self._many("INSERT OR IGNORE INTO search_parts VALUES (?, ?)", parts)
        if len(words) < limit:
            self.optimize()
        return len(words)

    def _many(self, statement: str, rows: Iterable[tuple[str, ...]]) -> None:
        self._connection.executemany(statement, rows)

    def _learn(self, words: Iterable[str]) -> None:
        for word in words:
            if self._connection.execute("INSERT OR IGNORE INTO search_words VALUES (?)", (word,)).rowcount:
                keys = [(key, stem) for stem in stems_of(word) for key in keys_of(stem)]
                self._connection.executemany("INSERT OR IGNORE INTO search_keys VALUES (?, ?)", keys)
                parts = [(part, word) for part in parts_of(word)]
                self._connection.executemany("INSERT INTO search_parts VALUES (?, ?)", parts)

    def _forget(self, row: int, old: Entry, kept: frozenset[str]) -> None:
        self._connection.execute(
            "INSERT INTO search_names (search_names, rowid, names, school) VALUES ('delete', ?, ?, ?)", _row(row, old)
        )
        for word in old[0] - kept:
            if not self._used(word):
                self._connection.execute("DELETE FROM search_words WHERE word = ?", (word,))
                parts = [(part, word) for part in parts_of(word)]
                self._connection.executemany("DELETE FROM search_parts WHERE part = ? AND word = ?", parts)
                for stem in stems_of(word):
                    self._forget_stem(stem)

    def _used(self, word: str) -> bool:
        query = f'names : "{word}"'
        return self._one("SELECT 1 FROM search_names WHERE search_names MATCH ? LIMIT 1", query)

    def _forget_stem(self, stem: str) -> None:
        shared = len(stem) in STEMS  # other words may begin so; otherwise it was the whole word
        following = "SELECT 1 FROM search_words WHERE word >= ? AND word < ? LIMIT 1"
        if not (shared and self._one(following, stem, stem + LAST)):
            keys = [(key, stem) for key in keys_of(stem)]
            self._connection.executemany("DELETE FROM search_keys WHERE key = ? AND stem = ?", keys)

    def _one(self, statement: str, *values: str) -> bool:
        return self._connection.execute(statement, values).fetchone() is not None


def school_word(school: str) -> str:
    """Return a school's name as one word."""
    return folded(school).replace(" ", "")


def _same_student(before: str, after: str) -> bool:
    """Tell at a glance that the student was not touched, as in nearly every change of an account.

    The student is what an account's text begins with. What ends it cannot stand inside a text of it, where a
    quotation mark is written with a backslash.
    """
    end = before.find(STUDENT_ENDS)
    return end > 0 and before.startswith(STUDENT_BEGINS) and after.startswith(before[: end + len(STUDENT_ENDS)])


def _entry(text: str | None) -> Entry | None:
    if text is None:
        return None
    student = json.loads(text)["student"]
    schools = (student["school"], *student.get("other_schools", ()))
    return words_of(student["first"], student["middle"], student["last"]), " ".join(map(school_word, schools))


def _row(row: int, entry: Entry) -> tuple[int, str, str]:
    return row, " ".join(sorted(entry[0])), entry[1]
