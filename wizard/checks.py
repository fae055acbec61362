"""What typed text means at a step: one table from the names in flows to functions."""

from collections.abc import Callable
from dataclasses import dataclass

from wizard import identifiers, names
from wizard.accounts import Account
from wizard.district import District
from wizard.views.handover import Comparison


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may look at."""

    district: District
    account: Account | None


@dataclass(frozen=True, slots=True)
class Checked:
    """The code a typed text was given, and the text that is kept."""

    code: str
    value: str


Check = Callable[[str, Context], Checked]


def _username(typed: str, context: Context) -> Checked:
    """Keep what was typed, mistakes and all, a space at the end included: they are what is explained (D07)."""
    student_id = context.account.student.id if context.account else None
    code = identifiers.diagnose(typed, context.district, student_id).code
    return Checked(code, "" if code == "empty" else typed)


def _compared(compare: Callable[[str, Account, District], Comparison]) -> Check:
    def check(typed: str, context: Context) -> Checked:
        if not typed.strip() or context.account is None:
            return Checked("empty", "")
        same = compare(typed, context.account, context.district).same
        return Checked("same" if same else "differs", typed)

    return check


def _same_id(typed: str, account: Account, district: District) -> Comparison:
    return names.compare_id(typed, account.student.id, district)


def _id_number(typed: str, context: Context) -> Checked:
    """Tell the prefix of a username apart from other differences: it is the usual slip here (D23)."""
    checked = _compared(_same_id)(typed, context)
    student_id = context.account.student.id if context.account else ""
    if checked.code == "differs" and identifiers.has_prefix(typed, student_id, context.district):
        return Checked("has-prefix", typed)
    return checked


def _note(typed: str, context: Context) -> Checked:
    return Checked("given" if typed.strip() else "empty", typed.strip())


CHECKS: dict[str, Check] = {
    "username": _username,
    "claim-last-name": _compared(lambda typed, account, _: names.compare(typed, account.student.last, "last name")),
    "claim-first-name": _compared(lambda typed, account, _: names.compare(typed, account.student.first, "first name")),
    "claim-id": _id_number,
    "note": _note,
}
"""Each check of `wizard.vocabulary` but the student search, which answers by picking."""
