"""The calls that wait: parked on purpose, interrupted, or open at a colleague's desk right now."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from flows import engine
from flows.case import Case, Parked
from flows.model import Outcome
from wizard import clock, presence, tickets
from wizard.placeholders import fill
from wizard.records import Tables
from wizard.setting import Setting
from wizard.text import collapse
from wizard.views.home import CaseSummary

SHOWN = 50
"""Calls listed at most; whoever looks for another types its code or a name."""


class Waiting(NamedTuple):
    """The calls that fit what was looked for, and how many there are."""

    calls: tuple[CaseSummary, ...]
    matching: int
    total: int


class _Call(NamedTuple):
    """A call that waits, whichever of its children it was left at."""

    cases: tuple[Case, ...]
    """Its open cases, one for each child, in their order."""
    parked: Parked | None
    """How it was left on purpose, unless somebody has gone on with it since."""

    @property
    def head(self) -> Case:
        """The case to go on with: the one that was parked, else the last child's."""
        return next((case for case in self.cases if self.parked and case.parked == self.parked), self.cases[-1])

    @property
    def left_by(self) -> str:
        """Whose hands it was last in."""
        return self.parked.by if self.parked else self.head.worked_by or self.head.agent

    @property
    def since(self) -> datetime:
        """Since when it waits: parked, or its last answer."""
        return self.parked.at if self.parked else _last_worked(self.cases)


def look(setting: Setting, tables: Tables, wanted: str = "", limit: int = SHOWN) -> Waiting:
    """Return the calls that wait: one's own first, then parked ones, then by age, the newest first."""
    calls = list(map(_call, _families(tables.cases.open())))
    fitting = [call for call in calls if _fits(tables, call, wanted)]
    ordered = sorted(fitting, key=lambda call: (call.left_by != setting.agent, -call.since.timestamp()))
    return Waiting(tuple(_summary(setting, tables, call) for call in ordered[:limit]), len(fitting), len(calls))


def _call(cases: tuple[Case, ...]) -> _Call:
    parked = max(filter(None, (case.parked for case in cases)), key=lambda parked: parked.at, default=None)
    return _Call(cases, parked if parked and parked.at >= _last_worked(cases) else None)


def _last_worked(cases: tuple[Case, ...]) -> datetime:
    return max(moment for case in cases for moment in (case.started, *(answer.at for answer in case.answers)))


def _fits(tables: Tables, call: _Call, wanted: str) -> bool:
    """Tell whether any child's code or name, the note, or whoever left the call has what is looked for in it."""
    sought = collapse(wanted).casefold()
    if not sought:
        return True
    texts = [call.left_by, call.parked.note if call.parked else ""]
    texts += [text for case in call.cases for text in (case.code, _student(tables, case))]
    return any(sought in text.casefold() for text in texts)


def _student(tables: Tables, case: Case) -> str:
    """Return the name as picked in the search; empty while there is none."""
    found = next((answer for answer in reversed(case.answers) if answer.code == "found"), None)
    account = tables.accounts.get(found.value) if found and found.value else None
    return f"{account.student.first} {account.student.last}" if account else ""


def _summary(setting: Setting, tables: Tables, call: _Call) -> CaseSummary:
    case, parked = call.head, call.parked
    present = presence.who(setting.records.folder, case.call)
    return CaseSummary(
        id=case.id,
        code=case.code,
        channel=case.channel,
        agent=call.left_by,
        started=clock.in_zone(case.started, setting.district),
        student=_with_children(_student(tables, case), len(case.family) or 1),
        step=_step(setting, tables, case),
        parked=parked is not None,
        ago=tickets.age(setting.clock() - call.since),
        note=parked.note if parked else "",
        holder=present.agent if present else "",
    )


def _step(setting: Setting, tables: Tables, case: Case) -> str:
    """Return the step in words that anybody may read; where these tell about the student, the flow's title."""
    visit = engine.current(setting.library, case)
    step = visit.step
    words = step.title if isinstance(step, Outcome) else getattr(step, "ask", "")
    if "{" not in words:
        return words
    known = setting.known_in(tables, case)
    facts = {fact: value for fact, value in known.facts.items() if fact != "verified"}
    filled = fill(words, known._replace(facts=facts))
    return setting.library.flows[visit.key.partition("/")[0]].title if "{" in filled else filled


def _families(cases: Iterable[Case]) -> Iterator[tuple[Case, ...]]:
    """Yield the cases call by call: those of one family together, in their order; a case alone by itself."""
    by_id = {case.id: case for case in cases}
    seen: set[str] = set()
    for case in by_id.values():
        if case.id not in seen:
            yield tuple(by_id[each] for each in case.family if each in by_id) or (case,)
        seen |= {case.id, *case.family}


def _with_children(student: str, children: int) -> str:
    """Return a student's name, and how many more children the family call has."""
    if children < 2:
        return student
    more = "1 more child" if children == 2 else f"{children - 1} more children"
    return f"{student or 'Next child'} and {more}"
