"""Times in words, as staff say them aloud: in the district's time zone, whatever the computer is set to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from wizard.district import District

Clock = Callable[[], datetime]
"""Tells the time, aware UTC; passed in, so that a test can set it."""

# Own tables: strftime's names follow the computer's language, and its hour has a leading zero on Windows.
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def now() -> datetime:
    """Return the time, aware UTC: the clock of a real call."""
    return datetime.now(UTC)


def in_zone(at: datetime, district: District) -> datetime:
    """Return the same moment in the district's time zone."""
    return at.astimezone(district.zone)


def local(at: datetime, district: District) -> str:
    """Return `Tue 10:40 AM EDT`: enough for a moment within a few days of now."""
    here = in_zone(at, district)
    return f"{_DAYS[here.weekday()]} {_time(here)}"


def local_date(at: datetime, district: District) -> str:
    """Return `Tue, Aug 3, 2021, 10:40 AM EDT`: for a moment that may be long ago."""
    here = in_zone(at, district)
    return f"{_DAYS[here.weekday()]}, {_MONTHS[here.month - 1]} {here.day}, {here.year}, {_time(here)}"


def _time(here: datetime) -> str:
    half = "AM" if here.hour < 12 else "PM"
    return f"{here.hour % 12 or 12}:{here.minute:02} {half} {here.tzname()}"


def duration(length: timedelta) -> str:
    """Return `3 h 12 min`, rounded up to the minute, so that whoever waits that long is never early."""
    minutes = max(0, -(-length // timedelta(minutes=1)))
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "day" if days == 1 else "days"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 min"
