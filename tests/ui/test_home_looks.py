"""How the home desk, the parking of a call and the report look, in three themes and two sizes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from conftest import NOW
from scripted import HITS, ScriptedCall, ScriptedDesk
from test_home_screen import waiting
from textual.pilot import Pilot

from screens.app import PortalWizard
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
    replace(waiting("AC3D", "omar", "2", ""), parked=True, note="calls back after two"),
    replace(waiting("T4XK", "lena", "3", "José Nguyen-Tran"), holder="lena", since=NOW - timedelta(minutes=1)),
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


class Told(ScriptedDesk):
    """A desk in the middle of a morning."""

    def report_of_days(self, before_today: int | None) -> Report:
        return MADE


VIEWS: dict[str, tuple[str, ...]] = {
    "waiting": (),
    "follow-ups": ("f",),
    "schools": ("s",),
    "practice": ("t",),
    "find": ("k", "a", "c"),
    "park": ("p", "1", "f4"),
    "report": ("f6",),
}
"""View -> the keys that lead there from the home screen."""

PICTURES = [
    *((view, (80, 24), "wizard-dark") for view in VIEWS),
    *((view, (120, 40), "wizard-dark") for view in ("waiting", "report")),
    *(("waiting", size, theme) for size in ((80, 24), (120, 40)) for theme in ("wizard-light", "wizard-contrast")),
    *(("report", (80, 24), theme) for theme in ("wizard-light", "wizard-contrast")),
]


@pytest.mark.parametrize(
    ("view", "size", "theme"),
    [pytest.param(*picture, id=f"{picture[0]}-{picture[1][0]}x{picture[1][1]}-{picture[2]}") for picture in PICTURES],
)
def test_home_looks(view: str, size: tuple[int, int], theme: str, looks_as_kept: Callable[..., None]) -> None:
    """Nothing is cut, nothing overlaps: the picture a person approved."""
    desk = Told(lambda: NOW, waiting=CALLS, call=ScriptedCall(NOW, 1), told=TOLD)
    app = PortalWizard(lambda: desk)  # type: ignore[arg-type,return-value]

    async def go_there(pilot: Pilot[None]) -> None:
        app.theme = theme
        await pilot.press(*VIEWS[view])

    looks_as_kept(app, size, go_there)
