"""How large the terminal is, as classes that the style sheets go by."""

from typing import Any

from textual.screen import Screen

WIDTHS = [(0, "-narrow"), (60, "-normal"), (110, "-wide")]
"""From so many columns on."""

HEIGHTS = [(0, "-low"), (20, "-tall"), (32, "-high")]
"""From so many rows on."""


def take(screen: Screen[Any]) -> None:
    """Give a screen its classes before its parts are made; Textual does so after the first frame, and draws another."""
    width, height = screen.app.size
    for size, shapes in ((width, WIDTHS), (height, HEIGHTS)):
        screen.add_class(next(name for least, name in reversed(shapes) if size >= least), update=False)
