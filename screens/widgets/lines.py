"""A list that is drawn anew while somebody reads it: the marked line stays marked."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.safe import joined

Line = tuple[str, Content]
"""What a line stands for, and how it looks."""


class Lines(OptionList):
    """A list of lines, each standing for something."""

    _drawn: Sequence[Line] = ()

    def draw(self, lines: Sequence[Line]) -> None:
        """Draw the lines; nothing happens when they are those already there."""
        if lines == self._drawn:
            return
        marked = self.marked
        self._drawn = lines
        place = next((number for number, (key, _) in enumerate(lines) if key == marked), None)
        if place is None:
            place = min(self.highlighted or 0, len(lines) - 1)
        self.clear_options()
        self.add_options([Option(joined(words), id=key) for key, words in lines])
        self.highlighted = place if lines else None
        self.display = bool(lines)

    @property
    def marked(self) -> str | None:
        """What the marked line stands for."""
        if self.highlighted is None or self.highlighted >= len(self._drawn):
            return None
        return self._drawn[self.highlighted][0]
