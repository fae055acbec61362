"""Words from a file become inert: what could steer a terminal or hide in a text does not get past the door."""

from unicodedata import category, normalize

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
"""Stands where a character was that nobody could see or say."""

_REPLACED = frozenset(("Cc", "Cs", "Zl", "Zp"))
"""Controls, lone surrogates, line and paragraph separators."""

_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Variation selectors: they draw nothing."""


def inert(text: str, keep: str = "\n") -> str:
    """Return the text in NFC, controls replaced by U+FFFD and invisible format characters dropped.

    Characters in `keep` stay as they are.
    """
    if text.isascii() and text.isprintable():
        return text
    return normalize("NFC", "".join(character if character in keep else _inert(character) for character in text))


def _inert(character: str) -> str:
    kind = category(character)
    if kind in _REPLACED:
        return REPLACEMENT
    return (
        ""
        if kind == "Cf" or "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
        else character
    )
