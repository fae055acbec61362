"""The pane of an outcome: what happens next, and the way to the wrap-up."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Button

from screens.safe import content
from screens.widgets.say import Labeled

if TYPE_CHECKING:
    from wizard.views import StepView

RESULTS = {
    "solved": "Solved",
    "waiting": "Has to wait",
    "ticket": "Ticket",
    "referred": "Referred",
    "declined": "Not without identification",
}
"""An outcome's result code in words."""


class Ending(Vertical):
    """NEXT, and one button."""

    class Finished(Message):
        """Posted when staff go on to the wrap-up."""

    def compose(self) -> ComposeResult:
        """Lay out what happens next and the button."""
        yield Labeled("NEXT", id="next")
        yield Button(content("Wrap up  ⏎"), id="finish", variant="primary")

    def show(self, view: "StepView") -> None:
        """Draw what happens next."""
        self.query_one("#next", Labeled).show(view.next)

    def begin(self) -> None:
        """Take the keys."""
        self.query_one(Button).focus(scroll_visible=False)

    @on(Button.Pressed, "#finish")
    def finish(self, event: Button.Pressed) -> None:
        """Go on to the wrap-up."""
        event.stop()
        self.post_message(self.Finished())
