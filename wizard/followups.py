"""Whom somebody should look after today: accounts to be claimed again, claims that open, tickets to watch."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from wizard import accounts, clock, tickets
from wizard.accounts import Account
from wizard.district import District
from wizard.hits import hit
from wizard.records import Tables
from wizard.views.home import FollowUp

FAR = 1_000
"""How many of each kind are counted at most; a new roster may open thousands of claims on one day."""

Found = tuple[tuple[FollowUp, ...], int]
"""As many as fit, and how many there are."""


def due(tables: Tables, now: datetime, district: District, limit: int) -> Found:
    """Return who is due today, most urgent first, and how many there are (at most `FAR` of a kind)."""
    found = [look(tables, now, district, limit) for look in LOOKS]
    lines = tuple(line for follow_ups, _ in found for line in follow_ups)
    return lines[:limit], sum(total for _, total in found)


def _to_claim_again(tables: Tables, now: datetime, district: District, limit: int) -> Found:
    """A ticket has reset these accounts; until they are claimed again, no login works (D18)."""
    words = "Reset is done: call, and claim again"
    waiting = tables.accounts.to_claim_again(FAR)
    return tuple(FollowUp("claim-again", hit(account.student), words) for account in waiting[:limit]), len(waiting)


def _opening(tables: Tables, now: datetime, district: District, limit: int) -> Found:
    """The day of waiting after the entry into the SIS ends today (D03)."""
    begins, ends = _today(now, district)
    wait = timedelta(hours=district.claim.hours)
    new = [
        account
        for account in tables.accounts.entered_between(begins - wait, ends - wait, FAR)
        if accounts.state(account, now, district) in ("too-new", "unclaimed")
    ]
    lines = (FollowUp("opens", hit(account.student), _opens(account, now, district)) for account in new[:limit])
    return tuple(lines), len(new)


def _opens(account: Account, now: datetime, district: District) -> str:
    at = accounts.claim_opens(account, district) or now
    if now < at:
        return f"Claim opens {clock.local(at, district)}, in {clock.duration(at - now)}"
    return f"Claim is open since {clock.local(at, district)}"


def _today(now: datetime, district: District) -> tuple[datetime, datetime]:
    day = clock.in_zone(now, district).date()
    midnights = (datetime.combine(each, time.min, district.zone) for each in (day, day + timedelta(days=1)))
    first, last = midnights
    return first, last


def _to_watch(tables: Tables, now: datetime, district: District, limit: int) -> Found:
    """E-mail may have news of these tickets (D17); the one that waits longest comes first."""
    waiting = sorted(tables.tickets.open_all(), key=lambda ticket: ticket.latest)
    lines = (
        FollowUp("ticket", hit(account.student), f"{tickets.told(ticket, now)}: see e-mail")
        for ticket in waiting[:limit]
        if (account := tables.accounts.get(ticket.student_id))
    )
    return tuple(lines), len(waiting)


LOOKS: tuple[Callable[[Tables, datetime, District, int], Found], ...] = (_to_claim_again, _opening, _to_watch)
"""In the order in which they are listed."""
