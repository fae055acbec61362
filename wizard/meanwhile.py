"""What may happen to a practice student's account behind a call's back: a colleague is faster, an import runs."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from wizard.accounts import Account, Claim
from wizard.desk import Desk
from wizard.records import Tables
from wizard.tickets import Ticket, line


def happen(desk: Desk, student_id: str, event: str) -> None:
    """Let one of the events of `MEANWHILE` happen to an account. Raises KeyError for an unknown event or student."""
    if event not in MEANWHILE:
        raise KeyError(f"'{event}'; it is one of {', '.join(MEANWHILE)}")
    with desk.records.transaction() as tables:
        account = tables.accounts.get(student_id)
        if account is None:
            raise KeyError(f"'{student_id}': no such practice student")
        changed = MEANWHILE[event](account, desk, tables)
        if changed:
            tables.accounts.put(changed)


def _claimed(account: Account, desk: Desk, tables: Tables) -> Account:
    claim = Claim(generation=account.generation, at=desk.clock(), how="here", by="colleague", case="meanwhile")
    return account.model_copy(update={"claim": claim})


def _too_new(account: Account, desk: Desk, tables: Tables) -> Account:
    student = account.student.model_copy(update={"entered_at": desk.clock() - timedelta(hours=2)})
    return account.model_copy(update={"student": student, "claim": None, "generation": 1})


def _ticket_open(account: Account, desk: Desk, tables: Tables) -> Account:
    ticket = Ticket(
        code="T-9999",
        case="meanwhile",
        student_id=account.student.id,
        line=line(account.student),
        menu=desk.district.ticket.menu,
        opened_at=desk.clock(),
        by="colleague",
    )
    tables.tickets.put(ticket)
    return account.model_copy(update={"ticket": ticket.code})


def _reset_done(account: Account, desk: Desk, tables: Tables) -> Account:
    for ticket in tables.tickets.open_for(account.student.id):
        tables.tickets.put(ticket.model_copy(update={"status": "resolved", "resolved_at": desk.clock()}))
    return account.model_copy(update={"ticket": None, "generation": account.generation + 1, "secrets": None})


def _tried(account: Account, desk: Desk, tables: Tables) -> Account:
    """Let the wrong attempts run up to the wait."""
    return account.model_copy(update={"attempts": (desk.clock(),) * desk.district.reset.wait_after})


def _tried_out(account: Account, desk: Desk, tables: Tables) -> Account:
    """Let the wrong attempts run up to where the answers are off."""
    return account.model_copy(update={"attempts": (desk.clock(),) * desk.district.reset.off_after})


def _almost_tried_out(account: Account, desk: Desk, tables: Tables) -> Account:
    """Let earlier wrong attempts run up to one below the limit; the wait after them is over."""
    earlier = desk.clock() - timedelta(hours=1)
    return account.model_copy(update={"attempts": (earlier,) * (desk.district.reset.off_after - 1)})


def _gone(account: Account, desk: Desk, tables: Tables) -> None:
    """Take the student off the roster, as an import does."""
    tables.accounts.remove(account.student.id)


Meanwhile = Callable[[Account, Desk, Tables], Account | None]

MEANWHILE: Mapping[str, Meanwhile] = {
    "claimed": _claimed,
    "too-new": _too_new,
    "ticket-open": _ticket_open,
    "reset-done": _reset_done,
    "answers-waiting": _tried,
    "answers-off": _tried_out,
    "answers-almost-off": _almost_tried_out,
    "gone": _gone,
}
"""Each returns the account as it is afterwards, or None when it has removed it."""
