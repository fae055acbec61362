"""How many students can log in: every active student either claimed the present account or is returning (D02, D04)."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, time, timedelta

from wizard import accounts
from wizard.accounts import Account
from wizard.district import District
from wizard.records import Tables
from wizard.views.home import SchoolReadiness

READY = ("claimed", "returning")
"""The states in which a student can log in."""

NO_SCHOOL = "No school on file"


def can_log_in(account: Account, now: datetime, district: District) -> bool:
    """Return whether the student can log in, as far as the records know."""
    return accounts.state(account, now, district) in READY


def by_school(tables: Tables, now: datetime, district: District) -> tuple[SchoolReadiness, ...]:
    """Return how many can log in at each school, by the schools' names."""
    groups = ((group.sample, group.count) for group in tables.accounts.groups(*_moments(now, district)))
    return tally(groups, now, district)


def tally(counted: Iterable[tuple[Account, int]], now: datetime, district: District) -> tuple[SchoolReadiness, ...]:
    """Return how many of these accounts can log in, school by school; each stands for as many as its number says."""
    ready: Counter[str] = Counter()
    students: Counter[str] = Counter()
    for account, count in counted:
        if account.student.active:
            school = account.student.school or NO_SCHOOL
            students[school] += count
            ready[school] += count * can_log_in(account, now, district)
    return tuple(SchoolReadiness(school, ready[school], students[school]) for school in sorted(students))


def not_ready(tables: Tables, now: datetime, district: District) -> Iterator[tuple[Account, str]]:
    """Yield every active student who cannot log in yet, with the account's state."""
    for account in tables.accounts.all():
        state = accounts.state(account, now, district)
        if state not in (*READY, "inactive"):
            yield account, state


def _moments(now: datetime, district: District) -> tuple[datetime, datetime]:
    """Return between which moments of entry into the SIS the rule tells accounts apart (D03, D04)."""
    year_starts = datetime.combine(district.claim.school_year_start, time.min, district.zone)
    # Entered at exactly this moment, the wait is just over: it belongs to those before.
    wait_is_over = now - timedelta(hours=district.claim.hours) + timedelta(microseconds=1)
    return year_starts, wait_is_over
