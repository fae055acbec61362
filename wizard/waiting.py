"""The calls that wait: parked on purpose, interrupted, or open at a colleague's desk right now."""

from dataclasses import dataclass, replace
from datetime import datetime

from flows import engine
from flows.case import Case
from flows.model import Outcome
from wizard import clock, presence
from wizard.family import heads, with_children
from wizard.placeholders import fill
from wizard.records import Tables
from wizard.setting import Setting
from wizard.text import collapse
from wizard.views.home import CaseSummary

SHOWN = 50
"""Calls listed at most; whoever looks for another types its code or a name."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The calls that fit what was looked for, and how many there are."""

    calls: tuple[CaseSummary, ...]
    matching: int
    total: int


def look(setting: Setting, tables: Tables, wanted: str = "", limit: int = SHOWN) -> Waiting:
    """Return the calls that wait: one's own first, then parked ones, then by age, the newest first."""
    families = list(heads(tables.cases.open()))
    names = {case.id: with_children(_student(tables, case), count) for case, count in families}
    fitting = [case for case, _ in families if _fits(case, names[case.id], wanted)]
    ordered = sorted(fitting, key=lambda case: (left_by(case) != setting.agent, -since(case).timestamp()))
    calls = tuple(_summary(setting, tables, case, names[case.id]) for case in ordered[:limit])
    return Waiting(calls, len(fitting), len(families))


def left_by(case: Case) -> str:
    """Return whose hands a call was last in."""
    return case.parked.by if case.parked else case.worked_by or case.agent


def since(case: Case) -> datetime:
    """Return since when a call waits: parked, or its last answer."""
    if case.parked:
        return case.parked.at
    return max((case.started, *(answer.at for answer in case.answers)))


def _fits(case: Case, student: str, wanted: str) -> bool:
    sought = collapse(wanted).casefold()
    texts = (case.code, student, left_by(case), case.parked.note if case.parked else "")
    return not sought or any(sought in text.casefold() for text in texts)


def _student(tables: Tables, case: Case) -> str:
    """Return the name as picked in the search, or what was typed there; empty while there is none."""
    found = next((answer for answer in reversed(case.answers) if answer.code == "found"), None)
    account = tables.accounts.get(found.value) if found and found.value else None
    return f"{account.student.first} {account.student.last}" if account else ""


def _summary(setting: Setting, tables: Tables, case: Case, student: str) -> CaseSummary:
    present = presence.who(setting.records.folder, case.id)
    return CaseSummary(
        id=case.id,
        code=case.code,
        channel=case.channel,
        agent=left_by(case),
        started=clock.in_zone(case.started, setting.district),
        student=student,
        step=_step(setting, tables, case),
        parked=case.parked is not None,
        since=clock.in_zone(since(case), setting.district),
        note=case.parked.note if case.parked else "",
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
    filled = fill(words, replace(known, facts=facts))
    return setting.library.flows[visit.key.partition("/")[0]].title if "{" in filled else filled
