"""Bringing a roster into the records: all of it or nothing."""

from collections.abc import Callable, Iterator
from datetime import datetime

from wizard.accounts import Account
from wizard.records import JournalLine, Records, Tables
from wizard.roster.planning import Plan, Tally, changes
from wizard.roster.problems import RosterError

Progress = Callable[[int, int], None]
"""Told how many students are done, of how many. May raise: then nothing is changed."""

EVERY = 500
"""Students between two reports of progress."""


def apply(
    records: Records,
    plan: Plan,
    agent: str,
    now: datetime,
    *,
    accept_loss: int = 0,
    progress: Progress | None = None,
) -> Plan:
    """Import the planned roster in one transaction, with one journal line, and return what was changed.

    The records are compared once more inside the transaction, so that a claim made meanwhile is kept.
    Raises RosterError (too many students would vanish) or RecordsError; then nothing is changed.
    """
    with records.transaction() as tables:
        tally = Tally.of(tables, plan.roster)
        tables.accounts.put_many(_written(tables, tally, now, progress))
        done = tally.plan()
        if refusal := done.loss_refusal(accept_loss):
            raise RosterError(f"Nothing was imported: {refusal}")
        tables.journal.append(_line(done, agent, now))
    return done


def _written(tables: Tables, tally: Tally, now: datetime, progress: Progress | None) -> Iterator[Account]:
    total = len(tally.roster.students)
    for number, change in enumerate(changes(tables, tally.roster, now)):
        tally.count(change)
        if progress and number % EVERY == 0:
            progress(min(number, total), total)
        if change.kind != "unchanged":
            yield change.account
    if progress:
        progress(total, total)


def _line(done: Plan, agent: str, now: datetime) -> JournalLine:
    restored = f"; IDs restored after a spreadsheet: {done.roster.restored}" if done.roster.restored else ""
    first = "; the first import" if done.baseline else ""
    detail = f"{done.words}; {done.roster.format}, ID from {done.roster.id_column.header}{restored}{first}"
    return JournalLine(at=now, agent=agent, what="roster-import", result="done", detail=detail)
