"""Advice on a mistyped username or ID number, spoken to the family: what was typed, and what to type instead."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from wizard.district import StudentId
from wizard.readings import Mistake, meant_digit
from wizard.spoken import DIGITS, SIGNS

INVISIBLE = "\u200b"
"""Stands for whatever invisible character came along with a copied text."""

MOST_NAMED = 3
"""Characters named one by one; beyond these the sentence would never end."""

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
)
_NAMED = {INVISIBLE: "an invisible character", "-": "a dash", "\ufffd": "a character that nobody can see"}


@dataclass(frozen=True, slots=True)
class Advice:
    """What to say in one district about one student, or without knowing the student."""

    shape: StudentId
    student_id: str | None
    what: str
    """`username` or `ID number`."""

    def right(self) -> str:
        """Say that nothing is wrong."""
        return f"That is the right {self.what}." if self.student_id else f"That is a well-formed {self.what}."

    def empty(self) -> str:
        """Say that nothing was typed."""
        return f"Nothing was typed for the {self.what}. {self._ending()}"

    def mail_address(self) -> str:
        """Say that an address with an @ is something else."""
        return f"An address with an at sign is not the {self.what}. {self._ending()}"

    def not_a_username(self) -> str:
        """Say that this was meant as something else."""
        return f"That is not {_a(self.what)} here. {self._ending()}"

    def wrong_length(self, digits: int) -> str:
        """Say how many digits there are, and how many there should be."""
        off = abs(digits - self.shape.digits)
        tell = "missing" if digits < self.shape.digits else "too many"
        there = "There is 1 digit" if digits == 1 else f"There are {digits} digits"
        are = "is" if off == 1 else "are"
        return f"{there} where {self.shape.digits} belong: {off} {are} {tell}. {self._ending()}"

    def repair(self, mistakes: Sequence[Mistake]) -> str:
        """Say each mistake and how to put it right."""
        return " ".join((*self._each(mistakes), self._ending()))

    def other(self, mistakes: Sequence[Mistake], digits: str) -> str:
        """Say that the number is not this student's, and where it differs."""
        found = " ".join(self._each(mistakes))
        difference = _difference(digits, self.student_id or "")
        return f"{found} The number is not this student's: {difference}. {self._ending()}".strip()

    def _each(self, mistakes: Iterable[Mistake]) -> list[str]:
        return [_TOLD[mistake.code](mistake, self.shape) for mistake in mistakes]

    def _ending(self) -> str:
        prefix, digits = self.shape.username_prefix, self.shape.digits
        if self.student_id:
            return f"The {self.what} is {prefix}{self.student_id}."
        zero = ", the first one a zero" if self.shape.leading_zero else ""
        if not prefix:
            return f"{_a(self.what).capitalize()} has {digits} digits{zero}, and nothing else."
        letters = _letters(prefix)
        length = self.shape.username_length
        return f"A username has {length} characters: {letters}, then the {digits} digits of the ID number{zero}."


def _lower_case(mistake: Mistake, shape: StudentId) -> str:
    letters = _letters(shape.username_prefix)
    return f"The letter in front is a small one. Type {letters}."


def _missing_prefix(mistake: Mistake, shape: StudentId) -> str:
    prefix = shape.username_prefix
    return f"The {prefix} in front is missing. Type {_letters(prefix)} before the number."


def _missing_prefix_and_zero(mistake: Mistake, shape: StudentId) -> str:
    prefix, zeros = shape.username_prefix, _zeros(mistake.count)
    return f"The {prefix} and {zeros} in front are missing. Type {_letters(prefix)}, then {zeros}, then the number."


def _missing_zero(mistake: Mistake, shape: StudentId) -> str:
    place = f"right after the {shape.username_prefix}" if shape.username_prefix else "in front"
    are = "is" if mistake.count == 1 else "are"
    return f"{_zeros(mistake.count).capitalize()} {place} {are} missing. Type the number zero there."


