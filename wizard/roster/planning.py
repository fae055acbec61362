"""What an import would change, before anything is changed."""

from dataclasses import dataclass, field
from datetime import datetime

from wizard.accounts import Student, is_claimed
from wizard.records import Records, Tables
from wizard.roster.comparing import Change, ChangeKind, changes, new_ids
from wizard.roster.offers import Offer
from wizard.roster.problems import Problem, RosterError
from wizard.roster.reading import Roster

MOST_LOSS = 0.05
"""The share of students that may vanish with one import before a person must say how many."""


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
        return (
            f"{self.new:,} new, {self.changed:,} changed{back}, {self.unchanged:,} unchanged, "
            f"{len(self.gone):,} gone, {self.refused:,} refused"
        )

    def loss_refusal(self, accepted: int) -> RosterError | None:
        """Return why so many students may not vanish, unless a person accepted as many; None when they may."""
        lost = len(self.gone)
        if lost <= MOST_LOSS * self.active or lost <= accepted:
            return None
        share = f"{lost:,} of {self.active:,} students ({lost / self.active:.0%})"
        part = () if self.roster.partial else (Offer("part"),)
        words = f"{share} would become inactive with {self.roster.name}."
        return RosterError(words, *part, Offer("loss", str(lost)))


def plan(records: Records, roster: Roster, now: datetime) -> Plan:
    """Compare a roster with the records; nothing is changed. Raises RosterError and RecordsError."""
    with records.reading() as tables:
        tally = Tally.of(tables, roster, now)
        for change in changes(tables, roster):
            tally.count(change)
    return tally.plan()


@dataclass
class Tally:
    """The counts so far."""

    roster: Roster
    entered: datetime | None
    """When new students without an entry time were entered; None with the very first import."""
    known: set[str] = field(default_factory=set)
    """IDs of listed students who have an account."""
    active: int = 0
    counts: dict[ChangeKind, int] = field(default_factory=dict)
    gone: list[Gone] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, tables: Tables, roster: Roster, now: datetime) -> "Tally":
        """Return a fresh one. Raises RosterError when part of a roster would be the first import.

        Without an entry time in the export, the very first import is the baseline (older than any waiting time,
        D04), and whoever appears later was entered now (D03).
        """
        baseline = not tables.accounts.count()
        if baseline and roster.partial:
            what = "only holds changes (delta)" if roster.delta else "is said to hold only some of the students"
            raise RosterError(f"{roster.name} {what}, and nothing was imported before. Import a full export first.")
        active = tables.accounts.count() if roster.partial else 0  # of a full roster, each is counted
        return cls(roster, None if baseline else now, active=active)

    def count(self, change: Change) -> None:
        """Count one change, and keep what a person should look at."""
        self.counts[change.kind] = self.counts.get(change.kind, 0) + 1
        self.active += change.was_active and not self.roster.partial
        if change.line:
            self.known.add(change.student_id)
        if change.before is None or change.after is None:
            return
        before = change.before.student
        if change.kind == "gone":
            self.gone.append(Gone(f"{before.first} {before.last}", before.id, before.school))
        elif is_claimed(change.before):
            self._check_name(before, change.after.student, change.line)

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
            new=len(new_ids(self.roster, self.known)),
            changed=count("changed", 0) + count("back", 0),
            back=count("back", 0),
            unchanged=count("unchanged", 0),
            gone=tuple(self.gone),
            active=self.active,
            baseline=self.entered is None,
            warnings=tuple(self.warnings),
        )
