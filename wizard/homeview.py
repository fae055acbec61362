"""What the home screen tells, read in one look at the records."""

from datetime import datetime, time

from wizard import clock, followups, readiness, report, waiting
from wizard.calllog import Reader
from wizard.setting import Setting
from wizard.views.home import HomeView

FOLLOW_UPS = 50
"""Lines listed at most."""


def read(setting: Setting, wanted: str, deadline: str) -> HomeView:
    """Return everything, of the calls those that fit a code or name that is looked for. Raises RecordsError."""
    now, district = setting.clock(), setting.district
    midnight = datetime.combine(clock.in_zone(now, district).date(), time.min, district.zone)
    with setting.records.reading() as tables:
        calls = waiting.look(setting, tables, wanted)
        due, to_follow = followups.due(tables, now, district, FOLLOW_UPS)
        schools = readiness.by_school(tables, now, district)
        problems = report.problems(
            tables.cases.outlines(since=midnight), Reader(setting.library, district, now, schools={})
        )
    return HomeView(
        calls=calls.calls,
        waiting=calls.total,
        matching=calls.matching,
        follow_ups=due,
        to_follow=to_follow,
        readiness=tuple(sorted(schools, key=lambda school: school.school != setting.settings.school)),
        deadline=deadline,
        problems=problems,
        today=sum(problem.number for problem in problems),
    )
