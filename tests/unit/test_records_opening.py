"""Opening the records: a first start makes them, and whatever is not sound is refused untouched."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wizard.accounts import Account, Student
from wizard.records import (
    Damaged,
    JournalLine,
    Missing,
    Newer,
    Records,
    RecordsError,
    Unsuitable,
    disks,
    opening,
    schema,
)
from wizard.records.narrowing import field
from wizard.records.storage import COLUMNS

NOW = datetime(2021, 8, 2, 11, 30, tzinfo=UTC)
ANN = Account(student=Student(id="0123456", first="Ann", last="O'Brien"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with one account in it, closed."""
    records = Records.open(tmp_path / "data", clock=lambda: NOW)
    with records.transaction() as tables:
        tables.accounts.put(ANN)
        tables.journal.append(JournalLine(at=NOW, agent="sam", what="imported"))
    records.close()
    return tmp_path / "data"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name != "records.lock"}


def test_a_first_start_makes_private_records_and_leaves_a_note(tmp_path: Path) -> None:
    """A new folder and everything in it belong to this user alone, and say what they are."""
    os.umask(0)
    records = Records.open(tmp_path / "new" / "data", clock=lambda: NOW)
    with records.transaction() as tables:
        tables.accounts.put(ANN)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new" / "data").iterdir()}
    records.close()
    os.umask(0o022)
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "new" / "data").stat().st_mode) == 0o700
    note = (tmp_path / "new" / "data" / opening.MARK).read_text()
    assert "2021-08-02" in note
    assert "restore" in note


def test_after_closing_everything_is_in_one_file(folder: Path) -> None:
    """A closed folder can be copied by copying one file."""
    assert sorted(contents(folder)) == sorted(["records.db", opening.MARK])


def damage_empty(path: Path) -> None:
    path.write_bytes(b"")


def damage_cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: -5 * 4096])


def damage_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:50])


def damage_header(path: Path) -> None:
    path.write_bytes(b"\0" * 16 + path.read_bytes()[16:])


def damage_text(path: Path) -> None:
    path.write_text("this was opened in an editor\n" * 200)


def damage_json(path: Path) -> None:
    path.write_text('{"_default": {}}')


def damage_other_program(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE bookmarks (url)")
    other.close()


def damage_directory(path: Path) -> None:
    path.unlink()
    path.mkdir()


def damage_newer(path: Path) -> None:
    with sqlite3.connect(path) as file:
        file.execute("PRAGMA user_version = 99")
    file.close()


def damage_missing(path: Path) -> None:
    path.unlink()


def damage_missing_but_log(path: Path) -> None:
    path.unlink()
    path.with_name(opening.MARK).unlink()
    path.with_name("records.db-wal").write_bytes(b"something")


def damage_dangling_link(path: Path) -> None:
    path.unlink()
    path.with_name(opening.MARK).unlink()
    path.symlink_to("on-a-disk-that-is-not-mounted.db")


@pytest.mark.parametrize(
    ("damage", "kind", "words"),
    [
        (damage_empty, Damaged, "is empty"),
        (damage_cut, Damaged, "cut off"),
        (damage_short, Damaged, "does not hold records"),
        (damage_header, Damaged, "does not hold records"),
        (damage_text, Damaged, "does not hold records"),
        (damage_json, Damaged, "does not hold records"),
        (damage_other_program, Damaged, "another program"),
        (damage_directory, Unsuitable, "a folder where the records belong"),
        (damage_newer, Newer, "newer version"),
        (damage_missing, Missing, "was here before and is gone"),
        (damage_missing_but_log, Missing, "was here before and is gone"),
        (damage_dangling_link, Missing, "was here before and is gone"),
    ],
)
def test_what_is_not_sound_is_refused_untouched(folder: Path, damage, kind: type[RecordsError], words: str) -> None:
    """Nothing is repaired, made anew or written over; the sentence says what to do."""
    damage(folder / "records.db")
    before = contents(folder)
    with pytest.raises(kind, match=words) as refused:
        Records.open(folder, clock=lambda: NOW)
    assert contents(folder) == before
    assert any(hint in str(refused.value) for hint in ("restore", "Install", "Rename"))
    assert "\n" not in str(refused.value)


def test_a_damaged_page_is_told_when_it_is_met(folder: Path) -> None:
    """Damage inside the file cannot be seen at the start; whoever meets it is told, and nothing is invented."""
    path = folder / "records.db"
    pages = path.read_bytes()
    with sqlite3.connect(path) as file:
        root = file.execute("SELECT rootpage FROM sqlite_master WHERE name = 'accounts'").fetchone()[0]
    file.close()
    path.write_bytes(pages[: (root - 1) * 4096] + b"\xff" * 4096 + pages[root * 4096 :])
    records = Records.open(folder, clock=lambda: NOW)
    with pytest.raises(Damaged, match="restore a backup"), records.reading() as tables:
        tables.accounts.get("0123456")
    with pytest.raises(Damaged, match="restore a backup"), records.transaction() as tables:
        tables.accounts.put(ANN)
    records.close()


def test_deleting_the_note_starts_over_on_purpose(folder: Path) -> None:
    """Whoever wants empty records can have them, by two deliberate steps."""
    (folder / "records.db").unlink()
    (folder / opening.MARK).unlink()
    records = Records.open(folder, clock=lambda: NOW)
    with records.reading() as tables:
        assert tables.accounts.count() == 0
    records.close()


@pytest.mark.parametrize("leftover", [b"", b"half a file"])
def test_a_start_that_was_cut_off_is_started_again(tmp_path: Path, leftover: bytes) -> None:
    """Power lost during the very first start: the next start makes the records."""
    (tmp_path / "records.db.new").write_bytes(leftover)
    Records.open(tmp_path).close()
    assert not (tmp_path / "records.db.new").exists()


def test_a_file_where_the_folder_belongs_is_refused(tmp_path: Path) -> None:
    """A wrong --data is a sentence, not a traceback."""
    (tmp_path / "data").write_text("x")
    with pytest.raises(Unsuitable, match="--data"):
        Records.open(tmp_path / "data")


def test_a_folder_for_everybody_is_refused(tmp_path: Path) -> None:
    """Student records are not put where every user of the machine may write."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o777)
    with pytest.raises(Unsuitable, match="everybody"):
        Records.open(tmp_path / "shared")
    assert stat.S_IMODE((tmp_path / "shared").stat().st_mode) == 0o777


MOUNTS = rb"""22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/root rw
30 22 0:26 / /home rw shared:2 - nfs4 server:/home rw
31 30 0:27 / /home/local\040disk rw - xfs /dev/sdb rw
32 22 0:28 / /mnt/share rw - cifs //server/share rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/var", ""), ("/home/sam", "nfs4"), ("/home/local disk/x", ""), ("/mnt/share", "cifs"), ("/mnt/shared", "")],
)
def test_network_shares_are_recognized(tmp_path: Path, folder: str, kind: str) -> None:
    """SQLite's write-ahead log does not work between hosts."""
    (tmp_path / "mounts").write_bytes(MOUNTS)
    assert disks.network_share(Path(folder), tmp_path / "mounts") == kind


