"""The pictures that people approved: one walk through the program takes every page in three themes."""

from collections.abc import Iterator

import pytest
from conftest import screen_text, settled
from pytest_textual_snapshot import SVGImageExtension
from rich.cells import cell_len
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from textual.app import App
from textual.color import Color
from textual.pilot import Pilot

from screens.themes import CONTRAST, DARK, LIGHT

THEMES = {"dark": DARK.name, "light": LIGHT.name, "contrast": CONTRAST.name}
"""The end of a picture's name -> the theme worn in it."""

ENOUGH = 4.5
"""WCAG 2 AA for normal text."""

SIZES = [pytest.param((80, 24), id="80x24"), pytest.param((120, 40), id="120x40")]

SMALLER = pytest.param((40, 10), id="40x10")

SMALL = 60
"""Below so many columns only the lines are kept: what is in sight matters there, not its colors."""


class Lines(SingleFileSnapshotExtension):
    """A page as plain lines: a failure then reads in a terminal."""

    _file_extension = "txt"
    _write_mode = WriteMode.TEXT


class Album:
    """Compares pages with the kept ones; `--snapshot-update` keeps them as they are now."""

    def __init__(self, snapshot: SnapshotAssertion) -> None:
        self._pictures = snapshot.use_extension(SVGImageExtension)
        self._lines = snapshot.use_extension(Lines)

    async def take(self, pilot: Pilot[None], page: str) -> None:
        """Compare what is on screen: its lines, the contrast of its texts and its picture in each theme."""
        app = pilot.app
        await settled(pilot)
        assert screen_text(app) + "\n" == self._lines(name=page)
        if app.size.width >= SMALL:
            for theme in sorted(THEMES, key=lambda theme: THEMES[theme] != app.theme):  # a change takes its time
                await wear(pilot, THEMES[theme])
                assert not (found := weak(app)), f"{page} in {theme} cannot be read well: {found}"
                same = app.export_screenshot() == self._pictures(name=f"{page}-{theme}")
                assert same, f"the picture of {page} in {theme} is another one; `make snapshots`, and look at it"


async def wear(pilot: Pilot[None], theme: str) -> None:
    """Change the colors, if they are others."""
    if pilot.app.theme != theme:
        pilot.app.theme = theme
        await pilot.pause()


def weak(app: App[None]) -> list[str]:
    """Return the texts on screen that cannot be read well, with their colors."""
    return sorted(
        {
            f"{text.strip()!r} {front.hex} on {back.hex}"
            for text, front, back in texts(app)
            if contrast(front, back) < ENOUGH
        }
    )


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
            widget = app.screen.get_widget_at(place, row)[0]
            if widget is app.screen or widget.disabled:
                continue  # a dimmed screen under a dialog; a button that cannot be pressed
            if style and style.color and style.bgcolor and any(character.isalnum() for character in text):
                front, back = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
                yield (text, back, front) if style.reverse else (text, front, back)
