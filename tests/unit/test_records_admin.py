"""Backup, restore, doctor and export: what IT does with the records."""

import argparse
import csv
import json
import sqlite3
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.case import Answer, Case
from wizard import cli_records
from wizard.accounts import Account, Claim, Secrets, Student
from wizard.records import (
    Damaged,
    JournalLine,
    Records,
    RecordsError,
    Unsuitable,
    backup,
    doctor,
    export,
    opening,
    restore,
)
from wizard.tickets import Ticket

NOW = datetime(2021, 8, 2, 11, 30, tzinfo=UTC)
SECRETS = Secrets(password_hash="$argon2id$CANARY1", answers_hash="$argon2id$CANARY2", questions=("odd-food",))
ANN = Account(
    student=Student(id="0123456", first="=HYPERLINK(1)", last="O’Brien", school="Oak"),
    claim=Claim(generation=1, at=NOW, how="here", by="sam", case="c1"),
    secrets=SECRETS,
    used_passwords=("$argon2id$CANARY3",),
)
BO = Account(student=Student(id="0123457", first="José", last="Li"))


def line(what: str, **more: str) -> JournalLine:
    return JournalLine(at=NOW, agent="sam", what=what, **more)


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records.open(tmp_path / "data", clock=lambda: NOW)
    with opened.transaction() as tables:
        tables.accounts.put_many([ANN, BO])
        answer = Answer(step="call/which", code="yes", typed="-1", by="staff", at=NOW)
        case = Case(id="c1", code="ABC", channel="phone", agent="sam", started=NOW, answers=(answer,))
        tables.cases.put(case)
        text = "José Li 0123457"
        tables.tickets.put(
            Ticket(code="T1", case="c1", student_id="0123457", line=text, menu=("a", "b"), opened_at=NOW, by="sam")
        )
        for what in ("claim", "ticket-draft"):
            tables.journal.append(line(what, case="c1", detail="@SUM(A1)"))
    yield opened
    opened.close()


