"""Tickets: the exact line, the menu choices, and what must have happened before one is drafted."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from flows.model import Frozen
from flows.vocabulary import met
from wizard.accounts import Student
from wizard.clock import duration
from wizard.district import District
from wizard.text import clean, collapse
from wizard.vocabulary import GATE

NAME_LIMIT = 1_000
"""Characters of one name; far beyond any, so that no name is ever shortened in a ticket."""


Stage = Literal["draft", "submitted", "updated", "resolved"]


class Update(Frozen):
    """What e-mail said about a ticket (D17)."""

    at: datetime
    by: str
    words: str


class Ticket(Frozen):
    """A draft for the district's ticket system, kept for its follow-up."""

    code: str
    """Short, to say aloud; ours, not the ticket system's."""
    case: str
    """The id of the case it was drafted in."""
    student_id: str
    line: str
    """The text of the ticket, exactly (D16)."""
    menu: tuple[str, ...]
    """What to click in the ticket system, in order (D15)."""
    reason: str = ""
    """Why it was drafted before the gate was passed; empty otherwise."""
    opened_at: datetime
    by: str
    number: str = ""
    """What the ticket system calls it, once it was submitted; empty: still a draft."""
    submitted_at: datetime | None = None
    updates: tuple[Update, ...] = ()
    """What e-mail said about it, oldest first (D17)."""
    status: Literal["open", "resolved"] = "open"
    resolved_at: datetime | None = None

    @property
    def stage(self) -> Stage:
        """Return how far it is: `draft`, `submitted`, `updated` or `resolved`."""
        if self.status == "resolved":
            return "resolved"
        if self.updates:
            return "updated"
        return "submitted" if self.submitted_at else "draft"

    @property
    def latest(self) -> datetime:
        """Return when anything last happened to it."""
        moments = (self.opened_at, self.submitted_at, self.resolved_at, *(update.at for update in self.updates))
        return max(filter(None, moments))


STAGES: Mapping[Stage, str] = {
    "draft": "drafted",
    "submitted": "submitted",
    "updated": "updated",
    "resolved": "resolved",
}
"""Each stage in words."""


def told(ticket: Ticket, now: datetime) -> str:
    """Return a ticket in a few words, with its age: `T-7Q2F (INC0012345), submitted 2 days 3 h ago`."""
    number = f" ({ticket.number})" if ticket.number else ""
    return f"{ticket.code}{number}, {STAGES[ticket.stage]} {age(now - ticket.latest)}"


def age(length: timedelta) -> str:
    """Return how long ago something was, by the day once it is that old: `2 days ago`."""
    if length >= timedelta(days=1):
        length = timedelta(days=length.days)
    return "just now" if length < timedelta(minutes=1) else f"{duration(length)} ago"


def line(student: Student) -> str:
    """Return the text of a ticket: first name, last name and ID, single spaces, nothing else (D16)."""
    parts = (clean(part, NAME_LIMIT).text for part in (student.first, student.last, student.id))
    return collapse(" ".join(parts))


def menu(district: District) -> str:
    """Return what to click in the ticket system, in order, as one line (D15)."""
    return " > ".join(district.ticket.menu)


def missing(facts: Mapping[str, str]) -> tuple[str, ...]:
    """Return the steps before a ticket that were not done, in words and in order (D06-D10, D13).

    An excuse lets the call go on, but leaves the step undone: the ticket then needs a reason.
    """
    done = {fact: value for fact, value in facts.items() if fact != "gate-excused"}
    return tuple(GATE_WORDS[need] for need in GATE if not met(need, done))


GATE_WORDS = dict(
    zip(
        GATE,
        (
            "offer the video about logging in",
            "check the username",
            "look at the password with the eye icon, or hear that it is forgotten",
            "try the button for a forgotten password",
            "try the challenge questions",
        ),
        strict=True,
    )
)
"""Each step of the gate in words."""
