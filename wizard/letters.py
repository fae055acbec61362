"""Letters, digits, signs and accents by name: what spelling aloud and telling differences have in common."""

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

OF_THE_LETTER = frozenset("\u0302\u0306\u031b")
"""Circumflex, bowl and horn make another letter in Vietnamese: they are named before the tone that it carries."""

SHAPES = {"đ": ("d", "a stroke"), "ø": ("o", "a stroke"), "ł": ("l", "a stroke"), "ı": ("i", "no dot")}
"""Letters that Unicode does not take apart: the plain letter, and what it has."""

WHOLE = {"Ñ": "letter-n-tilde", "Đ": "letter-d-stroke"}
"""Letters with a mark that are letters of their own in some language -> the code of their phrase."""


def sign_code(sign: str) -> str:
    """Return the code of the phrase for a sign: `sign-hyphen`."""
    return f"sign-{_kebab(SIGNS[sign])}"


def mark_code(mark: str) -> str:
    """Return the code of the phrase for what a letter has, given its English words: `mark-acute-accent`."""
    return f"mark-{_kebab(mark.removeprefix('an ').removeprefix('a '))}"


def _kebab(words: str) -> str:
    return words.replace(" ", "-").lower()
