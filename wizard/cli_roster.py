"""`portal-wizard-admin roster import FILE`: what would change first, then all or nothing."""

import argparse
import getpass
from pathlib import Path

from wizard import clock, places
from wizard import district as districts
from wizard.records import Records
from wizard.roster import importing, reading

FIRST_REFUSED = 20
"""Refused rows printed; the rest are counted."""


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `roster import` to the admin command."""
    roster = subparsers.add_parser("roster", help="bring students in from the student information system")
    actions = roster.add_subparsers(required=True, metavar="import")
    load = actions.add_parser("import", help="import a CSV export: shows what would change; --yes does it")
    load.add_argument("file", type=Path)
    load.add_argument("--yes", action="store_true", help="import; without it only what would change is shown")
    load.add_argument("--data", type=Path, help="the data folder (default: this user's)")
    load.add_argument("--district", type=Path, help="the district file (default: the shipped one)")
    load.set_defaults(run=run_import)


def run_import(arguments: argparse.Namespace) -> int:
    """Read, compare, and with --yes import."""
    roster = reading.read(arguments.file, districts.load(arguments.district))
    folder = places.prepare(arguments.data or places.default_folder())
    records = Records.open(folder, clock=clock.now)
    try:
        _print_refused(arguments.file.name, roster.refused)
        return _apply(records, roster) if arguments.yes else _dry_run(records, roster)
    finally:
        records.close()


def _print_refused(name: str, refused: tuple[reading.RefusedRow, ...]) -> None:
    for row in refused[:FIRST_REFUSED]:
        print(f"{name}, line {row.line}: left out, {row.reason}.")
    if len(refused) > FIRST_REFUSED:
        print(f"... and {len(refused) - FIRST_REFUSED} more rows left out.")


def _dry_run(records: Records, roster: reading.Roster) -> int:
    with records.reading() as tables:
        changes = importing.compare(tables, roster, clock.now())
    print(f"Would import: {changes.words}. Nothing is changed yet; add --yes to import.")
    return 0


def _apply(records: Records, roster: reading.Roster) -> int:
    changes = importing.apply(records, roster, getpass.getuser(), clock.now())
    print(f"Imported: {changes.words}.")
    return 0
