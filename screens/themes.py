"""The colors: dark, light, high contrast, and none at all. A test measures every text at 4.5 to 1 or better."""

import os
import sys
from collections.abc import Mapping

from textual.theme import Theme

_DARK = {
    "text": "#e9eef5",
    "text-muted": "#b2becd",
    "text-disabled": "#8f9cac",
    "foreground-muted": "#b2becd",
    "foreground-disabled": "#8f9cac",
    "block-cursor-background": "#1f4569",
    "block-cursor-foreground": "#ffffff",
    "block-cursor-blurred-background": "#22303f",
    "block-cursor-blurred-foreground": "#e9eef5",
    "block-hover-background": "#223142",
    "border": "#63b8f5",
    "border-blurred": "#34465a",
    "footer-background": "#1a2430",
    "footer-foreground": "#c3cedb",
    "footer-key-foreground": "#ffcb6b",
    "footer-description-foreground": "#c3cedb",
    "input-cursor-background": "#ffcb6b",
    "input-cursor-foreground": "#0e141b",
    "input-selection-background": "#1f4569",
    "button-foreground": "#e9eef5",
    "button-color-foreground": "#0e141b",
    "button-focus-text-style": "bold underline",
    "scrollbar": "#3d5268",
    "scrollbar-hover": "#55708d",
    "scrollbar-active": "#63b8f5",
    "scrollbar-background": "#131b24",
    "scrollbar-background-hover": "#131b24",
    "scrollbar-background-active": "#131b24",
    "scrollbar-corner-color": "#131b24",
    "say-background": "#13283c",
    "say-border": "#63b8f5",
    "say-text": "#f7fafd",
    "say-title": "#0b1620",
    "do-bar": "#b9a3ff",
    "badge-background": "#2a3b4e",
    "badge-foreground": "#ffcb6b",
    "notice-background": "#3a2f14",
    "notice-foreground": "#ffdf9e",
    "good-foreground": "#7fdca0",
    "bad-foreground": "#ff9d9d",
    "link-color": "#8fd0ff",
    "link-color-hover": "#ffffff",
    "link-background-hover": "#1f4569",
}

_LIGHT = {
    "text": "#17202b",
    "text-muted": "#4a5665",
    "text-disabled": "#5b6775",
    "foreground-muted": "#4a5665",
    "foreground-disabled": "#5b6775",
    "block-cursor-background": "#c4ddf5",
    "block-cursor-foreground": "#0c1621",
    "block-cursor-blurred-background": "#d3deea",
    "block-cursor-blurred-foreground": "#17202b",
    "block-hover-background": "#dfe8f1",
    "border": "#1d5f9a",
    "border-blurred": "#b3c0ce",
    "footer-background": "#dde5ee",
    "footer-foreground": "#2b3846",
    "footer-key-foreground": "#7a3d00",
    "footer-description-foreground": "#2b3846",
    "input-cursor-background": "#1d5f9a",
    "input-cursor-foreground": "#ffffff",
    "input-selection-background": "#b5d3ef",
    "button-foreground": "#17202b",
    "button-color-foreground": "#ffffff",
    "button-focus-text-style": "bold underline",
    "scrollbar": "#a5b4c4",
    "scrollbar-hover": "#8396aa",
    "scrollbar-active": "#1d5f9a",
    "scrollbar-background": "#e9eff5",
    "scrollbar-background-hover": "#e9eff5",
    "scrollbar-background-active": "#e9eff5",
    "scrollbar-corner-color": "#e9eff5",
    "say-background": "#e3effa",
    "say-border": "#1d5f9a",
    "say-text": "#0c1621",
    "say-title": "#ffffff",
    "do-bar": "#6a4bc4",
    "badge-background": "#d3deea",
    "badge-foreground": "#7a3d00",
    "notice-background": "#fff0cc",
    "notice-foreground": "#5c3b00",
    "good-foreground": "#14663a",
    "bad-foreground": "#a3202c",
    "link-color": "#174d7d",
    "link-color-hover": "#ffffff",
    "link-background-hover": "#1d5f9a",
}

