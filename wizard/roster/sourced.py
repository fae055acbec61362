"""Formats whose people are linked by `sourcedId`: OneRoster 1.1 and 1.2, School Data Sync v2 and v2.1.

users.csv is read twice: first for the guardians, then for the students, one row at a time.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.roster.columns import find_columns
from wizard.roster.guardians import Guardians
from wizard.roster.listing import Listing, Reading, cell, named_column, needed_column
from wizard.roster.manifest import read_manifest
from wizard.roster.people import PeopleReader
from wizard.roster.person import Person
from wizard.roster.problems import RosterError
from wizard.roster.roles import Role, Roles
from wizard.roster.schools import Schools
from wizard.roster.sheet import Sheet

USERS = "users.csv"

GONE = frozenset(("tobedeleted", "inactive"))
DISABLED = frozenset(("false", "0", "no", "f", "n"))


@dataclass(frozen=True, slots=True)
class UserColumns:
    """Where to find in users.csv what no other table of students has."""

    id: int
    role: int
    school: int
    agents: int
    enabled: int
    status: int

    @classmethod
    def of(cls, sheet: Sheet) -> "UserColumns":
        """Return the columns of this file."""
        return cls(
            needed_column(sheet, "sourcedid"),
            named_column(sheet, "role"),
            named_column(sheet, "primaryorgsourcedid", "orgsourcedids"),
            named_column(sheet, "agentsourcedids"),
            named_column(sheet, "enableduser"),
            named_column(sheet, "status"),
        )


def listing(reading: Reading) -> Listing:
    """Make a OneRoster export or one of its relatives ready."""
    manifest = read_manifest(reading)
    sheet = reading.sheet(USERS)
    at = UserColumns.of(sheet)
    if at.role < 0 and "roles.csv" not in reading.source:
        raise RosterError(f"{sheet.name}: neither it nor a roles.csv says who is a student. Export it with roles.csv.")
    columns = find_columns(sheet.name, sheet.header, reading.options.mapping)
    reader = PeopleReader(columns, reading.district, reading.problems)
    roles = Roles.read(reading)
    guardians = Guardians.read(reading, roles)
    people = Users(at, reader, roles, guardians, Schools.read(reading), manifest.delta).people(sheet)
    return Listing(manifest.format, columns, reader, people, delta=manifest.delta, guardians=guardians.words)


@dataclass(frozen=True, slots=True)
class Users:
    """The students among the users."""

    at: UserColumns
    reader: PeopleReader
    roles: Roles
    guardians: Guardians
    schools: Schools
    delta: bool

    def people(self, sheet: Sheet) -> Iterator[Person]:
        """Yield the students; staff and guardians are passed over."""
        for line, row in sheet.rows:
            role = self._role(row)
            if role is None or not role.student:
                continue
            user, agents = cell(row, self.at.id), cell(row, self.at.agents)
            gone = self._gone(row) or role.gone
            person = self.reader.person(line, row)
            if person is not None:
                school, *others = map(self.reader.tidy, self.schools.of(role.orgs) or ("",))
                yield person._replace(
                    school=school,
                    grade=person.grade or self.reader.tidy(role.grade),
                    contacts=self.guardians.of(user, agents),
                    enrolled=not gone,
                    known_only=role.unsure,
                    other_schools=tuple(others),
                )

    def _role(self, row: list[str]) -> Role | None:
        """Return what a user is. In a delta nobody is listed again whose role stayed what it was."""
        school, *others = map(str.strip, cell(row, self.at.school).split(","))
        named = Role(school, "", student=True, others=tuple(others))
        if self.at.role >= 0 and (name := cell(row, self.at.role)):
            return named._replace(student=name.casefold() == "student")
        role = self.roles.of.get(cell(row, self.at.id))
        if role is None and self.delta:
            return named._replace(student=self.reader.may_be_student(row), unsure=True)
        return role._replace(school=school, others=role.orgs) if role and school and self.at.role < 0 else role

    def _gone(self, row: list[str]) -> bool:
        return cell(row, self.at.status).casefold() in GONE or cell(row, self.at.enabled).casefold() in DISABLED
