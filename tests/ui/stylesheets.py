"""Stylesheets, read once per process: each program under test would read the same thousands of lines again."""

from typing import Any

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

_read = Stylesheet._parse_rules
_rules: dict[tuple[Any, ...], list[RuleSet]] = {}


def _remembered(sheet: Stylesheet, css: str, *place: Any, **where: Any) -> list[RuleSet]:
    """Return the rules of a text; the same text, place and colors have the same rules."""
    key = (css, place, *where.items(), *sheet._variables.items())
    if key not in _rules:
        _rules[key] = _read(sheet, css, *place, **where)
    return _rules[key]


def install() -> None:
    """Let every stylesheet remember."""
    Stylesheet._parse_rules = _remembered  # type: ignore[method-assign]
