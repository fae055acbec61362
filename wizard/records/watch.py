"""Noticing that somebody else has saved something, without reading it: a question of a few microseconds."""

import sqlite3
import threading
from pathlib import Path

from wizard.records.session import identity
from wizard.records.storage import connect

Stamp = tuple[int, ...]
"""Differs from an earlier one when the records have changed since."""


class Watch:
    """A connection of its own that only ever asks whether others have committed; usable from any thread."""

    def __init__(self, path: Path) -> None:
        """Watch the records file `path`; it is opened with the first look."""
        self._path = path
        self._guard = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._identity = (0, 0)

    def stamp(self) -> Stamp:
        """Return the present stamp; an empty one while the file cannot be looked at."""
        with self._guard:
            try:
                return (*self._present(), *self._version())
            except sqlite3.Error:
                self._forget()
                return ()

    def close(self) -> None:
        """Close the connection."""
        with self._guard:
            self._forget()

    def _present(self) -> tuple[int, int]:
        """Open the file anew when another one stands in its place: a backup was restored."""
        found = identity(str(self._path))
        if found != self._identity:
            self._forget()
            self._identity = found
        return found

    def _version(self) -> Stamp:
        if self._identity == (0, 0):
            return ()
        if self._connection is None:
            self._connection = connect(self._path, patience=0)
        version: Stamp = self._connection.execute("PRAGMA data_version").fetchone()
        return version

    def _forget(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection, self._identity = None, (0, 0)
