"""Known issues that a lead posts: what is wrong, the words to say about it, from when and until when."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from flows.case import KnownIssue
from flows.model import Frozen
from wizard.district import District
from wizard.text import clean, collapse
from wizard.views.home import Banner

TEXT_LIMIT, SAY_LIMIT = 120, 300
"""Characters: the text has to fit one line beside its mark, the words one breath."""

LONGEST = timedelta(days=90)
"""A notice that should stay longer belongs into the flows."""


class NoticeError(Exception):
    """A notice that cannot be posted or ended; its text says why and what to do."""


class Notice(Frozen):
    """One known issue."""

    code: str
    """A short name to end it by: `N1`, `N2`, ..."""
    text: str
    """For staff: `Portal slow since 8:10`."""
    say: str = ""
    """What to tell families."""
    starts: datetime
    until: datetime | None = None
    """None: until somebody ends it."""
    posted_at: datetime
    by: str
    status: Literal["open", "ended"] = "open"
    ended_at: datetime | None = None
    ended_by: str = ""

    def runs(self, now: datetime) -> bool:
        """Return whether it is shown at this moment."""
        return self.status == "open" and self.starts <= now and not self.over(now)

    def over(self, now: datetime) -> bool:
        """Return whether its time is up."""
        return self.until is not None and self.until <= now

    @property
    def issue(self) -> KnownIssue:
        """Return what a case made under it keeps."""
        return KnownIssue(code=self.code, text=self.text)


def draft(
    number: int, text: str, say: str, starts: datetime | None, until: datetime | None, by: str, now: datetime
) -> Notice:
    """Return a notice of text cleaned at the door. Raises NoticeError when it says nothing or never runs."""
    words = collapse(clean(text, TEXT_LIMIT).text)
    if not re.search(r"\w", words):
        raise NoticeError('The notice says nothing. Write what is wrong, such as "Portal slow since 8:10".')
    begins = starts or now
    if until is not None and until <= max(begins, now):
        raise NoticeError("The notice would be over before it is seen. Give it a later end, or none.")
    if until is not None and until - begins > LONGEST:
        raise NoticeError(f"A notice runs {LONGEST.days} days at most. What stays longer belongs into the flows.")
    said = collapse(clean(say, SAY_LIMIT).text)
    return Notice(code=f"N{number}", text=words, say=said, starts=begins, until=until, posted_at=now, by=by)


def running(notices: Iterable[Notice], now: datetime) -> tuple[Notice, ...]:
    """Return those shown at this moment, newest first."""
    return tuple(sorted((notice for notice in notices if notice.runs(now)), key=_newest, reverse=True))


def _newest(notice: Notice) -> tuple[datetime, datetime]:
    return notice.starts, notice.posted_at


def ended(notice: Notice, by: str, now: datetime) -> Notice:
    """Return the notice as ended by somebody."""
    return notice.model_copy(update={"status": "ended", "ended_at": now, "ended_by": by})


def banner(notice: Notice) -> Banner:
    """Return what the screens show of a notice."""
    return Banner(code=notice.code, text=notice.text, say=notice.say)


_HOURS = re.compile(r"^\+?(\d{1,4})\s*(m|min|h|d)$")
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days"}
_TIME = re.compile(r"^(\d{1,2}):(\d{2})$")


def moment(text: str, now: datetime, district: District) -> datetime:
    """Return the moment meant by `14:30` (today), `2021-08-02 14:30`, or `2h` from now; in the district's time.

    Raises NoticeError.
    """
    said = collapse(clean(text, 40).text).casefold()
    local = now.astimezone(district.zone)
    if span := _HOURS.match(said):
        return now + timedelta(**{_UNITS[span[2]]: int(span[1])})
    try:
        if time := _TIME.match(said):
            day = local.replace(hour=int(time[1]), minute=int(time[2]), second=0, microsecond=0)
            return day.astimezone(now.tzinfo)
        meant = datetime.fromisoformat(said.upper())
        return (meant if meant.tzinfo else meant.replace(tzinfo=district.zone)).astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        told = f'"{said}" is not a time. Write 14:30, 2021-08-02 14:30, or how long from now: 30min, 2h, 1d.'
        raise NoticeError(told) from None
