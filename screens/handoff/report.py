"""The family did it in the portal and says so: recorded as reported. There is no field for a secret here."""

from typing import Any, ClassVar

from screens.handoff.handoff import HandOff
from wizard.views.forms import ReportForm


class ReportDialog(HandOff):
    """What is recorded, one confirm, and what the store says."""

    TITLE = "Record what the family reports"
    CSS_PATH: ClassVar[Any] = ["handoff.tcss", "report.tcss"]

    def form(self) -> ReportForm:
        """Return the form without a field."""
        return ReportForm()
