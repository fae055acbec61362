"""Tickets: the exact line, the menu choices, and what must have happened before one is drafted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from flows.model import Frozen
from flows.vocabulary import met
from wizard.accounts import Student
from wizard.district import District
from wizard.text import clean, collapse
from wizard.vocabulary import GATE

NAME_LIMIT = 1_000
"""Characters of one name; far beyond any, so that no name is ever shortened in a ticket."""


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
    status: Literal["open", "resolved"] = "open"
    resolved_at: datetime | None = None


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
