"""How long does a writer wait? `python -m benchmarks.turns`: eight writers without a pause, each a process.

Once with SQLite's own busy handler, once taking turns as the records do. Prints a table.
"""

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.records import table
from wizard.records.storage import connect
from wizard.records.turns import Turns

WRITERS, SECONDS = 8, 5.0
HOWS = ("SQLite alone", "taking turns")


def write(folder: Path, how: str) -> list[float]:
    """Commit without a pause and return the waits."""
    connection, turns, waits, number = connect(folder / "file.db", 60), Turns(folder / "lock", 60), [], 0
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        number += 1
        start = time.perf_counter()
        if how == "SQLite alone":
            one(connection, number, start, waits)
        else:
            with turns.take():
                one(connection, number, start, waits)
    return waits


def one(connection: sqlite3.Connection, number: int, start: float, waits: list[float]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    waits.append(time.perf_counter() - start)
    connection.execute("INSERT INTO t VALUES (?)", (str(number) * 200,))
    connection.execute("COMMIT")


def compare(how: str) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory() as folder:
        first = connect(Path(folder) / "file.db")
        first.execute("CREATE TABLE t (x)")
        first.close()
        command = [sys.executable, "-m", "benchmarks.turns", folder, how]
        writers = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(WRITERS)]
        results = [json.loads(writer.communicate()[0]) for writer in writers]
    counts = sorted(len(waits) for waits in results)
    worst = max(max(waits) for waits in results)
    return how, f"{sum(counts):,}", f"{counts[0]:,} to {counts[-1]:,}", f"{worst * 1e3:,.0f} ms"


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(write(Path(sys.argv[1]), sys.argv[2])))
    else:
        print(
            table(
                ("eight writers, 5 s", "commits", "commits of one writer", "worst wait"), [compare(how) for how in HOWS]
            )
        )
