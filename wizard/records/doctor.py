"""Looking the records over: is everything as it was written, private, and with room to grow?"""

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from wizard.records import backup, disks, opening, schema
from wizard.records.errors import RecordsError
from wizard.records.folding import words_of
from wizard.records.session import Session

ROOM = 200 * 1024 * 1024
"""Bytes that should be free beside room for one more copy of the file."""

OFTEN = timedelta(days=7)
"""A backup older than this is worth a hint."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    ok: bool
    words: str
    """What was found, and what to do when it is not fine."""


def examine(folder: Path, now: datetime) -> list[Finding]:
    """Look everything over; the records are not changed, and work may go on meanwhile."""
    path = folder / opening.FILE
    found = [_opens(path)]
    if not folder.is_dir():
        return found
    if found[0].ok:
        found.append(_integrity(path))
    if all(finding.ok for finding in found) and opening.version_on_disk(path) == schema.VERSION:
        found += _contents(path)
    return [*found, _disk(folder), _private(folder), _room(folder, path), _backups(folder, now)]


def _opens(path: Path) -> Finding:
    try:
        version = opening.version_on_disk(path)
    except RecordsError as error:
        return Finding("file", False, str(error))
    if version is None:
        return Finding("file", False, f"There are no records in {path.parent} yet; they are made on the first start.")
    older = "" if version == schema.VERSION else " It is brought up to date, after a backup, at the next start."
    return Finding("file", True, f"{path}, version {version}.{older}")


def _integrity(path: Path) -> Finding:
    problems = backup.damage(path)
    if problems:
        return Finding("integrity", False, f"The file is damaged ({problems[0]}). {opening.RESTORE}")
    return Finding("integrity", True, "Every page is as SQLite wrote it.")


def _contents(path: Path) -> Iterator[Finding]:
    session = Session(path, writes=False, patience=2.0)
    looks: tuple[Callable[[Session], Finding], ...] = (_journal, _documents, _search, _standing, _siblings)
    try:
        with session.storage.transaction("BEGIN"):
            for look in looks:
                yield look(session)
    finally:
        session.close()


def _journal(session: Session) -> Finding:
    broken = session.tables.journal.broken()
    number, head = session.tables.journal.head()
    if broken is not None:
        words = (
            f"Line {broken} of the journal is not what was written, or a line before it is missing. Somebody changed "
            "the file by hand. Keep a copy of it, and compare with a backup."
        )
        return Finding("journal", False, words)
    return Finding("journal", True, f"{number} lines, an unbroken chain; its last hash is {head[:16]}.")


def _documents(session: Session) -> Finding:
    tables = session.tables
    try:
        count = sum(1 for kept in (tables.accounts, tables.cases, tables.tickets, tables.notices) for _ in kept.all())
    except RecordsError as error:
        return Finding("documents", False, str(error))
    return Finding("documents", True, f"{count} accounts, calls, tickets and notices, all readable.")


def _search(session: Session) -> Finding:
    expected: set[str] = set()
    for student in (json.loads(text)["student"] for _, text in session.tables.accounts.table.texts()):
        expected |= words_of(student["first"], student["middle"], student["last"])
    kept = {word for (word,) in session.storage.ask("SELECT word FROM search_words")}
    if kept != expected:
        words = "The search has other names than the accounts. Mend it: portal-wizard-admin doctor --mend-search."
        return Finding("search", False, words)
    return Finding("search", True, f"{len(kept)} different words of names, all findable.")


def _standing(session: Session) -> Finding:
    if session.standing.wrong():
        words = "Who can log in is counted from other rows than the accounts. Mend it: doctor --mend-search."
        return Finding("readiness", False, words)
    return Finding("readiness", True, "Who can log in is counted from what the accounts say.")


def _siblings(session: Session) -> Finding:
    if session.guardians.wrong():
        words = "Siblings are found by other phones than those in the accounts. Mend it: doctor --mend-search."
        return Finding("siblings", False, words)
    return Finding("siblings", True, "Siblings are found by the phones in the accounts.")


def _disk(folder: Path) -> Finding:
    share = disks.network_share(folder)
    if share:
        words = f"The folder is on a network share ({share}): move the records to a disk of this machine."
        return Finding("disk", False, words)
    return Finding("disk", True, "A disk of this machine.")


def _private(folder: Path) -> Finding:
    if os.name == "nt":
        return Finding("private", True, "Windows keeps the user's folders private.")
    files = (path for path in folder.rglob("*") if not path.is_symlink())
    open_to_others = [path for path in (folder, *files) if _mode(path) & 0o077]
    if open_to_others:
        words = f"Others on this machine can reach {open_to_others[0]}: take their rights away (chmod go= ...)."
        return Finding("private", False, words)
    return Finding("private", True, "Only this user can reach the folder and its files.")


def _mode(path: Path) -> int:
    """Return who may do what with a file; a lock that has just gone is nobody's."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return 0


def _room(folder: Path, path: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    needed = ROOM + (path.stat().st_size if path.is_file() else 0)
    words = f"{free // 1_000_000:,} MB are free."
    if free < needed:
        return Finding("room", False, f"{words} Make room: {needed // 1_000_000:,} MB should be.")
    return Finding("room", True, words)


def _backups(folder: Path, now: datetime) -> Finding:
    copies = sorted((folder / backup.FOLDER).glob("*.db"), key=lambda copy: copy.stat().st_mtime)
    if not copies:
        return Finding("backups", True, "There is no backup in this folder. Make one: portal-wizard-admin backup.")
    age = now.timestamp() - copies[-1].stat().st_mtime
    hint = " That is long ago: make one, portal-wizard-admin backup." if age > OFTEN.total_seconds() else ""
    return Finding("backups", True, f"The newest is {copies[-1].name}, {age / 86_400:.1f} days old.{hint}")
