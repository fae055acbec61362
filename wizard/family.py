"""A family call: several children in one call, each with a case of its own, begun one after another."""

import uuid
from collections.abc import Iterator

from flows import engine
from flows.case import Answer, Case
from flows.model import EntryStep, Outcome
from wizard import cards, carrying
from wizard.aside import before_it
from wizard.carrying import verification
from wizard.hits import hit
from wizard.keeping import settle
from wizard.placeholders import Known, fill
from wizard.records import Tables
from wizard.setting import Setting, new_code
from wizard.siblings import siblings
from wizard.views.card import ChildView, Hit

SEARCH = "student"
"""The check of the step that finds the student: what was answered before it holds for every child."""


def members(tables: Tables, case: Case) -> tuple[Case, ...]:
    """Return the cases of the family call in order, this one as it is given; a case alone is its own family."""
    others = {each: tables.cases.get(each) for each in case.family if each != case.id}
    return tuple(filter(None, (others.get(each, case) for each in case.family or (case.id,))))


def can_begin_next(setting: Setting, case: Case) -> bool:
    """Return whether another child can follow: this one has a student, or was not found."""
    return case.status == "open" and any(
        answer.step == visit.key for visit in _searches(setting, case) for answer in case.answers
    )


def begin_next(setting: Setting, case: Case) -> Case:
    """Begin the next child's case with what was answered before the student, and link the family.

    Raises RecordsError; then nothing has changed.
    """
    now, key = setting.clock(), uuid.uuid4().hex
    with setting.records.transaction() as tables:
        family = (*(case.family or (case.id,)), key)
        for member in members(tables, case):
            tables.cases.put(member.model_copy(update={"family": family, "worked_by": setting.agent}))
        begun = Case(
            id=key,
            code=free_code(tables),
            channel=case.channel,
            agent=setting.agent,
            started=now,
            answers=tuple(
                answer.model_copy(update={"at": now, "seconds": 0, "carried": case.id})
                for answer in _before_search(setting, case)
            ),
            language=case.language,
            library=setting.library.version,
            family=family,
        )
        stored = settle(setting, tables, begun)
        tables.journal.append(setting.journal_line(stored, "opened", "", begun.library, f"family of {family[0]}"))
        return stored


def close(setting: Setting, case: Case) -> Case:
    """End every child's case that is still open, all together. Raises RecordsError; then nothing has changed."""
    with setting.records.transaction() as tables:
        for member in members(tables, case):
            if member.status == "open":
                stored = _close(setting, tables, member)
                case = stored if stored.id == case.id else case
    return case


def _close(setting: Setting, tables: Tables, case: Case) -> Case:
    ended = case.model_copy(update={"status": "closed", "ended": setting.clock()})
    stored = settle(setting, tables, ended)
    student = setting.facts(stored).get("student", "")
    result = _result(setting, before_it(setting, stored)) or _result(setting, stored)
    tables.journal.append(setting.journal_line(stored, "closed", student, result))
    return stored


def children(setting: Setting, case: Case) -> tuple[ChildView, ...]:
    """Return every child of a family call as a line; nothing while there is one child."""
    if not case.family:
        return ()
    with setting.records.reading() as tables:
        return tuple(_child(setting, tables, member, case.id) for member in members(tables, case))


def ticket_lines(setting: Setting, case: Case) -> tuple[str, ...]:
    """Return the line of each child's ticket, in order (D16)."""
    with setting.records.reading() as tables:
        every = [_child(setting, tables, member, case.id) for member in members(tables, case)]
    return tuple(child.ticket_line for child in every if child.ticket_line)


def unfinished(setting: Setting, case: Case) -> tuple[ChildView, ...]:
    """Return the other children whose student is known and whose part has no outcome yet."""
    return tuple(child for child in children(setting, case) if not child.here and child.student and not child.result)


def _child(setting: Setting, tables: Tables, case: Case, here: str) -> ChildView:
    known = setting.known_in(tables, case)
    step = engine.current(setting.library, case).step
    result = _result(setting, case)
    return ChildView(
        case=case.id,
        code=case.code,
        student=cards.name(known),
        at=fill(getattr(step, "title", "") or getattr(step, "ask", ""), known),
        result=result,
        here=case.id == here,
        ticket_line=_line(known, case, result),
    )


def _line(known: Known, case: Case, result: str) -> str:
    """Return the line of the ticket that this case ends with; it has the ID, so only while the caller is verified."""
    ticket = known.ticket if "verified" in known.facts else None
    return ticket.line if ticket and (ticket.case == case.id or result == "ticket") else ""


def offered(setting: Setting, case: Case) -> tuple[Hit, ...]:
    """Return the siblings to pick the next child from: once the caller was identified for one of the children."""
    if not case.family:
        return ()
    with setting.records.reading() as tables:
        found: dict[str, Hit] = {}
        taken = set()
        for member in members(tables, case):
            known = setting.known_in(tables, member)
            if known.account is None:
                continue
            taken.add(known.account.student.id)
            if verification(setting, member):
                found |= {each.student.id: hit(each.student) for each in siblings(tables, known.account)}
        return tuple(each for key, each in found.items() if key not in taken)


def picked_already(setting: Setting, case: Case, student_id: str) -> str:
    """Return the name of a student who is part of this family call under another case; empty otherwise."""
    with setting.records.reading() as tables:
        for member in members(tables, case):
            if member.id != case.id and setting.facts(member).get("student") == student_id:
                return cards.name(setting.known_in(tables, member))
    return ""


def unverified_for(setting: Setting, case: Case, student_id: str) -> Case:
    """Return the case without its verification when another student is picked for whom it does not hold (O6).

    What waits aside belongs to the student who was asked about before, and goes as well.
    """
    if case.aside and setting.facts(case).get("student") != student_id:
        case = case.model_copy(update={"aside": ()})
    given, known = verification(setting, case), setting.known(case).account
    if given is None or known is None or known.student.id == student_id:
        return case
    with setting.records.reading() as tables:
        other = tables.accounts.get(student_id)
    if other is None or carrying.holds(known, other):
        return case
    return case.model_copy(update={"answers": tuple(answer for answer in case.answers if answer != given)})


def verification_words(setting: Setting, case: Case, before: Case) -> str:
    """Say that the verification was taken over for the student just picked, or that it is asked again, and why."""
    if verification(setting, before) and not verification(setting, case):
        known, account = setting.known(before).account, setting.known(case).account
        return carrying.asked_again(known, account) if known and account else ""
    if not case.family:
        return ""
    asked = next((visit for visit in engine.trail(setting.library, case) if carrying.gives_verified(visit)), None)
    if asked is None or (asked.answer and not asked.answer.carried):
        return ""
    with setting.records.reading() as tables:
        return carrying.verdict(setting, tables, case, asked.key).words


def _searches(setting: Setting, case: Case) -> list[engine.Visit]:
    visits = engine.trail(setting.library, case)
    return [visit for visit in visits if isinstance(visit.step, EntryStep) and visit.step.check == SEARCH]


def _before_search(setting: Setting, case: Case) -> Iterator[Answer]:
    search = _searches(setting, case)[0].key
    for visit in engine.trail(setting.library, case):
        if visit.key == search:
            return
        if visit.answer:
            yield visit.answer


def _result(setting: Setting, case: Case) -> str:
    step = engine.current(setting.library, case).step
    return step.result if isinstance(step, Outcome) else ""


def free_code(tables: Tables) -> str:
    """Return a short code that no open call has."""
    taken = {case.code for case in tables.cases.open()}
    return next(code for code in iter(new_code, "") if code not in taken)
