"""Formats with one table of students: Infinite Campus Ad Hoc, Clever, School Data Sync v1, and any other CSV.

A folder or zip may add the names of schools and, in School Data Sync, the guardians.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wizard.roster.columns import find_columns
from wizard.roster.contacts import MOST, Contact, contact
from wizard.roster.headers import simplified
from wizard.roster.listing import Listing, Reading, cell, named_column, needed_column
from wizard.roster.people import PeopleReader
from wizard.roster.person import Person
from wizard.roster.problems import Problem
from wizard.roster.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Kind:
    """One such format."""

    words: str
    marks: frozenset[str]
    """Headers, simplified, that only this format has; all of them."""
    schools: tuple[str, str, str] | None = None
    """The file with the schools, its column of their ids, and of their names."""


KINDS = (
    Kind(
        "Clever CSV",
        frozenset(("schoolid", "studentid", "lastname", "firstname")),
        ("schools.csv", "schoolid", "schoolname"),
    ),
    Kind("School Data Sync v1", frozenset(("sisid", "schoolsisid", "username")), ("school.csv", "sisid", "name")),
    Kind(
        "School Data Sync v1 (UK)",
        frozenset(("id", "schooldfenumber", "username")),
        ("school.csv", "dfenumber", "name"),
    ),
)


def listing(reading: Reading, name: str) -> Listing:
    """Recognise a table of students by its header, and make it ready."""
    sheet = reading.sheet(name)
    kind = _kind(sheet)
    if sheet.titles:
        remark = f"{sheet.titles} lines above the header were passed over"
        reading.problems.append(Problem("note", sheet.name, 1, "", remark))
    columns = find_columns(sheet.name, sheet.header, reading.options.mapping)
    reader = PeopleReader(columns, reading.district, reading.problems)
    people: Iterator[Person] = reader.people(sheet)
    if kind and kind.schools and kind.schools[0] in reading.source:
        people = _with_school_names(people, _schools(reading, kind.schools))
    elif kind and kind.schools and reading.source.single:
        remark = (
            f"schools are told by their ids only; give the folder that also holds {kind.schools[0]} to have their names"
        )
        reading.problems.append(Problem("note", sheet.name, 1, columns.named("school"), remark))
    guardians = ", ".join(columns.guardians)
    if {"user.csv", "guardianrelationship.csv"} <= set(reading.source.members):
        people = _with_guardians(people, _sds_guardians(reading))
        guardians = "user.csv and guardianrelationship.csv"
    words = kind.words if kind else _plain_words(sheet)
    return Listing(words, columns, reader, people, guardians=guardians)


def _kind(sheet: Sheet) -> Kind | None:
    plain = {simplified(name) for name in sheet.header}
    return next((kind for kind in KINDS if kind.marks <= plain), None)


def _plain_words(sheet: Sheet) -> str:
    if any(name.casefold().startswith("student.") for name in sheet.header):
        return "Infinite Campus Ad Hoc CSV"
    return "tab-separated text" if sheet.delimiter == "\t" else "CSV"


def _schools(reading: Reading, where: tuple[str, str, str]) -> Mapping[str, str]:
    name, id_column, name_column = where
    sheet = reading.sheet(name)
    ids, names = needed_column(sheet, id_column), needed_column(sheet, name_column)
    return {cell(row, ids): cell(row, names) for _, row in sheet.rows if cell(row, ids)}


def _with_school_names(people: Iterator[Person], names: Mapping[str, str]) -> Iterator[Person]:
    for person in people:
        yield person._replace(school=names.get(person.school) or person.school)


def _sds_guardians(reading: Reading) -> Mapping[str, tuple[Contact, ...]]:
    """Return the guardians of each student by the student's SIS ID: two files, joined by e-mail address."""
    sheet = reading.sheet("user.csv")
    email, first, last = (needed_column(sheet, name) for name in ("email", "firstname", "lastname"))
    phone = named_column(sheet, "phone")
    users = {
        cell(row, email).casefold(): (f"{cell(row, first)} {cell(row, last)}", cell(row, phone))
        for _, row in sheet.rows
    }
    links = reading.sheet("guardianrelationship.csv")
    student, email, role = needed_column(links, "sisid"), needed_column(links, "email"), named_column(links, "role")
    found: dict[str, tuple[Contact, ...]] = {}
    for _, row in links.rows:
        name, number = users.get(cell(row, email).casefold(), ("", ""))
        if one := contact(name, cell(row, role), number):
            found[cell(row, student)] = (*found.get(cell(row, student), ()), one)[:MOST]
    return found


def _with_guardians(people: Iterator[Person], guardians: Mapping[str, tuple[Contact, ...]]) -> Iterator[Person]:
    for person in people:
        found = next((guardians[number] for number in person.numbers if number in guardians), ())
        yield person._replace(contacts=found or person.contacts)
