"""Questions that the records answer by themselves: one table from the names in flows to functions."""

from collections.abc import Callable

from flows.case import Case
from flows.model import LookupStep
from flows.vocabulary import KNOWN
from wizard import accounts
from wizard.placeholders import Known

Lookup = Callable[[LookupStep, Case, Known], str]


def _known(step: LookupStep, case: Case, known: Known) -> str:
    return "yes" if step.of in known.facts else "no"


def _channel(step: LookupStep, case: Case, known: Known) -> str:
    return case.channel


def _account_state(step: LookupStep, case: Case, known: Known) -> str:
    if known.account is None:
        return "not-in-roster"
    return accounts.state(known.account, known.now, known.district)


def _reset_answers(step: LookupStep, case: Case, known: Known) -> str:
    if known.account is None:
        return "none"
    return accounts.reset_answers(known.account, known.now, known.district)


LOOKUPS: dict[str, Lookup] = {
    KNOWN: _known,
    "channel": _channel,
    "account-state": _account_state,
    "reset-answers": _reset_answers,
}
"""Each lookup of `wizard.vocabulary`."""
