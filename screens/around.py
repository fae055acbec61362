"""What stands around the step of a call: where one is, whom it is about, and the way so far, with their clocks."""

from typing import TYPE_CHECKING

from textual.widgets import Static

from screens.widgets import card as cards
from screens.widgets import trail as trails
from screens.widgets.card import Card
from screens.widgets.topbar import TopBar
from screens.widgets.trail import Trail

if TYPE_CHECKING:
    from screens.call import CallScreen
    from wizard.views.step import StepView

NOT_SAVED = "! not saved"
"""Stands on the top bar as long as the records do not hold what was last done."""


class Around:
    """Draws it; of the lines and the panels, the call screen shows those that fit its size."""

    def __init__(self, call: "CallScreen") -> None:
        self._call = call

    def draw(self, view: "StepView") -> None:
        """Draw everything as it stands at this moment."""
        if view.card:
            saved = "✓ saved" if view.saved else NOT_SAVED
            place = f"Call {view.card.code} · {view.card.channel}"
            self._call.query_one(TopBar).show(place, f"{saved} · {self._call.desk.agent} ")
            self._draw_card(view)
        self.draw_trail(view)

    def draw_trail(self, view: "StepView") -> None:
        """Draw the way so far, as panel and as line."""
        self._call.query_one(Trail).show(view, self._call.desk.clock())
        self._draw_trail_line(view)

    def tick(self, view: "StepView") -> None:
        """Draw what the clocks change: the time at this step, and how long until the claim opens (D03)."""
        self._call.query_one(Trail).tick(view, self._call.desk.clock())
        self._draw_trail_line(view)
        if view.card and view.card.opens_at:
            self._draw_card(view)

    def say_not_saved(self) -> None:
        """Say that the records do not hold what was last done."""
        self._call.query_one(TopBar).say(f"{NOT_SAVED} ")

    def _draw_card(self, view: "StepView") -> None:
        if view.card:
            now = self._call.desk.clock()
            self._call.query_one(Card).show(view.card, now, view.family)
            self._call.query_one("#card-line", Static).update(cards.line(view.card, now), layout=False)

    def _draw_trail_line(self, view: "StepView") -> None:
        line = trails.line(view, self._call.size.width - 2, self._call.desk.clock())
        self._call.query_one("#trail-line", Static).update(line, layout=False)  # one line high, whatever it says
