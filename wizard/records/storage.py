"""A TinyDB storage over one SQLite file: one row for each document, one SQLite table for each TinyDB table.

`read` and `write` are TinyDB's documented interface (everything in, everything out) and are kept for tools
that know nothing better; `wizard.records.table` uses the point operations below. Documents are stored as
JSON text, so any SQLite browser shows them.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any

from tinydb.storages import Storage

from wizard.records.errors import explained, in_words

Id = int | str

PLAIN = re.compile(r"(?!sqlite_|search|x_)[a-z_][a-z0-9_]*")
"""Table names that SQLite takes as they are; others are kept under `x_` and their hexadecimal form."""

PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # readers see a snapshot and never wait for the writer
    "PRAGMA synchronous = FULL",  # saved means on the disk
    "PRAGMA fullfsync = ON",  # macOS: through the drive's own cache as well
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA journal_size_limit = 16777216",  # give the space back after a large import
)


def sql_name(table: str) -> str:
    """Return the name of the SQLite table that holds this TinyDB table."""
    return table if PLAIN.fullmatch(table) else "x_" + table.encode().hex()


def table_name(sql: str) -> str | None:
    """Return the TinyDB table that this SQLite table holds; None when it holds none."""
    if sql.startswith("x_"):
        return bytes.fromhex(sql[2:]).decode()
    return sql if PLAIN.fullmatch(sql) else None


def to_text(document: Mapping[str, Any]) -> str:
    """Return a document as JSON text. Raises TypeError or ValueError for what JSON cannot hold (NaN included)."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # a lone surrogate has no UTF-8 form; JSON can spell it
        return json.dumps(document, allow_nan=False, separators=(",", ":"))
    return text


