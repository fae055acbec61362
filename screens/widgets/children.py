"""The children of a family call: each with its outcome; Enter goes there."""

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.safe import column, content, joined, plain
from screens.widgets.ending import RESULTS

if TYPE_CHECKING:
    from wizard.views.card import ChildView


class Children(OptionList):
    """One line for each child; hidden while there is one child."""

    class Picked(Message):
        """Posted when staff go to a child."""

        def __init__(self, case: str) -> None:
            super().__init__()
            self.case = case
            """The id of the child's case."""

    def show(self, family: "tuple[ChildView, ...]") -> None:
        """Draw the lines, the child on screen marked."""
        self.display = bool(family)
        self.screen.set_class(bool(family), "-family")
        self.border_title = content(f"CHILDREN · {len(family)} in this call, closed together")
        self.border_subtitle = content("Enter goes there")
        self.clear_options()
        self.add_options([Option(_line(child), id=child.case) for child in family])
        self.highlighted = next((place for place, child in enumerate(family) if child.here), None)

    @on(OptionList.OptionSelected)
    def pick(self, event: OptionList.OptionSelected) -> None:
        """Go to the child of the line."""
        event.stop()
        if event.option.id:
            self.post_message(self.Picked(event.option.id))


def _line(child: "ChildView") -> Content:
    result = RESULTS.get(child.result, "No outcome yet")
    sign = "▸" if child.here else "✓" if child.result else "·"
    name = column(child.student or "no student yet", 28, "bold")
    return joined((f"{sign} ", "bold"), name, f"  {result}: ", (plain(child.at, 60), "$text-muted"))
