"""From rows about students to students: each once, under one ID; what contradicts itself is left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from wizard.roster.choosing import Chosen
from wizard.roster.contacts import MOST
from wizard.roster.numbers import RESTORABLE, Numbers, Reading
from wizard.roster.person import Person
from wizard.roster.problems import Problem

MOST_SCHOOLS = 8
"""Schools kept of one student beside the primary one."""


@dataclass
class Gathering:
    """The students so far."""

    file: str
    numbers: Numbers
    restore: bool
    column: str
    problems: list[Problem]
    students: dict[str, Person] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)
    """IDs of rows that were left out: those students are not gone."""
    contradicted: set[str] = field(default_factory=set)
    """IDs that two students claim: neither is believed."""
    unreadable: set[tuple[str, str]] = field(default_factory=set)
    """Last and first names of rows whose ID nobody can tell: nor are those."""
    restored: int = 0

    def take(self, people: Sequence[Person], chosen: Chosen) -> None:
        """Take in everybody, and look at what they share."""
        if not self._take_all(people, chosen):
            self._take_each(people, chosen)
        for student_id in self.contradicted:
            self.students.pop(student_id, None)
        if chosen.kind != "username":
            self._warn_of_shared_usernames()

    def _take_all(self, people: Sequence[Person], chosen: Chosen) -> bool:
        """Take in everybody at once, if nobody shares an ID, as nearly always; rows with damaged IDs are left out."""
        everybody = dict(zip(chosen.ids, people, strict=True))
        for at in chosen.damaged:
            everybody.pop(chosen.ids[at], None)  # never the ID of a row that fits
        if self.restore or len(everybody) + len(chosen.damaged) < len(people):
            return False
        self.students = everybody
        for at, reading in chosen.damaged.items():
            self._take_damaged(people[at], reading)
        return True

    def _take_each(self, people: Sequence[Person], chosen: Chosen) -> None:
        for at, (student_id, person) in enumerate(zip(chosen.ids, people, strict=True)):
            if at in chosen.damaged:
                self._take_damaged(person, chosen.damaged[at])
            elif self.students.setdefault(student_id, person) is not person:
                self._meet(student_id, person)

    def _take_damaged(self, person: Person, reading: Reading) -> None:
        if self.restore and reading.damage in RESTORABLE:
            self.restored += 1
            if self.students.setdefault(reading.id, person) is not person:
                self._meet(reading.id, person)
            return
        self._refuse(person, self.column, self.numbers.words[reading.damage])
        if reading.id:
            self.mentioned.add(reading.id)
        else:
            self.unreadable.add((person.last, person.first))

    def _meet(self, student_id: str, person: Person) -> None:
        """Take in somebody whose ID stands on an earlier line already."""
        known = self.students[student_id]
        if (known.last, known.first) == (person.last, person.first):
            self.students[student_id] = self._merged(known, person)
            return
        if student_id not in self.contradicted:
            self._refuse(known, self.column, f"the same ID stands on line {person.line} with another name")
        self._refuse(person, self.column, f"the same ID stands on line {known.line} with another name")
        self.contradicted.add(student_id)

    def _merged(self, known: Person, again: Person) -> Person:
        """Return a student who has several rows: one for each school or guardian. The first school is the primary."""
        added = tuple(contact for contact in again.contacts if contact not in known.contacts)
        reason = "another guardian" if added else "another school" if again.school != known.school else "the same again"
        text = f"the student of line {known.line} stands on an earlier line already ({reason})"
        self.problems.append(Problem("note", self.file, again.line, "", text))
        first = known if known.enrolled or not again.enrolled else again
        return first._replace(
            contacts=(*known.contacts, *added)[:MOST],
            entered=known.entered or again.entered,
            other_schools=_others(known, again) if known.enrolled == again.enrolled else first.other_schools,
        )

    def _warn_of_shared_usernames(self) -> None:
        """The portal's username follows from the ID (D07); two students with one in the export are worth a look."""
        usernames = list(map(str.casefold, filter(None, map(attrgetter("username"), self.students.values()))))
        if len(set(usernames)) == len(usernames):
            return
        owners: dict[str, Person] = {}
        for person in self.students.values():
            owner = owners.setdefault(person.username.casefold(), person)
            if person.username and owner is not person:
                reason = f"the same username stands on line {owner.line} for another student"
                self.problems.append(Problem("warning", self.file, person.line, "username", reason))

    def leave_out(self, rows: Iterable[tuple[str, ...]], chosen: Chosen) -> None:
        """Remember the IDs of rows that were refused for another reason."""
        plain = self.numbers.plain(chosen.kind)
        for row in rows:
            reading = self.numbers.read(plain(row[chosen.place]))
            if reading.id:
                self.mentioned.add(reading.id)

    def _refuse(self, person: Person, column: str, reason: str) -> None:
        self.problems.append(Problem("refused", self.file, person.line, column, reason))


def _others(known: Person, again: Person) -> tuple[str, ...]:
    """Return the schools beside the first one, each once."""
    every = dict.fromkeys((*known.other_schools, again.school, *again.other_schools))
    return tuple(school for school in every if school and school != known.school)[:MOST_SCHOOLS]
