"""Student accounts: the values that are stored, the states they are in, and how one state becomes another.

Functions of values and `now`; nothing here reads a clock or a file. Times are aware UTC, and 24 hours are
86,400 seconds (local arithmetic would give 23 or 25 when clocks change).
"""

from datetime import UTC, datetime, time, timedelta
from typing import Literal

from pydantic import AwareDatetime

from flows.model import Frozen
from wizard import refusals
from wizard.district import District
from wizard.usernames import username_of
from wizard.views.handover import Refused

USED_PASSWORDS_KEPT = 24
"""The longest password history any district may ask for (D12)."""


class Student(Frozen):
    """What the student information system says of one student."""

    id: str
    """The student number, always text: leading zeros count."""
    last: str
    first: str
    middle: str = ""
    school: str = ""
    grade: str = ""
    entered_at: AwareDatetime | None = None
    """When entered into the SIS, aware UTC; None: before records began, so older than any waiting time."""
    active: bool = True
    """Whether the latest roster lists the student; one who left keeps the account, and may come back."""
    other_schools: tuple[str, ...] = ()
    """Where the student goes beside `school`, which is the primary one."""

    @property
    def schools(self) -> tuple[str, ...]:
        """Return every school of the student, the primary one first."""
        return (self.school, *self.other_schools) if self.school else self.other_schools

    @property
    def school_words(self) -> str:
        """Return the schools as shown: `Oak High (also Tara Career Academy)`."""
        first, *others = self.schools or ("",)
        return f"{first} (also {', '.join(others)})" if others else first


class Guardian(Frozen):
    """Someone who may speak for a student: kept only to verify who is calling (O6), never searched or exported."""

    name: str
    relation: str = ""
    phone: str = ""


class Claim(Frozen):
    """That an account was claimed, and how we know."""

    generation: int
    """Which generation of the account it belongs to; an older one no longer counts."""
    at: datetime
    how: Literal["here", "reported"]
    """`here`: done at this desk. `reported`: the family did it in the portal and said so."""
    by: str
    case: str


class Secrets(Frozen):
    """The hashes of a password and of the three challenge answers together; nothing in clear, ever."""

    password_hash: str
    answers_hash: str
    questions: tuple[str, ...]
    """Codes of the questions from the district's bank, in the order they were answered."""


class Account(Frozen):
    """The wizard's own record of one student's portal account."""

    student: Student
    generation: int = 1
    """Raised by one when a ticket resets the account: each generation can be claimed exactly once (D05, D18)."""
    claim: Claim | None = None
    secrets: Secrets | None = None
    used_passwords: tuple[str, ...] = ()
    """Hashes of earlier passwords, newest first, at most 24 (D12)."""
    attempts: tuple[datetime, ...] = ()
    """Wrong reset attempts since the last right one, oldest first."""
    ticket: str | None = None
    """The code of the open ticket, if any."""
    guardians: tuple[Guardian, ...] = ()
    """Beside the student, not in it: what finds and shows students never holds them."""


_LATEST = datetime.max.replace(tzinfo=UTC) - timedelta(days=2)
"""The latest moment that can be said in any time zone."""

STATE_WORDS = {
    "too-new": "Too new to be claimed yet",
    "unclaimed": "Not claimed yet",
    "returning": "Here since last school year: logs in as before",
    "claimed": "Claimed",
    "ticket-open": "A ticket is open",
    "reset-done": "Reset by a ticket: to be claimed again",
    "inactive": "No longer enrolled: not in the latest roster",
    "not-in-roster": "Not in the records",
}
"""What the records say of an account, for the case card and the trail."""


def username(account: Account, district: District) -> str:
    """Return the student's username in the portal (D07)."""
    return username_of(account.student.id, district)


def state(account: Account, now: datetime, district: District) -> str:
    """Return what the records say of the account, as one of the account states of `wizard.vocabulary`."""
    if not account.student.active:
        return "inactive"
    if account.ticket:
        return "ticket-open"
    if is_claimed(account):
        return "claimed"
    if account.generation > 1:
        return "reset-done"
    opens = claim_opens(account, district)
    if opens and now < opens:
        return "too-new"
    return "returning" if _is_returning(account, district) else "unclaimed"


def is_claimed(account: Account) -> bool:
    """Return whether the account's present generation was claimed."""
    return account.claim is not None and account.claim.generation == account.generation


def _is_returning(account: Account, district: District) -> bool:
    """A student of an earlier school year logs in as before and does not claim (D04)."""
    entered = account.student.entered_at
    year_starts = datetime.combine(district.claim.school_year_start, time.min, district.zone)
    return entered is None or entered < year_starts


def claim_opens(account: Account, district: District) -> datetime | None:
    """Return when a new student's account opens for its claim (D03); None when nobody knows the entry."""
    entered = account.student.entered_at
    if entered is None:
        return None
    # An entry in the year 9999 is a mistake in the records; it never opens, and never stops a call.
    waiting = timedelta(hours=district.claim.hours)
    return min(entered.astimezone(UTC), _LATEST - waiting) + waiting


