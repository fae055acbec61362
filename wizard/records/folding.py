"""Names as the search sees them: lower case, without accents, apostrophes, hyphens or blanks."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain, combinations, pairwise

APOSTROPHES = "'’‘ʼʻʹ´`ʾʿ′＇"
"""Signs inside a name that people leave out; every other sign separates two words."""

LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n"}
)
"""Letters that Unicode does not take apart."""

ASCII = {code: None if chr(code) in APOSTROPHES else " " for code in range(128) if not chr(code).isalnum()}
"""What `folded` does to plain signs, in a form that `str.translate` does in one go."""

STEMS = (4, 5, 7)
"""How many first letters of a word are kept to find it while it is still being typed, mistakes included."""


def folded(text: str) -> str:
    """Return the text in small plain letters and digits, with single blanks between words."""
    if text.isascii():
        return " ".join(text.lower().translate(ASCII).split())
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold().translate(LETTERS)
    if not plain.isascii():
        plain = "".join(letter for letter in plain if unicodedata.category(letter)[0] != "M")
    kept = (letter if letter.isalnum() else " " for letter in plain if letter not in APOSTROPHES)
    return " ".join("".join(kept).split())


def pieces(name: str) -> list[str]:
    """Return the words of one name, taken apart at apostrophes too: `O'Brien` gives `o`, `brien`."""
    return folded("".join(" " if letter in APOSTROPHES else letter for letter in name)).split()


def words_of(*names: str) -> frozenset[str]:
    """Return every word under which these names are found: `De La Cruz` also as `delacruz`, `lacruz`, `dela`."""
    return frozenset(word for name in names for word in _joined(pieces(name)))


def stems_of(word: str) -> frozenset[str]:
    """Return the beginnings under which mistakes in this word are looked up."""
    longest = STEMS[-1]
    return frozenset({word[:length] for length in STEMS if len(word) > length} | {word[:longest]})


def parts_of(word: str) -> list[str]:
    """Return what is left of the word from each later letter on, as long as three letters are left."""
    return [word[at:] for at in range(1, len(word) - 2)]


def keys_of(stem: str) -> frozenset[str]:
    """Return the stem with up to one letter left out, or two from six letters on.

    Two words with that many mistakes between them share such a key (Garbe's symmetric deletion).
    """
    kept = (combinations(stem, len(stem) - left_out) for left_out in range(mistakes(stem) + 1))
    return frozenset([key for key in map("".join, chain.from_iterable(kept)) if len(key) > 1])


def mistakes(word: str) -> int:
    """Return how many typing mistakes are forgiven in a word of this length."""
    return 0 if len(word) < 2 else 1 if len(word) < 6 else 2


def _joined(words: list[str]) -> Iterator[str]:
    few = words[:6]
    yield from words
    for start in range(len(few)):
        for end in range(start + 2, len(few) + 1):
            yield "".join(few[start:end])


def joined_neighbors(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield the words with each pair of neighbors joined: `ann marie` also as `annmarie`."""
    for at, (left, right) in enumerate(pairwise(words)):
        yield [*words[:at], left + right, *words[at + 2 :]]
