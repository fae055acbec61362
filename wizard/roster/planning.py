"""What an import would change, before anything is changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from wizard.accounts import Account, Student, is_claimed
from wizard.records import Records, Tables
from wizard.roster.people import Person
from wizard.roster.problems import Problem, RosterError
from wizard.roster.reading import Roster

MOST_LOSS = 0.05
"""The share of students that may vanish with one import before a person must say how many (--accept-loss)."""

ChangeKind = Literal["new", "changed", "back", "unchanged", "gone"]


class Change(NamedTuple):
    """What becomes of one account."""

    kind: ChangeKind
    account: Account
    """As it will be."""
    before: Account | None = None
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """A student who is no longer listed; the account stays."""

    name: str
    student_id: str
    school: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a roster changes."""

    roster: Roster
    new: int
    changed: int
    back: int
    """Of the changed ones: students who had left."""
    unchanged: int
    gone: tuple[Gone, ...]
    active: int
    """Students enrolled before the import."""
    baseline: bool
    """The very first import: whoever has no entry time counts as older than any waiting time (D04)."""
    warnings: tuple[Problem, ...]

    @property
    def refused(self) -> int:
        """Return how many rows are left out."""
        return len(self.roster.refused)

    @property
    def words(self) -> str:
        """Return the counts as one line."""
        back = f" ({self.back:,} came back)" if self.back else ""
        counts = (
            f"{self.new:,} new, {self.changed:,} changed{back}, {self.unchanged:,} unchanged, {len(self.gone):,} gone"
        )
        return f"{counts}, {self.refused:,} rows refused"

    def loss_refusal(self, accepted: int) -> str:
        """Return why so many students may not vanish, unless a person accepted as many; empty when they may."""
        lost = len(self.gone)
        if lost <= MOST_LOSS * self.active or lost <= accepted:
            return ""
        return (
            f"{lost:,} of {self.active:,} students ({lost / self.active:.0%}) are not in {self.roster.name} and would "
            f"become inactive. If the file holds only some of the students, add --part; if they have really left, "
            f"add --accept-loss {lost}."
        )


def plan(records: Records, roster: Roster, now: datetime) -> Plan:
    """Compare a roster with the records; nothing is changed. Raises RosterError and RecordsError."""
    with records.reading() as tables:
        tally = Tally.of(tables, roster)
        for change in changes(tables, roster, now):
            tally.count(change)
    return tally.plan()


def changes(tables: Tables, roster: Roster, now: datetime) -> Iterator[Change]:
    """Yield what becomes of each account; the accounts may be written while this is read.

    Without an entry time in the export, the very first import is the baseline (older than any waiting time,
    D04), and whoever appears later was entered now (D03). A later import never moves that time.
    """
    entered = now if tables.accounts.count() else None
    known: set[str] = set()
    for account in _affected(tables, roster):
        known.add(account.student.id)
        yield _known(account, roster)
    for student_id, person in roster.students.items():
        if student_id not in known and person.enrolled and not person.known_only:
            yield Change("new", _new(student_id, person, entered), person=person)


def _affected(tables: Tables, roster: Roster) -> Iterator[Account]:
    if roster.partial:
        yield from filter(None, map(tables.accounts.get, roster.students))
    elif tables.accounts.count():
        yield from tables.accounts.all()


def _new(student_id: str, person: Person, entered: datetime | None) -> Account:
    student = Student(
        id=student_id,
        last=person.last,
        first=person.first,
        middle=person.middle,
        school=person.school,
        grade=person.grade,
        entered_at=person.entered or entered,
    )
    if not person.contacts:
        return Account(student=student)
    return Account(student=student, guardians=tuple(contact.kept() for contact in person.contacts))


def _known(account: Account, roster: Roster) -> Change:
    student = account.student
    person = roster.students.get(student.id)
    if person is None:
        return _unlisted(account, roster)
    given = {"middle": person.middle, "school": person.school, "grade": person.grade}
    values: dict[str, object] = {"last": person.last, "first": person.first, "active": person.enrolled}
    values.update({name: value for name, value in given.items() if value or roster.says(name)})
    guardians = tuple(contact.kept() for contact in person.contacts)
    if not guardians and not roster.says("guardians"):
        guardians = account.guardians
    if guardians == account.guardians and all(getattr(student, name) == value for name, value in values.items()):
        return Change("unchanged", account, account, person)
    changed = account.model_copy(update={"student": student.model_copy(update=values), "guardians": guardians})
    return Change(_kind(student.active, person.enrolled), changed, account, person)


def _kind(was_active: bool, is_active: bool) -> ChangeKind:
    if was_active != is_active:
        return "back" if is_active else "gone"
    return "changed"


def _unlisted(account: Account, roster: Roster) -> Change:
    """Return what becomes of a student who is not listed; one whose row could not be used is not gone."""
    student = account.student
    left_out = student.id in roster.mentioned or (student.last, student.first) in roster.unreadable
    if not student.active or left_out:
        return Change("unchanged", account, account)
    gone = account.model_copy(update={"student": student.model_copy(update={"active": False})})
    return Change("gone", gone, account)


@dataclass
class Tally:
    """The counts so far."""

    roster: Roster
    active: int
    baseline: bool
    counts: dict[ChangeKind, int] = field(default_factory=dict)
    gone: list[Gone] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, tables: Tables, roster: Roster) -> "Tally":
        """Return a fresh one. Raises RosterError when part of a roster would be the first import."""
        baseline = not tables.accounts.count()
        if baseline and roster.partial:
            what = "only holds changes (delta)" if roster.delta else "holds only some of the students (--part)"
            raise RosterError(f"{roster.name} {what}, and nothing was imported before. Import a full export first.")
        return cls(roster, 0, baseline)

    def count(self, change: Change) -> None:
        """Count one change, and keep what a person should look at."""
        self.counts[change.kind] = self.counts.get(change.kind, 0) + 1
        before, student = change.before, change.account.student
        if before is None:
            return
        self.active += before.student.active
        if change.kind == "gone":
            self.gone.append(Gone(f"{student.first} {student.last}", student.id, student.school))
        elif change.kind != "unchanged" and change.person and is_claimed(before):
            self._check_name(before.student, student, change.person.line)

    def _check_name(self, before: Student, after: Student, line: int) -> None:
        old, new = f"{before.first} {before.last}", f"{after.first} {after.last}"
        if old != new:
            reason = f'the account is claimed, and the name changes from "{old}" to "{new}"'
            self.warnings.append(Problem("warning", self.roster.columns.file, line, "", reason))

    def plan(self) -> Plan:
        """Return the counts."""
        count = self.counts.get
        return Plan(
            roster=self.roster,
            new=count("new", 0),
            changed=count("changed", 0) + count("back", 0),
            back=count("back", 0),
            unchanged=count("unchanged", 0),
            gone=tuple(self.gone),
            active=self.active,
            baseline=self.baseline,
            warnings=tuple(self.warnings),
        )
