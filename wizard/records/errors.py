"""What can go wrong with the records, each as one sentence for people: what, where, and what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class RecordsError(Exception):
    """The records cannot do what was asked; `str()` says why and what to do, and nothing was changed."""


class Conflict(RecordsError):
    """Somebody else saved a newer version first."""


class Busy(RecordsError):
    """Somebody else is writing right now and did not finish within the wait."""


class Unsuitable(RecordsError):
    """The folder or file cannot hold the records: a network share, no permission, something else in its place."""


class Missing(RecordsError):
    """The records were here before and are gone."""


class Damaged(RecordsError):
    """The file is not what was written."""


class Newer(RecordsError):
    """The file was written by a newer version of the program."""


class DiskFull(RecordsError):
    """There is no space left; the records stand as they were before."""


class DiskFailing(RecordsError):
    """The disk refused to read or write; the records stand as they were before."""


_BUSY = (Busy, "The records in {where} are busy: another program is writing. Try again in a moment.")
_SENTENCES: dict[int, tuple[type[RecordsError], str]] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_FULL: (
        DiskFull,
        "Not saved: there is no space left where {where} is kept. Nothing was changed. Free some space and try again.",
    ),
    sqlite3.SQLITE_IOERR: (
        DiskFailing,
        "Not saved: the disk with {where} answers with an error. Nothing was changed. "
        "Try again; if it stays, tell IT to check the disk and its free space.",
    ),
    sqlite3.SQLITE_READONLY: (
        Unsuitable,
        "The records in {where} cannot be written: the file or its folder is read-only. Ask IT for write permission.",
    ),
    sqlite3.SQLITE_PERM: (Unsuitable, "The records in {where} may not be opened by this user. Ask IT for permission."),
    sqlite3.SQLITE_CANTOPEN: (
        Unsuitable,
        "The records in {where} cannot be opened. Check that the folder exists, that this user may write to it, "
        "and that the disk is not full.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        Damaged,
        "The records in {where} are damaged. Leave the file as it is and restore a backup: "
        "portal-wizard-admin restore BACKUP.",
    ),
    sqlite3.SQLITE_NOTADB: (
        Damaged,
        "The file {where} does not hold records: it is damaged or something else. Leave it as it is and restore "
        "a backup: portal-wizard-admin restore BACKUP.",
    ),
}
"""SQLite's primary result code -> what it means for people."""


def explained(error: sqlite3.Error, where: Path | str) -> RecordsError | None:
    """Return the error in words, or None when it is a mistake in the program rather than in the world."""
    if "no such module: fts5" in str(error):
        return Unsuitable("This Python's SQLite has no full-text search (FTS5). Install Python from python.org.")
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or code & 0xFF not in _SENTENCES:
        return None
    kind, sentence = _SENTENCES[code & 0xFF]
    return kind(sentence.format(where=where))


@contextmanager
def in_words(where: Path | str) -> Iterator[None]:
    """Turn what SQLite raises inside the block into a sentence for people."""
    try:
        yield
    except sqlite3.Error as error:
        told = explained(error, where)
        if told is None:
            raise
        raise told from error
