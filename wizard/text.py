"""The door for text from outside: whatever was typed or read from a file is inert after `clean`."""

from dataclasses import dataclass
from unicodedata import category, east_asian_width, normalize

from flows.text import REPLACEMENT, inert_character, is_plain

__all__ = ["REPLACEMENT", "Cleaned", "clean", "collapse", "columns", "fitted"]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text that can be shown, compared and stored, and what it took to get there."""

    text: str
    replaced: int
    """How many characters were replaced by U+FFFD or, being invisible, dropped."""
    shortened: bool
    """Whether the text was longer than the limit."""

    @property
    def note(self) -> str:
        """Return a sentence about what was changed; empty when nothing was."""
        cut = f"The text was too long: only its first {len(self.text)} characters were kept." if self.shortened else ""
        taken = "Invisible or control characters were taken out of the text." if self.replaced else ""
        return f"{cut} {taken}".strip()


def clean(text: str, limit: int = 200) -> Cleaned:
    """Return the text in NFC, without control, bidi and invisible characters, at most `limit` code points long."""
    if is_plain(text):
        return Cleaned(text[:limit], 0, len(text) > limit)
    # The first cut bounds the work on a huge paste: normalising a long run of accents takes quadratic time.
    head = text[: limit * 8]
    kept = [inert_character(character) for character in head]
    composed = normalize("NFC", "".join(kept))
    replaced = sum(before != after for before, after in zip(head, kept, strict=True))
    return Cleaned(composed[:limit], replaced, len(text) > len(head) or len(composed) > limit)


def collapse(text: str) -> str:
    """Return the text with every run of blanks as one space, and none at the ends."""
    return " ".join(text.split())


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes: wide characters two, combining marks none."""
    return sum(0 if category(each) in ("Mn", "Me", "Cf") else 1 + (east_asian_width(each) in "WF") for each in text)


def fitted(text: str, width: int) -> str:
    """Return the text cut, with an ellipsis, or filled to so many columns; it is cut between words where it can be."""
    if columns(text) > width:
        whole = text
        while text and columns(text) >= width:
            text = text[:-1]
        words, _, rest = text.rpartition(" ")
        cut_a_word = rest and not whole[len(text)].isspace()
        text = (words if cut_a_word and len(words) > len(text) // 2 else text).rstrip() + "…"
    return text + " " * (width - columns(text))
