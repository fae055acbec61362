"""`portal-wizard-admin backup | restore | doctor | export`: keeping the records safe."""

import argparse
import getpass
from pathlib import Path

from wizard import clock, places
from wizard.console import show
from wizard.records import Missing, Records, doctor, export, opening, restore

PATIENCE = 10.0
"""Seconds to wait until nobody writes; nobody looks at a frozen screen here."""

FOUND = 1
"""Exit code of a doctor that found something."""


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the four commands to the admin command."""
    copy = subparsers.add_parser("backup", help="copy the records while everybody goes on working")
    copy.add_argument("--to", type=Path, help="the folder for the copy (default: backups in the data folder)")
    copy.set_defaults(run=run_backup)

    back = subparsers.add_parser("restore", help="put a backup in place of the records; without --yes only try it")
    back.add_argument("backup", type=Path, help="a file that `backup` made")
    back.add_argument("--yes", action="store_true", help="restore; without it the backup is only tried out")
    back.set_defaults(run=run_restore)

    look = subparsers.add_parser("doctor", help="look the records over: damage, journal, permissions, space")
    look.add_argument("--mend-search", action="store_true", help="build the search anew from the accounts first")
    look.set_defaults(run=run_doctor)

    out = subparsers.add_parser("export", help="write accounts, calls, tickets and the journal as JSON Lines and CSV")
    out.add_argument("--to", type=Path, help="a folder that does not exist yet")
    out.set_defaults(run=run_export)

    for command in (copy, back, look, out):
        command.add_argument("--data", type=Path, help="the data folder (default: this user's)")


def run_backup(arguments: argparse.Namespace) -> int:
    """Copy the records and say where to."""
    records = _open(arguments)
    try:
        made = records.backup(arguments.to)
    finally:
        records.close()
    show(f"Backup made and checked: {made} ({made.stat().st_size:,} bytes).")
    show("Keep a copy on another disk; it holds student data and hashed secrets.")
    return 0


def run_restore(arguments: argparse.Namespace) -> int:
    """Try a backup out, or with --yes restore it."""
    now = clock.now()
    if not arguments.yes:
        tried = restore.drill(arguments.backup, now)
        show(f"The backup is good: {tried.accounts:,} accounts and {tried.lines:,} journal lines.")
        show("Nothing is changed yet; add --yes to put it in place of the records.")
        return 0
    done = restore.restore(arguments.backup, _folder(arguments), now, getpass.getuser())
    show(f"Restored: {done.accounts:,} accounts and {done.lines:,} journal lines.")
    if done.kept is not None:
        show(f"What was there before is kept: {done.kept}")
    return 0


def run_doctor(arguments: argparse.Namespace) -> int:
    """Look everything over and say what is not fine."""
    if arguments.mend_search:
        records = _open(arguments)
        records.mend_search()
        records.close()
    findings = doctor.examine(_folder(arguments), clock.now())
    for finding in findings:
        show(f"{'fine   ' if finding.ok else 'PROBLEM'}  {finding.what:<10} {finding.words}")
    return 0 if all(finding.ok for finding in findings) else FOUND


def run_export(arguments: argparse.Namespace) -> int:
    """Write everything but secrets to a new folder."""
    folder = arguments.to or Path(export.folder_name(clock.now()))
    records = _open(arguments)
    try:
        counts = export.export(records, folder)
    finally:
        records.close()
    show(f"Exported to {folder}: " + ", ".join(f"{count:,} {name}" for name, count in counts.items()) + ".")
    show("The files hold student data: keep them private, and delete them after use.")
    return 0


def _folder(arguments: argparse.Namespace) -> Path:
    folder: Path = arguments.data or places.default_folder()
    return folder


def _open(arguments: argparse.Namespace) -> Records:
    folder = _folder(arguments)
    if opening.version_on_disk(folder / opening.FILE) is None:
        raise Missing(f"There are no records in {folder}. Name the data folder with --data.")
    return Records.open(folder, clock=clock.now, patience=PATIENCE)
