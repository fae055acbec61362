"""The home screen: calls that wait, students to follow up, the numbers of the day, known issues and practice."""

from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from wizard.views.card import Hit

if TYPE_CHECKING:
    from flows.model import Channel


class CaseSummary(NamedTuple):
    """A line on the home screen: an interrupted call."""

    id: str
    code: str
    channel: "Channel"
    agent: str
    started: datetime
    student: str
    step: str
    """The question the call stands at."""
    parked: bool = False
    """Left on purpose; otherwise it was interrupted, or is open right now (`holder`)."""
    ago: str = ""
    """How long ago it was parked or last worked on, in words."""
    note: str = ""
    """One line for whoever takes it over."""
    holder: str = ""
    """Who has it open at this moment."""


class Holder(NamedTuple):
    """Who has a call open at this moment."""

    agent: str
    since: str
    """In words: `10:41 AM`."""
    me: bool
    """Whether it is another window of the same person."""


class FollowUp(NamedTuple):
    """A line on the home screen: a student somebody should look after today. It shows no more than a search does."""

    kind: Literal["claim-again", "opens", "ticket"]
    """A reset is done and the claim is open (D18); the claim opens today (D03); a ticket to watch (D17)."""
    student: Hit
    words: str
    """What there is to do, and since when or from when on."""


class SchoolReadiness(NamedTuple):
    """How many of a school's students can log in (D02)."""

    school: str
    ready: int
    students: int
    """All active students."""

    @property
    def percent(self) -> int:
        """Return the share in whole percent, 100 only when everybody can."""
        return self.ready * 100 // self.students if self.students else 0


class Count(NamedTuple):
    """How often something was counted."""

    words: str
    number: int


class HomeView(NamedTuple):
    """Everything the home screen tells, as of one moment."""

    agent: str = ""
    """Whose desk it is."""
    calls: tuple[CaseSummary, ...] = ()
    """The calls that wait, those that fit what was looked for; own ones first, newest first, a few dozen at most."""
    waiting: int = 0
    """How many calls wait in all."""
    matching: int = 0
    """How many of them fit what was looked for."""
    follow_ups: tuple[FollowUp, ...] = ()
    """A few dozen at most."""
    to_follow: int = 0
    """How many there are in all."""
    readiness: tuple[SchoolReadiness, ...] = ()
    deadline: str = ""
    problems: tuple[Count, ...] = ()
    """Today's calls by what brought them, most frequent first."""
    today: int = 0
    """How many calls began today."""

    @property
    def everybody(self) -> SchoolReadiness:
        """Return all schools together."""
        return SchoolReadiness("All schools", *(sum(column) for column in _columns(self.readiness)))


def _columns(schools: tuple[SchoolReadiness, ...]) -> tuple[list[int], list[int]]:
    return [school.ready for school in schools], [school.students for school in schools]


class Banner(NamedTuple):
    """A known issue that is shown on top of every screen while it runs."""

    code: str
    text: str
    say: str
    """What to tell families; may be empty."""


class PracticeStudent(NamedTuple):
    """A line of the practice card: whom to try, and what there is to see."""

    name: str
    student_id: str
    state: str
    try_this: str
