"""A ticket and its follow-up: the line to copy, its number, what e-mail says, and that it reset the account."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from screens.safe import content, joined, plain
from screens.widgets.capped import CappedInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from wizard.desk import Desk
    from wizard.views.beside import TicketView
    from wizard.views.handover import Refused

NUMBER_LENGTH, NEWS_LENGTH = 40, 200


class TicketScreen(ModalScreen[bool]):
    """Dismissed with True when something about the ticket was recorded."""

    CSS_PATH = "ticket.tcss"
    AUTO_FOCUS = "#number"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="ticket.close", tooltip="Return to where you were"),
        Binding("f5", "copy", "Copy line", id="ticket.copy", tooltip="Send the ticket's line to the clipboard"),
        Binding("f6", "resolved", "Resolved", id="ticket.resolved", tooltip="E-mail says that the account was reset"),
    ]

    def __init__(self, desk: "Desk", code: str) -> None:
        super().__init__()
        self._care = desk.ticket(code)
        self._code = code
        self._line = ""
        self._changed = self._asked = False

    def compose(self) -> ComposeResult:
        """Stack the line, what happened so far, and the two lines to type in."""
        with Vertical(id="panel") as panel:
            panel.border_title = content(f"Ticket {self._code}")
            panel.border_subtitle = content("Enter records · F5 copies the line · F6 resolved · Esc closes")
            yield Static(content(""), id="ticket-line")
            with VerticalScroll(id="history", can_focus=False):
                yield Static(content(""), id="news-so-far")
            yield _input("number", "NUMBER · what the ticket system calls it", NUMBER_LENGTH)
            yield _input("news", "NEWS · what the e-mail says, in a few words", NEWS_LENGTH)
            yield Static(content(""), id="said")

    def on_mount(self) -> None:
        """Draw the ticket as it stands; with a number known, news come next."""
        self._take(self._care.view, "")
        if self.query_one("#number", Input).value:
            self.query_one("#news").focus()

    @on(Input.Submitted, "#number")
    def number_given(self, event: Input.Submitted) -> None:
        """Keep the number."""
        event.stop()
        if self._record(lambda: self._care.submitted(event.value), "✓ The number is kept."):
            self.query_one("#news").focus()

    @on(Input.Submitted, "#news")
    def news_given(self, event: Input.Submitted) -> None:
        """Keep what e-mail says."""
        event.stop()
        if self._record(lambda: self._care.news(event.value), "✓ The news are kept."):
            self.query_one("#news", Input).value = ""

    @on(CappedInput.Cut)
    def explain(self, event: CappedInput.Cut) -> None:
        """Say why not everything was taken."""
        event.stop()
        self._say(event.words)

    def action_copy(self) -> None:
        """Send the line to the terminal's clipboard."""
        self.app.copy_to_clipboard(plain(self._line))
        self._say(f"Sent to the terminal's clipboard: {self._line}")

    def action_resolved(self) -> None:
        """Record that the account was reset, after asking once."""
        if not self._asked:
            self._asked = True
            self._say(
                "Only if e-mail says that the account was reset: F6 again records it. It can then be claimed again."
            )
            return
        self._asked = False
        self._record(self._care.resolved, "✓ Recorded: the account was reset and can be claimed again, once.")

    def action_close(self) -> None:
        """Return to where one was."""
        self.dismiss(self._changed)

    def _record(self, do: "Callable[[], TicketView | Refused]", done: str) -> bool:
        taken = self._take(do, done)
        self._changed = self._changed or taken
        return taken

    def _take(self, do: "Callable[[], TicketView | Refused]", done: str) -> bool:
        """Do it, and draw the ticket as it stands then; what is refused is said, and what is typed stays."""
        from wizard.trouble import TROUBLE
        from wizard.views.handover import Refused

        try:
            view = do()
        except TROUBLE as error:
            self._say(str(error))
            return False
        if isinstance(view, Refused):
            self._say(view.reason)
            return False
        self._draw(view)
        self._say(done)
        return True

    def _draw(self, view: "TicketView") -> None:
        self._line = view.line
        menu = " > ".join(view.menu)
        self.query_one("#ticket-line", Static).update(
            joined((f"{view.line}\n", "bold"), (f"{menu}\n", "$text-muted"), view.told)
        )
        lines = Content("\n").join(content(entry) for entry in view.history)
        self.query_one("#news-so-far", Static).update(lines)
        self.call_after_refresh(self.query_one("#history").scroll_end, animate=False)
        number = self.query_one("#number", Input)
        number.value = number.value or plain(view.number, NUMBER_LENGTH)
        for line in self.query(Input):
            line.disabled = view.resolved

    def _say(self, words: str) -> None:
        self.query_one("#said", Static).update(content(words))


def _input(name: str, title: str, longest: int) -> CappedInput:
    line = CappedInput(longest=longest, id=name)
    line.border_title = content(title)
    line.select_on_focus = False
    return line
