"""One connection with the repositories over it."""

from dataclasses import dataclass
from pathlib import Path

from flows.case import Case
from wizard.accounts import Account
from wizard.records.accounts import Accounts
from wizard.records.cases import Cases
from wizard.records.journal import Journal
from wizard.records.schema import INDEXES
from wizard.records.storage import SqliteStorage
from wizard.records.table import DocumentTable, NamedTable
from wizard.records.tickets import Tickets
from wizard.tickets import Ticket


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables, as one transaction sees them."""

    accounts: Accounts
    cases: Cases
    tickets: Tickets
    journal: Journal


class Session:
    """A connection to the records file, used by one thread at a time."""

    def __init__(self, path: Path, *, writes: bool) -> None:
        """Open the file, which must be there and sound."""
        self.storage = SqliteStorage(path)
        if not writes:
            self.storage.connection.execute("PRAGMA query_only = ON")
        named = {name: NamedTable(self.storage, name, indexes=paths) for name, paths in INDEXES.items()}
        self.tables = Tables(
            Accounts(named["accounts"], Account),
            Cases(named["cases"], Case),
            Tickets(named["tickets"], Ticket),
            Journal(DocumentTable(self.storage, "journal", indexes=INDEXES["journal"])),
        )

    def close(self) -> None:
        """Close the connection."""
        self.storage.close()
