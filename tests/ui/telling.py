"""A home desk in the middle of a morning: calls that wait, students who are due, figures of a whole district."""

from conftest import NOW
from scripted import HITS, ScriptedDesk
from test_home_screen import waiting

from wizard.report import Report, Row, Sticking
from wizard.views.home import Count, FollowUp, HomeView, SchoolReadiness

SCHOOLS = (
    SchoolReadiness("Practice Elementary", 1, 4),
    SchoolReadiness("Practice High", 36_920, 52_000),
    SchoolReadiness("Practice Middle", 3, 3),
)

TOLD = HomeView(
    follow_ups=(
        FollowUp("claim-again", HITS[0], "Reset is done: call, and claim again"),
        FollowUp("opens", HITS[1], "Claim opens Wed 10:40 AM EDT, in 40 min"),
        FollowUp("ticket", HITS[2], "T-7Q2F, drafted 2 days ago: see e-mail"),
    ),
    to_follow=3,
    readiness=SCHOOLS,
    problems=(Count("Check the username", 12), Count("A new password", 7)),
    today=19,
)

CALLS = (
    waiting("AC3D", "omar", "2", "")._replace(parked=True, note="calls back after two"),
    waiting("T4XK", "lena", "3", "José Nguyen-Tran")._replace(holder="lena", ago="1 min ago"),
    waiting("K7Q2", "dana"),
)

ROWS = (Row("Check the username", 1_204, 2.1, 4.5), Row("A new password", 318, 6.4, 12.0))

MADE = Report(
    since=NOW.replace(hour=4),
    until=None,
    school="",
    every=Row("All calls", 1_522, 3.2, 7.9),
    problems=ROWS,
    outcomes=(Row("It was the username; they're in", 1_204, 2.1, 4.5), Row("The ticket is filed", 318, 6.4, 12.0)),
    results=ROWS,
    schools=(Row("Practice High", 1_522, 3.2, 7.9),),
    hours=(Count("7 AM", 804), Count("8 AM", 718)),
    steps=(Sticking("situation/message", "What does the screen say, or what happened?", 1_522, 14, 51, 33, 2),),
    tickets=318,
    avoided=1_204,
    readiness=SCHOOLS,
)


class Telling(ScriptedDesk):
    """A desk in the middle of a morning."""

    def report_of_days(self, before_today: int | None) -> Report:
        return MADE
