"""Opening a data folder: make it on the first start, and refuse untouched whatever is not sound.

A damaged, empty, missing or newer file is never written over: what looks like nothing may be all there is.
"""

import os
import sqlite3
import stat
from datetime import datetime
from pathlib import Path
from typing import Final

from wizard.records import disks, schema
from wizard.records.errors import Damaged, Missing, Newer, Unsuitable, in_words
from wizard.records.storage import connect

FILE: Final = "records.db"
"""The one file of a data folder that holds everything."""

MARK: Final = "records-are-kept-here.txt"
"""Stands beside the file from the first day, so that a missing file is noticed instead of made anew."""

WORDS = """The records of portal-wizard have been kept in this folder, in {file}, since {date}.
If {file} is missing, do not start over: restore a backup with  portal-wizard-admin restore BACKUP
Only to begin with empty records on purpose, delete this note as well.
"""

RESTORE = "Leave it as it is and restore a backup: portal-wizard-admin restore BACKUP."


def prepare(folder: Path) -> None:
    """Make the folder private, on a disk of this machine. Raises Unsuitable."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = folder.stat().st_mode
        if os.name != "nt" and mode & stat.S_IWOTH:
            raise Unsuitable(
                f"The folder {folder} is open to everybody on this machine. Choose one of your own with --data."
            )
        if os.name != "nt" and stat.S_IMODE(mode) & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        reason = error.strerror or "it cannot be used"
        raise Unsuitable(
            f"The folder {folder} cannot hold the records: {reason}. Choose another one with --data."
        ) from error
    if share := disks.network_share(folder):
        raise Unsuitable(
            f"The folder {folder} is on a network share ({share}), where the records would not be safe. "
            "Choose a folder on this machine's own disk with --data."
        )


def version_on_disk(path: Path) -> int | None:
    """Return the version of the file, having only read its first bytes; None when it has to be made.

    Raises Missing, Damaged, Newer or Unsuitable for anything else; the file is not touched.
    """
    if path.is_dir():
        raise Unsuitable(f"There is a folder where the records belong: {path}. Rename it and start again.")
    if not path.exists():
        _only_when_never_made(path)
        return None
    with path.open("rb") as file:
        header = file.read(100)
        size = os.fstat(file.fileno()).st_size
    return _version_in(path, header, size)


def make(path: Path, now: datetime) -> None:
    """Make a new, empty records file; it appears whole or not at all."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with in_words(path):
        new.touch(mode=0o600)
        connection = connect(new)
        try:
            schema.create(connection)
        finally:
            connection.close()
    new.replace(path)
    mark(path, now)
    flush_folder(path.parent)


def mark(path: Path, now: datetime) -> None:
    """Leave the note that records are kept here."""
    note = path.with_name(MARK)
    if not note.exists():
        note.touch(mode=0o600)
        note.write_text(WORDS.format(file=path.name, date=now.date().isoformat()), encoding="utf-8")


def check(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version as SQLite sees it, the write-ahead file included. Raises Newer or Damaged."""
    with in_words(path):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = schema.version_of(connection)
    return _known(path, application, version)


def flush_folder(folder: Path) -> None:
    """Make a new name in the folder durable, where the operating system has a way to."""
    if os.name != "nt":
        descriptor = os.open(folder, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def _only_when_never_made(path: Path) -> None:
    left = [name for name in (MARK, path.name + "-wal") if path.with_name(name).exists()]
    if left or path.is_symlink():
        raise Missing(
            f"The records are missing: {path} was here before and is gone. Look for the file, or restore a backup: "
            f"portal-wizard-admin restore BACKUP. (To begin with empty records on purpose, delete {MARK} as well.)"
        )


def _version_in(path: Path, header: bytes, size: int) -> int:
    if not size:
        raise Damaged(f"The records file {path} is empty, which it never is by itself. {RESTORE}")
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise Damaged(f"The file {path} does not hold records: it is damaged or something else. {RESTORE}")
    version = _known(path, int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big"))
    page = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    if size < pages * (65536 if page == 1 else page) and not path.with_name(path.name + "-wal").exists():
        raise Damaged(f"The records file {path} is cut off: its end is missing. {RESTORE}")
    return version


def _known(path: Path, application: int, version: int) -> int:
    if application != schema.APPLICATION or version < 1:
        raise Damaged(f"The file {path} is a database of another program, not the records. {RESTORE}")
    if version > schema.VERSION:
        raise Newer(
            f"The records in {path} were written by a newer version of portal-wizard (version {version} of the file; "
            f"this program knows {schema.VERSION}). Nothing was changed. Install the newer program on this machine."
        )
    return version
