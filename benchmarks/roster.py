"""Importing 52,000 students, against parsing the same file with csv and inserting its rows with raw sqlite3.

    python -m benchmarks.roster [students] [rounds]

Prints each part, medians of rounds taken in turns in one run, beside two raw ways: the rows as they stand in the
file, and what is written of them (a document with its index, and the names to search). `import` is read, plan and
apply: what stands between the command and the commit. `search` is what follows the commit: preparing words never
seen before for typing mistakes. Then the peak memory of an import in a process of its own.
"""

import csv
import json
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from benchmarks.people import students
from wizard import district
from wizard.records import Records
from wizard.records.folding import words_of
from wizard.records.index import TABLES, school_word
from wizard.roster import importing, planning, reading
from wizard.roster.collector import paused

HEADER = [
    "School_id",
    "Student_id",
    "Student_number",
    "State_id",
    "Last_name",
    "Middle_name",
    "First_name",
    "Gender",
    "Dob",
    "Grade",
    "Race",
    "Hispanic_Latino",
    "Ell_status",
    "Student_zip",
    "Student_email",
    "Contact_name",
    "Contact_type",
    "Contact_phone",
    "Contact_email",
    "Username",
    "Password",
]
Names = tuple[int, str, str]
NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)
PARTS = ("read", "plan", "apply", "search")
GOAL_RATIO, GOAL_MEMORY = 2.5, 200


def write_roster(path: Path, count: int) -> None:
    """Write a Clever file with its quirks: a mark, bare CR, quoted line ends, secrets, bad and short rows, a total."""
    rng = random.Random(11)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r")
        writer.writerow(HEADER)
        for number, one in enumerate(students(count)):
            school = f"{one.school}\nAnnex, East" if number % 500 == 0 else one.school
            phone = f"({rng.randint(200, 999)}){rng.randint(200, 999)}-{rng.randint(0, 9999):04} x{rng.randint(1, 999)}"
            row = [
                school,
                one.id,
                one.id,
                str(114_327_752 + number),
                one.last,
                one.middle,
                one.first,
                "female",
                "11/1/08",
            ]
            row += [
                one.grade,
                "A",
                "Y",
                "Y",
                "30236",
                f"s{one.id}@students.example",
                f"Alex {one.last}",
                "Mother",
                phone,
            ]
            row += [f"alex{number}@family.example", f"S{one.id}", f"eel7Thohd{number}"]
            if number % 1000 == 1:
                row = row[:12]
            if number % 1000 == 2:
                row[1] = row[2] = one.id.lstrip("0")
            writer.writerow(row)
        writer.writerow(["Total", str(count)])


Times = tuple[float, float]
"""Seconds by the clock, and of this process's CPU: other work on the machine counts for the first only."""


def now() -> Times:
    """Return both clocks."""
    return time.perf_counter(), time.process_time()


def since(begun: Times, ended: Times | None = None) -> Times:
    """Return what passed on both clocks."""
    clock, cpu = ended or now()
    return clock - begun[0], cpu - begun[1]


def raw(path: Path, folder: Path) -> Times:
    """Parse with csv and insert with sqlite3, as durably as the records are written."""
    begun = now()
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"CREATE TABLE roster ({', '.join(HEADER)}, PRIMARY KEY (Student_number))")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        connection.execute("BEGIN IMMEDIATE")
        whole = ((row + [""] * len(HEADER))[: len(HEADER)] for row in rows)
        connection.executemany(f"INSERT INTO roster VALUES ({', '.join('?' * len(HEADER))})", whole)
        connection.execute("COMMIT")
    connection.close()
    return since(begun)


def raw_documents(path: Path, folder: Path, rows: Sequence[tuple[int, str, str]], names: Sequence[Names]) -> Times:
    """Parse with csv, and insert with sqlite3 what the import writes: documents and names to search, ready made."""
    begun = now()
    with path.open(encoding="utf-8-sig", newline="") as file:
        sum(1 for _ in csv.reader(file))
    connection = sqlite3.connect(folder / "documents.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE accounts (seq INTEGER PRIMARY KEY, id NOT NULL UNIQUE, doc TEXT NOT NULL)")
    connection.execute(TABLES[0])
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO accounts VALUES (?, ?, ?)", rows)
    connection.executemany("INSERT INTO search_names (rowid, names, school) VALUES (?, ?, ?)", names)
    connection.execute("COMMIT")
    connection.close()
    return since(begun)


