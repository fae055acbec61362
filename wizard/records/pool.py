"""Open connections, lent to one thread at a time and used again, for one snapshot or one change.

Snapshot and Change are classes rather than generators, because their costs are counted in microseconds.
"""

import sqlite3
import threading
from pathlib import Path
from types import TracebackType

from wizard.records import opening
from wizard.records.errors import explained
from wizard.records.session import Session, identity
from wizard.records.turns import Turns


class Pool:
    """Sessions on one records file; a file that was put in its place meanwhile is opened anew."""

    def __init__(self, path: Path, *, writes: bool, patience: float) -> None:
        """Lend sessions that write, or that only read."""
        self._path = path
        self._name = str(path)
        self._writes = writes
        self._patience = patience
        self._guard = threading.Lock()
        self._idle: list[Session] = []
        self._closed = False

    def take(self) -> Session:
        """Return a session that nobody else uses. Raises RecordsError when the file cannot be opened."""
        with self._guard:
            if self._closed:
                raise RuntimeError("The records are closed")
            session = self._idle.pop() if self._idle else None
        if session is not None and session.identity == identity(self._name):
            return session
        if session is not None:
            session.close()  # a backup was restored under another name and put here
        opening.version_on_disk(self._path)
        return Session(self._path, writes=self._writes, patience=self._patience)

    def put_back(self, session: Session) -> None:
        """Take a session back."""
        with self._guard:
            if not self._closed:
                self._idle.append(session)
                return
        session.close()

    def close(self) -> None:
        """Close all sessions; those still lent are closed when they come back."""
        with self._guard:
            self._closed = True
            for session in self._idle:
                session.close()
            self._idle.clear()


class Snapshot:
    """A session in one read transaction."""

    __slots__ = ("_pool", "_session")

    def __init__(self, pool: Pool) -> None:
        """Borrow from `pool` when the block begins."""
        self._pool = pool

    def __enter__(self) -> Session:
        session = self._session = self._pool.take()
        try:
            session.begin()
        except BaseException:
            self._pool.put_back(session)
            raise
        return session

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if self._session.storage.connection.in_transaction:
                self._session.storage.connection.execute("ROLLBACK")  # there is nothing to keep
        finally:
            self._pool.put_back(self._session)


class Change:
    """A session in one write transaction, during one turn: committed at the end of the block, or rolled back."""

    __slots__ = ("_pool", "_session", "_turns")

    def __init__(self, pool: Pool, turns: Turns) -> None:
        """Borrow from `pool` when the turn has come."""
        self._pool = pool
        self._turns = turns

    def __enter__(self) -> Session:
        self._turns.begin()
        try:
            session = self._session = self._pool.take()
        except BaseException:
            self._turns.end()
            raise
        try:
            session.begin("BEGIN IMMEDIATE")
        except BaseException:
            self._finish()
            raise
        return session

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        storage = self._session.storage
        try:
            if error is None:
                storage.ask("COMMIT")
            elif isinstance(error, sqlite3.Error) and (told := explained(error, storage.path)):
                raise told from error
        finally:
            self._finish()

    def _finish(self) -> None:
        if self._session.storage.connection.in_transaction:
            self._session.storage.roll_back()
        self._pool.put_back(self._session)
        self._turns.end()
