"""The pane of a step where something is done here: what will happen, and a button that starts it."""

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Button, Static

from screens.safe import content

if TYPE_CHECKING:
    from wizard.views.step import StepView

_MASKED = "What is typed stays masked."
_REPORTED = "Nothing to type: you see what will be recorded, then confirm that the family did it in the portal."

WORDS = {
    "claim": f"The student takes the keyboard: name and ID, a password, three questions. {_MASKED}",
    "claim-reported": _REPORTED,
    "reset": f"The student takes the keyboard: the three questions, then a new password. {_MASKED}",
    "reset-reported": _REPORTED,
    "ticket-draft": "You see the menu choices and the exact line for the ticket, then confirm that you filed it.",
    "ticket-resolved": "Nothing to type: you see what will be recorded, then confirm that the ticket was resolved.",
}
"""What pressing Start opens, action by action."""


class Start(Vertical):
    """A sentence and one button."""

    class Pressed(Message):
        """Posted when staff start the action."""

    def compose(self) -> ComposeResult:
        """Lay out the sentence and the button."""
        yield Static(content(""), id="start-words")
        yield Button(content("Start  ⏎"), id="start-button", variant="primary")

    def show(self, view: "StepView") -> None:
        """Say what this step's button does."""
        self.query_one("#start-words", Static).update(content(WORDS.get(view.pane, "")))

    def begin(self) -> None:
        """Take the keys."""
        self.query_one(Button).focus(scroll_visible=False)

    @on(Button.Pressed, "#start-button")
    def start(self, event: Button.Pressed) -> None:
        """Ask for the hand-over."""
        event.stop()
        self.post_message(self.Pressed())
