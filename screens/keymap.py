"""Keys that a user has moved: which names there are, what may be a key, and who would be in whose way."""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import Keys

import screens

SPOKEN_FOR = {
    "ctrl+c": "copies, and never leaves",
    "ctrl+p": "opens the palette",
    "ctrl+h": "is Backspace in many terminals",
    "ctrl+i": "is Tab in every terminal",
    "ctrl+j": "is Enter in many terminals",
    "ctrl+m": "is Enter in every terminal",
    "ctrl+z": "is taken by many terminals",
    "ctrl+s": "stops the output of many terminals",
}
"""Keys that cannot be moved to, and why."""

EDITING = frozenset(
    ("enter", "tab", "shift+tab", "space", "backspace", "delete", "up", "down", "left", "right", "home", "end")
)
"""Keys that lines and lists need for themselves."""


@dataclass(frozen=True, slots=True)
class Place:
    """A screen or a part of one, with every binding that works there."""

    name: str
    keys: Mapping[str, frozenset[str]]
    """Binding id -> its keys."""


@cache
def places() -> tuple[Place, ...]:
    """Return every screen of the program, and every part that takes keys. Imports them all: not for the first frame."""
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        importlib.import_module(module.name)
    kinds = [kind for kind in _kinds(DOMNode) if kind.__module__.startswith("screens.")]
    everywhere = [kind for kind in kinds if issubclass(kind, App)]
    return tuple(Place(kind.__name__, _keys((kind, *everywhere))) for kind in kinds if not issubclass(kind, App))


def usable(wanted: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return what can be done of a keymap, and a sentence for each line of it that can't."""
    taken: dict[str, str] = {}
    remarks: list[str] = []
    for name, keys in wanted.items():
        words = _amiss(name, keys) or _clash(name, keys, taken)
        if words:
            remarks.append(f'The keys of settings.toml: "{name}" = "{keys}" is passed over: {words}')
        else:
            taken[name] = keys
    return taken, tuple(remarks)


def _amiss(name: str, keys: str) -> str:
    known = {each: pressed for place in places() for each, pressed in place.keys.items()}
    if name not in known:
        return "there is no such action. The palette (Ctrl+P) lists them all."
    for key in keys.split(","):
        if key in SPOKEN_FOR:
            return f"{key} {SPOKEN_FOR[key]}."
        if not _is_key(key):
            return f"there is no key “{key}”; keys are written like f8, ctrl+r or escape."
        if key not in known[name] and (key in EDITING or len(key) == 1):
            return f"{key} is needed for typing; take a function key, or Ctrl with a letter."
    return ""


def _is_key(key: str) -> bool:
    last = re.sub(r"^((ctrl|alt|shift|super)\+)+", "", key)
    return len(last) == 1 or last in {each.value for each in Keys}


def _clash(name: str, keys: str, taken: Mapping[str, str]) -> str:
    wanted = set(keys.split(","))
    for place in places():
        if name not in place.keys:
            continue
        for other, own in place.keys.items():
            pressed = set(taken[other].split(",")) if other in taken else own
            if other != name and (both := wanted & pressed):
                return f"{min(both)} already means {other} there."
    return ""


def _kinds(kind: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


def _keys(kinds: Iterable[type[DOMNode]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for kind in kinds:
        for each in kind.mro():
            for binding in each.__dict__.get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.id and each.__module__.startswith("screens."):
                    found.setdefault(binding.id, frozenset(key.strip() for key in binding.key.split(",")))
    return found
