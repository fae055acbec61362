"""Text from outside becomes inert: what could steer a terminal or hide in a name does not get past the door."""

import re
import unicodedata
from dataclasses import dataclass

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""C0, DEL, C1, line and paragraph separators, lone surrogates: each is replaced."""

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]")
"""Soft hyphen, zero-width and bidi characters, byte-order mark, tags: each is dropped."""

REPLACEMENT = "\ufffd"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text that may be shown, and what had to be done to it."""

    text: str
    replaced: int
    """How many characters were replaced or dropped."""
    shortened: bool


def clean(text: str, limit: int = 200, keep: str = "") -> Cleaned:
    """Return the text in NFC without control, bidi and invisible characters, at most `limit` characters long.

    Characters in `keep` (a line break, say) stay as they are.
    """
    replaced = 0

    def swap(found: re.Match[str]) -> str:
        nonlocal replaced
        if found[0] in keep:
            return found[0]
        replaced += 1
        return REPLACEMENT

    visible, dropped = _INVISIBLE.subn("", text)
    tidy = unicodedata.normalize("NFC", _CONTROLS.sub(swap, visible))
    return Cleaned(tidy[:limit], replaced + dropped, len(tidy) > limit)
