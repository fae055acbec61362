"""No color at all: what is drawn on a bright ground is reversed, everything else has the terminal's own two colors."""

from functools import lru_cache

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_OWN = Style.from_color(RichColor.parse("default"), RichColor.parse("default"))
_REVERSED = _OWN + Style(reverse=True)
_UPRIGHT = _OWN + Style(reverse=False)


class Plainly(LineFilter):
    """Takes every color out of a line; bold, underlined and reversed text stays."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the line without colors."""
        return [Segment(text, style and _plain(style), control) for text, style, control in segments]


@lru_cache(2048)
def _plain(style: Style) -> Style:
    ground = style.color if style.reverse else style.bgcolor
    bright = ground is not None and not ground.is_default and Color.from_rich_color(ground).brightness > 0.5
    return style + (_REVERSED if bright else _UPRIGHT)
