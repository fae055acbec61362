"""Ticket draft: the menu choices and the exact line, behind the gate of D06-D10 (D13, D15-D17)."""

from wizard import accounts, tickets
from wizard.accounts import Account
from wizard.actions.base import Action, Change, Deed, Scene
from wizard.text import clean
from wizard.tickets import Ticket
from wizard.views.forms import Form, TicketForm
from wizard.views.handover import Preview, Refused

REASON_LIMIT = 300


def preview(scene: Scene, form: Form) -> Preview | Refused:
    """Show the menu choices and the line; say what was not done before, and whether a ticket is open already."""
    open_already = scene.account.ticket
    return Preview(
        title="Draft the ticket",
        lines=("Type or paste the line into the box itself, not into an attachment.",),
        confirm="I have filed it: keep the draft",
        missing=tickets.missing(scene.facts),
        warning=f"Ticket {open_already} is already open for this student." if open_already else "",
        copyable=tickets.line(scene.account.student),
        menu=scene.district.ticket.menu,
    )


def prepare(scene: Scene, form: Form) -> Deed | Refused:
    """Return the deed, or a refusal when the gate was not passed and no reason is given."""
    reason = clean(form.reason, REASON_LIMIT).text.strip() if isinstance(form, TicketForm) else ""
    missing = tickets.missing(scene.facts)
    if missing and not reason:
        return Refused("reason", "Not done yet: " + "; ".join(missing) + ". Do it, or write why it can't be done.")

    def deed(account: Account) -> Change | Refused:
        ticket = _draft(scene, account, reason)
        opened = accounts.open_ticket(account, ticket.code)
        if isinstance(opened, Refused):
            return opened
        words = f"Ticket draft {ticket.code} is kept. Watch e-mail for updates."
        return Change(opened, "drafted", words, tickets=(ticket,))

    return deed


def _draft(scene: Scene, account: Account, reason: str) -> Ticket:
    return Ticket(
        code=f"T-{scene.new_code()}",
        case=scene.case,
        student_id=account.student.id,
        line=tickets.line(account.student),
        menu=scene.district.ticket.menu,
        reason=reason,
        opened_at=scene.now,
        by=scene.agent,
    )


TICKET_DRAFT = Action(preview, prepare)
