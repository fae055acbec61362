"""The records of one data folder: transactions over all tables, snapshots to read, and the search."""

import threading
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from wizard.accounts import Student
from wizard.records import schema
from wizard.records.errors import Unsuitable, in_words
from wizard.records.session import Session, Tables
from wizard.records.storage import connect
from wizard.records.turns import Turns

FILE = "records.db"
"""The one file in the data folder that holds everything."""

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Records:
    """All records of one data folder; usable from any thread and from several processes at once."""

    def __init__(self, folder: Path, clock: Clock, patience: float) -> None:
        """Use `Records.open`."""
        self.folder = folder
        self.path = folder / FILE
        self.clock = clock
        self._turns = Turns(folder / "records.lock", patience)
        self._readers: list[Session] = []
        self._guard = threading.Lock()
        self._writer: Session | None = None

    @classmethod
    def open(cls, folder: Path, *, clock: Clock = _now, patience: float = 2.0) -> "Records":
        """Open the records of a folder, making new ones on the first start.

        `patience`: how many seconds a transaction waits for its turn. Raises RecordsError.
        """
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
        except OSError as error:
            raise Unsuitable(
                f"The folder {folder} cannot hold the records: {error.strerror}. Choose another one with --data."
            ) from error
        records = cls(folder, clock, patience)
        with records._turns.take(), in_words(records.path):
            if not records.path.exists():
                records.path.touch(mode=0o600)
                connection = connect(records.path)
                schema.create(connection)
                connection.close()
            records._writer = Session(records.path, writes=True)
        return records

    def close(self) -> None:
        """Close all connections."""
        with self._guard:
            for session in (*self._readers, self._writer):
                if session is not None:
                    session.close()
            self._readers.clear()
            self._writer = None

    @contextmanager
    def transaction(self) -> Iterator[Tables]:
        """Change all tables together: everything in the block is saved at its end, or nothing is.

        Raises Busy when somebody else keeps writing, and DiskFull or DiskFailing when the disk does.
        """
        with self._turns.take():
            if self._writer is None:
                raise RuntimeError("The records are closed")
            with self._writer.storage.transaction():
                yield self._writer.tables

    @contextmanager
    def reading(self) -> Iterator[Tables]:
        """Look at all tables as they stand at one moment; writers are not held up."""
        session = self._reader()
        try:
            with session.storage.transaction("BEGIN"):
                yield session.tables
        finally:
            with self._guard:
                self._readers.append(session)

    def search(self, text: str, limit: int = 50, school: str | None = None) -> tuple[Student, ...]:
        """Return the students who fit what was typed, best first."""
        words = _plain(text).split()
        found = []
        with self.reading() as tables:
            for account in tables.accounts.all():
                student = account.student
                names = _plain(f"{student.first} {student.middle} {student.last} {student.id} s{student.id}").split()
                if words and all(any(name.startswith(word) for name in names) for word in words):
                    if school in (None, student.school):
                        found.append(student)
                    if len(found) >= limit:
                        break
        return tuple(found)

    def _reader(self) -> Session:
        with self._guard:
            if self._writer is None:
                raise RuntimeError("The records are closed")
            if self._readers:
                return self._readers.pop()
        return Session(self.path, writes=False)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(" " if letter in "-" else letter for letter in letters if not unicodedata.combining(letter))
    return "".join(letter for letter in kept if letter.isalnum() or letter == " ")
