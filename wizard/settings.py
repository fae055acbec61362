"""What one user of this machine has chosen: name, channel, school, language, colors, keys, and when the screen locks.

Values only; `settings_file.py` reads and writes them. Nothing heavy is imported: they are read before the first frame.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, NamedTuple

from wizard.text import clean, collapse

THEMES = ("dark", "light", "high-contrast", "monochrome")
"""The looks to choose from."""

IDLE = range(30, 901)
"""Seconds without a key after which the screen may lock."""

LONGEST_PIN = 32
SHORTEST_PIN = 4
"""Characters of a PIN."""


@dataclass(frozen=True)  # without slots: this module is in the first frame, and they double the time it takes
class Settings:
    """One user's choices."""

    agent: str = ""
    """Who takes the calls; empty: the name this computer knows the user by."""
    initials: str = ""
    """Shown beside the name, and for short in small windows."""
    channel: Literal["counter", "phone"] = "counter"
    """Which kind of call Enter starts on the home screen."""
    school: str = ""
    """Students of this school come first in a search; nobody is hidden."""
    language: str = "en"
    """What a new call begins in."""
    theme: str = "dark"
    idle_seconds: int = 120
    """Seconds without a key until the screen locks."""
    large_say: bool = False
    """Whether the words to say stand far apart, to be read from a distance."""
    pin: str = ""
    """The Argon2id hash of the PIN that unlocks the screen; empty: one key does."""
    keymap: Mapping[str, str] = field(default_factory=dict)
    """Binding id -> the keys that do it instead, separated by commas."""


class Key(NamedTuple):
    """One setting: what is allowed, in words, and how a value of the file is taken."""

    allowed: str
    take: Callable[[Any], Any]
    """Returns the value to use; raises ValueError for anything that is not allowed."""
    secret: bool = False
    """Whether a wrong value is kept out of the sentence about it."""


def _text(longest: int) -> Callable[[Any], str]:
    def take(value: Any) -> str:
        if not isinstance(value, str):
            raise ValueError
        cleaned = clean(value, longest)
        if cleaned.shortened or cleaned.replaced:
            raise ValueError
        return collapse(cleaned.text)

    return take


def _matching(pattern: str) -> Callable[[Any], str]:
    def take(value: Any) -> str:
        text = _text(200)(value)
        if not re.fullmatch(pattern, text):
            raise ValueError
        return text

    return take


def _one_of(values: tuple[str, ...]) -> Callable[[Any], str]:
    def take(value: Any) -> str:
        if not isinstance(value, str) or value not in values:
            raise ValueError
        return value

    return take


def _seconds(value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}", value.strip()):
        value = int(value)  # as typed on the settings screen
    if isinstance(value, bool) or not isinstance(value, int) or value not in IDLE:
        raise ValueError
    return value


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _keys(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(map(_is_remapped, value.items())):
        raise ValueError
    return {name: keys.replace(" ", "") for name, keys in value.items()}


def _is_remapped(pair: tuple[Any, Any]) -> bool:
    name, keys = pair
    named = isinstance(name, str) and re.fullmatch(r"[a-z]+\.[a-z_.-]+", name)
    return bool(named) and isinstance(keys, str) and bool(re.fullmatch(r" *[!-+\--~]+( *, *[!-+\--~]+)* *", keys))


KEYS: Mapping[str, Key] = {
    "agent": Key("a name of at most 40 characters", _text(40)),
    "initials": Key("at most 4 letters", _matching(r"[^\W\d_]{0,4}")),
    "channel": Key('"counter" or "phone"', _one_of(("counter", "phone"))),
    "school": Key("a school's name, of at most 80 characters", _text(80)),
    "language": Key(
        'a language\'s short name, such as "en", "es" or "vi"', _matching(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
    ),
    "theme": Key(", ".join(f'"{name}"' for name in THEMES[:-1]) + f' or "{THEMES[-1]}"', _one_of(THEMES)),
    "idle_seconds": Key(f"a whole number of seconds, from {IDLE[0]} to {IDLE[-1]}", _seconds),
    "large_say": Key("true or false", _switch),
    "pin": Key("left alone: the settings screen writes it", _matching(r"(\$argon2id\$[!-~]{20,180})?"), secret=True),
    "keymap": Key('a table of lines such as "call.map" = "f8"', _keys),
}
"""Key of the file -> what it may be, in the order of the file."""


def taken(values: Mapping[str, Any], where: str) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings a file's values give, and a sentence for each one that was passed over."""
    settings, remarks = Settings(), []
    for name, value in values.items():
        if name not in KEYS:
            remarks.append(f"{where}: there is no setting {_quoted(name)}; it is passed over.")
            continue
        try:
            settings = with_value(settings, name, value)
        except ValueError:
            remarks.append(f"{where}: {_wrong(name, value)} {_instead(name)}")
    return settings, tuple(remarks)


def with_value(settings: Settings, name: str, value: object) -> Settings:
    """Return the settings with one of them changed. Raises ValueError when that value is not allowed."""
    changed: Any = {name: KEYS[name].take(value)}
    return replace(settings, **changed)


def must_be(name: str) -> str:
    """Return what a setting may be, as a sentence beside its field."""
    return f"It must be {KEYS[name].allowed}."


def _wrong(name: str, value: object) -> str:
    told = "" if KEYS[name].secret or isinstance(value, dict) else f" is {_quoted(value)}, but"
    return f"{name}{told} must be {KEYS[name].allowed}."


def _instead(name: str) -> str:
    default = getattr(Settings(), name)
    return f"Until then {_quoted(default)} is used." if default not in ("", {}) else "Until then it counts as not set."


def _quoted(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"“{clean(text, 40).text}”"


def agent_name(named: str | None, settings: Settings) -> str:
    """Return who takes the calls: as named on the command line, else as set, else as this computer knows the user."""
    from getpass import getuser

    try:
        name = named or settings.agent or getuser()
    except (OSError, KeyError):
        name = ""
    return collapse(clean(name, 40).text) or "agent"
