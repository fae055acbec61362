"""Looking after a ticket once it is drafted: submitted with its number, news from e-mail, resolved (D17, D18)."""

from collections.abc import Callable
from datetime import datetime

from wizard import accounts, clock, tickets
from wizard.records import JournalLine, Tables
from wizard.setting import Setting
from wizard.text import clean, collapse
from wizard.tickets import Ticket, Update
from wizard.views.beside import TicketView
from wizard.views.handover import Refused

NUMBER_LIMIT = 40
NEWS_LIMIT = 200
MOST_NEWS = 100
"""News kept of one ticket, the latest; a ticket with more has another problem."""

GONE = Refused("gone", "This ticket is no longer in the records.")


class TicketCare:
    """One ticket, and what staff can say about it. Every method may raise RecordsError; then nothing has changed."""

    def __init__(self, setting: Setting, code: str) -> None:
        self._setting, self._code = setting, code

    def view(self) -> TicketView | Refused:
        """Return the ticket as it stands; each look is a line in the journal."""
        with self._setting.records.transaction() as tables:
            ticket = tables.tickets.get(self._code)
            if ticket is None:
                return GONE
            tables.journal.append(self._line(ticket, "viewed", "ticket"))
        return self._view(ticket)

    def submitted(self, number: str) -> TicketView | Refused:
        """Keep the number that the ticket system gave it; typed again, it corrects the one before."""
        given = collapse(clean(number, NUMBER_LIMIT).text)
        if not given:
            return Refused("number", "Type the number that the ticket system shows, or that its e-mail has.")
        now = self._setting.clock()

        def submit(tables: Tables, ticket: Ticket) -> Ticket:
            return ticket.model_copy(update={"number": given, "submitted_at": ticket.submitted_at or now})

        return self._change("ticket-submitted", given, submit)

    def news(self, words: str) -> TicketView | Refused:
        """Keep what e-mail said about it (D17)."""
        told = collapse(clean(words, NEWS_LIMIT).text)
        if not told:
            return Refused("news", "Type in a few words what the e-mail says.")
        update = Update(at=self._setting.clock(), by=self._setting.agent, words=told)

        def add(tables: Tables, ticket: Ticket) -> Ticket:
            return ticket.model_copy(update={"updates": (*ticket.updates, update)[-MOST_NEWS:]})

        return self._change("ticket-updated", told, add)

    def resolved(self) -> TicketView | Refused:
        """Record that the ticket reset the account: from now on it can be claimed again, once (D18)."""
        now = self._setting.clock()

        def resolve(tables: Tables, ticket: Ticket) -> Ticket | Refused:
            account = tables.accounts.get(ticket.student_id)
            if account and account.ticket == ticket.code:
                reset = accounts.resolve_ticket(account, now)
                if isinstance(reset, Refused):
                    return reset
                tables.accounts.put(reset)
            return ticket.model_copy(update={"status": "resolved", "resolved_at": now})

        return self._change("ticket-resolved", "done", resolve)

    def _change(
        self, what: str, result: str, change: Callable[[Tables, Ticket], Ticket | Refused]
    ) -> TicketView | Refused:
        with self._setting.records.transaction() as tables:
            ticket = tables.tickets.get(self._code)
            if ticket is None:
                return GONE
            if ticket.status == "resolved":
                at = clock.local(ticket.resolved_at or ticket.opened_at, self._setting.district)
                return Refused("resolved", f"Ticket {ticket.code} is resolved since {at}; nothing was changed.")
            changed = change(tables, ticket)
            if isinstance(changed, Refused):
                return changed
            tables.tickets.put(changed)
            tables.journal.append(self._line(ticket, what, result))
        return self._view(changed)

    def _line(self, ticket: Ticket, what: str, result: str) -> JournalLine:
        return JournalLine(
            at=self._setting.clock(),
            agent=self._setting.agent,
            case=ticket.case,
            what=what,
            student=ticket.student_id,
            result=result,
            detail=ticket.code,
        )

    def _view(self, ticket: Ticket) -> TicketView:
        return TicketView(
            code=ticket.code,
            line=ticket.line,
            menu=ticket.menu,
            number=ticket.number,
            told=tickets.told(ticket, self._setting.clock()),
            history=tuple(self._told(*entry) for entry in _history(ticket)),
            resolved=ticket.status == "resolved",
        )

    def _told(self, at: datetime, words: str, by: str) -> str:
        who = f" ({by})" if by else ""
        return f"{clock.local_date(at, self._setting.district)}: {words}{who}"


def _history(ticket: Ticket) -> list[tuple[datetime, str, str]]:
    history = [(ticket.opened_at, "Drafted", ticket.by)]
    if ticket.submitted_at:
        history.append((ticket.submitted_at, f"Submitted as {ticket.number}", ""))
    history += [(update.at, f"“{update.words}”", update.by) for update in ticket.updates]
    if ticket.resolved_at:
        history.append((ticket.resolved_at, "Resolved: the account can be claimed again", ""))
    return sorted(history, key=lambda entry: entry[0])
