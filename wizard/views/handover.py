"""The hand-over: the live rules beside what is typed, and what will happen, or why it will not."""

from typing import NamedTuple


class Rule(NamedTuple):
    """One live rule of a field, with its reason."""

    code: str
    words: str
    reason: str
    ok: bool | None
    """None: cannot be told yet."""


class Comparison(NamedTuple):
    """How typed text differs from the record, in words; `same` when it does not."""

    same: bool
    words: str


class Question(NamedTuple):
    """A challenge question of the district's bank."""

    code: str
    text: str
    """In the language of the call; in English where it is not translated."""


class Preview(NamedTuple):
    """What will happen, before it happens."""

    title: str
    lines: tuple[str, ...]
    confirm: str
    """The words on the button."""
    missing: tuple[str, ...] = ()
    """Gate steps that were not done, in words; a reason is then needed."""
    warning: str = ""
    copyable: str = ""
    """The exact ticket line (D16)."""
    menu: tuple[str, ...] = ()
    """The ticket system's menu choices, in order (D15)."""


class Refused(NamedTuple):
    """Why something will not happen; a value, not an exception."""

    code: str
    reason: str
