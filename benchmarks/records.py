"""Measure the records: `python -m benchmarks.records` (add --quick for small sizes, --write for docs/performance.md).

Every comparison is made within one run, alternating. Sizes are numbers of student accounts of about 0.9 KB.
"""

import argparse
import os
import platform
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import people
from benchmarks.measuring import Times, microseconds, side_by_side
from benchmarks.stores import Sample, Stock, account_texts
from wizard.records import Records

PAGE = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

Rows = list[tuple[str, ...]]


def table(head: tuple[str, ...], rows: Rows) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in lines)


def lookups(sample: Sample) -> dict[str, Times]:
    """Look up by hand and through the records: many in one snapshot, and each in a snapshot of its own."""
    raw, codes = sample.raw, max(1, sample.size // 10)
    raw.connection.execute("BEGIN")
    with sample.records.reading() as tables:
        documents, accounts = tables.accounts.table, tables.accounts
        found = side_by_side(
            {
                "raw inside": lambda n: raw.get(sample.id(n)),
                "document inside": lambda n: documents.get(doc_id=sample.id(n)),
                "account inside": lambda n: accounts.get(sample.id(n)),
            },
            repeat=5000,
        )
    raw.connection.execute("ROLLBACK")
    return found | side_by_side(
        {
            "raw": lambda n: raw.get(sample.id(n)),
            "account": lambda n: sample.account(sample.id(n)),
            "raw username": lambda n: raw.get("S" + sample.id(n)) or raw.get(sample.id(n)),
            "username": lambda n: sample.account_of("S" + sample.id(n)),
            "raw index": lambda n: raw.by_code(f"K{n % codes}"),
            "index": lambda n: sample.case(f"K{n % codes}"),
        },
        repeat=5000,
    )


def changes(sample: Sample) -> dict[str, Times]:
    """Write durably: by hand with rows that are text already, by hand from reading on, and through the records."""
    texts = account_texts(sample, 1000)
    return side_by_side(
        {
            "raw commit": lambda n: sample.raw.write(
                *texts[n % 1000][:1], texts[n % 1000][1] + " " * (n % 50), texts[n % 1000][2]
            ),
            "raw change": lambda n: sample.raw.change(sample.id(n), n),
            "ours": sample.change,
            "append": sample.append,
        },
        repeat=1000,
        blocks=20,
    )


def opening(sample: Sample) -> Times:
    """Open the records in a warm process and read one account."""

    def once(number: int) -> None:
        records = Records.open(sample.folder)
        with records.reading() as tables:
            tables.accounts.get(sample.id(number))
        records.close()

    return side_by_side({"open": once}, repeat=50)["open"]


def typed(size: int, calls: int) -> list[tuple[str, str, people.Student]]:
    """Return (kind, text typed, student meant): names, IDs, and one or two typing mistakes."""
    rng = random.Random(5)
    chosen = set(rng.sample(range(size), min(size, calls)))
    students = [student for number, student in enumerate(people.students(size)) if number in chosen]
    made = []
    for number, student in enumerate(students):
        long_last = len(student.last) > 4
        one = people.typos(rng, student.last) if long_last else student.last
        two = people.typos(rng, one) if len(student.last) > 6 else one
        kind, text = [
            ("plain", f"{student.first} {student.last}"),
            ("plain", f"{student.last}, {student.first}"),
            ("number", f"S{student.id}"),
            ("mistake", one),
            ("mistake", f"{student.first} {one}"),
            ("two mistakes", f"{two} {student.first}"),
        ][number % 6]
        made.append((kind, text, student))
    return made


def type_ahead(sample: Sample, calls: int) -> tuple[Times, Times, dict[str, str]]:
    """Type key by key; return wall and processor time per key, and how often the student meant was found."""
    wall, busy = [], []
    found: dict[str, list[bool]] = {}
    for kind, text, meant in typed(sample.size, calls):
        for box in people.keystrokes(text):
            start, used = time.perf_counter(), time.thread_time()
            hits = sample.records.search(box)
            busy.append(time.thread_time() - used)
            wall.append(time.perf_counter() - start)
        # somebody of exactly that name is as good: there may be more of them than the list is long
        last_alone = kind == "mistake" and " " not in text
        same = [hit.last == meant.last and (last_alone or hit.first == meant.first) for hit in hits]
        found.setdefault(kind, []).append(any(same))
    shares = {kind: f"{sum(goods)} of {len(goods)}" for kind, goods in found.items()}
    return Times(wall), Times(busy), shares


MEMORY = """
import sys
from pathlib import Path
from benchmarks.stores import Sample
sample = Sample(Path(sys.argv[1]), int(sys.argv[2]))
for number in range(2000):
    with sample.records.reading() as tables:
        tables.accounts.get(sample.id(number))
for number in range(200):
    sample.change(number)
for text in ("garcia", "jose gar", "gonsalez", "mary ann", "S012", "li", "x") * 30:
    sample.records.search(text)
lines = Path("/proc/self/status").read_text().splitlines()  # not getrusage: a child inherits its parent's maximum
print(next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) // 1024)
"""


def memory(folder: Path, size: int) -> int:
    """Return the most memory a process ever held, in MB, after some work on the store."""
    done = subprocess.run([sys.executable, "-c", MEMORY, folder, str(size)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def stock(folder: Path, size: int) -> dict[str, Times]:
    store = Stock(folder, size)
    repeat = 20 if size <= 1000 else 3
    works = {"get": store.get, "username": store.by_username, "change": store.change}
    return side_by_side(works, repeat=repeat, blocks=min(3, repeat))


def machine() -> str:
    cpu = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), ""
    )
    memory_kb = next((line.split()[1] for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), "0")
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "unknown"
    return (
        f"{cpu}, {os.cpu_count()} cores, {int(memory_kb) // 1_000_000} GB; "
        f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}; Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}; load while measuring {load}; {datetime.now(UTC):%Y-%m-%d}."
    )


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def measured(folder: Path, sizes: list[int], calls: int) -> str:
    """Measure everything and return it as Markdown."""
    look: Rows = []
    write: Rows = []
    rest: Rows = []
    keys: Rows = []
    stocks: Rows = []
    empty = memory(folder, 10)
    for size in sizes:
        print(f"{size:,} accounts ...", file=sys.stderr)
        sample = Sample(folder, size)
        found = lookups(sample)
        pairs = [
            ("raw", "account"),
            ("raw username", "username"),
            ("raw index", "index"),
            ("raw inside", "document inside"),
            ("raw inside", "account inside"),
        ]
        for raw, ours in pairs:
            ratio = found[ours].median / found[raw].median
            cells = (microseconds(found[raw].median), microseconds(found[ours].median), f"{ratio:.2f}")
            look.append((f"{size:,}", NAMES[ours], *cells))
        times = changes(sample)
        for what in ("raw commit", "raw change", "ours", "append"):
            ratio = (
                f"{times[what].median / times['raw commit'].median:.2f}",
                f"{times[what].mean / times['raw commit'].mean:.2f}",
            )
            write.append(
                (f"{size:,}", NAMES[what], microseconds(times[what].median), microseconds(times[what].mean), *ratio)
            )
        opened = opening(sample)
        megabytes = (sample.folder / "records.db").stat().st_size / 1e6
        rest.append(
            (f"{size:,}", microseconds(opened.median), microseconds(opened.percentile(95)), f"{megabytes:.0f} MB",
             f"{memory(folder, size) - empty} MB")
        )  # fmt: skip
        wall, busy, shares = type_ahead(sample, calls)
        keys.append(
            (f"{size:,}", f"{len(wall.seconds):,}", *(microseconds(wall.percentile(p)) for p in (50, 95, 99)),
             microseconds(busy.percentile(99)), "; ".join(f"{kind} {share}" for kind, share in shares.items()))
        )  # fmt: skip
        if size <= 60_000:
            slow = stock(folder, size)
            for what, ours in (("get", found["account"]), ("username", found["username"]), ("change", times["ours"])):
                ratio = f"{slow[what].median / ours.median:,.0f}"
                stocks.append((f"{size:,}", what, microseconds(slow[what].median), microseconds(ours.median), ratio))
        sample.close()
    return "\n\n".join(
        [
            f"Machine: {machine()}",
            "**Looking up** (median of 5,000, alternating)\n\n"
            + table(("accounts", "what", "raw sqlite3", "records", "ratio"), look),
            "**A durable change of an account with its journal line** (1,000 each, alternating)\n\n"
            + table(("accounts", "what", "median", "mean", "median / raw commit", "mean / raw commit"), write),
            "**Opening, size, memory**\n\n"
            + table(("accounts", "open + first read", "95 %", "file", "memory above an empty store"), rest),
            "**Type-ahead**: every key of a name or ID is a search\n\n"
            + table(("accounts", "keys", "median", "95 %", "99 %", "99 % (processor)", "found"), keys),
            "**Stock TinyDB** (its JSON storage)\n\n"
            + table(("accounts", "what", "stock", "records", "times"), stocks),
        ]
    )


NAMES = {
    "account": "by ID, an account",
    "username": "by username, an account",
    "index": "by an indexed field (a call by its short code)",
    "document inside": "by ID, many in one snapshot: TinyDB's `get`, a dict",
    "account inside": "by ID, many in one snapshot: an account",
    "raw commit": "raw sqlite3: commit of two rows that are text already",
    "raw change": "raw sqlite3: read, change, commit",
    "ours": "records: read, validate, change, chain, take turns, commit",
    "append": "one flushed append of the same bytes (floor)",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 52_000, 520_000])
    parser.add_argument("--calls", type=int, default=300, help="names and IDs typed for the type-ahead")
    parser.add_argument("--quick", action="store_true", help="1,000 and 10,000 accounts only")
    parser.add_argument("--keep", type=Path, help="build the stores in this folder and keep them")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        text = measured(chosen.keep or Path(temporary), [1_000, 10_000] if chosen.quick else chosen.sizes, chosen.calls)
    print(text)
    if chosen.write:
        head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        PAGE.write_text(f"{head}{BEGIN}\n\n{text}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")


if __name__ == "__main__":
    main()
