"""Who a call is about: the student found, the case card, earlier calls and the family's other children."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from flows.model import Channel


class Hit(NamedTuple):
    """One student found by a search: only what staff need to pick the right one before verification."""

    student_id: str
    name: str
    """`Last, First Middle`."""
    school: str
    grade: str
    masked_id: str
    """The ID with all but its last two digits hidden."""


class PastCall(NamedTuple):
    """A call about this student that is over."""

    at: datetime
    """In the district's time zone."""
    result: str
    """Its outcome's result code; empty when it was closed without one."""
    agent: str


class CaseCard(NamedTuple):
    """Who the call is about. Fields about the student are empty until the caller is verified."""

    code: str
    channel: "Channel"
    agent: str
    started: datetime
    """In the district's time zone."""
    student: str = ""
    """The name as picked in the search: known to staff before verification."""
    verified: str = ""
    """How the caller was identified, in words; empty: not yet."""
    username: str = ""
    student_id: str = ""
    school: str = ""
    grade: str = ""
    state: str = ""
    """The account's state in words."""
    clock: str = ""
    """The 24-hour clock in words, when it runs: `Claim opens Tue 10:40 AM EDT, in 3 h 12 min`."""
    opens_at: datetime | None = None
    """When the claim opens, in the district's time zone, while the call goes by an account that was too new."""
    ticket: str = ""
    """The open ticket in words, with its age: `T-7Q2F, drafted 2 days ago`."""
    ticket_code: str = ""
    calls: tuple[PastCall, ...] = ()
    """The latest calls about this student, newest first; a few of them."""
    more_calls: int = 0
    """How many earlier ones there are."""
    siblings: tuple[Hit, ...] = ()
    """Other students with a guardian on file in common."""


class ChildView(NamedTuple):
    """One child of a family call."""

    case: str
    """The id of the child's own case."""
    code: str
    student: str
    """The name; empty while no student was picked."""
    at: str
    """The outcome's headline, or the question the child's part stands at."""
    result: str
    """The outcome's result code; empty while there is none."""
    here: bool
    """Whether it is the child on screen."""
    ticket_line: str = ""
    """The exact text of the ticket drafted in this call (D16); empty when none was."""
