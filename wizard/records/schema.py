"""What a records file holds, the number of its version, and the way from older versions to this one."""

import sqlite3
from collections.abc import Callable
from typing import Final

from wizard.records import guardians, index, standing
from wizard.records.narrowing import Path, field
from wizard.records.storage import COLUMNS

APPLICATION: Final = 0x50575A52
"""SQLite's application id: `PWZR`, so that no other program's file is taken for ours."""

VERSION: Final = 7
"""The version this program writes; SQLite's user_version."""

INDEXES: Final[dict[str, tuple[Path, ...]]] = {
    "accounts": (),
    "cases": (("status",), ("code",), ("started",)),
    "tickets": (("student_id",), ("status",)),
    "journal": (("case",), ("student",)),
    "notices": (("status",),),
}
"""The tables and the fields each has an index on."""

APPEND_ONLY = """
CREATE TRIGGER journal_{event} BEFORE {event} ON journal
BEGIN SELECT raise(ABORT, 'the journal is append-only'); END
"""


def create(connection: sqlite3.Connection) -> None:
    """Make all tables in an empty file, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    for table in INDEXES:
        _add_table(connection, table)
    for event in ("UPDATE", "DELETE"):
        connection.execute(APPEND_ONLY.format(event=event))
    for statement in (*index.TABLES, standing.TABLE, *standing.COUNTED, *guardians.TABLES):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an older file to this version, in one transaction; a file of this version stays as it is."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for version in range(version_of(connection), VERSION):
            STEPS[version](connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def version_of(connection: sqlite3.Connection) -> int:
    """Return the version of an open file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _add_table(connection: sqlite3.Connection, table: str) -> None:
    connection.execute(f"CREATE TABLE {table} {COLUMNS}")
    for path in INDEXES[table]:
        _add_index(connection, table, path)


def _add_index(connection: sqlite3.Connection, table: str, path: Path) -> None:
    connection.execute(f"CREATE INDEX IF NOT EXISTS {table}_{'_'.join(path)} ON {table} ({field(path)})")


def _add_notices(connection: sqlite3.Connection) -> None:
    _add_table(connection, "notices")


def _add_search(connection: sqlite3.Connection) -> None:
    for statement in index.TABLES:
        connection.execute(statement)
    index.Index(connection).rebuild()


def _add_home(connection: sqlite3.Connection) -> None:
    """Add what the home screen counts from: the standing of each account, and the calls by their day."""
    for statement in (standing.TABLE, *standing.COUNTED):
        connection.execute(statement)
    standing.Standing(connection).rebuild()
    _add_index(connection, "cases", ("started",))


def _renew_search(connection: sqlite3.Connection) -> None:
    """Keep what forgives typing mistakes as lists of words instead of a row for each pair."""
    for table in ("search_names", "search_words", "search_stems", "search_keys", "search_parts"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    _add_search(connection)


def _add_guardians(connection: sqlite3.Connection) -> None:
    """Add what siblings are found by."""
    for statement in guardians.TABLES:
        connection.execute(statement)
    guardians.Guardians(connection).rebuild()


def _count_standing(connection: sqlite3.Connection) -> None:
    """Keep how many accounts stand alike, so that the home screen need not count them."""
    if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'search_counts'").fetchone():
        for statement in standing.COUNTED:
            connection.execute(statement)
        standing.Standing(connection).recount()


STEPS: Final[dict[int, Callable[[sqlite3.Connection], None]]] = {
    1: _add_search,
    2: _add_notices,
    3: _add_home,
    4: _renew_search,
    5: _add_guardians,
    6: _count_standing,
}
"""Version -> what turns it into the next one. Steps are never changed once released."""
