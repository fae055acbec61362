"""TinyDB itself over SQLite."""

from tinydb import TinyDB

from wizard.records.storage import SqliteStorage
from wizard.records.table import DocumentTable


class DocumentDB(TinyDB):
    """TinyDB over SQLite: `DocumentDB(path)` or, in memory, `DocumentDB()`."""

    table_class = DocumentTable  # type: ignore[assignment]
    default_storage_class = SqliteStorage  # type: ignore[assignment]

    @property
    def storage(self) -> SqliteStorage:
        """Return the storage."""
        return self._storage  # type: ignore[return-value]

    def tables(self) -> set[str]:
        """Return the names of all tables in the database."""
        return self.storage.names()

    def drop_tables(self) -> None:
        """Remove all tables. This cannot be reversed."""
        with self.storage.transaction():
            for name in self.tables():
                self.storage.drop(name)
        self._tables.clear()

    def drop_table(self, name: str) -> None:
        """Remove one table. This cannot be reversed."""
        self._tables.pop(name, None)
        with self.storage.transaction():
            self.storage.drop(name)
