"""Parking a call: its code for the colleague, large, and one line for whoever takes it over."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from screens.safe import content, joined
from screens.widgets.big import big
from screens.widgets.capped import CappedInput

NOTE_LENGTH = 100


class ParkScreen(ModalScreen[str | None]):
    """Shows the code and takes the line; dismissed with the line, or with None to stay in the call."""

    CSS_PATH = "park.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stay", "Stay in the call", id="park.stay", tooltip="Return to the call; nothing is parked"),
        Binding("f4", "park", "Park", id="park.park", tooltip="Park the call and return to the home screen"),
    ]

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code

    def compose(self) -> ComposeResult:
        """Lay out the code, how it is said, and the line."""
        from wizard.spoken import spell_id

        with Vertical(id="panel") as panel:
            panel.border_title = content("Park this call")
            panel.border_subtitle = content("Enter parks it · Esc stays in the call")
            yield Static(joined("Tell your colleague: ", (self._code, "bold")), id="tell")
            yield Static(big(self._code), id="big")
            yield Static(content(spell_id(self._code)), id="spelled")
            note = CappedInput(longest=NOTE_LENGTH, id="park-note")
            note.border_title = content("FOR WHOEVER TAKES IT OVER · one line, or nothing")
            yield note
            yield Static(content("They press K on the home screen and type the code. The call goes on at its step."))

    def on_mount(self) -> None:
        """Let the line be typed."""
        self.query_one("#park-note").focus()

    @on(Input.Submitted, "#park-note")
    def action_park(self) -> None:
        """Park the call."""
        self.dismiss(self.query_one("#park-note", CappedInput).value)

    def action_stay(self) -> None:
        """Return to the call."""
        self.dismiss(None)
