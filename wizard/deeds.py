"""Carrying out the waiting action of a call, or taking its refusal, and going on with what came of it."""

from collections.abc import Callable
from typing import TypeVar

from flows.case import Case, Receipt
from wizard import handover
from wizard.attempts import AttemptCounts
from wizard.placeholders import fill
from wizard.progress import Progress
from wizard.records import Conflict, RecordsError
from wizard.views.forms import Form
from wizard.views.handover import Refused

CORRECTABLE = frozenset({"form", "reason", "used-before", "wrong-answers", "busy", "not-saved"})
"""Refusals that something typed, or another try, can put right; every other one is a state of the records."""

Done = TypeVar("Done", Receipt | Refused, Refused)

CANNOT_ANSWER = Refused("cannot-answer", "The student can't answer the challenge questions.")


def perform(at: Progress, form: Form) -> Receipt | Refused:
    """Do the waiting action, once per case. Slow (Argon2)."""
    return _carried_out(at, lambda: handover.perform(at.setting, at.case, form))


def refuse(at: Progress, refused: Refused) -> Refused:
    """Answer the waiting action with what its preview was refused for; nothing is tried."""
    return _carried_out(at, lambda: (handover.refuse(at.setting, at.case, refused), refused))


def _carried_out(at: Progress, do: Callable[[], tuple[Case, Done]]) -> Done | Refused:
    advice = getattr(at.here.step, "stay", {})
    try:
        at.case, done = do()
    except AttemptCounts as error:
        return Refused("moved-on" if at.follow() else "not-saved", str(error))
    except Conflict as error:
        return Refused("moved-on", f"{at.notice if at.follow() else error} Nothing was changed.")
    except RecordsError as error:
        return Refused("not-saved", f"Nothing was changed: {error}".replace(". Nothing was changed.", "."))
    if isinstance(done, Receipt):
        at.say(done.words)
    else:
        at.say(advice=fill(advice.get(done.code, ""), at.setting.known(at.case)) or done.reason)
    return done


def cannot_answer(at: Progress) -> None:
    """Go on when the student cannot answer the challenge questions (D13, O7)."""
    try:
        at.case = handover.refuse(at.setting, at.case, CANNOT_ANSWER)
        at.say()
    except Conflict:
        at.follow()
    except RecordsError as error:
        at.not_saved(error)
