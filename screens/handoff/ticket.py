"""Ticket draft: what was left out, what to click, and the exact line (D06-D10, D13, D15-D17)."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.handoff.fields import TextField
from screens.handoff.handoff import HandOff
from screens.handoff.pages import CheckPage, Page, bullets
from screens.safe import content, joined
from wizard.views.forms import TicketForm
from wizard.views.handover import Preview


class GatePage(Page):
    """What should have come before a ticket; a reason is needed to go on without it (D06-D10)."""

    STEP = "Before the ticket"

    def __init__(self, preview: Preview) -> None:
        super().__init__(id="gate-page")
        self._preview = preview
        self.reason = TextField("Reason", id="reason", longest=300)

    def compose(self) -> ComposeResult:
        """What is amiss, and the line for the reason."""
        if self._preview.missing:
            yield Static(Content("A ticket comes back when these were not tried first:"), classes="lead")
            yield Static(bullets(self._preview.missing), classes="lead")
        if self._preview.warning:
            yield Static(joined(("Careful: ", "bold"), self._preview.warning), classes="lead")
        yield Static(Content("Cancel and do that now, or write why it can't be done:"), classes="lead")
        yield self.reason

    def lacking(self) -> tuple[str, Widget | None]:
        """Return the reason, as long as none is written."""
        return ("", None) if self.reason.typed.strip() else ("Write a reason first.", self.reason.input)


class DraftPage(CheckPage):
    """The draft: where to click, and the line on its own."""

    STEP = "The ticket"
    COPY = "F5 copies the line."
    COPIED = "Sent to the clipboard. If pasting gives something else, type the line as shown."

    def compose(self) -> ComposeResult:
        """The four choices, the line, what to do with it."""
        yield Static(Content("In the ticket system, click these in this order:"), classes="lead")
        yield Static(Content(""), id="ticket-menu")
        yield Static(Content("Put this line into the box itself, not into an attachment:"), classes="lead")
        yield Static(Content(""), id="ticket-line")
        yield Static(Content(self.COPY), id="ticket-copied")
        yield Static(Content("After filing it, watch your e-mail for updates on the ticket."))

    def show(self, preview: Preview) -> None:
        """Draw the draft (D15, D16)."""
        steps = (joined((f"{number}  ", "bold"), choice) for number, choice in enumerate(preview.menu, 1))
        self.query_one("#ticket-menu", Static).update(Content("\n").join(steps))
        self.query_one("#ticket-line", Static).update(content(preview.copyable))

    def say_copied(self) -> None:
        """Say what is known: the line was sent, and nobody answers."""
        self.query_one("#ticket-copied", Static).update(Content(self.COPIED))


class TicketDraft(HandOff):
    """The draft, one confirm, and where it is kept."""

    TITLE = "Ticket draft"
    TURN_BACK = "Watch your e-mail for updates on the ticket."
    CSS_PATH: ClassVar[Any] = ["handoff.tcss", "ticket.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "copy_line", "Copy line", tooltip="Send the line to the clipboard", id="ticket.copy")
    ]

    def make_pages(self) -> tuple[Page, ...]:
        """Return the draft, after what was left out, if anything was."""
        preview = self.casework.forms.preview(TicketForm())
        amiss = isinstance(preview, Preview) and (preview.missing or preview.warning)
        self._gate = GatePage(preview) if isinstance(preview, Preview) and amiss else None
        return (self._gate, DraftPage()) if self._gate else (DraftPage(),)

    def form(self) -> TicketForm:
        """Return the reason, if one was needed."""
        return TicketForm(self._gate.reason.typed.strip() if self._gate else "")

    def show_preview(self, preview: Preview) -> None:
        """Keep the line for the clipboard."""
        self._line = preview.copyable
        super().show_preview(preview)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the copy while the line is on screen."""
        if action == "copy_line":
            return isinstance(self.page, DraftPage) if self.is_mounted else False
        return super().check_action(action, parameters)

    def action_copy_line(self) -> None:
        """Send the exact line to the terminal's clipboard (D16)."""
        self.app.copy_to_clipboard(self._line)
        self.query_one(DraftPage).say_copied()
