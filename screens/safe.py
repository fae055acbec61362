"""The one place that turns text into something a widget may draw.

A plain `str` is markup to most widgets: a roster name `[@click=app.quit]Ann[/]` would run an action, and a
control character would reach the terminal. What passes through here is only ever shown.
"""

from typing import TYPE_CHECKING

from textual.content import Content

from wizard.text import clean

if TYPE_CHECKING:
    from rich.text import Text

LONGEST = 4000
"""Characters of one text that are drawn; the longest words of a flow file have 900."""


def plain(text: str, limit: int = LONGEST) -> str:
    """Return the text without anything invisible or active in it; line breaks stay, an ellipsis marks a cut."""
    lines = "\n".join(clean(line, LONGEST).text for line in text.split("\n"))
    return lines if len(lines) <= limit else f"{lines[: limit - 1].rstrip()}…"


def content(text: str, style: str = "", limit: int = LONGEST) -> Content:
    """Return text for a widget, drawn as it is and never read as markup."""
    return Content.styled(plain(text, limit), style)


def column(text: str, width: int, style: str = "") -> Content:
    """Return text cut or filled to so many columns: a wide character takes two of them, a combining mark none."""
    return content(text, style).truncate(width, ellipsis=True, pad=True)


def joined(*parts: "str | Content | tuple[str, str]") -> Content:
    """Return several texts in a row; a pair is a text and its style."""
    return Content.assemble(*(_part(part) for part in parts))


def cell(text: str, style: str = "", limit: int = 200) -> "Text":
    """Return text for a table cell or a tree node (Content is drawn wrongly there)."""
    return printed(plain(text, limit).replace("\n", " "), style)


def printed(text: str, style: str = "") -> "Text":
    """Return text for the terminal itself, as when the program ends with a sentence."""
    from rich.text import Text

    return Text(plain(text), style)


def _part(part: "str | Content | tuple[str, str]") -> Content:
    match part:
        case Content():
            return part
        case (text, style):
            return content(text, style)
        case _:
            return content(part)
