"""The stores that are compared: our records, raw sqlite3 doing the same, stock TinyDB, and one flushed append."""

import json
import os
import random
import shutil
from pathlib import Path

from tinydb import TinyDB, where
from tinydb.table import Document

from benchmarks import people
from flows.case import Case
from wizard.accounts import Account
from wizard.records import JournalLine, Records
from wizard.records.storage import connect

LINE = {"agent": "sam", "what": "claim", "case": "c1", "student": "0123456", "result": "done", "detail": "here"}


class Sample:
    """One size: a folder with the records, a copy of the file for raw sqlite3, and IDs to ask for."""

    def __init__(self, folder: Path, size: int) -> None:
        self.size = size
        self.folder = folder / f"records-{size}"
        if not (self.folder / "done").exists():
            self._build()
        self.records = Records.open(self.folder, patience=60)
        self.ids = [
            f"{number * 17 % 10_000_000:07}" for number in random.Random(1).sample(range(size), min(size, 5000))
        ]
        self.raw = Raw(self.folder / "raw.db")
        self.log = (self.folder / "append.log").open("ab", buffering=0)

    def _build(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        records = Records.open(self.folder)
        with records.transaction() as tables:
            tables.accounts.put_many(people.accounts(self.size))
        with records.transaction() as tables:
            for number in range(self.size // 10):
                tables.cases.put(
                    Case(id=f"case{number}", code=f"K{number}", channel="phone", agent="sam", started=people.NOW)
                )
                tables.journal.append(JournalLine(at=people.NOW, **LINE))
        records.close()
        shutil.copy(self.folder / "records.db", self.folder / "raw.db")
        (self.folder / "done").touch()

    def close(self) -> None:
        self.records.close()
        self.raw.connection.close()
        self.log.close()

    def id(self, number: int) -> str:
        return self.ids[number % len(self.ids)]

    # -- ours --

    def account(self, key: str) -> Account | None:
        """Look one account up, in a snapshot of its own."""
        with self.records.reading() as tables:
            return tables.accounts.get(key)

    def account_of(self, username: str) -> Account | None:
        """Look one account up by its username."""
        with self.records.reading() as tables:
            return tables.accounts.by_username(username)

    def case(self, code: str) -> Case | None:
        """Look a call up by an indexed field."""
        with self.records.reading() as tables:
            return tables.cases.by_code(code)

    def change(self, number: int) -> None:
        """A durable account change with its journal line, as an action does it."""
        key = self.id(number)
        with self.records.transaction() as tables:
            account = tables.accounts.get(key)
            assert account is not None
            tables.accounts.put(account.model_copy(update={"generation": number + 2}))
            tables.journal.append(JournalLine(at=people.NOW, **(LINE | {"student": key})))

    def append(self, number: int) -> None:
        """The floor: the same bytes, appended to a file and flushed."""
        os.write(self.log.fileno(), b"%7d" % number + b"x" * 1300)
        os.fdatasync(self.log.fileno())


class Raw:
    """sqlite3 by hand, on a copy of the same file: same tables, indexes, triggers and settings."""

    def __init__(self, path: Path) -> None:
        self.connection = connect(path)
        self.lines = self.connection.execute("SELECT max(id) FROM journal").fetchone()[0] or 0

    def get(self, key: str) -> dict | None:
        row = self.connection.execute("SELECT doc FROM accounts WHERE id = ?", (key,)).fetchone()
        return None if row is None else json.loads(row[0])

    def by_code(self, code: str) -> list[dict]:
        sql = "SELECT doc FROM cases WHERE json_extract(doc, '$.code') = ?"
        return [json.loads(text) for (text,) in self.connection.execute(sql, (code,))]

    def write(self, key: str, document: str, line: str) -> None:
        """Commit two rows that are text already."""
        execute = self.connection.execute
        self.lines += 1
        execute("BEGIN IMMEDIATE")
        execute("UPDATE accounts SET doc = ? WHERE id = ?", (document, key))
        execute("INSERT INTO journal (id, doc) VALUES (?, ?)", (self.lines, line))
        execute("COMMIT")

    def change(self, key: str, number: int) -> None:
        """The same change by hand: read, change, link the journal line to the last one, commit."""
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        document = json.loads(execute("SELECT doc FROM accounts WHERE id = ?", (key,)).fetchone()[0])
        document["generation"] = number + 2
        execute("UPDATE accounts SET doc = ? WHERE id = ?", (json.dumps(document), key))
        self.lines += 1
        line = {"at": "2021-08-02T11:30:00Z", **LINE, "student": key, "before": "0" * 64, "hash": "0" * 64}
        execute("INSERT INTO journal (id, doc) VALUES (?, ?)", (self.lines, json.dumps(line)))
        execute("COMMIT")


class Stock:
    """TinyDB as it comes, over its JSON file."""

    def __init__(self, folder: Path, size: int) -> None:
        self.path = folder / f"stock-{size}.json"
        if not self.path.exists():
            documents = {
                str(number): json.loads(account.model_dump_json()) | {"username": "S" + account.student.id}
                for number, account in enumerate(people.accounts(size), 1)
            }
            self.path.write_text(json.dumps({"accounts": documents}))
        self.db = TinyDB(self.path)
        self.table = self.db.table("accounts", cache_size=0)
        self.size = size

    def get(self, number: int) -> Document | None:
        return self.table.get(doc_id=number % self.size + 1)

    def by_username(self, number: int) -> Document | None:
        return self.table.get(where("username") == f"S{number * 17 % 10_000_000:07}")

    def change(self, number: int) -> None:
        self.table.update({"generation": number + 2}, doc_ids=[number % self.size + 1])


def account_texts(sample: Sample, count: int) -> list[tuple[str, str, str]]:
    """Return (id, account text, journal text) ready to be written by hand, each different from what is stored."""
    texts = []
    with sample.records.reading() as tables:
        for number in range(count):
            key = sample.id(number)
            account: Account | None = tables.accounts.get(key)
            assert account is not None
            line = {
                "at": "2021-08-02T11:30:00Z",
                **LINE,
                "student": key,
                "before": f"{number:064}",
                "hash": f"{number:064}",
            }
            changed = account.model_copy(update={"generation": 1_000_000 + number})
            texts.append((key, changed.model_dump_json(), json.dumps(line, separators=(",", ":"))))
    return texts
