"""Advice on a mistyped username or ID number, spoken to the family: what was typed, and what to type instead."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from wizard.district import StudentId
from wizard.letters import DIGITS, SIGNS, sign_code
from wizard.phrases import ENGLISH, MOST_LISTED, Phrases
from wizard.readings import Mistake, meant_digit

INVISIBLE = "\u200b"
"""Stands for whatever invisible character came along with a copied text."""

_NAMED = {INVISIBLE: "invisible", "-": "dash", "\ufffd": "unseen"}


class Advice(NamedTuple):
    """What to say in one district about one student, or without knowing the student."""

    shape: StudentId
    student_id: str | None
    what: str
    """`username` or `id-number`."""
    phrases: Phrases = ENGLISH

    def right(self) -> str:
        """Say that nothing is wrong."""
        return self.phrases("right" if self.student_id else "well-formed", what=self._what)

    def empty(self) -> str:
        """Say that nothing was typed."""
        return f"{self.phrases('nothing-typed', what=self._what)} {self._ending()}"

    def mail_address(self) -> str:
        """Say that an address with an @ is something else."""
        return f"{self.phrases('mail-address', what=self._what)} {self._ending()}"

    def not_a_username(self) -> str:
        """Say that this was meant as something else."""
        code = "not-a-username" if self.what == "username" else "not-an-id-number"
        return f"{self.phrases(code)} {self._ending()}"

    def wrong_length(self, digits: int) -> str:
        """Say how many digits there are, and how many there should be."""
        wanted = self.shape.digits
        off, how = abs(digits - wanted), "missing" if digits < wanted else "too-many"
        found = self.phrases("one-digit" if digits == 1 else "digits", digits=digits, wanted=wanted)
        tell = self.phrases(f"one-{how}" if off == 1 else f"some-{how}", count=off)
        return f"{self.phrases('wrong-length', found=found, off=tell)} {self._ending()}"

    def repair(self, mistakes: Sequence[Mistake]) -> str:
        """Say each mistake and how to put it right."""
        return " ".join((*self._each(mistakes), self._ending()))

    def other(self, mistakes: Sequence[Mistake], digits: str) -> str:
        """Say that the number is not this student's, and where it differs."""
        difference = _difference(digits, self.student_id or "", self.phrases)
        told = self.phrases("not-this-student", difference=difference)
        return " ".join((*self._each(mistakes), told, self._ending()))

    @property
    def _what(self) -> str:
        return self.phrases(self.what)

    def _each(self, mistakes: Iterable[Mistake]) -> list[str]:
        return [_TOLD[mistake.code](mistake, self.shape, self.phrases) for mistake in mistakes]

    def _ending(self) -> str:
        prefix, digits = self.shape.username_prefix, self.shape.digits
        if self.student_id:
            return self.phrases("it-is", what=self._what, right=f"{prefix}{self.student_id}")
        zero = self.phrases("zero-first") if self.shape.leading_zero else ""
        if not prefix:
            return self.phrases(f"only-digits-{self.what}", digits=digits, zero=zero)
        letters = _letters(prefix, self.phrases)
        return self.phrases("a-username", length=self.shape.username_length, letters=letters, digits=digits, zero=zero)


Telling = Callable[[Mistake, StudentId, Phrases], str]


def _told_with_prefix(mistake: Mistake, shape: StudentId, phrases: Phrases) -> str:
    prefix, seen = shape.username_prefix, named(mistake.seen, phrases)
    letters, zeros = _letters(prefix, phrases), _zeros(mistake.count, phrases)
    return phrases(mistake.code, prefix=prefix, letters=letters, zeros=zeros, seen=seen)


def _missing_zero(mistake: Mistake, shape: StudentId, phrases: Phrases) -> str:
    code = "missing-zero" if mistake.count == 1 else "missing-zeros"
    place = "" if shape.username_prefix else "-in-front"
    return phrases(code + place, count=mistake.count, prefix=shape.username_prefix)


