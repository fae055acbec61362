"""The line at the top: where one is, on the left; whether it is saved and who works here, on the right."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from screens.safe import content, joined


class TopBar(Horizontal):
    """One line on every screen."""

    def compose(self) -> ComposeResult:
        """Lay out both ends."""
        yield Static(content(" Portal Wizard ", "bold reverse"), id="product")
        yield Static(content(""), id="place")
        yield Static(content(""), id="state")
        yield Static(content("60 x 20 reads better "), id="small")

    def show(self, place: str, state: str) -> None:
        """Say where one is and how things stand."""
        self.query_one("#place", Static).update(joined((" ", ""), (place, "bold")))
        self.say(state)

    def say(self, state: str) -> None:
        """Say how things stand now."""
        self.query_one("#state", Static).update(content(state))
