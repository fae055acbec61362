"""The search index in the records file, kept in step with the accounts by the same transaction.

`search_names` is an FTS5 table: row = row of the account, names = every word of the student's names, school
= one word for each school. `search_words` lists the distinct name words, and `search_stems` their beginnings.
To forgive typing mistakes, `search_keys` is an FTS5 table of each stem with letters left out (row = row of the stem);
to find what stands inside, `search_parts` is one of the rest of each word (row = row of the word).
"""

import json
import sqlite3
from collections.abc import Iterable

from wizard.records.folding import STEMS, folded, keys_of, parts_of, stems_of, words_of

TABLES = (
    # contentless: names are kept once, in the account. Prefix lists make the first letters cheap.
    "CREATE VIRTUAL TABLE search_names USING fts5 "
    "(names, school, content = '', columnsize = 0, detail = column, prefix = '1 2 3', tokenize = 'ascii')",
    "CREATE TABLE search_words (row INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE)",
    "CREATE TABLE search_stems (row INTEGER PRIMARY KEY, stem TEXT NOT NULL UNIQUE)",
    # lists of words under which rows are found: half the time and a third of the room of a row for each pair
    "CREATE VIRTUAL TABLE search_keys USING fts5 "
    "(keys, content = '', columnsize = 0, detail = none, tokenize = 'ascii')",
    "CREATE VIRTUAL TABLE search_parts USING fts5 "
    "(parts, content = '', columnsize = 0, detail = none, tokenize = 'ascii')",
)

INDEXED = ("search_names", "search_keys", "search_parts")
LISTED = ("search_words", "search_stems")

REBUILT = 20_000
"""Words prepared at a time while everything is indexed afresh."""

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
        for table in INDEXED:
            execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608 -- the names above
        for table in LISTED:
            execute(f"DELETE FROM {table}")  # noqa: S608 -- the names above
        rows = self._connection.cursor().execute("SELECT seq, doc FROM accounts")
        entries = ((row, entry) for row, text in rows if (entry := _entry(text)))
        self._many("INSERT INTO search_names (rowid, names, school) VALUES (?, ?, ?)", (_row(*one) for one in entries))
        while self.learn(REBUILT):
            pass

    def optimize(self) -> None:
        """Merge what many writes left in pieces; after an import, searching is then as fast as it gets."""
        for table in INDEXED:
            self._connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608

    def learn(self, limit: int) -> int:
        """Take in at most `limit` words that are in names but not yet prepared for mistakes; return how many."""
        execute = self._connection.execute
        execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms USING fts5vocab (main, search_names, col)")
        unknown = (
            "SELECT term FROM temp.search_terms "
            "WHERE col = 'names' AND term NOT IN (SELECT word FROM search_words) LIMIT ?"
        )
        words = [word for (word,) in execute(unknown, (limit,))]
        self._learn(words)
        if len(words) < limit:
            self.optimize()
        return len(words)

    def _learn(self, words: Iterable[str]) -> None:
        """Prepare words; those that are prepared already stay as they are."""
        new = self._added("search_words", "word", words)
        parts = ((row, " ".join(found)) for row, word in new if (found := parts_of(word)))
        self._many("INSERT INTO search_parts (rowid, parts) VALUES (?, ?)", parts)
        stems = self._added("search_stems", "stem", {stem for _, word in new for stem in stems_of(word)})
        keys = ((row, keys) for row, stem in stems if (keys := _keys(stem)))
        self._many("INSERT INTO search_keys (rowid, keys) VALUES (?, ?)", keys)

    def _added(self, table: str, column: str, texts: Iterable[str]) -> list[tuple[int, str]]:
        """Add to a list what is not there yet, and return that with its new rows."""
        execute = self._connection.execute
        (last,) = execute(f"SELECT coalesce(max(row), 0) FROM {table}").fetchone()  # noqa: S608 -- our own names
        self._many(f"INSERT OR IGNORE INTO {table} ({column}) VALUES (?)", ((text,) for text in sorted(texts)))  # noqa: S608
        return execute(f"SELECT row, {column} FROM {table} WHERE row > ?", (last,)).fetchall()  # noqa: S608

    def _many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        self._connection.executemany(statement, rows)

    def _forget(self, row: int, old: Entry, kept: frozenset[str]) -> None:
        self._connection.execute(
            "INSERT INTO search_names (search_names, rowid, names, school) VALUES ('delete', ?, ?, ?)", _row(row, old)
        )
        for word in old[0] - kept:
            if not self._used(word):
                self._drop("words", "word", word, "parts", " ".join(parts_of(word)))
                for stem in stems_of(word):
                    self._forget_stem(stem)

    def _used(self, word: str) -> bool:
        query = f'names : "{word}"'
        return self._one("SELECT 1 FROM search_names WHERE search_names MATCH ? LIMIT 1", query)

    def _forget_stem(self, stem: str) -> None:
        shared = len(stem) in STEMS  # other words may begin so; otherwise it was the whole word
        following = "SELECT 1 FROM search_words WHERE word >= ? AND word < ? LIMIT 1"
        if not (shared and self._one(following, stem, stem + LAST)):
            self._drop("stems", "stem", stem, "keys", _keys(stem))

    def _drop(self, listed: str, column: str, text: str, indexed: str, held: str) -> None:
        """Take a text out of its list, and what is held of it out of the index."""
        execute = self._connection.execute
        row = execute(f"SELECT row FROM search_{listed} WHERE {column} = ?", (text,)).fetchone()  # noqa: S608
        execute(f"DELETE FROM search_{listed} WHERE {column} = ?", (text,))  # noqa: S608
        if row and held:
            execute(
                f"INSERT INTO search_{indexed} (search_{indexed}, rowid, {indexed}) VALUES ('delete', ?, ?)",  # noqa: S608
                (*row, held),
            )

    def _one(self, statement: str, *values: str) -> bool:
        return self._connection.execute(statement, values).fetchone() is not None


def _keys(stem: str) -> str:
    return " ".join(sorted(keys_of(stem)))


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
