"""What an action is: a preview, and a preparation that ends in a deed.

`prepare` may be slow (Argon2) and runs outside any transaction. The deed it returns is a pure function of the
account as it stands inside the transaction, so a colleague who was faster is always noticed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from wizard.accounts import Account, Claim
from wizard.district import District
from wizard.tickets import Ticket
from wizard.views.forms import Form
from wizard.views.handover import Preview, Refused, Rule


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything an action may know."""

    district: District
    account: Account
    """As last read; the deed gets the account as it is at that moment."""
    facts: Mapping[str, str]
    case: str
    agent: str
    now: datetime
    new_code: Callable[[], str]
    """Returns a fresh short code, for a ticket."""
    count_attempt: Callable[[], Account | Refused]
    """Counts one reset attempt on disk, before anything is checked, and returns the account after it.

    Refused while a wait runs or the answers are off; looked at in the same transaction, so that two
    attempts at once are two attempts."""
    take_attempt_back: Callable[[], None]
    """Uncounts the attempt whose answers were right after all."""

    def claim(self, account: Account, how: str) -> Claim:
        """Return a claim of the account's present generation by this call."""
        return Claim.model_validate(
            {"generation": account.generation, "at": self.now, "how": how, "by": self.agent, "case": self.case}
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What a deed did: the account (and ticket) to store, and the receipt's code and sentence."""

    account: Account
    code: str
    words: str
    tickets: tuple[Ticket, ...] = ()
    """New drafts."""
    resolves: str | None = None
    """The code of a ticket that is now resolved."""


Deed = Callable[[Account], Change | Refused]


@dataclass(frozen=True, slots=True)
class Action:
    """One row of the table of actions."""

    preview: Callable[[Scene, Form], Preview | Refused]
    prepare: Callable[[Scene, Form], Deed | Refused]


def first_broken(rules: tuple[Rule, ...]) -> Refused | None:
    """Return a refusal with the words of the first rule that is broken, if any."""
    broken = next((rule for rule in rules if rule.ok is False), None)
    return Refused("form", f"{broken.words} {broken.reason}") if broken else None