_CONTRAST = {
    **_DARK,
    "text": "#ffffff",
    "text-muted": "#e6e6e6",
    "text-disabled": "#d0d0d0",
    "foreground-muted": "#e6e6e6",
    "foreground-disabled": "#d0d0d0",
    "block-cursor-background": "#00308f",
    "block-cursor-foreground": "#ffffff",
    "block-cursor-blurred-background": "#333333",
    "block-cursor-blurred-foreground": "#ffffff",
    "block-hover-background": "#333333",
    "border": "#ffe14d",
    "border-blurred": "#bfbfbf",
    "footer-background": "#000000",
    "footer-foreground": "#ffffff",
    "footer-key-foreground": "#ffe14d",
    "footer-description-foreground": "#ffffff",
    "button-foreground": "#ffffff",
    "button-color-foreground": "#000000",
    "scrollbar": "#bfbfbf",
    "scrollbar-background": "#000000",
    "scrollbar-background-hover": "#000000",
    "scrollbar-background-active": "#000000",
    "scrollbar-corner-color": "#000000",
    "say-background": "#000000",
    "say-border": "#ffe14d",
    "say-text": "#ffffff",
    "say-title": "#000000",
    "do-bar": "#ffffff",
    "badge-background": "#ffffff",
    "badge-foreground": "#000000",
    "notice-background": "#ffe14d",
    "notice-foreground": "#000000",
    "good-foreground": "#7dffa8",
    "bad-foreground": "#ffb3b3",
}

DARK = Theme(
    name="wizard-dark",
    primary="#63b8f5",
    secondary="#b9a3ff",
    accent="#ffcb6b",
    success="#7fdca0",
    warning="#ffcb6b",
    error="#ff9d9d",
    foreground="#e9eef5",
    background="#0e141b",
    surface="#131b24",
    panel="#1a2430",
    dark=True,
    variables=_DARK,
)

LIGHT = Theme(
    name="wizard-light",
    primary="#1d5f9a",
    secondary="#6a4bc4",
    accent="#7a3d00",
    success="#14663a",
    warning="#7a3d00",
    error="#a3202c",
    foreground="#17202b",
    background="#f4f7fa",
    surface="#ffffff",
    panel="#e9eff5",
    dark=False,
    variables=_LIGHT,
)

CONTRAST = Theme(
    name="wizard-contrast",
    primary="#ffe14d",
    secondary="#ffffff",
    accent="#ffe14d",
    success="#7dffa8",
    warning="#ffe14d",
    error="#ffb3b3",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables=_CONTRAST,
)

_WHITE, _BLACK = "#ffffff", "#000000"
_MONO = dict.fromkeys(_CONTRAST, _WHITE) | {
    "block-cursor-foreground": _BLACK,
    "block-cursor-blurred-background": _BLACK,
    "block-hover-background": _BLACK,
    "footer-background": _BLACK,
    "input-cursor-foreground": _BLACK,
    "button-color-foreground": _BLACK,
    "button-focus-text-style": "bold underline",
    "scrollbar-background": _BLACK,
    "scrollbar-background-hover": _BLACK,
    "scrollbar-background-active": _BLACK,
    "scrollbar-corner-color": _BLACK,
    "say-background": _BLACK,
    "say-title": _BLACK,
    "badge-foreground": _BLACK,
    "notice-foreground": _BLACK,
    "link-background-hover": _BLACK,
}

MONO = Theme(
    name="wizard-mono",
    primary="#ffffff",
    secondary="#ffffff",
    accent="#ffffff",
    success="#ffffff",
    warning="#ffffff",
    error="#ffffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables=_MONO,
)
"""No color reaches the terminal in this one: what is on white here is reversed there (`screens.plainly`)."""

THEMES = (DARK, LIGHT, CONTRAST, MONO)

LOOKS: Mapping[str, tuple[str, Theme]] = {
    "dark": ("Dark", DARK),
    "light": ("Light", LIGHT),
    "high-contrast": ("High contrast", CONTRAST),
    "monochrome": ("Monochrome", MONO),
}
"""What the settings call a look -> its name on screen, and the theme, in the order in which they are offered."""


def named(choice: str) -> Theme:
    """Return the theme of a look; the dark one when there is none of this name."""
    return LOOKS.get(choice, LOOKS["dark"])[1]


def has_colors() -> bool:
    """Return whether the user wants colors (no-color.org) and the terminal has them, as far as it says."""
    if os.environ.get("NO_COLOR"):
        return False
    term = os.environ.get("TERM", "")
    if sys.platform == "win32" or not term or os.environ.get("COLORTERM"):
        return True
    try:
        import curses
    except ImportError:
        return True
    try:
        curses.setupterm(term, sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError, curses.error):
        return True  # nothing is known of it, so nothing speaks against colors
    return curses.tigetnum("colors") >= 8
