"""What the home screen tells, read in one look at the records."""

from datetime import datetime, time

from wizard import calllog, clock, followups, readiness, waiting
from wizard.district import District
from wizard.setting import Setting
from wizard.views.home import HomeView

FOLLOW_UPS = 50
"""Lines listed at most."""


def read(setting: Setting, wanted: str = "") -> HomeView:
    """Return everything, of the calls those that fit a code or name that is looked for. Raises RecordsError."""
    now, district = setting.clock(), setting.district
    midnight = datetime.combine(clock.in_zone(now, district).date(), time.min, district.zone)
    with setting.records.reading() as tables:
        calls = waiting.look(setting, tables, wanted)
        due, to_follow = followups.due(tables, now, district, FOLLOW_UPS)
        schools = readiness.by_school(tables, now, district)
        problems = calllog.problems(
            tables.cases.outlines(since=midnight), calllog.Reader(setting.library, district, now, schools={})
        )
    return HomeView(
        agent=setting.agent,
        calls=calls.calls,
        waiting=calls.total,
        matching=calls.matching,
        follow_ups=due,
        to_follow=to_follow,
        readiness=tuple(sorted(schools, key=lambda school: school.school != setting.settings.school)),
        deadline=_deadline(now, district),
        problems=problems,
        today=sum(problem.number for problem in problems),
    )


def _deadline(now: datetime, district: District) -> str:
    """Return until when every enrolled student can log in, counted down until that day is past (D02)."""
    day = district.portal.login_deadline
    left = (day - clock.in_zone(now, district).date()).days
    if left < 0:
        return ""
    wait = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
    return f"Every student must be able to log in before {day.month}/{day.day}/{day.year}: {wait}."
