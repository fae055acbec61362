"""Differences between a typed name and the record's, in words that can be said on the phone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from unicodedata import combining, normalize

from wizard.alignment import APOSTROPHES, HYPHENS, Edit, base
from wizard.spoken import DIGITS, SHAPES, SIGNS

MOST_NAMED = 3
"""Capital letters named one by one."""

_BREAKS = APOSTROPHES | HYPHENS | {" "}


def in_words(edits: Sequence[Edit], typed: Sequence[str], record: Sequence[str]) -> tuple[str, ...]:
    """Return every difference in words; both names are given as their characters."""
    phrases = [phrase for edit in _runs(edits) for phrase in _phrases(edit, typed, record)]
    return tuple(dict.fromkeys((*phrases, *_capitals(edits))))


def _runs(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Join characters that are missing or too many in a row."""
    run: Edit | None = None
    for edit in edits:
        if run and _continues(run, edit):
            run = replace(run, typed=run.typed + edit.typed, record=run.record + edit.record)
            continue
        if run:
            yield run
        run = edit
    if run:
        yield run


def _continues(run: Edit, edit: Edit) -> bool:
    if run.kind != edit.kind or run.kind not in ("missing", "extra"):
        return False
    whole = run.typed + run.record
    return edit.at == run.at + len(run.typed) and edit.record_at == run.record_at + len(run.record) and whole.isalnum()


def _phrases(edit: Edit, typed: Sequence[str], record: Sequence[str]) -> Iterator[str]:
    match edit.kind:
        case "missing":
            yield f"{_the(edit.record)} missing {_after(record, edit.record_at)}"
        case "extra":
            yield f"there is {_extra(edit.typed)} {_after(typed, edit.at)}"
        case "swapped":
            yield f"two characters are swapped: {edit.typed} stands where the record has {edit.record}"
        case "replaced" if base(edit.typed) != base(edit.record):
            yield f"{_instead(edit)} {_after(record, edit.record_at)}"
        case "replaced" if _accents(edit.typed) != _accents(edit.record):
            yield _accent(edit)
        case "replaced" if not _differ_in_case(edit):
            yield _instead(edit)


def _instead(edit: Edit) -> str:
    return f"{named(edit.typed)} stands where the record has {named(edit.record)}"


def _the(run: str) -> str:
    return f"{run if len(run) > 1 else f'the {_noun(run)}'} is"


def _extra(run: str) -> str:
    return f"{run} too much" if len(run) > 1 else f"an extra {_noun(run)}"


def _after(characters: Sequence[str], at: int) -> str:
    """Return where in the name: after which word or part of a word."""
    before = "".join(characters[:at])
    word = ""
    for character in reversed(before):
        if character in _BREAKS or character.isspace():
            if word:
                break
            continue
        word = character + word
    return f"after {word}" if word else "at the beginning"


def _accents(character: str) -> str:
    marks = "".join(filter(combining, normalize("NFD", character)))
    return marks or SHAPES.get(character.lower(), ("", ""))[1]


def _accent(edit: Edit) -> str:
    plain = base(edit.record)
    if not _accents(edit.typed):
        return f"the accent is missing on the {plain}: the record has {edit.record}"
    if not _accents(edit.record):
        return f"there is an accent on the {plain}, and the record has none"
    return f"another accent stands on the {plain}: the record has {edit.record}"


def _capitals(edits: Iterable[Edit]) -> tuple[str, ...]:
    """Return one phrase about all letters whose case differs."""
    differ = [edit.record for edit in edits if edit.kind == "replaced" and _differ_in_case(edit)]
    if not differ:
        return ()
    if len(differ) > MOST_NAMED:
        return ("capital letters differ",)
    letters = ", ".join(f"{'small' if letter.islower() else 'capital'} {letter}" for letter in differ)
    return (f"capital letters differ: the record has {letters}",)


def _differ_in_case(edit: Edit) -> bool:
    return base(edit.typed) == base(edit.record) and edit.typed.islower() != edit.record.islower()


def named(character: str) -> str:
    """Return one character in words: `a hyphen`, `the letter e`."""
    noun = "straight apostrophe" if character == "'" else _noun(character)
    if noun.endswith(f" {character}"):
        return f"the {noun}"
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _noun(character: str) -> str:
    if character in SIGNS:
        return SIGNS[character].removeprefix("a ")
    if character in DIGITS:
        return f"digit {character}"
    if character[0].isalpha():
        return f"letter {character}"
    return "special space" if character.isspace() else f"character {character}"
