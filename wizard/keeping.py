"""Keeping a case: ask the records what they can answer by themselves, drop what no longer fits, save.

One transaction holds the case and its journal line; what is returned is what the store holds.
"""

from collections.abc import Mapping

from flows import engine
from flows.case import Answer, Case
from flows.engine import Visit
from flows.model import ActionStep, LookupStep
from wizard import aside, carrying, notices
from wizard.lookups import LOOKUPS
from wizard.records import JournalLine, Tables
from wizard.setting import Setting


def keep(setting: Setting, before: Case, case: Case, what: str, result: str) -> Case:
    """Save a changed case and return it as stored. Raises RecordsError; then nothing has changed."""
    with setting.records.transaction() as tables:
        stored = settle(setting, tables, case)
        facts = setting.facts(stored)
        tables.journal.append(setting.journal_line(stored, what, facts.get("student", ""), result))
        if "verified" in facts and _viewed_student(setting.facts(before)) != facts["student"]:
            tables.journal.append(_viewed(setting, stored, facts))
        return stored


def _viewed_student(facts: Mapping[str, str]) -> str:
    return facts.get("student", "") if "verified" in facts else ""


def _viewed(setting: Setting, case: Case, facts: Mapping[str, str]) -> JournalLine:
    given = carrying.verification(setting, case)
    taken = f"taken over from case {given.carried}" if given and given.carried else ""
    return setting.journal_line(case, "viewed", facts["student"], facts["verified"], taken)


def settle(setting: Setting, tables: Tables, case: Case) -> Case:
    """Bring the case to a step that needs a person, and put it into the open transaction."""
    asked = _ask_records(setting, tables, case)
    if shortened := aside.without_a_source(setting, tables, asked):
        asked = _ask_records(setting, tables, shortened)
    if whole := aside.brought_back(setting, asked):
        asked = _ask_records(setting, tables, whole)
    settled = engine.settle(setting.library, asked)
    noticed = _under_notices(setting, tables, settled)
    stored = tables.cases.put(noticed.model_copy(update={"worked_by": setting.agent}))
    aside.withdraw_carried(setting, tables, stored)
    return stored


def _under_notices(setting: Setting, tables: Tables, case: Case) -> Case:
    """Keep with the case which known issues ran while it was worked on."""
    kept = {issue.code for issue in case.issues}
    running = notices.running(tables.notices.open(), setting.clock())
    new = tuple(notice.issue for notice in reversed(running) if notice.code not in kept)
    return case.model_copy(update={"issues": (*case.issues, *new)}) if new else case


def _ask_records(setting: Setting, tables: Tables, case: Case) -> Case:
    while True:
        visit = engine.current(setting.library, case)
        if taken := carrying.carried(setting, tables, case, visit):
            case = engine.answer(setting.library, case, taken)
            continue
        code = _code_without_asking(setting, tables, case, visit)
        if code is None:
            return case
        by = "action" if isinstance(visit.step, ActionStep) else "records"
        given = Answer.model_validate({"step": visit.key, "code": code, "by": by, "at": setting.clock()})
        case = engine.answer(setting.library, case, given)


def _code_without_asking(setting: Setting, tables: Tables, case: Case, visit: Visit) -> str | None:
    match visit.step:
        case LookupStep(lookup=name) as step:
            known = setting.known_in(tables, case)
            # The linter counts on this: what the call has established stays, whatever a colleague did meanwhile.
            return known.facts.get(name) or LOOKUPS[name](step, case, known)
        case ActionStep(action=action, exits=exits) if visit.answer is None:
            receipt = case.receipt_of(action)
            return receipt.code if receipt and receipt.code in exits else None
        case _:
            return None
