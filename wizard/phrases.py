"""What this program puts into spoken words by itself: each phrase under its code, in English.

Diagnoses, differences, times and spelling are put together from these phrases. The locale files
(`flows/locale/*.toml`) hold the same codes in other languages; the linter holds them together.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from flows.words import substituted
from wizard.letters import ACCENTS, DIGITS, LETTERS, SHAPES, SIGNS, mark_code, sign_code
from wizard.slip_words import SLIP

MOST_LISTED = 3
"""Things named one by one; beyond these a sentence would never end."""

ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    "twentieth",
)

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ZONES = ("EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "AKST", "AKDT", "HST")
"""Zones whose abbreviation has words of its own in other languages."""

_GENERAL = {
    "and": "{first} and {last}",
    "more": "more",
    "a-noun": "a {noun}",
    "an-noun": "an {noun}",
    "the-noun": "the {noun}",
    "noun-letter": "letter {letter}",
    "noun-digit": "digit {digit}",
    "noun-character": "character {character}",
    "special-space": "special space",
    "straight-apostrophe": "straight apostrophe",
    "the-character": "the character {character}",
    "username": "username",
    "id-number": "ID number",
    "last-name": "last name",
    "first-name": "first name",
    "video-at": "{title}, at {address}",
}

_SPELLING = {
    "letter-with": "{letter} with {marks}",
    "letter-n-tilde": "N as in nose with a tilde",
    "letter-d-stroke": "D as in dog with a stroke",
    "spelled-small": "small {letter}",
    "spelled-capital": "capital {letter}",
    **{f"letter-{letter.lower()}": f"{letter} as in {word}" for letter, word in LETTERS.items()},
    **{f"digit-{digit}": word for digit, word in DIGITS.items()},
    **{sign_code(sign): noun for sign, noun in SIGNS.items()},
    **{mark_code(mark): mark for mark in chain(ACCENTS.values(), (mark for _, mark in SHAPES.values()))},
}

_TYPED_CHARACTERS = {
    "invisible": "an invisible character",
    "dash": "a dash",
    "unseen": "a character that nobody can see",
    "blank": "a blank",
    "number-digit": "the number {digit}",
    "typed-small-letter": "the small letter {letter}",
    "typed-capital-letter": "the capital letter {letter}",
    "a-capital": "a capital {letter}",
    "capital-letters": "the capital letters {letters}",
    "the-zero": "the zero",
    "zeros": "{count} zeros",
    **{f"ordinal-{place}": word for place, word in enumerate(ORDINALS, start=1)},
    "ordinal": "{number}th",
}

_USERNAMES = {
    "right": "That is the right {what}.",
    "well-formed": "That is a well-formed {what}.",
    "nothing-typed": "Nothing was typed for the {what}.",
    "mail-address": "An address with an at sign is not the {what}.",
    "not-a-username": "That is not a username here.",
    "not-an-id-number": "That is not an ID number here.",
    "one-digit": "There is 1 digit where {wanted} belong",
    "digits": "There are {digits} digits where {wanted} belong",
    "one-missing": "1 is missing",
    "some-missing": "{count} are missing",
    "one-too-many": "1 is too many",
    "some-too-many": "{count} are too many",
    "wrong-length": "{found}: {off}.",
    "not-this-student": "The number is not this student's: {difference}.",
    "it-is": "The {what} is {right}.",
    "zero-first": ", the first one a zero",
    "only-digits-username": "A username has {digits} digits{zero}, and nothing else.",
    "only-digits-id-number": "An ID number has {digits} digits{zero}, and nothing else.",
    "a-username": "A username has {length} characters: {letters}, then the {digits} digits of the ID number{zero}.",
    "lower-case": "The letter in front is a small one. Type {letters}.",
    "missing-prefix": "The {prefix} in front is missing. Type {letters} before the number.",
    "missing-prefix-and-zero": (
        "The {prefix} and {zeros} in front are missing. Type {letters}, then {zeros}, then the number."
    ),
    "missing-zero": "The zero right after the {prefix} is missing. Type the number zero there.",
    "missing-zeros": "{count} zeros right after the {prefix} are missing. Type the number zero there.",
    "missing-zero-in-front": "The zero in front is missing. Type the number zero there.",
    "missing-zeros-in-front": "{count} zeros in front are missing. Type the number zero there.",
    "extra-zero": "There is one zero too many in front. Take one zero out.",
    "extra-zeros": "There are {count} zeros too many in front. Take {count} zeros out.",
    "letter-for-zero": "You typed the letter O where a zero belongs. Take the O out and type the number zero instead.",
    "look-alike-prefix": "You typed {seen} where the {prefix} belongs. Take it out and type {letters} instead.",
    "look-alike-digit": "You typed {pairs}. Take it out and type the number instead.",
    "look-alike-pair": "{seen} where the number {digit} belongs",
    "stray-character": "Something does not belong there: {sign}. Take it out.",
    "stray-characters": "These do not belong there: {signs}. Take them all out.",
    "digits-swapped": "the {first} and the {second} digit are swapped",
    "digits-differ": "{count} of its {total} digits differ",
    "digit-differs": "the {place} digit is {typed} where {right} belongs",
}

_NAMES = {
    "same": "The {what} is exactly as in the records.",
    "not-in-record": "The record has no {what}: leave it empty.",
    "other-way-round": "That is the {what}: the first and the last name are the other way round.",
    "different": "The {what} is a different one: typed was “{typed}”, the record has “{record}”.",
    "almost-right": "The {what} is almost right: {differences}.",
    "prefix-not-here": "The digits are right, but here the {prefix} in front does not belong. Take it out.",
    "parts-order": "the parts of the name are in another order",
    "part-missing": "{part} is missing",
    "part-extra": "{part} does not stand in the record",
    "suffix": "the suffix {part}",
    "missing-run": "{run} is missing {place}",
    "missing-one": "the {noun} is missing {place}",
    "extra-run": "there is {run} too much {place}",
    "extra-one": "there is an extra {noun} {place}",
    "swapped": "two characters are swapped: {typed} stands where the record has {record}",
    "instead": "{typed} stands where the record has {record}",
    "instead-at": "{instead} {place}",
    "after": "after {word}",
    "at-the-beginning": "at the beginning",
    "accent-missing": "the accent is missing on the {letter}: the record has {record}",
    "accent-extra": "there is an accent on the {letter}, and the record has none",
    "accent-other": "another accent stands on the {letter}: the record has {record}",
    "capitals": "capital letters differ",
    "capitals-listed": "capital letters differ: the record has {letters}",
    "record-capital": "capital {letter}",
    "record-small": "small {letter}",
}

_TIMES = {
    "moment": "{weekday} {time} {zone}",
    "date": "{weekday}, {month} {day}, {year}, {time} {zone}",
    "time": "{hour}:{minute} {part}",
    "time-at-one": "{hour}:{minute} {part}",
    "time-full-hour": "{hour}:00 {part}",
    "time-full-hour-at-one": "{hour}:00 {part}",
    "small-hours": "AM",
    "morning": "AM",
    "late-morning": "AM",
    "noon": "PM",
    "afternoon": "PM",
    "evening": "PM",
    "night": "PM",
    **{f"weekday-{name}": name[:3].capitalize() for name in WEEKDAYS},
    **{f"month-{name}": name.capitalize() for name in MONTHS},
    **{f"zone-{name.lower()}": name for name in ZONES},
    "days-one": "1 day",
    "days": "{count} days",
    "hours-one": "1 h",
    "hours": "{count} h",
    "minutes-one": "1 min",
    "minutes": "{count} min",
    "two-units": "{first} {second}",
    "three-units": "{first} {second} {third}",
    "now": "now",
    "no-time": "no time",
}

TEXTS: Mapping[str, str] = _GENERAL | _SPELLING | _TYPED_CHARACTERS | _USERNAMES | _NAMES | _TIMES | SLIP
"""Code -> the English phrase, with {placeholders} for what is put into it."""


class Phrases(NamedTuple):
    """The phrases of one language."""

    language: str
    texts: Mapping[str, str]

    def __call__(self, code: str, **values: object) -> str:
        """Return a phrase with its values put in."""
        return substituted(self.texts[code], lambda name: str(values[name]))

    def listed(self, parts: Sequence[str]) -> str:
        """Return `a, b and c`; of many only the first few."""
        shown = [*parts[:MOST_LISTED], self("more")] if len(parts) > MOST_LISTED else list(parts)
        return self("and", first=", ".join(shown[:-1]), last=shown[-1]) if len(shown) > 1 else shown[0]

    def a(self, noun: str) -> str:
        """Return a noun with its article: `a hyphen`, `an apostrophe`."""
        return self("an-noun" if noun[0] in "aeio" else "a-noun", noun=noun)

    def ordinal(self, place: int) -> str:
        """Return which one it is, counted from 1: `first`."""
        code = f"ordinal-{place}"
        return self(code) if code in self.texts else self("ordinal", number=place)


ENGLISH = Phrases("en", TEXTS)
