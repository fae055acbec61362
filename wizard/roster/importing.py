"""Bringing a roster into the records: all of it or nothing."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import TypeVar

from wizard.accounts import Account
from wizard.records import JournalLine, Records, Tables
from wizard.roster.collector import paused
from wizard.roster.comparing import changes, newcomers
from wizard.roster.planning import Plan, Tally
from wizard.roster.problems import RosterError

Progress = Callable[[int, int], None]
"""Told how many students are done, of how many. May raise: then nothing is changed."""

EVERY = 500
"""Students between two reports of progress."""

WORDS = 5_000
"""Words prepared for typing mistakes in one transaction: others write in between."""

Item = TypeVar("Item")


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
    told = _Told(progress, len(plan.roster.students))
    with paused(), records.transaction() as tables:
        tally = Tally.of(tables, plan.roster, now)
        tables.accounts.put_many(told.each(_changed(tables, tally)))
        tables.accounts.add_many(told.each(newcomers(plan.roster, tally.known, tally.entered)))
        done = tally.plan()
        if refusal := done.loss_refusal(accept_loss):
            raise RosterError(f"Nothing was imported: {refusal.words}", *refusal.offers)
        tables.journal.append(_line(done, agent, now))
    return done


def complete_search(records: Records) -> None:
    """Let the search forgive typing mistakes in the new names; a second import makes up for a stop in between."""
    prepared = 1
    while prepared:
        with paused(), records.transaction() as tables:
            prepared = tables.accounts.learn(WORDS)


def _changed(tables: Tables, tally: Tally) -> Iterator[Account]:
    for change in changes(tables, tally.roster):
        tally.count(change)
        if change.after is not None:
            yield change.after


class _Told:
    """Counts what is done, and tells now and then."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def each(self, items: Iterable[Item]) -> Iterable[Item]:
        return items if self._progress is None else self._counted(items, self._progress)

    def _counted(self, items: Iterable[Item], progress: Progress) -> Iterator[Item]:
        for item in items:
            yield item
            self._done += 1
            if self._done % EVERY == 0:
                progress(self._done, max(self._done, self._total))


def _line(done: Plan, agent: str, now: datetime) -> JournalLine:
    restored = f"; IDs restored after a spreadsheet: {done.roster.restored}" if done.roster.restored else ""
    first = "; the first import" if done.baseline else ""
    detail = f"{done.words}; {done.roster.format}, ID from {done.roster.id_column.header}{restored}{first}"
    return JournalLine(at=now, agent=agent, what="roster-import", result="done", detail=detail)
