"""The screens behind the call's actions: one table from action names to the dialogs that carry them out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import ModalScreen

from screens.handoff.claim import ClaimHandOver
from screens.handoff.report import ReportDialog
from screens.handoff.reset import ResetHandOver
from screens.handoff.ticket import TicketDraft

if TYPE_CHECKING:
    from wizard.casework import Casework

HANDOFFS: "dict[str, Callable[[Casework], ModalScreen[bool]]]" = {
    "claim": ClaimHandOver,
    "claim-reported": ReportDialog,
    "reset": ResetHandOver,
    "reset-reported": ReportDialog,
    "ticket-draft": TicketDraft,
    "ticket-resolved": ReportDialog,
}
"""Action name -> its dialog; dismissed True when the call moved on, False when nothing was tried."""
