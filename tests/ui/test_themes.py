"""The colors: every text on every screen can be read."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from conftest import NOW, settled
from rich.cells import cell_len
from scripted import ScriptedCall, ScriptedDesk
from test_home_screen import waiting
from textual.app import App
from textual.color import Color

from screens.app import PortalWizard
from screens.themes import MONO, THEMES

ENOUGH = 4.5
"""WCAG 2 AA for normal text."""

VIEWS: dict[str, tuple[int, tuple[str, ...]]] = {
    "home": (0, ()),
    "search": (0, ("p", "o", "down")),
    "choice": (1, ("p",)),
    "entry": (2, ("p", "enter")),
    "action": (3, ("p",)),
    "outcome": (4, ("p",)),
    "wrapup": (4, ("p", "enter")),
    "help": (1, ("p", "question_mark")),
    "changes": (1, ("p", "f3")),
    "confirm": (1, ("p", "ctrl+q")),
    "palette": (1, ("p", "ctrl+p")),
    "toast": (1, ("p", "ctrl+c")),
}
"""Where the scripted call starts, and the keys that lead to the view."""


def luminance(color: Color) -> float:
    """Return WCAG's relative luminance."""
    parts = [part / 255 for part in color.rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colors, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def texts(app: App[None]) -> Iterator[tuple[str, Color, Color]]:
    """Return every text of the uppermost screen that has a letter or digit, with its colors as drawn."""
    for row, strip in enumerate(app.screen._compositor.render_strips()):
        column = 0
        for text, style, _ in strip:
            place, column = column, column + cell_len(text)
            if app.screen.get_widget_at(place, row)[0] is app.screen:
                continue  # a dimmed screen under a dialog
            if style and style.color and style.bgcolor and any(character.isalnum() for character in text):
                front, back = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
                yield (text, back, front) if style.reverse else (text, front, back)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("theme", [theme.name for theme in THEMES if theme is not MONO])
async def test_every_text_can_be_read(clock: Callable[[], datetime], theme: str, view: str) -> None:
    """In each theme, on each screen, every text has a contrast of at least 4.5 to 1."""
    at, keys = VIEWS[view]
    desk = ScriptedDesk(clock, waiting=(waiting("K7Q2", "dana"),), call=ScriptedCall(NOW, at))
    app = PortalWizard(lambda: desk)  # type: ignore[arg-type,return-value]
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        app.theme = theme
        await settled(pilot)
        await pilot.press(*keys)
        await settled(pilot)
        found = list(texts(app))
        weak = [
            f"{text.strip()!r} {front.hex} on {back.hex}"
            for text, front, back in found
            if contrast(front, back) < ENOUGH
        ]
        assert found
        assert sorted(set(weak)) == []
