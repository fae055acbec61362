"""The values behind {placeholders}, and the one pass that puts them into words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flows.vocabulary import met
from wizard import accounts, clock, identifiers, names, spoken, tickets
from wizard.accounts import Account
from wizard.district import District
from wizard.tickets import Ticket
from wizard.vocabulary import PLACEHOLDERS

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Known:
    """Everything a placeholder's value may come from."""

    district: District
    facts: Mapping[str, str]
    now: datetime
    account: Account | None = None
    ticket: Ticket | None = None


def fill(words: str, known: Known) -> str:
    """Replace each {placeholder} whose needs are met; others stay as they are (the linter reports them)."""

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name not in PLACEHOLDERS or not all(met(need, known.facts) for need in PLACEHOLDERS[name]):
            return match[0]
        return VALUES[name](known)

    return _PLACEHOLDER.sub(value, words)


def _of_account(get: Callable[[Account, Known], str]) -> Callable[[Known], str]:
    return lambda known: get(known.account, known) if known.account else ""


def _claim_opens(account: Account, known: Known) -> str:
    opens = accounts.claim_opens(account, known.district)
    return clock.local(opens, known.district) if opens else "now"


def _claim_opens_in(account: Account, known: Known) -> str:
    opens = accounts.claim_opens(account, known.district)
    return clock.duration(opens - known.now) if opens and opens > known.now else "no time"


def _reset_wait(account: Account, known: Known) -> str:
    until = accounts.reset_waits_until(account, known.now, known.district)
    return clock.local(until, known.district) if until else "now"


def _diagnosis(account: Account, known: Known) -> str:
    return identifiers.diagnose(known.facts["username"], known.district, account.student.id).words


def _ticket_date(known: Known) -> str:
    return clock.local_date(known.ticket.opened_at, known.district) if known.ticket else ""


VALUES: dict[str, Callable[[Known], str]] = {
    "district_name": lambda known: known.district.name,
    "portal_name": lambda known: known.district.portal.name,
    "portal_address": lambda known: known.district.portal.address,
    "browser": lambda known: known.district.portal.browser,
    "sis_name": lambda known: known.district.sis.name,
    "parent_portal_name": lambda known: known.district.sis.parent_portal,
    "username_example": lambda known: identifiers.username_of(known.district.student_id.example, known.district),
    "username_prefix": lambda known: known.district.student_id.username_prefix,
    "username_length": lambda known: str(known.district.student_id.username_length),
    "id_example": lambda known: known.district.student_id.example,
    "id_digits": lambda known: str(known.district.student_id.digits),
    "min_password": lambda known: str(known.district.password.minimum),
    "question_count": lambda known: str(known.district.claim.questions),
    "claim_hours": lambda known: str(known.district.claim.hours),
    "login_video": lambda known: known.district.videos.login.spoken,
    "forgot_video": lambda known: known.district.videos.forgot.spoken,
    "claim_video": lambda known: known.district.videos.claim.spoken,
    "ticket_menu": lambda known: " > ".join(known.district.ticket.menu),
    "lockout_tries": lambda known: str(known.district.lockout.tries),
    "lockout_minutes": lambda known: str(known.district.lockout.minutes),
    "first_name": _of_account(lambda account, known: account.student.first),
    "first_name_spelled": _of_account(lambda account, known: spoken.spell_name(account.student.first)),
    "last_name": _of_account(lambda account, known: account.student.last),
    "last_name_spelled": _of_account(lambda account, known: spoken.spell_name(account.student.last)),
    "full_name": _of_account(lambda account, known: f"{account.student.first} {account.student.last}"),
    "student_id": _of_account(lambda account, known: account.student.id),
    "student_id_spelled": _of_account(lambda account, known: spoken.spell_id(account.student.id)),
    "username": _of_account(lambda account, known: identifiers.username_of(account.student.id, known.district)),
    "username_spelled": _of_account(
        lambda account, known: spoken.spell_id(identifiers.username_of(account.student.id, known.district))
    ),
    "school": _of_account(lambda account, known: account.student.school),
    "claim_opens": _of_account(_claim_opens),
    "claim_opens_in": _of_account(_claim_opens_in),
    "ticket_line": _of_account(lambda account, known: tickets.line(account.student)),
    "ticket_code": _of_account(lambda account, known: account.ticket or ""),
    "ticket_date": _ticket_date,
    "reset_wait": _of_account(_reset_wait),
    "typed_username": lambda known: known.facts["username"],
    "username_diagnosis": _of_account(_diagnosis),
    "last_name_difference": _of_account(
        lambda account, known: names.compare(known.facts["claim-last-name"], account.student.last, "last name").words
    ),
    "first_name_difference": _of_account(
        lambda account, known: names.compare(known.facts["claim-first-name"], account.student.first, "first name").words
    ),
    "id_difference": _of_account(
        lambda account, known: names.compare_id(known.facts["claim-id"], account.student.id, known.district).words
    ),
}
