"""Which characters are inert: what could steer a terminal or hide in a text does not get past the door."""

import re
from unicodedata import category, normalize

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Stands where a character was that nobody could see or say."""

_LETTERS = " -~¡-¬®-ɏḀ-ỿ–—‘’“”…"
_PLAIN, _LINES = re.compile(f"[{_LETTERS}]*"), re.compile(f"[{_LETTERS}\n]*")
"""Letters and signs, of Vietnamese as well, that are inert and composed as they stand: nearly all text."""

_UNSEEN = frozenset(
    (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),  # joiners and fillers that draw nothing
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),  # variation selectors
        *range(0xE0000, 0xE1000),  # tags and more variation selectors
    )
)
_REPLACED = frozenset(("Cc", "Cs", "Zl", "Zp"))
"""Controls, lone surrogates, line and paragraph separators."""

_COMPOSED = 10_000
"""Characters; normalising takes quadratic time on a long run of accents, and no text of ours is this long."""


def is_plain(text: str) -> bool:
    """Tell at a glance that a text is inert and in NFC as it stands; when it isn't plain, it may be so, too."""
    return _PLAIN.fullmatch(text) is not None


def inert_character(character: str) -> str:
    """Return the character itself, U+FFFD for a control character, or nothing for an invisible one."""
    kind = category(character)
    if kind in _REPLACED:
        return REPLACEMENT
    return "" if kind == "Cf" or ord(character) in _UNSEEN else character


def inert(text: str, keep: str = "\n") -> str:
    """Return a text of a file in NFC, with only inert characters and those in `keep`."""
    if is_plain(text) or ("\n" in keep and _LINES.fullmatch(text)):
        return text
    kept = "".join(character if character in keep else inert_character(character) for character in text)
    return normalize("NFC", kept) if len(kept) <= _COMPOSED else kept
