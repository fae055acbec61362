"""Busy and failing disks: a sentence, the old state, and work that goes on."""

import os
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wizard.accounts import Account, Student
from wizard.records import Busy, DiskFailing, DiskFull, JournalLine, Records

NOW = datetime(2021, 8, 2, 11, 30, tzinfo=UTC)


def account(number: int, note: str = "") -> Account:
    return Account(student=Student(id=f"{number:07}", first="Ann", last="Li"), used_passwords=(note,))


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records.open(tmp_path / "data", patience=0.05)
    with opened.transaction() as tables:
        tables.accounts.put(account(1))
    yield opened
    opened.close()


def counts(records: Records) -> tuple[int, int]:
    with records.reading() as tables:
        assert tables.journal.broken() is None
        return tables.accounts.count(), tables.journal.count()


def test_another_program_that_writes_makes_us_busy_and_is_named(records: Records) -> None:
    """Waiting ends with a sentence that says who writes; nothing hangs, and reading goes on."""
    script = textwrap.dedent("""
        import sys; from pathlib import Path; from wizard.records import Records
        records = Records.open(Path(sys.argv[1]))
        with records.transaction():
            print("holding", flush=True)
            sys.stdin.read()
        records.close()
    """)
    other = subprocess.Popen(
        [sys.executable, "-c", script, records.folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout.readline() == "holding\n"
    with pytest.raises(Busy, match=rf"\(process {other.pid}\) is writing.*try again"), records.transaction():
        pass
    assert counts(records) == (1, 0)
    other.communicate()
    with records.transaction() as tables:
        tables.accounts.put(account(2))
    assert counts(records) == (2, 0)


def test_another_thread_that_writes_makes_us_busy(records: Records) -> None:
    """Two workers of one program take turns as well."""
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with records.transaction():
            holding.set()
            done.wait()

    thread = threading.Thread(target=hold)
    thread.start()
    holding.wait()
    with pytest.raises(Busy), records.transaction():
        pass
    done.set()
    thread.join()
    with records.transaction():
        pass


def test_a_lock_from_outside_makes_us_busy(records: Records) -> None:
    """A database browser with an open change holds SQLite's own lock: busy as well."""
    browser = sqlite3.connect(records.path, isolation_level=None)
    browser.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy, match="another program"), records.transaction():
        pass
    browser.execute("ROLLBACK")
    browser.close()
    with records.transaction():
        pass


def test_a_transaction_inside_a_transaction_is_a_mistake(records: Records) -> None:
    """It would wait for itself; it is told at once."""
    with pytest.raises(RuntimeError, match="inside"), records.transaction(), records.transaction():
        pass
    with records.transaction():
        pass


def test_closed_records_say_so(tmp_path: Path) -> None:
    """A late worker gets an error, not a new file."""
    records = Records.open(tmp_path)
    records.close()
    records.close()
    for use in (records.reading, records.transaction):
        with pytest.raises(RuntimeError, match="closed"), use():
            pass
    with pytest.raises(RuntimeError, match="closed"), records.reading():
        pass


def fill(records: Records, upto: int) -> int:
    """Write accounts until the disk is full, and return how many were acknowledged."""
    for number in range(2, upto):
        try:
            with records.transaction() as tables:
                tables.accounts.put(account(number, "x" * 3000))
                tables.journal.append(JournalLine(at=NOW, agent="sam", what="claim", student=f"{number:07}"))
        except DiskFull as full:
            assert "no space left" in str(full)
            assert "Nothing was changed" in str(full)
            return number - 2
    raise AssertionError("the disk never got full")


def test_a_full_file_keeps_the_old_state_and_goes_on_later(records: Records) -> None:
    """SQLite's own limit stands for a full disk, on every machine that runs the tests."""
    writer = records._writers._idle[0].storage.connection
    pages = writer.execute("PRAGMA page_count").fetchone()[0]
    writer.execute(f"PRAGMA max_page_count = {pages + 20}")
    acknowledged = fill(records, 200)
    assert counts(records) == (1 + acknowledged, acknowledged)
    writer.execute("PRAGMA max_page_count = 1000000")
    with records.transaction() as tables:
        tables.accounts.put(account(999))
    assert counts(records) == (2 + acknowledged, acknowledged)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 1.5 MB."""
    disk = tmp_path / "small"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1536k,mode=0700", "tmpfs", disk]
    try:
        mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        pytest.skip(f"a small file system cannot be mounted here: {error}")
    if mounted.returncode:
        pytest.skip(f"a small file system cannot be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_keeps_the_old_state_and_goes_on_later(small_disk: Path) -> None:
    """A real full disk: an explanation, every acknowledged write there, and work once there is space."""
    records = Records.open(small_disk / "data")
    with records.transaction() as tables:
        tables.accounts.put(account(1))
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 300_000)
    acknowledged = fill(records, 2000)
    assert counts(records) == (1 + acknowledged, acknowledged)
    ballast.unlink()
    with records.transaction() as tables:
        tables.accounts.put(account(9999))
    records.close()
    again = Records.open(small_disk / "data")
    assert counts(again) == (2 + acknowledged, acknowledged)
    again.close()


@pytest.mark.skipif(os.name == "nt", reason="only POSIX can limit how large a file may grow")
def test_a_disk_that_refuses_to_write_is_a_sentence(records: Records) -> None:
    """An error of the disk leaves the old state; when it is over, work goes on."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = counts(records)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = records.path.with_name("records.db-wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 1000, hard))
    try:
        with pytest.raises((DiskFailing, DiskFull), match="Nothing was changed"), records.transaction() as tables:
            tables.accounts.put(account(2, "x" * 50_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert counts(records) == before
    with records.transaction() as tables:
        tables.accounts.put(account(3))
    assert counts(records) == (before[0] + 1, before[1])
