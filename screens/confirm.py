"""One question with two answers, the safe one focused."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from screens.safe import content


class ConfirmScreen(ModalScreen[bool]):
    """Asks before something that ends more than one step; dismissed with True for yes."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "answer(False)", "No", id="confirm.no", tooltip="Leave everything as it is"),
        Binding("left,up", "app.focus_previous", "Left", False, id="confirm.left", tooltip="The other answer"),
        Binding("right,down", "app.focus_next", "Right", False, id="confirm.right", tooltip="The other answer"),
    ]

    def __init__(self, title: str, words: str, yes: str, no: str) -> None:
        super().__init__()
        self._title, self._words, self._yes, self._no = title, words, yes, no

    def compose(self) -> ComposeResult:
        """Lay out the question and both answers."""
        with Vertical(id="panel", classes="question") as panel:
            panel.border_title = content(self._title)
            yield Static(content(self._words), id="why")
            with Horizontal(id="buttons"):
                yield Button(content(self._no), id="no", variant="primary")
                yield Button(content(self._yes), id="yes")

    def on_mount(self) -> None:
        """Focus the answer that changes nothing."""
        self.query_one("#no", Button).focus()

    @on(Button.Pressed)
    def pressed(self, event: Button.Pressed) -> None:
        """Answer with the button pressed."""
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """Answer by key."""
        self.dismiss(yes)
