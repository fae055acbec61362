"""The answers of a call that must ask again who is calling: out of sight until the caller is identified (O6)."""

from flows import engine
from flows.case import Case
from wizard import carrying
from wizard.setting import Setting


def put_aside(setting: Setting, case: Case) -> Case:
    """Return the call as it stood before the question who is calling; the answers after it wait aside."""
    given = carrying.verification(setting, case)
    if given is None:
        return case
    order = [visit.key for visit in engine.trail(setting.library, case)]
    after = set(order[order.index(given.step) + 1 :])
    lasting = {answer.step for answer in engine.resume(setting.library, case).answers}
    kept = tuple(answer for answer in case.answers if answer.step not in after and answer != given)
    aside = tuple(answer for answer in case.answers if answer.step in after & lasting)
    return case.model_copy(update={"answers": kept, "aside": aside, "at": None})


def brought_back(setting: Setting, case: Case) -> Case | None:
    """Return the call with the answers that waited aside, once the caller is identified again; None: not yet."""
    if not case.aside or "verified" not in setting.facts(case):
        return None
    known = {visit.key for visit in engine.trail(setting.library, case) if visit.answer}
    fitting = tuple(answer for answer in case.aside if answer.step not in known)
    return case.model_copy(update={"answers": (*case.answers, *fitting), "aside": ()})
