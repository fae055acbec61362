"""Why an account stays as it is, in sentences for the family and for staff."""

from datetime import datetime

from wizard import clock
from wizard.district import District
from wizard.views.handover import Refused


def too_new(opens: datetime, now: datetime, district: District) -> Refused:
    """Refuse a claim before the account opens (D03)."""
    return Refused(
        "too-new",
        f"A new account opens for its claim {district.claim.hours} hours after the student was entered into "
        f"{district.sis.name}: {clock.local(opens, district)}, in {clock.duration(opens - now)}.",
    )


def already_claimed(at: datetime, by: str, how: str, district: District) -> Refused:
    """Refuse a second claim, and say who recorded the first one and when (D05)."""
    claimed = "claimed here" if how == "here" else "reported as claimed"
    return Refused(
        "already-claimed",
        f"This account was already {claimed}: {clock.local_date(at, district)}, recorded by {by}. "
        "An account that was claimed cannot be claimed again.",
    )


def ticket_open(code: str) -> Refused:
    """Refuse a claim while a ticket is under way (D18)."""
    return Refused(
        "ticket-open",
        f"Ticket {code} is open for this account. It can be claimed again once the ticket has reset it.",
    )


def ticket_already_open(code: str) -> Refused:
    """Refuse a second ticket for the same student."""
    return Refused("already-open", f"Ticket {code} is already open for this student; one is enough.")


def returning(district: District) -> Refused:
    """Refuse the claim of a student who was here before this school year (D04)."""
    return Refused(
        "returning",
        f"A current {district.short_name} student does not claim the account: log in as it worked last school year.",
    )


def inactive(district: District) -> Refused:
    """Refuse the claim of a student who is no longer enrolled."""
    return Refused(
        "inactive",
        f"The latest roster from {district.sis.name} no longer lists this student. Once the registrar has corrected "
        "that and the roster is imported again, the account goes on where it was.",
    )


def not_claimed() -> Refused:
    """Refuse a reset where there is nothing to check the answers against."""
    return Refused("not-claimed", "There is no claimed account with challenge answers on file here.")


def answers_off(district: District) -> Refused:
    """Refuse another attempt at the challenge questions until a ticket (D13)."""
    return Refused(
        "off",
        f"There were {district.reset.off_after} wrong attempts within {district.reset.off_within_hours} hours: "
        "the challenge questions are off until a ticket resets the account.",
    )


def answers_waiting(attempts: int, until: datetime, now: datetime, district: District) -> Refused:
    """Refuse another attempt at the challenge questions until the wait is over."""
    return Refused(
        "waiting",
        f"There were {attempts} wrong attempts. "
        f"The next one is possible {clock.local(until, district)}, in {clock.duration(until - now)}.",
    )


def ticket_not_open() -> Refused:
    """Refuse to resolve a ticket that is not there."""
    return Refused("not-open", "No ticket is open for this student.")
