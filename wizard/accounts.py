"""Student accounts: the values that are stored, the states they are in, and how one state becomes another.

Functions of values and `now`; nothing here reads a clock or a file. Times are aware UTC, and 24 hours are
86,400 seconds (local arithmetic would give 23 or 25 when clocks change).
"""

from datetime import datetime
from typing import Literal

from flows.model import Frozen


class Student(Frozen):
    """What the student information system says of one student."""

    id: str
    """The student number, always text: leading zeros count."""
    last: str
    first: str
    middle: str = ""
    school: str = ""
    grade: str = ""
    entered_at: datetime | None = None
    """When entered into the SIS, aware UTC; None: before records began, so older than any waiting time."""


class Claim(Frozen):
    """That an account was claimed, and how we know."""

    generation: int
    """Which generation of the account it belongs to; an older one no longer counts."""
    at: datetime
    how: Literal["here", "reported"]
    """`here`: done at this desk. `reported`: the family did it in the portal and said so."""
    by: str
    case: str


class Secrets(Frozen):
    """The hashes of a password and of the three challenge answers together; nothing in clear, ever."""

    password_hash: str
    answers_hash: str
    questions: tuple[str, ...]
    """Codes of the questions from the district's bank, in the order they were answered."""


class Account(Frozen):
    """The wizard's own record of one student's portal account."""

    student: Student
    generation: int = 1
    """Raised by one when a ticket resets the account: each generation can be claimed exactly once (D05, D18)."""
    claim: Claim | None = None
    secrets: Secrets | None = None
    used_passwords: tuple[str, ...] = ()
    """Hashes of earlier passwords, newest first, at most 24 (D12)."""
    attempts: tuple[datetime, ...] = ()
    """Wrong reset attempts since the last right one, oldest first."""
    ticket: str | None = None
    """The code of the open ticket, if any."""
