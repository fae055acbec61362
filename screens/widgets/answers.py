"""The rows of numbered answers, drawn as one list.

A list draws itself; a widget for each part of each row would be styled and laid out anew with every key
(docs/performance.md).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.safe import content, joined

if TYPE_CHECKING:
    from wizard.views.step import ChoiceView

INDENT = 6
"""Columns of sign and number before a label."""


class Row(Visual):
    """One answer: sign and number, the label over as many lines as it needs, and a word about it at the right."""

    def __init__(self, number: int, label: str, tag: str) -> None:
        self._number, self._label, self._tag = number, label, tag
        self.marked = False

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Take all the width there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Return the lines of the label."""
        return len(self._lines(width))

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Draw the row; a sign shows the mark as well as the color does."""
        first, *others = self._lines(width)
        room = width - INDENT - len(first) - len(self._tag) - 1
        lines = [
            joined(
                ("› " if self.marked else "  ", "bold" if self.marked else ""),
                (f" {self._number} ", "bold $badge-foreground on $badge-background"),
                " ",
                first,
                " " * max(0, room),
                (self._tag, "" if self.marked else "$text-muted"),
            ),
            *(joined(" " * INDENT, line) for line in others),
        ]
        return Content("\n").join(lines).render_strips(width, height, style, options)

    def _lines(self, width: int) -> list[Content]:
        tag = len(self._tag) + 2 if self._tag else 0
        return content(self._label, "bold" if self.marked else "").wrap(max(8, width - INDENT - 1 - tag))


class Answers(OptionList, inherit_bindings=False):
    """The answers that are shown; the marked one is what Enter takes."""

    def show(self, choices: "Sequence[tuple[int, ChoiceView, str]]", airy: bool) -> None:
        """Draw these answers: number, answer, and a word about it; airy ones have a line between them."""
        options: list[Option] = []
        for number, choice, tag in choices:
            if airy and options:
                options.append(Option(" ", disabled=True))
            options.append(Option(Row(number, choice.label, tag), id=str(number)))
        self.set_options(options)

    @property
    def marked(self) -> int | None:
        """The number of the marked answer."""
        option = self.highlighted_option
        return int(option.id) if option and option.id else None

    def mark(self, number: int | None) -> None:
        """Mark an answer, or none."""
        known = number is not None and str(number) in {option.id for option in self.options}
        self.highlighted = self.get_option_index(str(number)) if known else None

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the sign, and keep it in sight.

        What was drawn is kept by its style, and a marked answer has another one: nothing has to be drawn anew.
        """
        for index, option in enumerate(self.options):
            if isinstance(option.prompt, Row):
                option.prompt.marked = index == highlighted
        super().watch_highlighted(highlighted)