# -- the claim -----------------------------------------------------------------------------------------------


def claim(
    account: Account, claim: Claim, secrets: Secrets | None, now: datetime, district: District
) -> Account | Refused:
    """Claim the account's present generation, or say why not; `secrets` is None when the claim is only reported."""
    present = state(account, now, district)
    if present not in ("unclaimed", "reset-done"):
        return _claim_refusal(present, account, now, district)
    return account.model_copy(
        update={
            "claim": claim.model_copy(update={"generation": account.generation}),
            "secrets": secrets,
            "used_passwords": _history(account),
            "attempts": (),
        }
    )


def _claim_refusal(present: str, account: Account, now: datetime, district: District) -> Refused:
    opens = claim_opens(account, district)
    match present:
        case "too-new" if opens:
            return refusals.too_new(opens, now, district)
        case "claimed" if account.claim:
            return refusals.already_claimed(account.claim.at, account.claim.by, account.claim.how, district)
        case "ticket-open" if account.ticket:
            return refusals.ticket_open(account.ticket)
        case "inactive":
            return refusals.inactive(district)
        case _:
            return refusals.returning(district)


# -- the reset -----------------------------------------------------------------------------------------------


def reset(account: Account, secrets: Secrets, now: datetime, district: District) -> Account | Refused:
    """Put the new secrets in place of the old ones, after the challenge answers were found right (D10, D12)."""
    if state(account, now, district) != "claimed" or account.secrets is None:
        return refusals.not_claimed()
    return account.model_copy(update={"secrets": secrets, "used_passwords": _history(account), "attempts": ()})


def reset_reported(account: Account, claim: Claim) -> Account:
    """Keep that the family chose a new password in the portal: last year's no longer counts.

    Wrong attempts stay counted: a report proves nothing about the answers on file here.
    """
    if is_claimed(account):
        return account
    return account.model_copy(update={"claim": claim.model_copy(update={"generation": account.generation})})


def reset_refusal(account: Account, now: datetime, district: District) -> Refused | None:
    """Return why the challenge questions cannot be answered here now, or None when they can."""
    if state(account, now, district) != "claimed":
        return refusals.not_claimed()
    match reset_answers(account, now, district):
        case "none":
            return refusals.not_claimed()
        case "off":
            return refusals.answers_off(district)
        case "waiting":
            until = reset_waits_until(account, now, district) or now
            return refusals.answers_waiting(len(account.attempts), until, now, district)
    return None


def reset_answers(account: Account, now: datetime, district: District) -> str:
    """Return whether the challenge answers can be tried: `on-file`, `none`, `waiting` or `off`."""
    if account.secrets is None:
        return "none"
    if _is_off(account, district):
        return "off"
    return "waiting" if reset_waits_until(account, now, district) else "on-file"


def _is_off(account: Account, district: District) -> bool:
    rules = district.reset
    attempts = sorted(account.attempts)
    within = timedelta(hours=rules.off_within_hours)
    # Any such run of attempts counts, not only the latest: it stays off until a ticket, however long that takes.
    runs = zip(attempts, attempts[rules.off_after - 1 :], strict=False)
    return any(last - first <= within for first, last in runs)


def reset_waits_until(account: Account, now: datetime, district: District) -> datetime | None:
    """Return when the next attempt is possible, or None when it is now."""
    if len(account.attempts) < district.reset.wait_after:
        return None
    until = max(account.attempts) + timedelta(minutes=district.reset.wait_minutes)
    return until if now < until else None


def wrong_attempt(account: Account, now: datetime) -> Account:
    """Count one wrong attempt; a clock that was set back never makes it an earlier one."""
    at = max((now, *account.attempts))
    return account.model_copy(update={"attempts": (*account.attempts, at)})


def without_attempt(account: Account, at: datetime) -> Account:
    """Uncount the attempt of that moment: its answers were right after all."""
    last = len(account.attempts) - 1 - account.attempts[::-1].index(at)
    return account.model_copy(update={"attempts": (*account.attempts[:last], *account.attempts[last + 1 :])})


# -- the ticket ----------------------------------------------------------------------------------------------


def open_ticket(account: Account, code: str) -> Account | Refused:
    """Note the open ticket; one student has one at a time."""
    if account.ticket:
        return refusals.ticket_already_open(account.ticket)
    return account.model_copy(update={"ticket": code})


def resolve_ticket(account: Account, now: datetime) -> Account | Refused:
    """Close the ticket that reset the account: what was known of it ends, and it can be claimed once more (D18)."""
    if not account.ticket:
        return refusals.ticket_not_open()
    return account.model_copy(
        update={
            "ticket": None,
            "generation": account.generation + 1,
            "secrets": None,
            "used_passwords": _history(account),
            "attempts": (),
        }
    )


def _history(account: Account) -> tuple[str, ...]:
    """Return the hashes of earlier passwords with the present one, if any, in front."""
    present = (account.secrets.password_hash,) if account.secrets else ()
    return (*present, *account.used_passwords)[:USED_PASSWORDS_KEPT]
