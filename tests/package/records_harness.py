"""Kill writers and let them race, over our records and over stock TinyDB: run by the tests, and by hand.

    python tests/package/records_harness.py kill --runs 2000
    python tests/package/records_harness.py stages
    python tests/package/records_harness.py truncate
    python tests/package/records_harness.py race --rounds 300 --processes 4 --store stock

Prints one JSON line: what was done and what went wrong. Every write is numbered and puts its number into an
account, a case, a ticket and the journal, so that a lost write, half of one, or a mixture shows.
"""

import argparse
import json
import multiprocessing
import os
import random
import signal
import sqlite3
import struct
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from tinydb import TinyDB, where

from flows.case import Case
from wizard.accounts import Account, Claim, Student
from wizard.records import JournalLine, Records, backup
from wizard.tickets import Ticket

NOW = datetime(2021, 8, 2, 11, 30, tzinfo=UTC)
Seen = tuple[int, int, int, int]
"""The number of the last write as the account, the case, the ticket and the journal have it."""


def die(after: int, step: int) -> None:
    """Kill this process when it has come to the step at which it is to die."""
    if after == step:
        os.kill(os.getpid(), signal.SIGKILL)


class Ours:
    """The wizard's records: one transaction around all four tables."""

    def __init__(self, folder: Path, pages: int = 1000) -> None:
        self.records = Records.open(folder, patience=60)
        self.pages = pages

    def write(self, number: int, die_after: int = 99) -> None:
        with self.records.transaction() as tables:
            die(die_after, 0)
            # often or seldom: a kill should meet the moment the log goes into the file, too
            tables.accounts.table.storage.connection.execute(f"PRAGMA wal_autocheckpoint = {self.pages}")
            name = "".join("abcdefghij"[int(digit)] for digit in str(number))
            student = Student(id="0123456", first="Ann", last=f"number{name}", grade="x" * (number % 700))
            tables.accounts.put(Account(student=student, generation=number))
            die(die_after, 1)
            case = tables.cases.get("c") or Case(id="c", code="C", channel="phone", agent="sam", started=NOW)
            tables.cases.put(case.model_copy(update={"note": str(number)}))
            die(die_after, 2)
            by = str(number)
            tables.tickets.put(
                Ticket(code="T", case="c", student_id="0123456", line="Ann", menu=(), opened_at=NOW, by=by)
            )
            die(die_after, 3)
            tables.journal.append(JournalLine(at=NOW, agent="sam", what="step", detail=str(number)))
            die(die_after, 4)
        die(die_after, 5)

    def change(self, number: int) -> None:
        """The usual small transaction: an account and its journal line."""
        with self.records.transaction() as tables:
            tables.accounts.put(Account(student=Student(id="0123456", first="Ann", last="Li"), generation=number))
            tables.journal.append(JournalLine(at=NOW, agent="sam", what="step", detail=str(number)))

    def seen(self) -> Seen:
        with self.records.reading() as tables:
            account, case, ticket = tables.accounts.get("0123456"), tables.cases.get("c"), tables.tickets.get("T")
            if account is None or case is None or ticket is None:
                return 0, int(case is not None), int(ticket is not None), tables.journal.count()
            assert tables.journal.broken() is None, "the chain of the journal is broken"
            found = self.records.search(account.student.last)
            assert found == (account.student,), "the search is not in step"
            return account.generation, int(case.note), int(ticket.by), tables.journal.count()

    def claim(self, number: int, who: str) -> bool:
        key = f"{number:07}"
        with self.records.transaction() as tables:
            account = tables.accounts.get(key) or Account(student=Student(id=key, first="A", last="B"))
            if account.claim is not None:
                return False
            claim = Claim(generation=1, at=NOW, how="here", by=who, case=who)
            tables.accounts.put(account.model_copy(update={"claim": claim}))
            tables.journal.append(JournalLine(at=NOW, agent=who, what="claim", student=key))
            return True

    def claims(self) -> Counter[int]:
        with self.records.reading() as tables:
            assert tables.journal.broken() is None, "the chain of the journal is broken"
            return Counter(int(line.student) for line in tables.journal.all())

    def close(self) -> None:
        self.records.close()


