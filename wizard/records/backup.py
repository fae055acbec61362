"""Copies of the records, made while others go on writing, and checked before they count."""

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from wizard.records import opening
from wizard.records.errors import Damaged, Unsuitable, in_words

FOLDER = "backups"
"""Where copies go inside the data folder unless told otherwise."""


def copy(path: Path, folder: Path, now: datetime, what: str = "records") -> Path:
    """Copy the records as they stand at this moment into `folder`, under a new name, and return it.

    The copy is one file, flushed to the disk, checked as a whole and private. Raises RecordsError.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = _free_name(folder, f"{what}-{now:%Y%m%d-%H%M%SZ}")
        unfinished = target.with_name(target.name + ".unfinished")
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)
    except OSError as error:
        raise Unsuitable(
            f"The backup cannot be written to {folder}: {error.strerror}. Choose another folder."
        ) from error
    try:
        with in_words(unfinished):
            _copy(path, unfinished)
        problems = damage(unfinished)
        if problems:
            raise Damaged(f"No backup was made: the records in {path} are damaged ({problems[0]}). {opening.RESTORE}")
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    opening.flush_folder(folder)
    return target


def damage(path: Path) -> list[str]:
    """Return what SQLite finds wrong in a whole file; nothing when it is sound."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(5)")]
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if found == ["ok"] else found


def copy_pages(path: Path, target: Path) -> None:
    """Copy one snapshot of a database over another, and flush it."""
    source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
    copied = sqlite3.connect(target, isolation_level=None)
    try:
        source.backup(copied)  # in one step: writers are not held up
    finally:
        copied.close()
        source.close()
    flush(target)


def flush(path: Path) -> None:
    """Make a finished file durable."""
    descriptor = os.open(path, os.O_RDWR)
    os.fsync(descriptor)
    os.close(descriptor)


def _copy(path: Path, target: Path) -> None:
    copy_pages(path, target)
    copied = sqlite3.connect(target, isolation_level=None)
    copied.execute("PRAGMA journal_mode = DELETE")  # one file, without a write-ahead file beside it
    copied.close()
    flush(target)


def _free_name(folder: Path, stem: str) -> Path:
    for number in range(1, 1000):
        target = folder / (f"{stem}.db" if number == 1 else f"{stem}-{number}.db")
        if not target.exists():
            return target
    raise Unsuitable(f"The folder {folder} already has a thousand backups of this second.")
