"""When a student was entered, from the forms that exports write dates in: ISO 8601 and those common in the US."""

import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from wizard.district import District

TIME_FORMS = (
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%y %H:%M",
    "%m/%d/%y %I:%M %p",
)
DATE_FORMS = (
    "%m/%d/%Y",
    "%m/%d/%y",
    "%m-%d-%Y",
    "%Y/%m/%d",
    "%b %d, %Y",
    "%B %d, %Y",
    "%b %d %Y",
    "%B %d %Y",
    "%d-%b-%Y",
    "%d-%b-%y",
    "%d %b %Y",
    "%d %B %Y",
)
NOTHING = frozenset(("null", "none", "n/a", "na", "-", "0000-00-00", "00/00/0000"))
"""What databases write where there is no date."""


Moment = datetime | str | None
"""Aware UTC; or what is wrong with the text; or None when there is none."""

_WHOLE_DAY, _EXACT = timedelta(days=1), timedelta(0)


class Moments(dict[str, Moment]):
    """Text -> moment, each text looked at once: an export repeats the same few days."""

    def __init__(self, district: District) -> None:
        """Read times without an offset as local to the district."""
        super().__init__({"": None})
        self._zone = district.zone

    def __missing__(self, text: str) -> Moment:
        moment = self[text] = self._read(text.strip())
        return moment

    def _read(self, text: str) -> Moment:
        """A date alone counts to its end, so that the waiting time (D03) is never too short."""
        if not text or text.casefold() in NOTHING:
            return None
        reading = _reading(text)
        if reading is None:
            return _complaint(text)
        at, left_open = reading
        try:
            local = at if at.tzinfo else at.replace(tzinfo=self._zone)
            return (local + left_open).astimezone(UTC)
        except (OverflowError, ValueError):
            return _complaint(text)


def _reading(text: str) -> tuple[datetime, timedelta] | None:
    """Return a moment, and how much of a day it leaves open."""
    if not re.search(r"[-/,A-Za-z]", text) and len(text) != len("20260803"):
        return None  # a spreadsheet's day number is not a year
    with suppress(ValueError):
        return datetime.fromisoformat(text), _WHOLE_DAY if len(text) <= len("2026-08-03") else _EXACT
    for form in TIME_FORMS:
        with suppress(ValueError):
            return datetime.strptime(text, form), _EXACT  # noqa: DTZ007 - the caller adds the district's zone
    for form in DATE_FORMS:
        with suppress(ValueError):
            return datetime.strptime(text, form), _WHOLE_DAY  # noqa: DTZ007 - the caller adds the district's zone
    return None


def _complaint(text: str) -> str:
    if re.fullmatch(r"[34]\d{4}(\.\d+)?", text):
        return "the entry time is a spreadsheet's day number; format that column as a date and export again"
    return "the entry time is not a date such as 2026-08-03 or 8/3/2026 7:45 AM"
