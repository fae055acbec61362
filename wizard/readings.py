"""Readings: every way in which typed text can be meant as a username, with the mistakes that lie between.

A person takes an O for a zero, leaves the S out, or copies a space along. Each reading says what the text
would be after its mistakes are put right; `identifiers` picks the likeliest and puts it into words.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from wizard.district import StudentId
from wizard.text import REPLACEMENT

ZERO_LETTERS = frozenset("OoΟοОоØø")
"""The letter O as Latin, Greek and Cyrillic write it."""

LOOKS_LIKE_DIGIT = {
    **dict.fromkeys("QD", "0"),
    **dict.fromkeys("lIiıІі|!", "1"),
    **dict.fromkeys("Zz", "2"),
    **dict.fromkeys("Ss$Ѕѕ", "5"),
    **dict.fromkeys("Gb", "6"),
    **dict.fromkeys("Bß", "8"),
    **dict.fromkeys("gq", "9"),
}
LOOKS_LIKE_LETTER = {"S": "5$§Ѕѕ", "O": "0", "I": "1l|!", "B": "8", "Z": "2", "G": "6", "D": "0", "Q": "0"}
_LOOKS_LIKE_ANY_LETTER = frozenset("".join(LOOKS_LIKE_LETTER.values()))


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that went wrong."""

    code: str
    """One of the repairable mistakes of `wizard.vocabulary.USERNAME_CODES`."""
    seen: str = ""
    """The characters that were typed in the wrong place, if any."""
    count: int = 1
    """How many zeros are missing or too many."""
    weight: float = 1.0
    """How unusual it is."""


class Reading(NamedTuple):
    """One way to read the text: the digits in it, and the mistakes on the way there."""

    digits: str
    mistakes: tuple[Mistake, ...]
    real_digits: int
    """How many of the digits were typed as digits."""

    @property
    def unlikely(self) -> float:
        """Return how much must have gone wrong: fewer and more usual mistakes are likelier."""
        return sum(mistake.weight for mistake in self.mistakes)

    @property
    def typed_digits(self) -> str:
        """Return the digits before zeros were put in or taken out at the front."""
        missing = sum(each.count for each in self.mistakes if each.code == "missing-zero")
        extra = sum(each.count for each in self.mistakes if each.code == "extra-zero")
        return "0" * extra + self.digits[missing:]

    @property
    def odd_characters(self) -> int:
        """Return how many characters are neither right nor look like what belongs in their place."""
        return sum(len(each.seen) for each in self.mistakes if each.code == "stray-character" or each.weight > 1)


def strays(text: str) -> tuple[str, str]:
    """Split text into what can belong to a username, and blanks, dashes and other signs that never do."""
    kept = "".join(character for character in text if not _is_stray(character))
    return kept, "".join(filter(_is_stray, text))


def _is_stray(character: str) -> bool:
    if character in LOOKS_LIKE_DIGIT or character in _LOOKS_LIKE_ANY_LETTER:
        return False
    return character == REPLACEMENT or unicodedata.category(character)[0] in "PSZMC"


def readings(text: str, shape: StudentId, student_id: str | None) -> Iterator[Reading]:
    """Yield every reading of text without strays; those that fit the shape are usernames once put right."""
    for rest, before in _prefixes(text, shape.username_prefix):
        for digits, between, real in _digits(rest):
            for number, zeros in _zeros(digits, shape, student_id):
                yield Reading(number, (*before, *zeros, *between), real)


def _prefixes(text: str, prefix: str) -> Iterator[tuple[str, tuple[Mistake, ...]]]:
    if not prefix:
        yield text, ()
        return
    head = text[: len(prefix)]
    mistakes = [_prefix_mistake(typed, letter) for typed, letter in zip(head, prefix, strict=False)]
    if len(head) == len(prefix) and not any(_is_number(*pair) for pair in zip(head, prefix, strict=True)):
        wrong = [mistake for mistake in mistakes if mistake]
        worst = max(wrong, key=_seriousness, default=None)
        yield text[len(prefix) :], (replace(worst, seen=head),) if worst else ()
    if head.upper() != prefix:
        yield text, (Mistake("missing-prefix"),)


def _is_number(typed: str, letter: str) -> bool:
    return bool(_digit(typed)) and typed not in LOOKS_LIKE_LETTER.get(letter, "")


def _seriousness(mistake: Mistake) -> tuple[bool, float]:
    return mistake.code != "lower-case", mistake.weight


def _prefix_mistake(typed: str, letter: str) -> Mistake | None:
    """Return what is wrong with a letter of the prefix; None for nothing."""
    if typed == letter:
        return None
    if typed == letter.lower():
        return Mistake("lower-case")
    alike = typed in LOOKS_LIKE_LETTER.get(letter, "") or unicodedata.normalize("NFKC", typed).upper() == letter
    return Mistake("look-alike-prefix", weight=1.0 if alike else 1.5)


def _digits(rest: str) -> Iterator[tuple[str, tuple[Mistake, ...], int]]:
    """Yield the digits with look-alikes taken for digits, then with every letter left out."""
    real = sum(bool(_digit(character)) for character in rest)
    for letters_count in (True, False) if not (rest.isascii() and rest.isdigit()) else (True,):
        meant = [(character, meant_digit(character) if letters_count else _plain(character)) for character in rest]
        zeros = "".join(typed for typed, digit in meant if digit == "0" and typed in ZERO_LETTERS)
        looks = "".join(typed for typed, digit in meant if digit and digit != typed and typed not in ZERO_LETTERS)
        others = "".join(typed for typed, digit in meant if not digit)
        mistakes = (
            Mistake("letter-for-zero", zeros),
            Mistake("look-alike-digit", looks),
            Mistake("stray-character", others),
        )
        yield "".join(digit for _, digit in meant), tuple(mistake for mistake in mistakes if mistake.seen), real


def _plain(character: str) -> str:
    return character if character.isascii() and character.isdigit() else ""


def meant_digit(character: str) -> str:
    """Return the digit that a character is or looks like; empty for none."""
    if character in ZERO_LETTERS:
        return "0"
    return LOOKS_LIKE_DIGIT.get(character) or _digit(character)


def _digit(character: str) -> str:
    """Return the digit that a character is, in whatever script; empty for none."""
    value = unicodedata.digit(character, None)
    return "" if value is None else str(value)


def _zeros(digits: str, shape: StudentId, student_id: str | None) -> Iterator[tuple[str, tuple[Mistake, ...]]]:
    """Yield the digits as they are, and with zeros put in or taken out at the front."""
    yield digits, ()
    lacking = shape.digits - len(digits)
    if digits and lacking > 0 and _zeros_are_missing(digits, lacking, shape, student_id):
        yield digits.zfill(shape.digits), (Mistake("missing-zero", count=lacking),)
    too_many = "00" if shape.leading_zero else "0"
    shorter = digits
    while len(shorter) > shape.digits and shorter.startswith(too_many):
        shorter = shorter[1:]
    if shorter != digits:
        yield shorter, (Mistake("extra-zero", count=len(digits) - len(shorter)),)


def _zeros_are_missing(digits: str, lacking: int, shape: StudentId, student_id: str | None) -> bool:
    if digits.zfill(shape.digits) == student_id:
        return True
    # `012345` more likely lost one of its other digits than a second zero.
    return shape.leading_zero and lacking == 1 and not digits.startswith("0")
