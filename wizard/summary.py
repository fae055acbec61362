"""What was said and done, in words: a short form for a ticket or SIS note, and a long one."""

from flows.case import Case
from wizard.views.step import StepView, TrailEntry

DONE = {
    "claim": "The account was claimed here.",
    "claim-reported": "The family reported that the account is claimed.",
    "reset": "A new password was set here.",
    "reset-reported": "The family reported a new password.",
    "ticket-draft": "A ticket was drafted.",
    "ticket-resolved": "The ticket was closed: the account was reset.",
}
"""Action -> what was done, while the caller is not identified: without a username or an ID."""


def short(view: StepView, case: Case) -> str:
    """Return a few lines: who, outcome, what was done, the note."""
    return "\n".join(
        filter(None, (_head(view, case), view.title or view.ask, *_done(view, case), *_issues(case), _note(case)))
    )


def long(view: StepView, case: Case) -> str:
    """Return every step with its answer and seconds, then outcome, receipts and note."""
    ending = [f"Outcome: {view.title}", f"Next: {view.next}"] if view.kind == "outcome" else [f"At: {view.ask}"]
    steps = [f"{number:2}. {_step(entry)}" for number, entry in enumerate(view.trail, start=1)]
    return "\n".join(
        filter(None, (_head(view, case), "", *steps, "", *ending, *_done(view, case), *_issues(case), _note(case)))
    )


def _head(view: StepView, case: Case) -> str:
    where = "At the counter" if case.channel == "counter" else "By phone"
    card = view.card
    who = f"{card.student}, {card.username}" if card and card.username else (card.student if card else "")
    started = f"{card.started:%Y-%m-%d %H:%M}" if card else ""
    return f"Call {case.code}. {where}, {started}, {case.agent}." + (f" Student: {who}." if who else "")


def _step(entry: TrailEntry) -> str:
    return f"{entry.ask} {entry.answer} ({entry.seconds} s)"


def _done(view: StepView, case: Case) -> list[str]:
    known = view.card is not None and bool(view.card.verified)
    told = (receipt.words if known else DONE.get(receipt.action, "") for receipt in case.receipts)
    return [f"Done: {words}" for words in told if words]


def _issues(case: Case) -> list[str]:
    return [f"Known issue at the time: {issue.text}" for issue in case.issues]


def _note(case: Case) -> str:
    return f"Note: {case.note}" if case.note else ""
