"""The pane of an outcome: what happens next, and the way to the wrap-up or to another child of the family."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button

from screens.safe import content
from screens.widgets.say import Labeled

if TYPE_CHECKING:
    from wizard.views.step import StepView

RESULTS = {
    "solved": "Solved",
    "waiting": "Has to wait",
    "ticket": "Ticket",
    "referred": "Referred",
    "declined": "Not without identification",
}
"""An outcome's result code in words."""


class Ending(Vertical):
    """NEXT, and two buttons."""

    class Finished(Message):
        """Posted when staff go on to the wrap-up."""

    class AnotherChild(Message):
        """Posted when the call goes on with another child of the family."""

    def compose(self) -> ComposeResult:
        """Lay out what happens next and the buttons."""
        yield Labeled("NEXT", id="next")
        with Horizontal(id="ending-buttons"):
            yield Button(content("Wrap up  ⏎"), id="finish", variant="primary")
            yield Button(content("Another child  A"), id="another")

    def show(self, view: "StepView") -> None:
        """Draw what happens next."""
        self.query_one("#next", Labeled).show(view.next)
        self.query_one("#another").display = view.can_add_child

    def begin(self) -> None:
        """Take the keys."""
        self.query_one("#finish").focus(scroll_visible=False)

    @on(Button.Pressed, "#finish")
    def finish(self, event: Button.Pressed) -> None:
        """Go on to the wrap-up."""
        event.stop()
        self.post_message(self.Finished())

    @on(Button.Pressed, "#another")
    def another(self, event: Button.Pressed) -> None:
        """Go on with another child."""
        event.stop()
        self.post_message(self.AnotherChild())
