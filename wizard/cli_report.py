"""`portal-wizard-admin report`: what families called about and how it went, as text, JSON or tables."""

import argparse
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path

from wizard import clock, libraries, places, reporting
from wizard import district as districts
from wizard.console import complain, show, show_json
from wizard.district import District
from wizard.records import Missing, Records, opening
from wizard.reportpage import page
from wizard.setting import Setting

PATIENCE = 10.0
"""Seconds to wait until nobody writes; nobody looks at a frozen screen here."""

WRONG_USE = 2


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `report` to the admin command."""
    command = subparsers.add_parser("report", help="calls by problem, outcome, school and hour; who cannot log in yet")
    command.add_argument("--since", type=_day, metavar="DATE", help="from this day on, such as 2021-08-02, or today")
    command.add_argument("--until", type=_day, metavar="DATE", help="up to and with this day")
    command.add_argument("--school", default="", help="only calls about students of this school")
    command.add_argument("--json", action="store_true", help="as JSON")
    command.add_argument("--csv", type=Path, metavar="FOLDER", help="write the tables into a folder that is new")
    command.add_argument("--not-ready", type=Path, metavar="FILE", help="write who cannot log in yet into a new CSV")
    command.add_argument("--data", type=Path, help="the data folder (default: this user's)")
    command.add_argument("--district", type=Path, help="the district file (default: the shipped one)")
    command.add_argument("--flows", type=Path, help="the folder of the flow files (default: the shipped ones)")
    command.add_argument("--overlay", type=Path, help="a folder of a district's own changes, laid over the flows")
    command.set_defaults(run=run_report)


def run_report(arguments: argparse.Namespace) -> int:
    """Print the report, and write what was asked for."""
    with _setting(arguments) as setting:
        school = _school(setting, arguments.school)
        if school is None:
            return WRONG_USE
        since, until = _span(arguments, setting.district)
        made = reporting.read(setting, since, until, school)
        if arguments.json:
            show_json(reporting.as_json(made))
        else:
            for line in page(made):
                show(line.text)
        if arguments.csv:
            count = reporting.write_tables(made, arguments.csv)
            complain(f"{count} tables are in {arguments.csv}.")
        if arguments.not_ready:
            count = reporting.write_not_ready(setting, arguments.not_ready, school)
            complain(f"{count:,} students who cannot log in yet: {arguments.not_ready}.")
            complain("The file holds student data: keep it private, and delete it after use.")
    return 0


def _span(arguments: argparse.Namespace, district: District) -> tuple[datetime | None, datetime | None]:
    """Return the moments between which calls began, in the district's days."""
    today = clock.in_zone(clock.now(), district).date()
    first, last = (today if day == "today" else day for day in (arguments.since, arguments.until))
    since = datetime.combine(first, time.min, district.zone) if first else None
    return since, datetime.combine(last + timedelta(days=1), time.min, district.zone) if last else None


def _day(text: str) -> date | str:
    if text == "today":
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write one such as 2021-08-02, or today") from None


def _school(setting: Setting, wanted: str) -> str | None:
    """Return the school's name as the roster writes it, empty for all; None, with a sentence, for an unknown one."""
    if not wanted:
        return ""
    with setting.records.reading() as tables:
        schools = sorted(set(tables.accounts.schools().values()) - {""})
    found = next((school for school in schools if school.casefold() == wanted.casefold()), None)
    if found is None:
        named = ", ".join(schools[:10]) + (" …" if schools[10:] else "")
        complain(f"No student is at {wanted!r}. The schools are: {named or 'none yet; import a roster first'}.")
    return found


@contextmanager
def _setting(arguments: argparse.Namespace) -> Iterator[Setting]:
    folder = arguments.data or places.default_folder()
    if opening.version_on_disk(folder / opening.FILE) is None:
        raise Missing(f"There are no records in {folder}. Name the data folder with --data.")
    district = districts.load(arguments.district)
    library = libraries.load(arguments.flows, arguments.overlay)
    records = Records.open(folder, clock=clock.now, patience=PATIENCE)
    try:
        yield Setting(records, library, district, clock.now, getpass.getuser())
    finally:
        records.close()
