"""Times in words, as staff say them aloud: in the district's time zone, whatever the computer is set to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from wizard.district import District
from wizard.phrases import ENGLISH, MONTHS, WEEKDAYS, ZONES, Phrases

Clock = Callable[[], datetime]
"""Tells the time, aware UTC; passed in, so that a test can set it."""

PARTS_OF_DAY = (
    (4, "small-hours"),
    (10, "morning"),
    (11, "late-morning"),
    (12, "noon"),
    (18, "afternoon"),
    (21, "evening"),
    (23, "night"),
)
"""The last hour of each part of the day, for languages that say more than AM and PM."""


def now() -> datetime:
    """Return the time, aware UTC: the clock of a real call."""
    return datetime.now(UTC)


def in_zone(at: datetime, district: District) -> datetime:
    """Return the same moment in the district's time zone."""
    return at.astimezone(district.zone)


def local(at: datetime, district: District, phrases: Phrases = ENGLISH) -> str:
    """Return `Tue 10:40 AM EDT`: enough for a moment within a few days of now."""
    return spoken(in_zone(at, district), phrases)


def spoken(here: datetime, phrases: Phrases = ENGLISH) -> str:
    """Return the same of a moment that is in the district's time zone already."""
    return phrases("moment", weekday=_weekday(here, phrases), time=_time(here, phrases), zone=_zone(here, phrases))


def local_date(at: datetime, district: District, phrases: Phrases = ENGLISH) -> str:
    """Return `Tue, Aug 3, 2021, 10:40 AM EDT`: for a moment that may be long ago."""
    here = in_zone(at, district)
    return phrases(
        "date",
        weekday=_weekday(here, phrases),
        month=phrases(f"month-{MONTHS[here.month - 1]}"),
        day=here.day,
        year=here.year,
        time=_time(here, phrases),
        zone=_zone(here, phrases),
    )


# Own words: strftime's names follow the computer's language, and its hour has a leading zero on Windows.
def _weekday(here: datetime, phrases: Phrases) -> str:
    return phrases(f"weekday-{WEEKDAYS[here.weekday()]}")


def _zone(here: datetime, phrases: Phrases) -> str:
    name = here.tzname() or ""
    return phrases(f"zone-{name.lower()}") if name in ZONES else name


def _time(here: datetime, phrases: Phrases) -> str:
    hour = here.hour % 12 or 12
    at_one = "-at-one" if hour == 1 else ""
    part = phrases(next(part for last, part in PARTS_OF_DAY if here.hour <= last))
    if here.minute:
        return phrases(f"time{at_one}", hour=hour, minute=f"{here.minute:02}", part=part)
    return phrases(f"time-full-hour{at_one}", hour=hour, part=part)


def duration(length: timedelta, phrases: Phrases = ENGLISH) -> str:
    """Return `3 h 12 min`, rounded up to the minute, so that whoever waits that long is never early."""
    minutes = max(0, -(-length // timedelta(minutes=1)))
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    counted = [(count, unit) for count, unit in ((days, "days"), (hours, "hours"), (minutes, "minutes")) if count]
    parts = [phrases(f"{unit}-one") if count == 1 else phrases(unit, count=count) for count, unit in counted]
    match parts:
        case [first, second, third]:
            return phrases("three-units", first=first, second=second, third=third)
        case [first, second]:
            return phrases("two-units", first=first, second=second)
        case [only]:
            return only
        case _:
            return phrases("minutes", count=0)
