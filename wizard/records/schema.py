"""What a records file holds, and the number of its version."""

import sqlite3
from typing import Final

from wizard.records.storage import COLUMNS
from wizard.records.table import Path, field

APPLICATION: Final = 0x50575A52
"""SQLite's application id: `PWZR`, so that no other program's file is taken for ours."""

VERSION: Final = 1
"""The version this program writes; SQLite's user_version."""

INDEXES: Final[dict[str, tuple[Path, ...]]] = {
    "accounts": (),
    "cases": (("status",), ("code",)),
    "tickets": (("student_id",), ("status",)),
    "journal": (("case",), ("student",)),
}
"""The tables and the fields each has an index on."""

APPEND_ONLY = """
CREATE TRIGGER journal_{event} BEFORE {event} ON journal
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END
"""


def create(connection: sqlite3.Connection) -> None:
    """Make all tables in an empty file, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for table, paths in INDEXES.items():
        connection.execute(f"CREATE TABLE {table} {COLUMNS}")
        for path in paths:
            connection.execute(f"CREATE INDEX {table}_{'_'.join(path)} ON {table} ({field(path)})")
    for event in ("UPDATE", "DELETE"):
        connection.execute(APPEND_ONLY.format(event=event))
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