class Stock:
    """The same over TinyDB as it comes, with its JSON file."""

    def __init__(self, folder: Path, pages: int = 0) -> None:
        folder.mkdir(exist_ok=True)
        self.db = TinyDB(folder / "db.json")

    def write(self, number: int) -> None:
        for name in ("accounts", "cases", "tickets"):
            self.db.table(name).upsert({"id": "x", "number": number, "text": "x" * (number % 700)}, where("id") == "x")
        self.db.table("journal").insert({"number": number})

    def seen(self) -> Seen:
        found = [self.db.table(name).get(where("id") == "x") for name in ("accounts", "cases", "tickets")]
        account, case, ticket = (document["number"] if document else 0 for document in found)
        return account, case, ticket, len(self.db.table("journal"))

    def claim(self, number: int, who: str) -> bool:
        if self.db.table("accounts").get(where("id") == number):
            return False
        self.db.table("accounts").insert({"id": number, "by": who})
        self.db.table("journal").insert({"id": number, "by": who})
        return True

    def claims(self) -> Counter[int]:
        return Counter(document["id"] for document in self.db.table("journal"))

    def close(self) -> None:
        self.db.close()


STORES = {"ours": Ours, "stock": Stock}


def child(work, *arguments: object) -> int:
    """Run `work` in a forked process, which ends without any clean-up, and return its id."""
    process = os.fork()
    if not process:
        try:
            work(*arguments)
            os._exit(0)
        except BaseException:
            os._exit(1)
    return process


def write_until_killed(store: str, folder: Path, pages: int, pipe: int) -> None:
    opened = STORES[store](folder, pages)
    number = opened.seen()[0]
    while True:
        number += 1
        opened.write(number)
        os.write(pipe, struct.pack("q", number))  # acknowledged: from here on it must never be lost


def kill(store: str, runs: int, folder: Path, seed: int) -> dict[str, int]:
    """Kill a writer at a random moment, `runs` times, and look at what it left."""
    rng = random.Random(seed)
    result = Counter(runs=runs, acknowledged=0, unreadable=0, lost=0, half=0)
    data, last = folder / "data0", 0
    for run in range(runs):
        reading, writing = os.pipe()
        process = child(write_until_killed, store, data, rng.choice([2, 10, 1000]), writing)
        os.close(writing)
        first = os.read(reading, 8)
        time.sleep(rng.random() * 0.025)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        acknowledged = first
        while more := os.read(reading, 65536):
            acknowledged += more
        os.close(reading)
        numbers = struct.unpack(f"{len(acknowledged) // 8}q", acknowledged)
        result["acknowledged"] += len(numbers)
        last = numbers[-1] if numbers else last
        last = after_kill(store, data, last, result)
        if last is None or run % 50 == 49:
            data, last = folder / f"data{run + 1}", 0
    return dict(result)


def after_kill(store: str, data: Path, last: int, result: Counter) -> int | None:
    try:
        opened = STORES[store](data)
        seen = opened.seen()
        opened.close()
        if store == "ours":
            assert backup.damage(data / "records.db") == []
    except Exception as error:
        print(f"{data.name}: {type(error).__name__}: {error}", file=sys.stderr)
        result["unreadable"] += 1
        return None
    if len(set(seen)) > 1:
        result["half"] += 1
    elif not last <= seen[0] <= last + 1:
        result["lost"] += 1
    return seen[0] if len(set(seen)) == 1 else None


def stages(folder: Path) -> dict[str, int]:
    """Kill a writer between every two steps of a transaction; only after the commit may anything be there."""
    result = Counter(stages=0, wrong=0)
    for stage in range(6):
        data = folder / f"stage{stage}"
        process = child(lambda data=data, stage=stage: (Ours(data).write(1), Ours(data).write(2, stage)))
        os.waitpid(process, 0)
        opened = Ours(data)
        result["stages"] += 1
        result["wrong"] += opened.seen() != ((2, 2, 2, 2) if stage == 5 else (1, 1, 1, 1))
        opened.close()
    return dict(result)


