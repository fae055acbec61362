"""The values behind {placeholders}, and the one pass that puts them into words."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from flows.vocabulary import met
from wizard import accounts, clock, spoken, tickets, usernames
from wizard.accounts import Account
from wizard.district import District, Video
from wizard.phrases import ENGLISH, Phrases
from wizard.tickets import Ticket
from wizard.vocabulary import PLACEHOLDERS

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class Known(NamedTuple):
    """Everything a placeholder's value may come from."""

    district: District
    facts: Mapping[str, str]
    now: datetime
    account: Account | None = None
    ticket: Ticket | None = None
    phrases: Phrases = ENGLISH
    """The language of the words that are filled."""
    aloud: Phrases = ENGLISH
    """The language that spelling is read out in, even within words for staff."""

    def speaking(self, phrases: Phrases) -> "Known":
        """Return the same for words that are spoken in a language."""
        return self._replace(phrases=phrases, aloud=phrases)


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
    return clock.local(opens, known.district, known.phrases) if opens else known.phrases("now")


def _claim_opens_in(account: Account, known: Known) -> str:
    opens = accounts.claim_opens(account, known.district)
    if opens and opens > known.now:
        return clock.duration(opens - known.now, known.phrases)
    return known.phrases("no-time")


def _reset_wait(account: Account, known: Known) -> str:
    until = accounts.reset_waits_until(account, known.now, known.district)
    return clock.local(until, known.district, known.phrases) if until else known.phrases("now")


def _diagnosis(account: Account, known: Known) -> str:
    from wizard import identifiers

    return identifiers.diagnose(known.facts["username"], known.district, account.student.id, known.phrases).words


def _name_difference(account: Account, known: Known, part: str) -> str:
    typed, record = known.facts[f"claim-{part}-name"], getattr(account.student, part)
    from wizard import names

    return names.compare(typed, record, f"{part} name", phrases=known.phrases).words


def _id_difference(account: Account, known: Known) -> str:
    from wizard import names

    return names.compare_id(known.facts["claim-id"], account.student.id, known.district, known.phrases).words


def _video(video: Video, known: Known) -> str:
    return known.phrases("video-at", title=video.title, address=video.address) if video.address else video.title


def _ticket_date(known: Known) -> str:
    return clock.local_date(known.ticket.opened_at, known.district) if known.ticket else ""


VALUES: dict[str, Callable[[Known], str]] = {
    "district_name": lambda known: known.district.name,
    "portal_name": lambda known: known.district.portal.name,
    "portal_address": lambda known: known.district.portal.address,
    "browser": lambda known: known.district.portal.browser,
    "sis_name": lambda known: known.district.sis.name,
    "parent_portal_name": lambda known: known.district.sis.parent_portal,
    "username_example": lambda known: usernames.username_of(known.district.student_id.example, known.district),
    "username_prefix": lambda known: known.district.student_id.username_prefix,
    "username_length": lambda known: str(known.district.student_id.username_length),
    "id_example": lambda known: known.district.student_id.example,
    "id_digits": lambda known: str(known.district.student_id.digits),
    "min_password": lambda known: str(known.district.password.minimum),
    "question_count": lambda known: str(known.district.claim.questions),
    "claim_hours": lambda known: str(known.district.claim.hours),
    "login_video": lambda known: _video(known.district.videos.login, known),
    "forgot_video": lambda known: _video(known.district.videos.forgot, known),
    "claim_video": lambda known: _video(known.district.videos.claim, known),
    "ticket_menu": lambda known: " > ".join(known.district.ticket.menu),
    "lockout_tries": lambda known: str(known.district.lockout.tries),
    "lockout_minutes": lambda known: str(known.district.lockout.minutes),
    "first_name": _of_account(lambda account, known: account.student.first),
    "first_name_spelled": _of_account(lambda account, known: spoken.spell_name(account.student.first, known.aloud)),
    "last_name": _of_account(lambda account, known: account.student.last),
    "last_name_spelled": _of_account(lambda account, known: spoken.spell_name(account.student.last, known.aloud)),
    "full_name": _of_account(lambda account, known: f"{account.student.first} {account.student.last}"),
    "student_id": _of_account(lambda account, known: account.student.id),
    "student_id_spelled": _of_account(lambda account, known: spoken.spell_id(account.student.id, known.aloud)),
    "username": _of_account(lambda account, known: usernames.username_of(account.student.id, known.district)),
    "username_spelled": _of_account(
        lambda account, known: spoken.spell_id(usernames.username_of(account.student.id, known.district), known.aloud)
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
    "last_name_difference": _of_account(lambda account, known: _name_difference(account, known, "last")),
    "first_name_difference": _of_account(lambda account, known: _name_difference(account, known, "first")),
    "id_difference": _of_account(_id_difference),
}
