"""The records: accounts, cases, tickets and the journal, in one SQLite file behind TinyDB's API.

    records = Records.open(folder)
    with records.transaction() as tables:
        account = tables.accounts.get("0123456")
        tables.accounts.put(changed)
        tables.journal.append(JournalLine(...))

Everything in a transaction is saved together or not at all. All SQL of the product is in this folder.
"""

from wizard.records.errors import (
    Busy,
    Conflict,
    Damaged,
    DiskFailing,
    DiskFull,
    Missing,
    Newer,
    RecordsError,
    Unsuitable,
)
from wizard.records.journal import JournalLine
from wizard.records.records import Records
from wizard.records.session import Tables

__all__ = [
    "Busy",
    "Conflict",
    "Damaged",
    "DiskFailing",
    "DiskFull",
    "JournalLine",
    "Missing",
    "Newer",
    "Records",
    "RecordsError",
    "Tables",
    "Unsuitable",
]
