"""Reading an export of the student information system: recognised by its content, never changed, never guessed.

roster = read(path, district)          # raises RosterError with a sentence
plan = planning.plan(records, roster, now)
importing.apply(records, plan, agent, now)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from wizard.district import District
from wizard.roster import flat, sourced
from wizard.roster.choosing import Chosen, Tried, choose
from wizard.roster.collector import paused
from wizard.roster.columns import Columns
from wizard.roster.gathering import Gathering
from wizard.roster.listing import Listing, Options, Reading
from wizard.roster.numbers import Numbers
from wizard.roster.offers import Offer
from wizard.roster.person import Person
from wizard.roster.problems import Problem, RosterError
from wizard.roster.source import Source, opened

__all__ = ["Options", "Roster", "RosterError", "read"]

STUDENT_FILES = ("students.csv", "student.csv")
COMPANIONS = frozenset(
    f"{name}.csv" for name in ("manifest", "orgs", "roles", "schools", "school", "teachers", "classes", "enrollments")
)
"""Files that come beside the students and are no roster by themselves."""


@dataclass(frozen=True, slots=True)
class Roster:
    """What an export holds."""

    name: str
    """Of the file or folder that was given."""
    format: str
    columns: Columns
    id_column: Tried
    guardians: str
    """Where guardians come from; empty when the export has none."""
    students: Mapping[str, Person]
    """By student ID."""
    joining: Sequence[str]
    """IDs of those who get an account unless they have one: enrolled, and surely students."""
    problems: tuple[Problem, ...]
    """In the order of the lines."""
    partial: bool
    """Not everybody is listed: nobody is gone because of that."""
    delta: bool
    mentioned: frozenset[str]
    """IDs of rows that were left out."""
    unreadable: frozenset[tuple[str, str]]
    """Last and first names of rows whose ID nobody can tell."""
    restorable: int
    """Rows left out only because of what a spreadsheet did to the ID without losing a digit."""
    restored: int
    """Rows whose ID was restored, because a person said so."""
    offers: tuple[Offer, ...] = ()
    """What a person may say yes to."""

    @property
    def refused(self) -> tuple[Problem, ...]:
        """Return the rows that are left out."""
        return tuple(problem for problem in self.problems if problem.kind == "refused")

    def says(self, name: str) -> bool:
        """Return whether an empty value is meant: the export has a place for it, and lists it for everybody."""
        return not self.delta and bool(self.guardians if name == "guardians" else name in self.columns.of)


def read(path: Path, district: District, options: Options | None = None) -> Roster:
    """Read an export: a file, a folder or a zip. Raises RosterError when nothing of it can be trusted."""
    with paused(), opened(path) as source:
        reading = Reading(source, district, options or Options(), [])
        return _gathered(reading, _recognised(reading))


def _recognised(reading: Reading) -> Listing:
    source = reading.source
    name = next(iter(source.members), "")
    if source.single or (len(source.members) == 1 and name not in COMPANIONS):
        return (
            sourced.listing(reading) if name == sourced.USERS and _is_sourced(reading) else flat.listing(reading, name)
        )
    if sourced.USERS in source:
        return sourced.listing(reading)
    if name := next((name for name in STUDENT_FILES if name in source), ""):
        return flat.listing(reading, name)
    raise RosterError(_nothing_known(source))


def _is_sourced(reading: Reading) -> bool:
    header = {name.casefold() for name in reading.sheet(sourced.USERS).header}
    return {"sourcedid", "role"} <= header


def _nothing_known(source: Source) -> str:
    return (
        f"{source.name} has no users.csv (OneRoster, School Data Sync) and no students.csv (Clever); it has: "
        f"{source.listed}. Give the folder or zip that holds the export, or one file with all students."
    )


def _gathered(reading: Reading, listing: Listing) -> Roster:
    people = list(listing.people)
    if not people:
        raise RosterError(_nobody(reading, listing))
    numbers, options = Numbers(reading.district), reading.options
    chosen = choose(listing.columns.candidates, people, numbers, listing.columns.file, options.restore_zeros)
    gathering = Gathering(listing.columns.file, numbers, options.restore_zeros, chosen.tried.header, reading.problems)
    gathering.take(people, chosen)
    gathering.leave_out(listing.reader.refused, chosen)
    if remark := _note_new_students(listing, reading.district, gathering.students):
        reading.problems.append(Problem("warning", listing.columns.file, 1, listing.columns.named("entered"), remark))
    restorable = 0 if options.restore_zeros else chosen.tried.restorable
    offers = _offers(listing, restorable, all_new=bool(remark))
    return _roster(reading, listing, chosen, gathering, offers)


def _offers(listing: Listing, restorable: int, *, all_new: bool) -> tuple[Offer, ...]:
    """Return what a person may say yes to about an export that can be read."""
    zeros = (Offer("zeros", str(restorable)),) if restorable else ()
    near = tuple(Offer("column", close[0], name) for name, close in listing.columns.offered.items())
    return (*zeros, *near, *((Offer("column", name="entered"),) if all_new else ()))


def _nobody(reading: Reading, listing: Listing) -> str:
    first = next((problem.words for problem in reading.problems if problem.kind == "refused"), "")
    what = f"no row can be used. {first}" if first else "a header line and one line per student are needed."
    return f"{listing.columns.file} has no students: {what}"


def _note_new_students(listing: Listing, district: District, students: Mapping[str, Person]) -> str:
    """Say so when most students would count as new: the column then holds this year's enrollment, not the entry."""
    if "entered" not in listing.columns.of:
        return ""
    start = datetime.combine(district.claim.school_year_start, time.min, district.zone)
    new = sum(person.entered is not None and person.entered >= start for person in students.values())
    if new * 2 <= len(students):
        return ""
    column = listing.columns.named("entered")
    return (
        f"{new:,} of {len(students):,} students count as new since {start:%Y-%m-%d} by the column {column}. If it "
        "holds this school year's enrollment and not the entry into the SIS, it must be left out"
    )


def _roster(
    reading: Reading, listing: Listing, chosen: Chosen, gathering: Gathering, offers: tuple[Offer, ...]
) -> Roster:
    return Roster(
        name=reading.source.name,
        format=listing.format,
        columns=listing.columns,
        id_column=chosen.tried,
        guardians=listing.guardians,
        students=gathering.students,
        joining=[one for one, each in gathering.students.items() if each.enrolled and not each.known_only],
        problems=tuple(sorted(reading.problems, key=lambda problem: problem.line)),
        partial=listing.delta or reading.options.part,
        delta=listing.delta,
        mentioned=frozenset(gathering.mentioned | gathering.contradicted),
        unreadable=frozenset(gathering.unreadable),
        restorable=0 if reading.options.restore_zeros else chosen.tried.restorable,
        restored=gathering.restored,
        offers=offers,
    )
