"""Taking over who the caller is from one child of a family call to the next (O6)."""

from dataclasses import dataclass

from flows import engine
from flows.case import Answer, Case
from flows.engine import Visit
from flows.model import ChoiceStep
from wizard.accounts import Account
from wizard.records import Tables
from wizard.setting import Setting
from wizard.siblings import shared, whoever_speaks


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the verification of another child's part holds for this one, and the sentence that says why."""

    answer: Answer | None
    """The answer to take over; None: it is asked again."""
    words: str


def gives_verified(visit: Visit) -> bool:
    """Return whether this step asks who the caller is."""
    return isinstance(visit.step, ChoiceStep) and any("verified" in choice.gives for choice in visit.step.choices)


def verification(setting: Setting, case: Case) -> Answer | None:
    """Return the answer that identified the caller, if one did."""
    if "verified" not in setting.facts(case):
        return None
    visits = engine.trail(setting.library, case)
    return next((visit.answer for visit in visits if visit.answer and gives_verified(visit)), None)


def holds(known: Account, other: Account) -> bool:
    """Return whether whoever was identified for the one student may be told about the other, too.

    With nobody on file for one of them, nothing says that they belong together.
    """
    return whoever_speaks(known, other)


def stands(setting: Setting, taken: Answer, source: Case | None) -> bool:
    """Return whether the case that a verification was taken over from still identifies the caller by that answer."""
    given = verification(setting, source) if source else None
    return given is not None and (given.step, given.code) == (taken.step, taken.code)


def carried(setting: Setting, tables: Tables, case: Case, visit: Visit) -> Answer | None:
    """Return the answer to the question who is calling, taken over within a family call; None: ask."""
    if not case.family or visit.answer or not gives_verified(visit):
        return None
    return verdict(setting, tables, case, visit.key).answer


def verdict(setting: Setting, tables: Tables, case: Case, key: str) -> Verdict:
    """Say whether the verification holds for this child, and why; no words when nobody was verified yet."""
    account = setting.known_in(tables, case).account
    words = ""
    for member in _asked(setting, tables, case):
        known, given = setting.known_in(tables, member).account, verification(setting, member)
        if account is None or known is None or given is None or given.step != key:
            continue
        if holds(known, account):
            taken = given.model_copy(update={"at": setting.clock(), "seconds": 0, "carried": member.id})
            return Verdict(taken, _held(known, account))
        words = asked_again(known, account)
    return Verdict(None, words)


def _asked(setting: Setting, tables: Tables, case: Case) -> list[Case]:
    """Return the family's open cases in which the caller was identified by asking."""
    others = filter(None, map(tables.cases.get, (each for each in case.family if each != case.id)))
    given = [(other, verification(setting, other)) for other in others if other.status == "open"]
    return [other for other, answer in given if answer and not answer.carried]


def asked_again(known: Account, account: Account) -> str:
    """Return the sentence that asks once more who is calling, and why the verification does not hold."""
    first, other = known.student.first, account.student.first
    if not account.guardians or not known.guardians:
        nobody = [each.student.first for each in (known, account) if not each.guardians]
        why = f"no guardian is on file here for {' or '.join(nobody)}"
    elif shared(known, account):
        why = f"not everyone on file for {first} is on file for {other}"
    else:
        why = f"{first} and {other} have no guardian on file in common"
    return f"Please ask once more who is calling: {why}."


def _held(known: Account, account: Account) -> str:
    first, other = known.student.first, account.student.first
    return (
        f"The caller was identified for {first}; everyone on file for {first} is on file for {other}, too. Was it "
        f"{first}'s own ID? Then change the answer with F3."
    )
