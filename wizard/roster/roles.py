"""roles.csv of OneRoster 1.2 and School Data Sync v2.1: who is a student, and at which schools."""

from dataclasses import dataclass, field
from typing import NamedTuple

from wizard.roster.listing import Reading, cell, named_column, needed_column

GUARDIANS = frozenset(("parent", "guardian", "relative"))


class Role(NamedTuple):
    """What a user is."""

    school: str
    """The organization's sourcedId."""
    grade: str
    student: bool
    primary: bool = False
    gone: bool = False
    unsure: bool = False
    """Nobody said so here: only what is known of a student already may change."""
    others: tuple[str, ...] = ()
    """Further organizations' sourcedIds: other roles of the same kind."""

    @property
    def orgs(self) -> tuple[str, ...]:
        """Return every organization, the primary one first."""
        return (self.school, *self.others)


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of an export; nothing when it has no such file."""

    of: dict[str, Role] = field(default_factory=dict)
    """Of each user who has one, the role that counts: student before others, then the primary one, then the first."""
    guardians: dict[str, str] = field(default_factory=dict)
    """Users who are somebody's guardian -> the role's name."""

    @classmethod
    def read(cls, reading: Reading) -> "Roles":
        """Read roles.csv, if there is one."""
        roles = cls()
        if "roles.csv" not in reading.source:
            return roles
        sheet = reading.sheet("roles.csv")
        user, name, org = (needed_column(sheet, column) for column in ("usersourcedid", "role", "orgsourcedid"))
        grade, status = named_column(sheet, "grade"), named_column(sheet, "status")
        primary = named_column(sheet, "roletype", "isprimary")
        for _, row in sheet.rows:
            role = cell(row, name).casefold()
            counts = cell(row, primary).casefold() in ("primary", "true")
            gone = cell(row, status).casefold() in ("tobedeleted", "inactive")
            if role in GUARDIANS:
                roles.guardians[cell(row, user)] = role
            else:
                roles._add(cell(row, user), Role(cell(row, org), cell(row, grade), role == "student", counts, gone))
        return roles

    def _add(self, user: str, role: Role) -> None:
        known = self.of.get(user)
        if known is None:
            self.of[user] = role
            return
        best, other = (role, known) if _weight(role) > _weight(known) else (known, role)
        alike = (best.student, best.gone) == (other.student, other.gone)
        self.of[user] = best._replace(others=(*best.others, *other.orgs)) if alike else best


def _weight(role: Role) -> tuple[bool, bool, bool]:
    return role.student, not role.gone, role.primary