def _extra_zero(mistake: Mistake, shape: StudentId) -> str:
    if mistake.count == 1:
        return "There is one zero too many in front. Take one zero out."
    return f"There are {mistake.count} zeros too many in front. Take {mistake.count} zeros out."


def _letter_for_zero(mistake: Mistake, shape: StudentId) -> str:
    return "You typed the letter O where a zero belongs. Take the O out and type the number zero instead."


def _look_alike_prefix(mistake: Mistake, shape: StudentId) -> str:
    seen, letters = named(mistake.seen), _letters(shape.username_prefix)
    return f"You typed {seen} where the {shape.username_prefix} belongs. Take it out and type {letters} instead."


def _look_alike_digit(mistake: Mistake, shape: StudentId) -> str:
    seen = dict.fromkeys(mistake.seen)
    pairs = [f"{named(each)} where the number {DIGITS[meant_digit(each)]} belongs" for each in seen]
    return f"You typed {_and(pairs)}. Take it out and type the number instead."


def _stray_character(mistake: Mistake, shape: StudentId) -> str:
    signs = [named(seen) for seen in dict.fromkeys(mistake.seen)]
    if len(mistake.seen) == 1:
        return f"Something does not belong there: {signs[0]}. Take it out."
    return f"These do not belong there: {_and(signs)}. Take them all out."


_TOLD = {
    "lower-case": _lower_case,
    "missing-prefix": _missing_prefix,
    "missing-prefix-and-zero": _missing_prefix_and_zero,
    "missing-zero": _missing_zero,
    "extra-zero": _extra_zero,
    "letter-for-zero": _letter_for_zero,
    "look-alike-prefix": _look_alike_prefix,
    "look-alike-digit": _look_alike_digit,
    "stray-character": _stray_character,
}


def named(characters: str) -> str:
    """Return characters in words: `the small letter L`, `the number five`, `a space`."""
    return " ".join(_named(character) for character in characters)


def _named(character: str) -> str:
    if character in _NAMED:
        return _NAMED[character]
    if character in DIGITS:
        return f"the number {DIGITS[character]}"
    if character in SIGNS:
        return _a(SIGNS[character])
    if character.isascii() and character.isalpha():
        return f"the {'small' if character.islower() else 'capital'} letter {character.upper()}"
    return "a blank" if character.isspace() else f"the character {character}"


def different_places(one: str, other: str) -> list[int]:
    """Return where two numbers differ; what one has more than the other differs, too."""
    return [place for place, (a, b) in enumerate(zip_longest(one, other)) if a != b]


def _difference(typed: str, right: str) -> str:
    """Return which digits differ, in words: swapped neighbors, up to three single ones, or how many."""
    places = different_places(typed, right)
    if len(places) == 2 and places[1] == places[0] + 1 and typed[places[0]] == right[places[1]]:
        first, second = places
        if typed[second] == right[first]:
            return f"the {_place(first)} and the {_place(second)} digit are swapped"
    if not 0 < len(places) <= MOST_NAMED or len(typed) != len(right) or not set(right) <= set(DIGITS):
        return f"{len(places)} of its {max(len(typed), len(right))} digits differ"
    return _and([f"the {_place(at)} digit is {DIGITS[typed[at]]} where {DIGITS[right[at]]} belongs" for at in places])


def _place(at: int) -> str:
    return _ORDINALS[at] if at < len(_ORDINALS) else f"{at + 1}th"


def _letters(prefix: str) -> str:
    return f"a capital {prefix}" if len(prefix) == 1 else f"the capital letters {prefix}"


def _zeros(count: int) -> str:
    return "the zero" if count == 1 else f"{count} zeros"


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeioAEIO' else 'a'} {noun}"


def _and(parts: Sequence[str]) -> str:
    shown = [*parts[:MOST_NAMED], "more"] if len(parts) > MOST_NAMED else list(parts)
    return " and ".join((", ".join(shown[:-1]), shown[-1])) if len(shown) > 1 else shown[0]
