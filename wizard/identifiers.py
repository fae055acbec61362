"""What went wrong when a student ID or a username was typed (D07)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from wizard.advice import INVISIBLE, Advice, different_places
from wizard.district import District, StudentId
from wizard.phrases import ENGLISH, Phrases
from wizard.readings import Mistake, Reading, readings, strays
from wizard.text import REPLACEMENT, clean

ODD_CHARACTERS = 2
"""More characters than these that look like nothing in a username: it was meant as something else."""

MOST_DIFFERENT = 2
"""With more wrong digits than these, a number of the wrong length is no slip with the zeros."""


class Diagnosis(NamedTuple):
    """What is wrong with a typed username."""

    code: str
    """One of `wizard.vocabulary.USERNAME_CODES`."""
    problems: tuple[str, ...]
    """The codes of everything that is wrong; empty when nothing is."""
    normalized: str
    """The username that was typed, its mistakes put right; empty when that cannot be told."""
    words: str
    """What to say: what is wrong, and what to type instead."""


def has_prefix(typed: str, student_id: str, district: District) -> bool:
    """Return whether the text is the student's ID with the username's letter in front, capital or small."""
    prefix = district.student_id.username_prefix
    return bool(prefix) and typed.strip().upper() == prefix + student_id


def diagnose(typed: str, district: District, student_id: str | None = None, phrases: Phrases = ENGLISH) -> Diagnosis:
    """Say what is wrong with a typed username; the right one is told only when the student is known."""
    return _diagnose(typed, _shape(district, student_id), student_id, "username", phrases)


def diagnose_id(typed: str, district: District, student_id: str, phrases: Phrases = ENGLISH) -> Diagnosis:
    """Say what is wrong with a typed ID number, which has no letter in front (D23)."""
    shape = _shape(district, student_id).model_copy(update={"username_prefix": ""})
    return _diagnose(typed, shape, student_id, "id-number", phrases)


def _shape(district: District, student_id: str | None) -> StudentId:
    """Return what an ID looks like; a student whose own ID is an exception is compared with that."""
    shape = district.student_id
    if not student_id or shape.fits(student_id) or not (student_id.isascii() and student_id.isdigit()):
        return shape
    return shape.model_copy(update={"digits": len(student_id), "leading_zero": student_id.startswith("0")})


def _diagnose(typed: str, shape: StudentId, student_id: str | None, what: str, phrases: Phrases) -> Diagnosis:
    cleaned, advice = clean(typed), Advice(shape, student_id, what, phrases)
    text = cleaned.text
    if student_id and typed == shape.username_prefix + student_id:
        return Diagnosis("right", (), typed, advice.right())
    if not text.replace(REPLACEMENT, " ").strip():
        return _alone("empty", advice.empty())
    if "@" in text:
        return _alone("not-a-username", advice.mail_address())
    kept, signs = strays(text)
    if cleaned.replaced > text.count(REPLACEMENT):
        signs += INVISIBLE
    every = [reading for reading in readings(kept, shape, student_id) if reading.odd_characters <= ODD_CHARACTERS]
    fitting = [reading for reading in every if shape.fits(reading.digits) and 2 * reading.real_digits >= shape.digits]
    if not fitting:
        return _unreadable(every, shape, student_id, advice)
    best = min(fitting, key=lambda reading: (reading.digits != (student_id or reading.digits), reading.unlikely))
    return _readable(best, signs, shape, student_id, advice)


def _alone(code: str, words: str) -> Diagnosis:
    return Diagnosis(code, (code,), "", words)


def _readable(best: Reading, signs: str, shape: StudentId, student_id: str | None, advice: Advice) -> Diagnosis:
    mistakes = _joined(best.mistakes, signs)
    problems = tuple(mistake.code for mistake in mistakes)
    username = shape.username_prefix + best.digits
    if student_id and best.digits != student_id:
        if len(best.typed_digits) != shape.digits and not _nearly(best.digits, best.typed_digits, student_id):
            return _alone("wrong-length", advice.wrong_length(len(best.typed_digits)))
        return Diagnosis("other-student", (*problems, "other-student"), username, advice.other(mistakes, best.digits))
    if not mistakes:
        return Diagnosis("right", (), username, advice.right())
    code = problems[0] if len(problems) == 1 else "several"
    return Diagnosis(code, problems, username, advice.repair(mistakes))


def _unreadable(every: Sequence[Reading], shape: StudentId, student_id: str | None, advice: Advice) -> Diagnosis:
    """Tell a number of the wrong length from something that was never meant as a username."""
    numbers = [reading for reading in every if reading.real_digits * 2 >= max(1, len(reading.digits))]
    if not numbers:
        return _alone("not-a-username", advice.not_a_username())
    best = min(numbers, key=lambda reading: reading.unlikely)
    if len(best.typed_digits) != shape.digits:
        return _alone("wrong-length", advice.wrong_length(len(best.typed_digits)))
    if student_id:
        return _alone("other-student", advice.other((), best.digits))
    return _alone("not-a-username", advice.not_a_username())


def _joined(mistakes: Sequence[Mistake], signs: str) -> tuple[Mistake, ...]:
    """Put stray signs and stray letters together, and a missing prefix and a missing zero (one row of the table)."""
    found = {mistake.code: mistake for mistake in mistakes}
    if signs:
        letters = found.pop("stray-character", Mistake("stray-character"))
        found["stray-character"] = replace(letters, seen=letters.seen + signs)
    if "missing-prefix" in found and "missing-zero" in found:
        zero = found.pop("missing-zero")
        found["missing-prefix"] = replace(zero, code="missing-prefix-and-zero")
    return tuple(found.values())


def _nearly(repaired: str, typed: str, student_id: str) -> bool:
    """Return whether the zeros in front explain the length better than a digit lost or doubled further back."""
    longer, shorter = (typed, student_id) if len(typed) > len(student_id) else (student_id, typed)
    if any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))):
        return False
    return len(different_places(repaired, student_id)) <= MOST_DIFFERENT
