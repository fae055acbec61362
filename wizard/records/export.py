"""Everything except secrets, as JSON Lines for programs and CSV for people.

One snapshot of all tables, written to a new folder that appears whole or not at all. Hashes of passwords
and answers never leave the records, nor do guardians, who are kept only to verify callers (O6).
"""

import csv
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from wizard.accounts import Account
from wizard.records.errors import Unsuitable
from wizard.records.journal import Journal
from wizard.records.records import Records
from wizard.records.session import Tables

Row = dict[str, Any]

FORMULA = tuple("=+-@＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula; the wide forms too."""


def export(records: Records, folder: Path) -> dict[str, int]:
    """Write a new folder with two files for each table, and return how many rows each has. Raises Unsuitable."""
    if folder.exists():
        raise Unsuitable(f"{folder} is already there, and nothing is written over. Name a folder that does not exist.")
    unfinished = folder.with_name(folder.name + ".unfinished")
    try:
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700, parents=True)
        with records.reading() as tables:
            counts = {name: _write(unfinished, name, rows(tables)) for name, rows in TABLES.items()}
        unfinished.rename(folder)
    except OSError as error:
        raise Unsuitable(f"The export cannot be written to {folder}: {error.strerror}.") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return counts


def guarded(text: str) -> str:
    """Return text that a spreadsheet shows instead of calculating."""
    risky = text.startswith(("\t", "\r", "\n")) or text.lstrip().startswith(FORMULA)
    return "'" + text if risky else text


def flat(row: Row, prefix: str = "") -> dict[str, str]:
    """Return a row as one level of text: `student.last`; lists as JSON."""
    cells: dict[str, str] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            cells |= flat(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            cells[prefix + name] = json.dumps(value, ensure_ascii=False) if value else ""
        else:
            cells[prefix + name] = "" if value is None else str(value)
    return cells


def _accounts(tables: Tables) -> Iterator[Row]:
    return map(_account, tables.accounts.all())


def _account(account: Account) -> Row:
    row = account.model_dump(mode="json", exclude={"secrets", "used_passwords", "guardians"})
    claim = row.pop("claim") or dict.fromkeys(("generation", "at", "how", "by", "case"))
    return {**row, "claim": claim, "password_known_here": account.secrets is not None}


def _cases(tables: Tables) -> Iterator[Row]:
    return (case.model_dump(mode="json") for case in tables.cases.all())


def _tickets(tables: Tables) -> Iterator[Row]:
    return (ticket.model_dump(mode="json") for ticket in tables.tickets.all())


def _notices(tables: Tables) -> Iterator[Row]:
    return (notice.model_dump(mode="json") for notice in tables.notices.all())


def _journal(tables: Tables) -> Iterator[Row]:
    journal: Journal = tables.journal
    return ({"number": document.doc_id, **document} for document in journal.table)


TABLES: dict[str, Callable[[Tables], Iterable[Row]]] = {
    "accounts": _accounts,
    "cases": _cases,
    "tickets": _tickets,
    "notices": _notices,
    "journal": _journal,
}
"""Name of the files -> their rows."""


def _write(folder: Path, name: str, rows: Iterable[Row]) -> int:
    count = 0
    columns: csv.DictWriter[str] | None = None
    with (
        _private(folder / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n") as lines,
        _private(folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as sheet,
    ):
        for row in rows:
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
            cells = flat(row)
            if columns is None:
                columns = csv.DictWriter(sheet, list(cells), extrasaction="raise")
                columns.writeheader()
            columns.writerow({column: guarded(cell) for column, cell in cells.items()})
            count += 1
        for file in (lines, sheet):
            file.flush()
            os.fsync(file.fileno())
    return count


def _private(path: Path) -> Path:
    path.touch(mode=0o600)
    return path


def folder_name(now: datetime) -> str:
    """Return the name of a new export's folder."""
    return f"portal-wizard-export-{now:%Y%m%d-%H%M%SZ}"