class SqliteStorage(Storage):
    """One SQLite connection; not for two threads at the same moment."""

    def __init__(self, path: Path | str = ":memory:", *, patience: float = 2.0) -> None:
        """Open (or make) the file; `patience`: how many seconds to wait for another program's lock."""
        self.path = str(path)
        self._known: set[str] = set()
        self._statements: dict[tuple[str, str], str] = {}
        with in_words(self.path):
            self.connection = connect(path, patience)

    def close(self) -> None:
        """Close the connection; closing twice does nothing."""
        self.connection.close()

    @contextmanager
    def transaction(self, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
        """All or nothing: commit at the end, roll back on any exception; inside another one, join it."""
        if self.connection.in_transaction:
            yield
            return
        self.ask(begin)
        try:
            with in_words(self.path):
                yield
            self.ask("COMMIT")
        except BaseException:
            self.roll_back()
            raise

    def roll_back(self) -> None:
        """Undo everything since the transaction began; nothing happens when there is none."""
        self._known.clear()  # a table made in this transaction is gone again
        if self.connection.in_transaction:  # SQLite itself rolls back when the disk is full
            self.connection.execute("ROLLBACK")

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Return everything, as TinyDB documents it; None when there is no table."""
        with self.transaction("BEGIN"):
            tables = {name: {str(key): json.loads(text) for key, text in self.scan(name)} for name in self.names()}
        return tables or None

    def write(self, data: Mapping[str, Mapping[Any, Mapping[str, Any]]]) -> None:
        """Replace everything, as TinyDB documents it. Ids become text unless they are whole numbers."""
        with self.transaction():
            for name in self.names():
                self.drop(name)
            for name, documents in data.items():
                self.make(name)
                for key, document in documents.items():
                    self.put(name, int(key) if str(key).isdecimal() else key, to_text(document))

    def names(self) -> set[str]:
        """Return the names of the tables that exist."""
        rows = self.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name for (sql,) in rows if (name := table_name(sql)) is not None}

    def exists(self, table: str) -> bool:
        """Tell whether the table was ever written to."""
        if table in self._known:
            return True
        found = self.connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (sql_name(table),)
        ).fetchone()
        if found:
            self._known.add(table)
        return bool(found)

    def make(self, table: str) -> None:
        """Make the table unless it is there."""
        if not self.exists(table):
            self.connection.execute(f'CREATE TABLE "{sql_name(table)}" {COLUMNS}')

    def drop(self, table: str) -> None:
        """Remove the table and all its documents."""
        self._known.discard(table)
        self.connection.execute(f'DROP TABLE IF EXISTS "{sql_name(table)}"')

    def text(self, table: str, key: Id) -> str | None:
        """Return one document as JSON text."""
        row = self.run("SELECT doc FROM {} WHERE id = ?", table, (key,)).fetchone()
        return None if row is None else row[0]

    def row(self, table: str, key: Id) -> tuple[int, str] | None:
        """Return the document with the number of its row, which stays the same for as long as the document exists."""
        row: tuple[int, str] | None = self.run("SELECT seq, doc FROM {} WHERE id = ?", table, (key,)).fetchone()
        return row

    def last(self, table: str) -> tuple[Id, str] | None:
        """Return the document that was inserted last, with its id."""
        row: tuple[Id, str] | None = self.run("SELECT id, doc FROM {} ORDER BY seq DESC LIMIT 1", table).fetchone()
        return row

    def add(self, table: str, key: Id, text: str) -> int:
        """Write a document that is not there yet, and return the number of its row."""
        return int(self.run("INSERT INTO {} (id, doc) VALUES (?, ?)", table, (key, text)).lastrowid or 0)

    def change(self, table: str, row: int, text: str) -> None:
        """Write over the document in a row."""
        self.run("UPDATE {} SET doc = ? WHERE seq = ?", table, (text, row))

    def put(self, table: str, key: Id, text: str) -> None:
        """Write one document."""
        self.run(
            "INSERT INTO {} (id, doc) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET doc = excluded.doc",
            table,
            (key, text),
        )

    def delete(self, table: str, key: Id) -> None:
        """Remove one document."""
        self.run("DELETE FROM {} WHERE id = ?", table, (key,))

    def count(self, table: str) -> int:
        """Return how many documents there are."""
        return int(self.run("SELECT count(*) FROM {}", table).fetchone()[0])

    def highest(self, table: str) -> int:
        """Return the highest whole-number id, or 0."""
        row = self.run("SELECT max(id) FROM {} WHERE id < ''", table).fetchone()  # numbers sort before text
        return int(row[0] or 0)

    def keys(self, table: str) -> list[Id]:
        """Return all ids, oldest document first."""
        return [row[0] for row in self.run("SELECT id FROM {} ORDER BY seq", table)]

    def scan(self, table: str, where: str = "", values: tuple[Any, ...] = ()) -> Iterator[tuple[Id, str]]:
        """Yield (id, JSON text), oldest first, holding one at a time; the table must not change meanwhile."""
        with in_words(self.path):
            yield from self.run("SELECT id, doc FROM {} " + where + " ORDER BY seq", table, values)  # noqa: S608 -- only our own conditions

    def stream(self, table: str, batch: int = 500) -> Iterator[tuple[Id, str]]:
        """Yield (id, JSON text), oldest first; the table may change meanwhile, and what is added is not seen."""
        last = self.run("SELECT max(seq) FROM {}", table).fetchone()[0] or 0
        at = 0
        while at < last:
            rows = self.run(
                "SELECT seq, id, doc FROM {} WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?", table, (at, last, batch)
            ).fetchall()
            yield from ((key, text) for _, key, text in rows)
            at = rows[-1][0] if rows else last

    def run(self, statement: str, table: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """Execute a statement in which `{}` stands for the table; errors of the world come back in words."""
        sql = self._statements.get((statement, table))
        if sql is None:
            sql = self._statements[statement, table] = statement.format(f'"{sql_name(table)}"')
        return self.ask(sql, values)

    def ask(self, sql: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """Execute a statement as it stands; errors of the world come back in words."""
        try:
            return self.connection.execute(sql, values)
        except sqlite3.Error as error:
            raise explained(error, self.path) or error from error

    def ask_many(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Execute a statement once for each row."""
        try:
            self.connection.executemany(sql, rows)
        except sqlite3.Error as error:
            raise explained(error, self.path) or error from error

    def add_rows(self, into: str, width: int, rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert many rows `into` a table and its columns, a hundred at a time: a third faster than one by one."""
        values = chain.from_iterable(rows)
        while some := tuple(islice(values, ROWS * width)):
            holes = ", ".join([f"({', '.join('?' * width)})"] * (len(some) // width))
            # FAIL: no journal of the statement is kept; an error undoes the whole transaction anyway
            self.ask(f"INSERT OR FAIL INTO {into} VALUES {holes}", some)  # noqa: S608


ROWS = 100
"""Rows inserted by one statement."""

COLUMNS = "(seq INTEGER PRIMARY KEY, id NOT NULL UNIQUE, doc TEXT NOT NULL)"
"""`seq` keeps the order of insertion and never changes; `id` holds whole numbers or text."""


def connect(path: Path | str, patience: float = 2.0) -> sqlite3.Connection:
    """Open a connection as every part of the records uses it; usable from any thread, one at a time."""
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    return connection
