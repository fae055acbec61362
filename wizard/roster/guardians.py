"""Who may speak for which student, in OneRoster (agents) and School Data Sync v2.1 (relationships.csv)."""

from dataclasses import dataclass, field

from wizard.roster.contacts import MOST, Contact, contact
from wizard.roster.listing import Reading, cell, named_column, needed_column
from wizard.roster.roles import GUARDIANS, Roles


@dataclass(frozen=True, slots=True)
class Guardians:
    """The guardians of an export."""

    words: str = ""
    """Where they come from; empty when the export has none."""
    contacts: dict[str, Contact] = field(default_factory=dict)
    """Guardian's sourcedId -> name, relation and phone."""
    of_student: dict[str, list[str]] = field(default_factory=dict)
    """Student's sourcedId -> the guardians who name the student."""
    relations: dict[tuple[str, str], str] = field(default_factory=dict)
    """(student, guardian) -> the relation, where the export says it for each pair."""

    @classmethod
    def read(cls, reading: Reading, roles: Roles) -> "Guardians":
        """Read them ahead of the students."""
        pairs = _pairs(reading) if "relationships.csv" in reading.source else {}
        guardians = cls("relationships.csv" if pairs else "agents in users.csv", relations=pairs)
        for student, guardian in pairs:
            guardians.of_student.setdefault(student, []).append(guardian)
        wanted = {guardian for _, guardian in pairs}
        guardians._read_users(reading, roles, wanted)
        return guardians if guardians.contacts else cls()

    def _read_users(self, reading: Reading, roles: Roles, wanted: set[str]) -> None:
        sheet = reading.sheet("users.csv")
        user, agents = needed_column(sheet, "sourcedid"), named_column(sheet, "agentsourcedids")
        first, last = named_column(sheet, "givenname"), named_column(sheet, "familyname")
        role, phone, sms = (named_column(sheet, name) for name in ("role", "phone", "sms"))
        for _, row in sheet.rows:
            known_as = cell(row, role).casefold() or roles.guardians.get(cell(row, user), "")
            if known_as not in GUARDIANS and cell(row, user) not in wanted:
                continue
            name = f"{cell(row, first)} {cell(row, last)}"
            if found := contact(name, known_as, cell(row, phone) or cell(row, sms)):
                self.contacts[cell(row, user)] = found
                for student in filter(None, map(str.strip, cell(row, agents).split(","))):
                    self.of_student.setdefault(student, []).append(cell(row, user))

    def of(self, student: str, agents: str) -> tuple[Contact, ...]:
        """Return a student's guardians: those the student's row names, and those who name the student."""
        named = (*filter(None, map(str.strip, agents.split(","))), *self.of_student.get(student, ()))
        known = [guardian for guardian in dict.fromkeys(named) if guardian in self.contacts]
        return tuple(self._contact(student, guardian) for guardian in known[:MOST])

    def _contact(self, student: str, guardian: str) -> Contact:
        found = self.contacts[guardian]
        return found._replace(relation=self.relations.get((student, guardian), found.relation))


def _pairs(reading: Reading) -> dict[tuple[str, str], str]:
    sheet = reading.sheet("relationships.csv")
    student, guardian = needed_column(sheet, "usersourcedid"), needed_column(sheet, "relationshipusersourcedid")
    role = named_column(sheet, "relationshiprole")
    return {(cell(row, student), cell(row, guardian)): cell(row, role)[:40] for _, row in sheet.rows}
