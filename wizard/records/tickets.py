"""The tickets table: every draft, under its code, kept for the follow-up."""

from tinydb import where

from wizard.records.kept import Kept
from wizard.tickets import Ticket


class Tickets(Kept[Ticket]):
    """Ticket drafts and what became of them."""

    def put(self, ticket: Ticket) -> None:
        """Write one ticket over what is there."""
        self._keep(ticket.code, ticket)

    def open_for(self, student_id: str) -> tuple[Ticket, ...]:
        """Return this student's open tickets, oldest first."""
        return self._found((where("student_id") == student_id) & (where("status") == "open"))

    def open_all(self) -> tuple[Ticket, ...]:
        """Return all open tickets, oldest first."""
        return self._found(where("status") == "open")
