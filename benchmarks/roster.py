"""Importing 52,000 students, against parsing the same file with csv and inserting its rows with raw sqlite3.

    python benchmarks/roster.py [students] [rounds]

Prints the ratio of each part, medians of rounds taken in turns in one run, and the peak memory of an import in
a process of its own. The goal: the whole import, dry run included, at most 2.5 times the raw way, and 200 MB.
"""

import csv
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from people import students

from wizard import district
from wizard.records import Records
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


def raw(path: Path, folder: Path) -> float:
    """Parse with csv and insert with sqlite3, as durably as the records are written."""
    begun = time.perf_counter()
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
    return time.perf_counter() - begun


def imported(path: Path, folder: Path) -> dict[str, float]:
    """Import as the admin command does, and return the seconds of each part."""
    with paused():
        return _imported(path, folder)


def _imported(path: Path, folder: Path) -> dict[str, float]:
    marks = [time.perf_counter()]
    roster = reading.read(path, district.load(None))
    marks.append(time.perf_counter())
    records = Records.open(folder)
    plan = planning.plan(records, roster, NOW)
    marks.append(time.perf_counter())
    importing.apply(records, plan, "bench", NOW)
    marks.append(time.perf_counter())
    importing.complete_search(records)
    records.close()
    marks.append(time.perf_counter())
    parts = {name: end - start for name, start, end in zip(PARTS, marks, marks[1:], strict=False)}
    return parts | {"import": marks[3] - marks[0], "all": marks[4] - marks[0]}


def memory(path: Path) -> float:
    """Return the peak memory of one import in MB; this process must not have grown before."""
    with tempfile.TemporaryDirectory() as folder:
        imported(path, Path(folder))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(count: int, rounds: int) -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "students.csv"
        write_roster(path, count)
        base, parts = [], []
        for number in range(rounds):
            for part in ("raw", "import", "again"):
                folder = Path(place) / f"{'raw' if part == 'raw' else 'import'}-{number}"
                folder.mkdir(exist_ok=True)
                if part == "raw":
                    base.append(raw(path, folder))
                else:
                    parts.append((part, imported(path, folder)))
        floor = statistics.median(base)
        print(f"{count:,} students, {path.stat().st_size / 1e6:.1f} MB; raw: {floor * 1000:.0f} ms")
        for part in ("import", "again"):
            for name in (*PARTS, "import", "all"):
                took = statistics.median(one[name] for which, one in parts if which == part)
                print(f"  {part:<7} {name:<6} {took * 1000:6.0f} ms   {took / floor:5.2f}")
        peak = subprocess.run(
            [sys.executable, __file__, "--memory", str(path)], check=True, capture_output=True, text=True
        )
        print(f"  peak memory {float(peak.stdout):.0f} MB (goal {GOAL_MEMORY}); time goal {GOAL_RATIO}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        print(memory(Path(sys.argv[2])))
    else:
        numbers = [int(text) for text in sys.argv[1:]]
        measure(*(numbers + [52_000, 5][len(numbers) :]))
