"""Bringing a roster into the records: first what would change, then all of it or nothing."""

from dataclasses import dataclass
from datetime import datetime

from wizard.accounts import Account, Student
from wizard.records import JournalLine, Records, Tables
from wizard.roster.reading import Roster


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import does."""

    new: tuple[Account, ...]
    changed: tuple[Account, ...]
    unchanged: int
    refused: int

    @property
    def words(self) -> str:
        """Return the counts as one line."""
        return (
            f"{len(self.new)} new, {len(self.changed)} changed, {self.unchanged} unchanged, {self.refused} rows refused"
        )


def compare(tables: Tables, roster: Roster, now: datetime) -> Changes:
    """Return what importing the roster would change.

    Without an entry time in the file, the very first import is the baseline (older than any waiting time,
    D04), and whoever appears later was entered now (D03). A later import never moves that time.
    """
    entered = now if tables.accounts.count() else None
    new, changed, unchanged = [], [], 0
    for student in roster.students:
        account = tables.accounts.get(student.id)
        if account is None:
            new.append(Account(student=_entered(student, entered)))
            continue
        update = _entered(student, account.student.entered_at)
        if update == account.student:
            unchanged += 1
        else:
            changed.append(account.model_copy(update={"student": update}))
    return Changes(tuple(new), tuple(changed), unchanged, len(roster.refused))


def _entered(student: Student, otherwise: datetime | None) -> Student:
    return student if student.entered_at else student.model_copy(update={"entered_at": otherwise})


def apply(records: Records, roster: Roster, agent: str, now: datetime) -> Changes:
    """Import the roster in one transaction, with one journal line. Raises RecordsError; then nothing changed."""
    with records.transaction() as tables:
        changes = compare(tables, roster, now)
        tables.accounts.put_many((*changes.new, *changes.changed))
        line = JournalLine(
            at=now, agent=agent, case="", what="roster import", student="", result="done", detail=changes.words
        )
        tables.journal.append(line)
    return changes
