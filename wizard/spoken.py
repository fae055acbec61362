"""Spelling aloud: what is read on the phone so that it is written down right."""

from collections.abc import Iterator
from unicodedata import combining, normalize

LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            *("apple", "boy", "cat", "dog", "egg", "fox", "girl", "house", "ice", "jam", "king", "lion", "mother"),
            *("nose", "ocean", "paper", "queen", "river", "Sam", "table", "umbrella", "violin", "water", "X-ray"),
            *("yellow", "zebra"),
        ),
        strict=True,
    )
)
"""Words that children know, and that no other letter begins."""

DIGITS = dict(
    zip("0123456789", ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), strict=True)
)

SIGNS = {
    " ": "space",
    "-": "hyphen",
    "'": "apostrophe",
    "’": "curly apostrophe",
    "‘": "opening curly apostrophe",
    "ʻ": "okina",
    "`": "backtick",
    "´": "lone accent",
    ".": "period",
    ",": "comma",
    "–": "long dash",
    "—": "very long dash",
    "_": "underscore",
    "/": "slash",
    "@": "at sign",
    "$": "dollar sign",
    "(": "opening parenthesis",
    ")": "closing parenthesis",
    "[": "opening bracket",
    "]": "closing bracket",
    "&": "and sign",
    "\u00a0": "non-breaking space",
    "\ufffd": "character that cannot be read",
}

ACCENTS = {
    "\u0300": "a grave accent",
    "\u0301": "an acute accent",
    "\u0302": "a circumflex",
    "\u0303": "a tilde",
    "\u0304": "a bar on top",
    "\u0306": "a bowl on top",
    "\u0307": "a dot on top",
    "\u0308": "two dots",
    "\u0309": "a hook on top",
    "\u030a": "a ring on top",
    "\u030b": "two accents",
    "\u030c": "a little v on top",
    "\u031b": "a horn",
    "\u0323": "a dot below",
    "\u0326": "a comma below",
    "\u0327": "a cedilla",
    "\u0328": "a tail below",
}

SHAPES = {"đ": ("d", "a stroke"), "ø": ("o", "a stroke"), "ł": ("l", "a stroke"), "ı": ("i", "no dot")}
"""Letters that Unicode does not take apart: the plain letter, and what it has."""


def spell_id(text: str) -> str:
    """Return `S as in Sam, zero, one, two` for an ID or username; case is not said."""
    return ", ".join(_said(cluster) for cluster in clusters(text))


def spell_name(text: str) -> str:
    """Return `O as in ocean, apostrophe, B as in boy` for a name; case is said where it surprises."""
    said, starts_word = [], True
    for cluster in clusters(text):
        said.append((_case(cluster[0], starts_word) if _letter(cluster) else "") + _said(cluster))
        starts_word = not cluster[0].isalpha()
    return ", ".join(said)


def clusters(text: str) -> Iterator[str]:
    """Yield each character together with the accents that follow it."""
    cluster = ""
    for each in normalize("NFC", text):
        if cluster and not combining(each):
            yield cluster
            cluster = ""
        cluster += each
    if cluster:
        yield cluster


def _case(letter: str, starts_word: bool) -> str:
    if starts_word:
        return "small " if letter.islower() else ""
    return "capital " if letter.isupper() else ""


def _said(cluster: str) -> str:
    known = SIGNS.get(cluster) or DIGITS.get(cluster)
    return known or _letter(cluster) or f"the character {cluster}"


def _letter(cluster: str) -> str:
    base, *marks = list(normalize("NFD", cluster))
    plain, shape = SHAPES.get(base.lower(), (base, ""))
    if plain.upper() not in LETTERS or any(mark not in ACCENTS for mark in marks):
        return ""
    has = " and ".join(filter(None, (shape, *(ACCENTS[mark] for mark in marks))))
    return f"{plain.upper()} as in {LETTERS[plain.upper()]}" + (f" with {has}" if has else "")
