"""The records of one data folder: transactions over all tables, snapshots to read, and the search."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from wizard.accounts import Student
from wizard.records import backup, opening, schema
from wizard.records.errors import in_words
from wizard.records.pool import Change, Pool, Snapshot
from wizard.records.session import Tables
from wizard.records.storage import connect
from wizard.records.turns import Turns
from wizard.records.watch import Stamp, Watch

PATIENCE = 0.5
"""Seconds a transaction waits for its turn: five times the worst wait under eight busy writers, and not a freeze."""

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Records:
    """All records of one data folder; usable from any thread and from several processes at once."""

    def __init__(self, folder: Path, clock: Clock, patience: float) -> None:
        """Use `Records.open`."""
        self.folder = folder
        self.path = folder / opening.FILE
        self.clock = clock
        self.turns = Turns(folder / "records.lock", patience)
        self._readers = Pool(self.path, writes=False, patience=patience)
        self._writers = Pool(self.path, writes=True, patience=patience)
        self._watch = Watch(self.path)

    @classmethod
    def open(cls, folder: Path, *, clock: Clock = _now, patience: float = PATIENCE) -> "Records":
        """Open the records of a folder, making new ones on the first start and bringing older ones up to date.

        `patience`: how many seconds a transaction waits for its turn. Raises RecordsError.
        """
        opening.prepare(folder)
        path = folder / opening.FILE
        version = opening.version_on_disk(path)
        records = cls(folder, clock, patience)
        try:
            if version != schema.VERSION:
                records._make_or_migrate()
            records._writers.put_back(records._writers.take())
            opening.mark(path, clock())
        except BaseException:
            records.close()
            raise
        return records

    def close(self) -> None:
        """Close all connections; what still runs in other threads closes its own."""
        self._readers.close()
        self._writers.close()
        self._watch.close()
        self.turns.close()

    def transaction(self) -> "Transaction":
        """Change all tables together (`with`): everything in the block is saved at its end, or nothing is.

        Raises Busy when somebody else keeps writing, and DiskFull or DiskFailing when the disk does.
        """
        return Transaction(Change(self._writers, self.turns))

    def reading(self) -> "Transaction":
        """Look at all tables as they stand at one moment (`with`); writers are not held up."""
        return Transaction(Snapshot(self._readers))

    def stamp(self) -> Stamp:
        """Return what changes whenever anybody has saved anything; a few microseconds, so ask as often as you like."""
        return self._watch.stamp()

    def search(self, text: str, limit: int = 50, school: str | None = None) -> tuple[Student, ...]:
        """Return the students who fit what was typed, best first; only those of one school when asked."""
        with Snapshot(self._readers) as session:
            return session.search.find(text, limit, school)

    def backup(self, folder: Path | None = None) -> Path:
        """Copy the records as they stand, while others write, and return the copy."""
        return backup.copy(self.path, folder or self.folder / backup.FOLDER, self.clock())

    def mend_search(self) -> None:
        """Build what is kept beside the accounts anew from them: the search index, where each one stands, siblings."""
        with Change(self._writers, self.turns) as session:
            session.index.rebuild()
            session.standing.rebuild()
            session.guardians.rebuild()

    def _make_or_migrate(self) -> None:
        with self.turns.take(), in_words(self.path):
            version = opening.version_on_disk(self.path)  # another program may have been first
            if version is None:
                opening.make(self.path, self.clock())
            elif version < schema.VERSION:
                backup.copy(self.path, self.folder / backup.FOLDER, self.clock(), f"before-version-{schema.VERSION}")
                connection = connect(self.path)
                try:
                    schema.migrate(connection)
                finally:
                    connection.close()


class Transaction:
    """The tables in one transaction."""

    __slots__ = ("_session",)

    def __init__(self, session: Change | Snapshot) -> None:
        """Use `Records.transaction` or `Records.reading`."""
        self._session = session

    def __enter__(self) -> Tables:
        return self._session.__enter__().tables

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.__exit__(kind, error, trace)