def admin(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    cli_records.add_commands(parser.add_subparsers())
    chosen = parser.parse_args([str(argument) for argument in arguments])
    return chosen.run(chosen)


def state(folder: Path) -> tuple[set[str], int]:
    again = Records.open(folder, clock=lambda: NOW)
    with again.reading() as tables:
        found = {account.student.id for account in tables.accounts.all()}, tables.journal.count()
        assert tables.journal.broken() is None
    again.close()
    return found


# -- backup --


def test_a_backup_is_one_private_checked_file(records: Records, tmp_path: Path) -> None:
    """It is made while the records are open, and opens by itself."""
    made = records.backup(tmp_path / "copies")
    assert [path.name for path in (tmp_path / "copies").iterdir()] == ["records-20210802-113000Z.db"]
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert backup.damage(made) == []
    again = records.backup(tmp_path / "copies")
    assert again.name == "records-20210802-113000Z-2.db"


def test_a_backup_while_others_write_is_one_moment(records: Records, tmp_path: Path) -> None:
    """Accounts and journal in the copy belong together, however busy it was."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with records.transaction() as tables:
                tables.accounts.put(Account(student=Student(id=f"1{number:06}", first="A", last="B")))
                tables.journal.append(line("imported"))

    writer = threading.Thread(target=write)
    writer.start()
    copies = [records.backup(tmp_path / "copies") for _ in range(5)]
    stop.set()
    writer.join()
    for number, made in enumerate(copies):
        restored = restore.restore(made, tmp_path / f"restored{number}", NOW, "it")
        assert restored.accounts - 2 == restored.lines - 2


def test_damaged_records_are_not_backed_up_as_good(records: Records, tmp_path: Path) -> None:
    """A backup that counts is a backup that was checked."""
    records.close()
    path = records.path
    pages = path.read_bytes()
    path.write_bytes(pages[:8192] + b"\xff" * 4096 + pages[12288:])
    with pytest.raises(RecordsError):
        backup.copy(path, tmp_path / "copies", NOW)
    assert list((tmp_path / "copies").iterdir()) == []


# -- restore --


def test_a_restore_drill_changes_nothing(records: Records, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --yes the backup is tried out: opened, checked and counted."""
    made = records.backup(tmp_path / "copies")
    assert admin("restore", made, "--data", tmp_path / "untouched") == 0
    assert "The backup is good: 2 accounts and 2 journal lines." in capsys.readouterr().out
    assert not (tmp_path / "untouched").exists()


def test_a_restore_is_seen_by_programs_that_are_open(records: Records, tmp_path: Path) -> None:
    """Everybody continues with what was restored; what was there before is kept as a backup."""
    made = records.backup(tmp_path / "copies")
    with records.transaction() as tables:
        tables.accounts.remove("0123457")
        tables.journal.append(line("removed"))
    restored = restore.restore(made, records.folder, NOW, "it")
    with records.reading() as tables:
        assert {account.student.id for account in tables.accounts.all()} == {"0123456", "0123457"}
        assert [kept.what for kept in tables.journal.all()] == ["claim", "ticket-draft", "restored"]
    assert records.search("jose")[0] == BO.student
    with records.transaction() as tables:
        tables.journal.append(line("claim"))
    assert restored.kept is not None
    assert state_of_copy(restored.kept) == ({"0123456"}, 3)


def test_a_restore_while_somebody_reads(records: Records, tmp_path: Path) -> None:
    """A reader keeps the moment it began with; the next one sees what was restored."""
    made = records.backup(tmp_path / "copies")
    with records.transaction() as tables:
        tables.accounts.remove("0123457")
    with records.reading() as before:
        assert before.accounts.count() == 1
        restore.restore(made, records.folder, NOW, "it")
        assert before.accounts.count() == 1
    with records.reading() as after:
        assert after.accounts.count() == 2


def state_of_copy(path: Path) -> tuple[set[str], int]:
    with sqlite3.connect(path) as copy:
        ids = {row[0] for row in copy.execute("SELECT id FROM accounts")}
        lines = copy.execute("SELECT count(*) FROM journal").fetchone()[0]
    copy.close()
    return ids, lines


@pytest.mark.parametrize("trouble", ["missing", "empty", "text", "cut", "never-made"])
def test_a_restore_mends_what_cannot_be_opened(records: Records, tmp_path: Path, trouble: str) -> None:
    """The damaged file is set aside whole; the backup takes its place."""
    made = records.backup(tmp_path / "copies")
    records.close()
    path = records.path
    match trouble:
        case "missing":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("not records\n" * 100)
        case "cut":
            path.write_bytes(path.read_bytes()[:-8192])
        case "never-made":
            path = tmp_path / "fresh" / opening.FILE
    before = path.read_bytes() if path.exists() else None
    restored = restore.restore(made, path.parent, NOW, "it")
    assert state(path.parent) == ({"0123456", "0123457"}, 3)
    assert (restored.kept.read_bytes() if restored.kept else None) == before


@pytest.mark.parametrize("content", [b"", b"not a backup" * 100, None])
def test_a_backup_that_is_no_good_is_refused(records: Records, tmp_path: Path, content: bytes | None) -> None:
    """Nothing is touched until the backup has been checked as a whole."""
    bad = tmp_path / "bad.db"
    if content is None:
        bad.write_bytes(records.backup(tmp_path / "copies").read_bytes())
        pages = bad.read_bytes()
        bad.write_bytes(pages[:8192] + b"\xff" * 8192 + pages[16384:])
    else:
        bad.write_bytes(content)
    with pytest.raises(Damaged):
        restore.restore(bad, records.folder, NOW, "it")
    with pytest.raises(Unsuitable, match="no backup file"):
        restore.restore(tmp_path / "nowhere.db", records.folder, NOW, "it")
    with records.reading() as tables:
        assert tables.journal.count() == 2


# -- doctor --


def problems(folder: Path, now: datetime = NOW) -> dict[str, str]:
    return {finding.what: finding.words for finding in doctor.examine(folder, now) if not finding.ok}


def test_sound_records_have_no_findings(records: Records, capsys: pytest.CaptureFixture[str]) -> None:
    """The doctor looks while work goes on, and says what was looked at."""
    records.backup()
    assert problems(records.folder) == {}
    assert admin("doctor", "--data", records.folder) == 0
    printed = capsys.readouterr().out
    assert all(word in printed for word in ("file", "integrity", "journal", "search", "private", "room", "backups"))


def tampered(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / opening.FILE) as file:
        file.execute("DROP TRIGGER IF EXISTS journal_UPDATE")
        file.execute("DROP TRIGGER IF EXISTS journal_DELETE")
        for statement in statements:
            file.execute(statement)
    file.close()


@pytest.mark.parametrize(
    ("statement", "line_number"),
    [
        ("UPDATE journal SET doc = replace(doc, 'sam', 'eve') WHERE id = 2", 2),
        ("DELETE FROM journal WHERE id = 1", 1),
        ("UPDATE journal SET id = id + 10", 1),
        ("UPDATE journal SET doc = (SELECT doc FROM journal WHERE id = 1) WHERE id = 2", 2),
    ],
)
def test_a_changed_journal_is_found(records: Records, statement: str, line_number: int) -> None:
    """A line that was changed, removed or swapped breaks the chain."""
    tampered(records.folder, statement)
    assert f"Line {line_number} of the journal" in problems(records.folder)["journal"]


@pytest.mark.parametrize("statement", ["UPDATE journal SET doc = '{}'", "DELETE FROM journal"])
def test_the_journal_is_append_only(records: Records, statement: str) -> None:
    """Even a database browser is refused to change a line."""
    with sqlite3.connect(records.path) as browser, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        browser.execute(statement)
    browser.close()


def test_a_search_out_of_step_is_found_and_mended(records: Records) -> None:
    """Names missing from the search are noticed, and one option puts them back."""
    tampered(records.folder, "DELETE FROM search_words WHERE word = 'jose'")
    assert "--mend-search" in problems(records.folder)["search"]
    assert admin("doctor", "--mend-search", "--data", records.folder) == 0
    assert problems(records.folder) == {}


def test_the_doctor_finds_everything_else(records: Records, tmp_path: Path) -> None:
    """Unreadable documents, damage, rights of others, and missing records."""
    tampered(records.folder, "UPDATE accounts SET doc = replace(doc, 'generation', 'other')")
    assert "accounts" in problems(records.folder)["documents"]
    records.path.chmod(0o644)
    assert "chmod" in problems(records.folder)["private"]
    records.close()
    records.path.write_bytes(b"")
    assert "empty" in problems(records.folder)["file"]
    records.path.unlink()
    assert "gone" in problems(records.folder)["file"]
    assert "no records" in problems(tmp_path / "nowhere")["file"]


def test_an_old_backup_is_a_hint(records: Records) -> None:
    """Nobody is alarmed, but somebody is reminded."""
    made = records.backup()
    day = datetime.fromtimestamp(made.stat().st_mtime, UTC) + timedelta(days=30)
    found = {finding.what: finding for finding in doctor.examine(records.folder, day)}
    assert found["backups"].ok
    assert "30.0 days" in found["backups"].words
    assert "make one" in found["backups"].words


# -- export --


def test_an_export_has_every_table_and_no_secret(records: Records, tmp_path: Path) -> None:
    """JSON Lines and CSV of the same rows; no hash leaves the records."""
    assert export.export(records, tmp_path / "out") == {
        "accounts": 2,
        "cases": 1,
        "tickets": 1,
        "notices": 0,
        "journal": 2,
    }
    for name in ("accounts", "cases", "tickets", "journal"):
        rows = [json.loads(text) for text in (tmp_path / "out" / f"{name}.jsonl").read_text().splitlines()]
        with (tmp_path / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as sheet:
            cells = list(csv.DictReader(sheet))
        assert len(rows) == len(cells) > 0
        for row, line_of_cells in zip(rows, cells, strict=True):
            assert {key: export.guarded(cell) for key, cell in export.flat(row).items()} == line_of_cells
    everything = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert b"CANARY" not in everything
    assert b"argon2" not in everything
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").iterdir()} == {0o600}
    assert (tmp_path / "out" / "accounts.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert '"0123456"' in (tmp_path / "out" / "accounts.jsonl").read_text()


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        " =1",
        "\t=1",
        "\u00a0=1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "\nx",
        "＝1",
        "　＝1",
        "＋1",
        "－1",
        "＠x",
    ],
)
def test_a_spreadsheet_shows_every_field_and_calculates_none(text: str) -> None:
    """Whatever could be a formula is guarded with an apostrophe."""
    assert export.guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Ann", "O’Brien", "0123456", "a=b", " x", "'x"])
def test_ordinary_text_is_left_alone(text: str) -> None:
    """Only what is risky changes."""
    assert export.guarded(text) == text


def test_an_export_never_writes_over_anything(records: Records, tmp_path: Path) -> None:
    """A folder that exists is refused, and nothing half-written is left."""
    (tmp_path / "out").mkdir()
    with pytest.raises(Unsuitable, match="already there"):
        export.export(records, tmp_path / "out")
    with pytest.raises(Unsuitable, match="cannot be written"):
        export.export(records, records.path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_commands_say_what_they_did(records: Records, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each ends with a sentence that names the file or folder."""
    data = ("--data", records.folder)
    assert admin("backup", "--to", tmp_path / "copies", *data) == 0
    (made,) = (tmp_path / "copies").iterdir()
    assert admin("restore", made, "--yes", *data) == 0
    assert admin("export", "--to", tmp_path / "out", *data) == 0
    printed = capsys.readouterr().out
    assert f"Backup made and checked: {made}" in printed
    assert "Restored: 2 accounts and 2 journal lines." in printed
    assert "2 accounts, 1 cases, 1 tickets, 0 notices, 3 journal" in printed


@pytest.mark.parametrize("command", ["backup", "export"])
def test_a_command_on_the_wrong_folder_makes_nothing(tmp_path: Path, command: str) -> None:
    """A typing mistake in --data does not leave new, empty records behind."""
    with pytest.raises(RecordsError, match="no records"):
        admin(command, "--data", tmp_path / "typo")
    assert list(tmp_path.iterdir()) == []
