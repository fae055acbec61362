"""What can be done at the end of a branch: one table from action names to the functions behind them."""

from wizard.actions import claim, report, reset, ticket
from wizard.actions.base import Action

ACTIONS: dict[str, Action] = {
    "claim": claim.CLAIM,
    "claim-reported": report.CLAIM_REPORTED,
    "reset": reset.RESET,
    "reset-reported": report.RESET_REPORTED,
    "ticket-draft": ticket.TICKET_DRAFT,
    "ticket-resolved": report.TICKET_RESOLVED,
}
