"""The records of one data folder: transactions over all tables, snapshots to read, and the search."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from wizard.accounts import Student
from wizard.records import backup, opening, schema
from wizard.records.errors import in_words
from wizard.records.session import Session, Tables, identity
from wizard.records.storage import connect
from wizard.records.turns import Turns

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
        self._patience = patience
        self._closed = False
        self._guard = threading.Lock()
        self._readers: list[Session] = []
        self._writers: list[Session] = []

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
            records._put_back(records._writers, records._take(records._writers, writes=True))
            opening.mark(path, clock())
        except BaseException:
            records.close()
            raise
        return records

    def close(self) -> None:
        """Close all connections; what still runs in other threads closes its own."""
        with self._guard:
            if not self._closed:
                self._closed = True
                for session in (*self._readers, *self._writers):
                    session.close()
        self.turns.close()

    @contextmanager
    def transaction(self) -> Iterator[Tables]:
        """Change all tables together: everything in the block is saved at its end, or nothing is.

        Raises Busy when somebody else keeps writing, and DiskFull or DiskFailing when the disk does.
        """
        with self._writing() as session:
            yield session.tables

    @contextmanager
    def reading(self) -> Iterator[Tables]:
        """Look at all tables as they stand at one moment; writers are not held up."""
        with self._snapshot() as session:
            yield session.tables

    def search(self, text: str, limit: int = 50, school: str | None = None) -> tuple[Student, ...]:
        """Return the students who fit what was typed, best first; only those of one school when asked."""
        with self._snapshot() as session:
            return session.search.find(text, limit, school)

    def backup(self, folder: Path | None = None) -> Path:
        """Copy the records as they stand, while others write, and return the copy."""
        return backup.copy(self.path, folder or self.folder / backup.FOLDER, self.clock())

    def mend_search(self) -> None:
        """Build the search index anew from the accounts."""
        with self._writing() as session:
            session.index.rebuild()

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with self.turns.take():
            session = self._take(self._writers, writes=True)
            try:
                with session.storage.transaction():
                    opening.check(session.storage.connection, self.path)
                    yield session
            finally:
                self._put_back(self._writers, session)

    @contextmanager
    def _snapshot(self) -> Iterator[Session]:
        session = self._take(self._readers, writes=False)
        try:
            with session.storage.transaction("BEGIN"):
                yield session
        finally:
            self._put_back(self._readers, session)

    def _take(self, idle: list[Session], *, writes: bool) -> Session:
        with self._guard:
            if self._closed:
                raise RuntimeError("The records are closed")
            session = idle.pop() if idle else None
        if session is not None and session.identity == identity(self.path):
            return session
        if session is not None:
            session.close()  # another file was put in its place: a backup was restored
        opening.version_on_disk(self.path)
        return Session(self.path, writes=writes, patience=self._patience)

    def _put_back(self, idle: list[Session], session: Session) -> None:
        with self._guard:
            if self._closed:
                session.close()
            else:
                idle.append(session)

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