def truncate(folder: Path, every: int) -> dict[str, int]:
    """Cut the write-ahead log off at every byte of its last transaction: it must then be wholly absent."""
    data = folder / "data"
    log, database, noted = data / "records.db-wal", data / "records.db", folder / "size"

    def write_and_die() -> None:
        opened = Ours(data)
        opened.change(1)
        noted.write_text(str(log.stat().st_size))
        opened.change(2)
        die(0, 0)

    os.waitpid(child(write_and_die), 0)
    before, after = int(noted.read_text()), log.stat().st_size
    kept = database.read_bytes(), log.read_bytes()
    result = Counter(last_record=after - before, cuts=0, wrong=int(numbers_in(database) != (2, 2)))
    for size in range(after - 1, before - 1, -every):
        os.truncate(log, size)
        result["cuts"] += 1
        result["wrong"] += numbers_in(database) != (1, 1)
    for size in (before, (before + after) // 2, after - 1, after):
        database.write_bytes(kept[0])
        log.write_bytes(kept[1][:size])
        Records.open(data).close()  # this time with recovery written into the file
        result["wrong"] += (
            numbers_in(database) != ((2, 2) if size == after else (1, 1)) or backup.damage(database) != []
        )
    return dict(result)


def numbers_in(database: Path) -> tuple[int, int]:
    """Return the number in the account and in the journal; the file itself is not changed by looking."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute(
            "SELECT json_extract(doc, '$.generation'), (SELECT max(id) FROM journal) FROM accounts"
        ).fetchone()
    finally:
        connection.close()


def race_one(store: str, folder: Path, rounds: int, who: str, barrier, pipe: int) -> None:
    opened = STORES[store](folder)
    for number in range(rounds):
        barrier.wait()
        try:
            won = opened.claim(number, who)
        except Exception:
            won = None
        os.write(pipe, struct.pack("qq", number, -1 if won is None else int(won)))


def race(store: str, rounds: int, processes: int, folder: Path) -> dict[str, int]:
    """Let several processes claim the same accounts at the same moments; each must have one winner."""
    data = folder / "data"
    STORES[store](data).close()
    barrier = multiprocessing.get_context("fork").Barrier(processes)
    reading, writing = os.pipe()
    children = [child(race_one, store, data, rounds, f"p{n}", barrier, writing) for n in range(processes)]
    os.close(writing)
    told = b""
    while more := os.read(reading, 65536):
        told += more
    failed = sum(os.waitpid(process, 0)[1] != 0 for process in children)
    answers = list(struct.iter_unpack("qq", told))
    winners = Counter(number for number, won in answers if won == 1)
    try:
        opened = STORES[store](data)
        stored = opened.claims()
        opened.close()
    except Exception:
        stored, failed = Counter(), failed + 1
    right = sum(winners[number] == 1 == stored[number] for number in range(rounds))
    errors = sum(won == -1 for _, won in answers)
    return {"rounds": rounds, "processes": processes, "one_winner": right, "errors": errors, "failed": failed}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("proof", choices=["kill", "race", "stages", "truncate"])
    parser.add_argument("--store", choices=STORES, default="ours")
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--every", type=int, default=1, help="truncate: bytes between two cuts")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        proofs = {
            "kill": lambda: kill(chosen.store, chosen.runs, Path(folder), chosen.seed),
            "race": lambda: race(chosen.store, chosen.rounds, chosen.processes, Path(folder)),
            "stages": lambda: stages(Path(folder)),
            "truncate": lambda: truncate(Path(folder), chosen.every),
        }
        result = proofs[chosen.proof]()
    json.dump(result, sys.stdout)
    print()


if __name__ == "__main__":
    main()