def _extra_zero(mistake: Mistake, shape: StudentId, phrases: Phrases) -> str:
    return phrases("extra-zero" if mistake.count == 1 else "extra-zeros", count=mistake.count)


def _letter_for_zero(mistake: Mistake, shape: StudentId, phrases: Phrases) -> str:
    return phrases("letter-for-zero")


def _look_alike_digit(mistake: Mistake, shape: StudentId, phrases: Phrases) -> str:
    pairs = [
        phrases("look-alike-pair", seen=named(each, phrases), digit=_digit(meant_digit(each), phrases))
        for each in dict.fromkeys(mistake.seen)
    ]
    return phrases("look-alike-digit", pairs=phrases.listed(pairs))


def _stray_character(mistake: Mistake, shape: StudentId, phrases: Phrases) -> str:
    signs = [named(seen, phrases) for seen in dict.fromkeys(mistake.seen)]
    if len(mistake.seen) == 1:
        return phrases("stray-character", sign=signs[0])
    return phrases("stray-characters", signs=phrases.listed(signs))


_TOLD: Mapping[str, Telling] = {
    "lower-case": _told_with_prefix,
    "missing-prefix": _told_with_prefix,
    "missing-prefix-and-zero": _told_with_prefix,
    "missing-zero": _missing_zero,
    "extra-zero": _extra_zero,
    "letter-for-zero": _letter_for_zero,
    "look-alike-prefix": _told_with_prefix,
    "look-alike-digit": _look_alike_digit,
    "stray-character": _stray_character,
}


def named(characters: str, phrases: Phrases = ENGLISH) -> str:
    """Return characters in words: `the small letter L`, `the number five`, `a space`."""
    return " ".join(_named(character, phrases) for character in characters)


def _named(character: str, phrases: Phrases) -> str:
    if character in _NAMED:
        return phrases(_NAMED[character])
    if character in DIGITS:
        return phrases("number-digit", digit=_digit(character, phrases))
    if character in SIGNS:
        return phrases.a(phrases(sign_code(character)))
    if character.isascii() and character.isalpha():
        size = "small" if character.islower() else "capital"
        return phrases(f"typed-{size}-letter", letter=character.upper())
    return phrases("blank") if character.isspace() else phrases("the-character", character=character)


def different_places(one: str, other: str) -> list[int]:
    """Return where two numbers differ; what one has more than the other differs, too."""
    return [place for place, (a, b) in enumerate(zip_longest(one, other)) if a != b]


def _difference(typed: str, right: str, phrases: Phrases) -> str:
    """Return which digits differ, in words: swapped neighbors, up to three single ones, or how many."""
    places = different_places(typed, right)
    if len(places) == 2 and places[1] == places[0] + 1 and typed[places[0]] == right[places[1]]:
        first, second = places
        if typed[second] == right[first]:
            return phrases("digits-swapped", first=phrases.ordinal(first + 1), second=phrases.ordinal(second + 1))
    if not 0 < len(places) <= MOST_LISTED or len(typed) != len(right) or not set(right) <= set(DIGITS):
        return phrases("digits-differ", count=len(places), total=max(len(typed), len(right)))
    return phrases.listed([_digit_differs(at, typed[at], right[at], phrases) for at in places])


def _digit_differs(at: int, typed: str, right: str, phrases: Phrases) -> str:
    place = phrases.ordinal(at + 1)
    return phrases("digit-differs", place=place, typed=_digit(typed, phrases), right=_digit(right, phrases))


def _digit(digit: str, phrases: Phrases) -> str:
    return phrases(f"digit-{digit}")


def _letters(prefix: str, phrases: Phrases) -> str:
    return phrases("a-capital", letter=prefix) if len(prefix) == 1 else phrases("capital-letters", letters=prefix)


def _zeros(count: int, phrases: Phrases) -> str:
    return phrases("the-zero") if count == 1 else phrases("zeros", count=count)
