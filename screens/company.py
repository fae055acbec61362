"""Whoever else is at the same call: sitting down so that they are told, and following what they do."""

from typing import TYPE_CHECKING

from textual.screen import Screen

if TYPE_CHECKING:
    from wizard.casework import Casework
    from wizard.desk import Desk
    from wizard.views.step import StepView

LOOK_SECONDS = 1.0
"""How often the records are asked whether anybody has saved anything; it costs microseconds."""


class Company:
    """One's own seat at a call, and an eye on the others."""

    def __init__(self, casework: "Casework", desk: "Desk") -> None:
        self._casework, self._desk = casework, desk
        self._seat = desk.seat(casework.case.call)
        self._stamp: object = None

    def look(self, screen: "Screen[None]") -> "StepView | None":
        """Return the call as a colleague has moved it on; None when nobody has, or something lies over the call."""
        in_front = screen.app.screen_stack[-1:] == [screen]  # nothing is while the program ends
        if not in_front or (stamp := self._desk.stamp()) == self._stamp:
            return None
        self._stamp = stamp
        self._seat.take()
        return self._casework.refresh()

    def leave(self) -> None:
        """Stand up."""
        self._seat.leave()


def with_typed(view: "StepView", typed: str) -> "StepView":
    """Return the view with what was being typed at the step that is gone, so that it is not lost."""
    return view._replace(notice=f"{view.notice} You had typed: “{typed}”.") if typed.strip() else view