def written_by(folder: Path) -> tuple[list[tuple[int, str, str]], list[Names]]:
    """Return the rows that an import wrote."""
    connection = sqlite3.connect(folder / "records.db")
    rows = connection.execute("SELECT seq, id, doc FROM accounts").fetchall()
    connection.close()
    people = ((seq, json.loads(text)["student"]) for seq, _, text in rows)
    return rows, [
        (seq, " ".join(words_of(one["first"], one["middle"], one["last"])), school_word(one["school"]))
        for seq, one in people
    ]


def imported(path: Path, folder: Path) -> dict[str, Times]:
    """Import as the admin command does, and return the seconds of each part."""
    with paused():
        return _imported(path, folder)


def _imported(path: Path, folder: Path) -> dict[str, Times]:
    marks = [now()]
    roster = reading.read(path, district.load(None))
    marks.append(now())
    records = Records.open(folder)
    plan = planning.plan(records, roster, NOW)
    marks.append(now())
    importing.apply(records, plan, "bench", NOW)
    marks.append(now())
    importing.complete_search(records)
    records.close()
    marks.append(now())
    parts = {name: since(*pair) for name, pair in zip(PARTS, pairwise(marks), strict=True)}
    return parts | {"import": since(marks[0], marks[3]), "all": since(marks[0], marks[4])}


def memory(path: Path) -> float:
    """Return the peak memory of one import in MB; this process must not have grown before."""
    with tempfile.TemporaryDirectory() as folder:
        imported(path, Path(folder))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(count: int, rounds: int) -> None:
    """Print the ratios: to the rows as they stand in the file, and to what is written of them."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "students.csv"
        write_roster(path, count)
        taken: dict[str, list[Times]] = {}
        for number in range(rounds):
            folder = Path(place) / str(number)
            folder.mkdir()
            taken.setdefault("raw rows", []).append(raw(path, folder))
            for which in ("first", "again"):
                for part, seconds in imported(path, folder / "data").items():
                    taken.setdefault(f"{which} {part}", []).append(seconds)
            made = written_by(folder / "data")
            taken.setdefault("raw documents", []).append(raw_documents(path, folder, *made))
        print(f"{count:,} students, {path.stat().st_size / 1e6:.1f} MB, medians of {rounds} rounds")
        show({name: middle(seconds) for name, seconds in taken.items()})
        alone = [sys.executable, "-m", "benchmarks.roster", "--memory", str(path)]
        peak = subprocess.run(alone, check=True, capture_output=True, text=True)
        print(
            f"peak memory {float(peak.stdout):.0f} MB (goal {GOAL_MEMORY}); goal for `first import` {GOAL_RATIO} x rows"
        )


def middle(seconds: Sequence[Times]) -> Times:
    """Return the median of each clock."""
    clock, cpu = zip(*seconds, strict=True)
    return statistics.median(clock), statistics.median(cpu)


def show(taken: Mapping[str, Times]) -> None:
    """Print each part beside both raw ways."""
    rows, documents = taken["raw rows"], taken["raw documents"]
    print(f"{'':<16} {'ms':>6}  x rows  {'CPU ms':>6}  x rows  x documents (CPU)")
    for name, (clock, cpu) in taken.items():
        wall = f"{clock * 1000:6.0f} {clock / rows[0]:7.2f}"
        print(f"{name:<16} {wall}  {cpu * 1000:6.0f} {cpu / rows[1]:7.2f} {cpu / documents[1]:12.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        print(memory(Path(sys.argv[2])))
    else:
        numbers = [int(text) for text in sys.argv[1:]]
        measure(*(numbers + [52_000, 5][len(numbers) :]))
