"""A case: one call from its first word to its end, as a value that can be stored and resumed.

The position in the tree is not stored. It is replayed from the answers (`flows.engine`), so a case
resumes under a newer revision of its flows, and an abandoned branch leaves nothing behind.
"""

from datetime import datetime
from typing import Literal

from flows.model import Channel, Frozen


class Answer(Frozen):
    """One answered step."""

    step: str
    """Its key, `flow/step`."""
    code: str
    value: str = ""
    """What was typed, normalised by the check; never a secret."""
    typed: str = ""
    """What was typed, as typed (cleaned at the door); never a secret."""
    by: Literal["staff", "records", "action"]
    at: datetime
    """Aware UTC."""
    seconds: int | None = None
    """How long the step was on screen; None: not known, as for what the records answered."""
    carried: str = ""
    """The id of the case it was taken over from, in a family call; empty: it was given in this one."""


class Receipt(Frozen):
    """What an action did, as the store confirmed it: at most one per action and case."""

    action: str
    step: str = ""
    """The key of the action step it answered."""
    code: str
    words: str
    """One sentence for the screen and the summary."""
    at: datetime


class KnownIssue(Frozen):
    """A known issue that was posted while a call went on."""

    code: str
    text: str


class Parked(Frozen):
    """That a call was left on purpose, for oneself or a colleague to go on with."""

    by: str
    at: datetime
    note: str = ""
    """One line for whoever takes it over."""


class Case(Frozen):
    """One call."""

    id: str
    code: str
    """A short code to say aloud when a colleague picks the call up."""
    channel: Channel
    agent: str
    started: datetime
    answers: tuple[Answer, ...] = ()
    at: str | None = None
    """The key of an earlier step that is being looked at again; None: the first unanswered one."""
    aside: tuple[Answer, ...] = ()
    """Answers that wait, out of sight, until the caller was identified again."""
    receipts: tuple[Receipt, ...] = ()
    note: str = ""
    language: str = "en"
    """What the family is spoken to in."""
    library: str = ""
    """The version of the flows it was last carried on under (`Library.version`)."""
    issues: tuple[KnownIssue, ...] = ()
    """The known issues that were posted while it went on."""
    status: Literal["open", "closed"] = "open"
    ended: datetime | None = None
    family: tuple[str, ...] = ()
    """The ids of all cases of a family call in their order, this one among them; empty with one child."""
    parked: Parked | None = None
    """Set while it waits for somebody to take it over; an open call without it was interrupted, or is on screen."""
    worked_by: str = ""
    """Whose hands it was last in; empty: the agent's who began it."""
    revision: int = 0
    """Counts saves; the store refuses a save over a newer one."""

    @property
    def call(self) -> str:
        """The id of the whole call, one for all children of a family: its first case's."""
        return self.family[0] if self.family else self.id

    def answer_to(self, key: str) -> Answer | None:
        """Return the answer given at `flow/step`, if any."""
        return next((answer for answer in self.answers if answer.step == key), None)

    def receipt_of(self, action: str) -> Receipt | None:
        """Return what this action did in this case, if it was done."""
        return next((receipt for receipt in self.receipts if receipt.action == action), None)