def test_a_network_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says why, and where to put the records instead."""
    monkeypatch.setattr(disks, "network_share", lambda folder: "nfs4")
    with pytest.raises(Unsuitable, match=r"network share .nfs4.*own disk"):
        Records.open(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can become another user to be refused")
def test_a_folder_without_permission_is_a_sentence(folder: Path) -> None:
    """Another user of the machine gets neither the records nor a traceback."""
    script = (
        "import os, sys; from pathlib import Path; from wizard.records import Records, RecordsError\n"
        "os.setuid(65534)\n"
        "try:\n    Records.open(Path(sys.argv[1]))\n"
        "except RecordsError as error:\n    print(type(error).__name__, error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, folder], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Unsuitable The folder")
    assert done.stderr == ""


# -- versions --

FIRST_INDEXES = {
    "accounts": (),
    "cases": (("status",), ("code",)),
    "tickets": (("student_id",), ("status",)),
    "journal": (("case",), ("student",)),
}


def first_version(path: Path) -> None:
    """Make a file as version 1 of the program did, which had no search index."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    for table, fields in FIRST_INDEXES.items():
        connection.execute(f"CREATE TABLE {table} {COLUMNS}")
        for one in fields:
            connection.execute(f"CREATE INDEX {table}_{'_'.join(one)} ON {table} ({field(one)})")
    connection.execute("INSERT INTO accounts (id, doc) VALUES ('0123456', ?)", (ANN.model_dump_json(),))
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
    connection.execute("PRAGMA user_version = 1")
    connection.close()


def test_an_older_file_is_brought_up_to_date_after_a_backup(tmp_path: Path) -> None:
    """Nothing is lost on the way, and the old file is kept as it was."""
    first_version(tmp_path / "records.db")
    records = Records.open(tmp_path, clock=lambda: NOW)
    assert records.search("obrien") == (ANN.student,)
    records.close()
    (kept,) = (tmp_path / "backups").iterdir()
    assert kept.name == f"before-version-{schema.VERSION}-20210802-113000Z.db"
    with sqlite3.connect(kept) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (1,)
        assert old.execute("SELECT doc FROM accounts").fetchone() == (ANN.model_dump_json(),)
    old.close()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_migration_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a migration never happens; the next start tries again."""
    first_version(tmp_path / "records.db")

    def fails(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (x)")
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setitem(schema.STEPS, 1, fails)
        with pytest.raises(ZeroDivisionError):
            Records.open(tmp_path, clock=lambda: NOW)
    with sqlite3.connect(tmp_path / "records.db") as file:
        assert file.execute("PRAGMA user_version").fetchone() == (1,)
        assert "half" not in str(file.execute("SELECT name FROM sqlite_master").fetchall())
    file.close()
    records = Records.open(tmp_path, clock=lambda: NOW)
    assert records.search("obrien") == (ANN.student,)
    records.close()


def test_there_is_a_way_from_every_older_version() -> None:
    """No version is left behind."""
    assert sorted(schema.STEPS) == list(range(1, schema.VERSION))


def test_a_program_that_runs_while_the_file_gets_newer_stops_writing(folder: Path) -> None:
    """An old window left open over an update does not write into the new format."""
    records = Records.open(folder, clock=lambda: NOW)
    with sqlite3.connect(folder / "records.db") as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(Newer), records.transaction() as tables:
        tables.accounts.put(ANN)
    records.close()


def test_a_file_put_in_place_while_open_is_noticed(folder: Path, tmp_path: Path) -> None:
    """Writes never go to a file that is no longer in the folder."""
    records = Records.open(folder, clock=lambda: NOW)
    shutil.copy(folder / "records.db", tmp_path / "copy.db")
    with records.transaction() as tables:
        tables.accounts.put(ANN.model_copy(update={"ticket": "T1"}))
    for name in ("records.db", "records.db-wal", "records.db-shm"):
        (folder / name).unlink()
    with pytest.raises(Missing), records.transaction():
        pass
    shutil.copy(tmp_path / "copy.db", folder / "records.db")
    with records.transaction() as tables:
        assert tables.accounts.get("0123456") == ANN
    records.close()
