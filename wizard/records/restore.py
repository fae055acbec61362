"""Putting a backup in the place of the records, or only trying whether that would work.

The backup is copied and checked as a whole before anything is touched. Sound records are kept as one more
backup first, and then overwritten in one transaction, so that programs that have them open see them change
at once. Damaged ones are set aside, whole, under another name.
"""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wizard.records import backup, opening, schema
from wizard.records.errors import Damaged, RecordsError, Unsuitable, in_words
from wizard.records.journal import JournalLine
from wizard.records.records import Records
from wizard.records.storage import connect
from wizard.records.turns import Turns

PATIENCE = 10.0
"""Seconds to wait until nobody writes."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    accounts: int
    lines: int
    """Lines of the journal in the backup."""
    kept: Path | None
    """Where the records that were there before are now."""


def drill(source: Path, now: datetime) -> Restored:
    """Restore into a folder of its own, open it, count, and throw it away. Raises RecordsError."""
    with tempfile.TemporaryDirectory(prefix="portal-wizard-drill-") as folder:
        return restore(source, Path(folder) / "data", now, "drill")


def restore(source: Path, folder: Path, now: datetime, who: str) -> Restored:
    """Put the backup in place of the records in `folder`. Raises RecordsError; then nothing was changed."""
    _examine(source)
    opening.prepare(folder)
    path = folder / opening.FILE
    turns = Turns(folder / "records.lock", PATIENCE)
    try:
        with turns.take():
            kept = _replace(source, path, now)
    except OSError as error:
        raise Unsuitable(
            f"The backup cannot be put in place in {folder}: {error.strerror}. "
            "Make room there, close every portal-wizard window on this machine, and try again."
        ) from error
    finally:
        turns.close()
    return _opened(folder, source, kept, now, who)


def _examine(source: Path) -> None:
    if not source.is_file():
        raise Unsuitable(f"There is no backup file {source}. Name one that backup made, ending in .db.")
    version = opening.version_on_disk(source)
    problems = backup.damage(source)
    if version is None or problems:
        found = problems[0] if problems else "it is empty"
        raise Damaged(f"The backup {source} is damaged ({found}). Nothing was changed; use an older backup.")


def _replace(source: Path, path: Path, now: datetime) -> Path | None:
    new = path.with_name(path.name + ".restoring")
    new.unlink(missing_ok=True)
    try:
        new.touch(mode=0o600)
        with in_words(new):
            backup.copy_pages(source, new)
            _bring_up_to_date(new)
        if _is_sound(path):
            kept = backup.copy(path, path.parent / backup.FOLDER, now, "before-restore")
            with in_words(path):
                backup.copy_pages(new, path)
            return kept
        kept_aside = _set_aside(path, now)
        new.replace(path)
        opening.mark(path, now)
        opening.flush_folder(path.parent)
        return kept_aside
    finally:
        new.unlink(missing_ok=True)


def _bring_up_to_date(path: Path) -> None:
    connection = connect(path)
    try:
        schema.migrate(connection)
        connection.execute("PRAGMA journal_mode = DELETE")  # one file again; opening it turns the mode back
    finally:
        connection.close()


def _is_sound(path: Path) -> bool:
    try:
        return opening.version_on_disk(path) is not None and not backup.damage(path)
    except RecordsError:
        return False


def _set_aside(path: Path, now: datetime) -> Path | None:
    aside = path.with_name(f"{path.name}.set-aside-{now:%Y%m%d-%H%M%SZ}")
    moved = None
    for ending in ("-shm", "-wal", ""):
        part = path.with_name(path.name + ending)
        if part.exists() or part.is_symlink():
            moved = part.rename(aside.with_name(aside.name + ending))
    return moved


def _opened(folder: Path, source: Path, kept: Path | None, now: datetime, who: str) -> Restored:
    records = Records.open(folder, clock=lambda: now, patience=PATIENCE)
    try:
        with records.transaction() as tables:
            restored = Restored(tables.accounts.count(), tables.journal.count(), kept)
            tables.journal.append(JournalLine(at=now, agent=who, what="restored", result="done", detail=source.name))
        return restored
    finally:
        records.close()
