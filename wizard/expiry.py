"""How long it is known who is calling: as long as the call lasts in the same hands, and never over a long break (O6).

A call that is taken up again by somebody else, or after half an hour, asks once more. What was answered after that
question waits aside, out of sight, and returns when the caller is identified; a done action stays done.
"""

from datetime import datetime, timedelta

from flows.case import Case
from wizard import carrying, presence
from wizard.aside import withdraw
from wizard.family import members
from wizard.setting import Setting

VERIFIED_FOR = timedelta(minutes=30)
"""A break after which nobody can say any more that it is the same caller."""


def why_expired(setting: Setting, case: Case) -> str:
    """Return why a call that is taken up again must ask who is calling, as the end of a sentence; empty: it need not.

    Somebody who joins a colleague's running call finds the caller identified.
    """
    family = identified(setting, case)
    if not family:
        return ""
    if setting.clock() - max(map(_left_at, (case, *family))) > VERIFIED_FOR:
        return f"more than {VERIFIED_FOR.seconds // 60} minutes have passed"
    last = case.parked.by if case.parked else case.worked_by or case.agent
    if last == setting.agent or _held_by_a_colleague(setting, case):
        return ""
    return f"it was {last} who identified the caller"


def identified(setting: Setting, case: Case) -> tuple[Case, ...]:
    """Return the cases of this call, one for each child, in which the caller is identified."""
    with setting.records.reading() as tables:
        return tuple(member for member in members(tables, case) if carrying.verification(setting, member))


def again(why: str) -> str:
    """Return the sentence for whoever takes up the call."""
    return f"Please ask again who is calling: {why}. Then the call goes on where it was."


def expire(setting: Setting, case: Case) -> Case:
    """Forget who is calling, for every child of a family call, as the records hold it at this moment.

    A colleague may have saved the call meanwhile: what they saved is forgotten as well. Raises RecordsError; then
    nothing has changed.
    """
    with setting.records.transaction() as tables:
        present = tables.cases.get(case.id) or case
        stored = [withdraw(setting, tables, member, "expired") for member in members(tables, present)]
        return next(member for member in stored if member.id == case.id)


def _left_at(case: Case) -> datetime:
    moments = (case.started, *(answer.at for answer in case.answers), *(receipt.at for receipt in case.receipts))
    return max((*moments, case.parked.at) if case.parked else moments)


def _held_by_a_colleague(setting: Setting, case: Case) -> bool:
    present = presence.who(setting.records.folder, case.call)
    return present is not None and present.agent != setting.agent
