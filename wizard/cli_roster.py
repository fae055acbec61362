"""`portal-wizard-admin roster import FILE`: what would change first, then all or nothing."""

import argparse
import getpass
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from wizard import clock, places
from wizard import district as districts
from wizard.cli_progress import progress_bar
from wizard.console import complain, show, show_json
from wizard.district import District
from wizard.records import Records, RecordsError
from wizard.roster import importing, mapping, planning, report
from wizard.roster.collector import paused
from wizard.roster.lines import ENCODINGS
from wizard.roster.planning import Plan
from wizard.roster.problems import RosterError
from wizard.roster.reading import Options, Roster, read

DONE, FOUND, WRONG_USE = 0, 1, 2
"""Exit codes: fine; rows were left out of what would be imported or was; nothing can be imported."""


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `roster import` to the admin command."""
    roster = subparsers.add_parser("roster", help="bring students in from the student information system")
    actions = roster.add_subparsers(required=True, metavar="import")
    load = actions.add_parser(
        "import",
        help="import an export of the student information system",
        description="Shows what would change, then asks, or with --yes imports: all or nothing. See docs/rosters.md.",
    )
    load.add_argument(
        "file", type=Path, help="a CSV file, or the zip or folder of OneRoster, Clever or School Data Sync"
    )
    load.add_argument("--yes", action="store_true", help="import; without it only what would change is shown")
    load.add_argument("--json", action="store_true", help="everything as JSON, all problems included")
    load.add_argument("--part", action="store_true", help="the file holds only some of the students; nobody is gone")
    load.add_argument(
        "--accept-loss", type=int, default=0, metavar="N", help="let as many as N students become inactive"
    )
    load.add_argument("--restore-zeros", action="store_true", help="put back the zeros a spreadsheet took from the IDs")
    load.add_argument("--map", action="append", default=[], metavar="NAME=HEADER", help="take NAME from this column")
    load.add_argument("--mapping", type=Path, metavar="FILE", help="a mapping that was saved")
    load.add_argument("--save-mapping", type=Path, metavar="FILE", help="save how the columns were read")
    load.add_argument(
        "--encoding", choices=sorted(filter(None, ENCODINGS)), default="", help="for text that is not Unicode"
    )
    load.add_argument("--data", type=Path, help="the data folder (default: this user's)")
    load.add_argument("--district", type=Path, help="the district file (default: the shipped one)")
    load.set_defaults(run=run_import)


def run_import(arguments: argparse.Namespace) -> int:
    """Read, compare, show, and with --yes or a yes import."""
    try:
        with paused():
            return _import(arguments)
    except RosterError as error:
        if not arguments.json:
            raise
        show_json(report.refused_json(error))
        return WRONG_USE
    except KeyboardInterrupt:
        complain("Stopped. Nothing was changed.")
        raise


def _import(arguments: argparse.Namespace) -> int:
    district = districts.load(arguments.district)
    roster = _read(arguments, district)
    if arguments.save_mapping:
        mapping.save(roster, arguments.save_mapping)
    folder = places.prepare(arguments.data or places.default_folder())
    records = Records.open(folder, clock=clock.now)
    try:
        plan = planning.plan(records, roster, clock.now())
        return _answer(arguments, records, plan)
    finally:
        records.close()


def _read(arguments: argparse.Namespace, district: District) -> Roster:
    said = mapping.load(arguments.mapping) if arguments.mapping else {}
    options = Options(
        mapping={**said, **mapping.of_arguments(arguments.map)},
        restore_zeros=arguments.restore_zeros,
        part=arguments.part,
        encoding=arguments.encoding,
    )
    try:
        roster = read(arguments.file, district, options)
    except RosterError as error:
        if all(offer.kind != "zeros" for offer in error.offers) or not _asks(arguments):
            raise
        show(error.words)
        return read(arguments.file, district, replace(options, restore_zeros=_agrees("Restore them?")))
    if roster.restorable and _asks(arguments) and _agrees(f"Restore the zero for {roster.restorable:,} rows?"):
        return read(arguments.file, district, replace(options, restore_zeros=True))
    return roster


def _answer(arguments: argparse.Namespace, records: Records, plan: Plan) -> int:
    refusal = plan.loss_refusal(arguments.accept_loss)
    if not arguments.json:
        _show(plan, refusal)
    import_now = not refusal and (arguments.yes or (_asks(arguments) and _agrees("Import now?")))
    if import_now:
        plan = _apply(arguments, records, plan)
    if arguments.json:
        show_json(report.as_json(plan, refusal, import_now))
    elif import_now:
        show(f"Imported: {plan.words}.")
    elif not refusal:
        show("Nothing is changed yet; add --yes to import.")
    if import_now:
        _complete(records)
    return FOUND if refusal else DONE


def _show(plan: Plan, refusal: RosterError | None) -> None:
    for line in (*report.reading_lines(plan.roster), *report.plan_lines(plan), *report.command_lines(plan)):
        show(line)
    show(f"Would import: {plan.words}.")
    if refusal:
        complain(f"Refused: {refusal}")


def _apply(arguments: argparse.Namespace, records: Records, plan: Plan) -> Plan:
    with progress_bar("Importing") as progress:
        return importing.apply(
            records, plan, getpass.getuser(), clock.now(), accept_loss=arguments.accept_loss, progress=progress
        )


def _complete(records: Records) -> None:
    """Prepare new names for typing mistakes; what stops this leaves them unforgiven until the next import, no more."""
    sys.stdout.flush()
    with suppress(RecordsError, KeyboardInterrupt):
        importing.complete_search(records)


def _asks(arguments: argparse.Namespace) -> bool:
    """Return whether somebody is there to be asked."""
    return not (arguments.json or arguments.yes) and sys.stdin.isatty() and sys.stdout.isatty()


def _agrees(question: str) -> bool:
    try:
        return input(f"{question} [y/N] ").strip().casefold() in ("y", "yes")
    except EOFError:
        return False
