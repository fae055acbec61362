"""Who is on file for a student: names to compare, numbers to call back, while the call asks who is calling (O6)."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.safe import content, joined

if TYPE_CHECKING:
    from wizard.views.beside import GuardianView

NOBODY = "The roster names nobody for this student. Look in the student information system."
ADVICE = "Compare the name, or call a number back. Never read any of it out.\n"


class GuardiansScreen(ModalScreen[None]):
    """A panel over the call; opening it is a line in the journal, nothing on it changes the call."""

    CSS_PATH = "guardians.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+o,enter,q", "dismiss", "Close", id="file.close", tooltip="Return to the question"),
    ]

    def __init__(self, guardians: "tuple[GuardianView, ...]") -> None:
        super().__init__()
        self._guardians = guardians

    def compose(self) -> ComposeResult:
        """List them, one below the other."""
        with VerticalScroll(id="panel") as panel:
            panel.border_title = content("ON FILE · who may speak for this student")
            panel.border_subtitle = content("Esc closes")
            yield Static(content(ADVICE if self._guardians else NOBODY))
            yield Static(Content("\n").join(map(_row, self._guardians)), id="guardians")

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one("#panel").focus()


def _row(guardian: "GuardianView") -> Content:
    relation = f"  {guardian.relation}" if guardian.relation else ""
    return joined(
        (guardian.name or "(no name)", "bold"), (relation, "$text-muted"), f"\n    {guardian.phone or 'no number'}"
    )
