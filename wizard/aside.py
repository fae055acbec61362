"""The answers of a call that must ask again who is calling: out of sight until the caller is identified (O6)."""

from flows import engine
from flows.case import Case
from wizard import carrying
from wizard.records import Tables
from wizard.setting import Setting


def put_aside(setting: Setting, case: Case) -> Case:
    """Return the call as it stood before the question who is calling; the answers from there on wait aside."""
    given = carrying.verification(setting, case)
    if given is None:
        return case
    order = [visit.key for visit in engine.trail(setting.library, case)]
    hidden = set(order[order.index(given.step) :])
    kept = tuple(answer for answer in case.answers if answer.step not in hidden)
    aside = tuple(answer for answer in case.answers if answer.step in hidden)
    return case.model_copy(update={"answers": kept, "aside": aside, "at": None})


def brought_back(setting: Setting, case: Case) -> Case | None:
    """Return the call with the answers that waited aside, once the caller is identified again; None: not yet.

    What the records said since the last receipt is to be asked again.
    """
    given = carrying.verification(setting, case) if case.aside else None
    if given is None:
        return None
    steps = {answer.step for answer in case.aside}
    fresh = tuple(answer for answer in case.answers if answer == given or answer.step not in steps)
    waited = tuple(answer for answer in case.aside if answer.step != given.step)
    return engine.resume(setting.library, case.model_copy(update={"answers": (*fresh, *waited), "aside": ()}))


def before_it(setting: Setting, case: Case) -> Case:
    """Return the call as it stood before answers were put aside: to be counted by, never to be shown."""
    steps = {answer.step for answer in case.aside}
    answers = (*(answer for answer in case.answers if answer.step not in steps), *case.aside)
    return case.model_copy(update={"answers": answers, "aside": (), "at": None})


def withdraw(setting: Setting, tables: Tables, case: Case, why: str) -> Case:
    """Put aside and store what an open case knows by its verification; unchanged when there is none."""
    shortened = put_aside(setting, case)
    if shortened == case or case.status == "closed":
        return case
    stored = tables.cases.put(shortened.model_copy(update={"worked_by": setting.agent}))
    student = setting.facts(stored).get("student", "")
    tables.journal.append(setting.journal_line(stored, "verification", student, why))
    return stored


def without_a_source(setting: Setting, tables: Tables, case: Case) -> Case | None:
    """Return the case without a verification whose source has lost its own since; None when it stands."""
    given = carrying.verification(setting, case)
    if given is None or not given.carried or carrying.stands(setting, given, tables.cases.get(given.carried)):
        return None
    return put_aside(setting, case)


def withdraw_carried(setting: Setting, tables: Tables, source: Case) -> None:
    """Withdraw every verification of the family call that was taken over from this case and stands no more."""
    others = filter(None, map(tables.cases.get, (each for each in source.family if each != source.id)))
    for other in others:
        given = carrying.verification(setting, other)
        if given and given.carried == source.id and not carrying.stands(setting, given, source):
            withdraw(setting, tables, other, "source withdrawn")
