"""One connection with the repositories and the search over it."""

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from flows.case import Case
from wizard.accounts import Account
from wizard.notices import Notice
from wizard.records import opening
from wizard.records.accounts import Accounts
from wizard.records.cases import Cases
from wizard.records.guardians import Guardians
from wizard.records.index import Index
from wizard.records.journal import Journal
from wizard.records.notices import Notices
from wizard.records.schema import INDEXES, VERSION
from wizard.records.standing import Standing
from wizard.records.storage import SqliteStorage
from wizard.records.table import DocumentTable, NamedTable
from wizard.records.tickets import Tickets
from wizard.tickets import Ticket

if TYPE_CHECKING:
    from wizard.records.search import Search


class Tables(NamedTuple):
    """All tables, as one transaction sees them."""

    accounts: Accounts
    cases: Cases
    tickets: Tickets
    journal: Journal
    notices: Notices


class Session:
    """A connection to the records file, used by one thread at a time."""

    def __init__(self, path: Path, *, writes: bool, patience: float) -> None:
        """Open the file, which must be there and sound."""
        self._path = path
        self.storage = SqliteStorage(path, patience=patience)
        self.check()
        self.identity = identity(str(path))
        if not writes:
            self.storage.connection.execute("PRAGMA query_only = ON")
        self.index = Index(self.storage.connection)
        self.standing = Standing(self.storage.connection)
        self.guardians = Guardians(self.storage.connection)
        on_change = {"accounts": self._follow}
        tables = {
            name: NamedTable(self.storage, name, indexes=paths, on_change=on_change.get(name))
            for name, paths in INDEXES.items()
        }
        self.tables = Tables(
            Accounts(tables["accounts"], Account, self.index),
            Cases(tables["cases"], Case),
            Tickets(tables["tickets"], Ticket),
            Journal(DocumentTable(self.storage, "journal", indexes=INDEXES["journal"])),
            Notices(tables["notices"], Notice),
        )

    @cached_property
    def search(self) -> "Search":
        """The search; loaded when somebody looks for a student."""
        from wizard.records.search import Search

        return Search(self.storage)

    def _follow(self, row: int, before: str | None, after: str | None) -> None:
        self.index.changed(row, before, after)
        self.standing.changed(row, before, after)
        self.guardians.changed(row, before, after)

    def begin(self, how: str = "BEGIN") -> None:
        """Begin to read (nothing changes from the first look on), or to write. Raises RecordsError."""
        self.storage.ask(how)
        self.check()

    def check(self) -> None:
        """Make sure that the file is still of the version this program knows. Raises RecordsError."""
        if self.storage.ask("PRAGMA user_version").fetchone() != (VERSION,):
            opening.check(self.storage.connection, self._path)

    def close(self) -> None:
        """Close the connection."""
        self.storage.close()


def identity(path: str) -> tuple[int, int]:
    """Return what tells this file from another one put in its place; zeros when there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 -- half the time of Path.stat, and it is asked before every look
    except OSError:
        return 0, 0
    return status.st_dev, status.st_ino
