"""Student IDs as people type them: with the username's letter, look-alike signs, a zero short, digits swapped."""

from collections.abc import Iterator

LOOKALIKES = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1", "$": "", "-": "", " ": "", ".": ""})
"""Signs typed for a digit, and signs typed for nothing."""

SHORTEST = 5
"""From this many digits on, a number that nobody has is searched with one mistake forgiven."""


def readings(typed: str) -> list[str]:
    """Return the numbers this may stand for, likeliest first; none when it does not look like a number."""
    text = typed.strip().casefold().partition("@")[0]
    if not any(letter in "0123456789" for letter in text):
        return []
    rest = text.lstrip("abcdefghijklmnopqrstuvwxyz")
    letters = text[: len(text) - len(rest)]
    if len(letters) > 3:
        return []
    # `so123456`: the o may be a zero or belong to the letters in front
    forms = dict.fromkeys((letters[at:] + rest).translate(LOOKALIKES) for at in range(len(letters) + 1))
    return [number for number in forms if len(number) > 1 and number.isascii() and number.isdecimal()]


def nearly(number: str) -> Iterator[str]:
    """Yield every number that is one mistake away: a digit missing, swapped, wrong or too many."""
    for at in range(len(number) + 1):
        head, tail = number[:at], number[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for digit in "0123456789":
            yield head + digit + tail
            if tail:
                yield head + digit + tail[1:]
