"""Differences between a typed name and the record's, in words that can be said on the phone."""

from collections.abc import Iterable, Iterator, Sequence
from unicodedata import combining, normalize

from wizard.alignment import APOSTROPHES, HYPHENS, Edit, base
from wizard.letters import DIGITS, SHAPES, SIGNS, sign_code
from wizard.phrases import ENGLISH, MOST_LISTED, Phrases

_BREAKS = APOSTROPHES | HYPHENS | {" "}


def in_words(
    edits: Sequence[Edit], typed: Sequence[str], record: Sequence[str], phrases: Phrases = ENGLISH
) -> tuple[str, ...]:
    """Return every difference in words; both names are given as their characters."""
    told = [each for edit in _runs(edits) for each in _told(edit, typed, record, phrases)]
    return tuple(dict.fromkeys((*told, *_capitals(edits, phrases))))


def _runs(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Join characters that are missing or too many in a row."""
    run: Edit | None = None
    for edit in edits:
        if run and _continues(run, edit):
            run = run._replace(typed=run.typed + edit.typed, record=run.record + edit.record)
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


def _told(edit: Edit, typed: Sequence[str], record: Sequence[str], phrases: Phrases) -> Iterator[str]:
    match edit.kind:
        case "missing":
            yield _run("missing", edit.record, _after(record, edit.record_at, phrases), phrases)
        case "extra":
            yield _run("extra", edit.typed, _after(typed, edit.at, phrases), phrases)
        case "swapped":
            yield phrases("swapped", typed=edit.typed, record=edit.record)
        case "replaced" if base(edit.typed) != base(edit.record):
            place = _after(record, edit.record_at, phrases)
            yield phrases("instead-at", instead=_instead(edit, phrases), place=place)
        case "replaced" if _accents(edit.typed) != _accents(edit.record):
            yield _accent(edit, phrases)
        case "replaced" if not _differ_in_case(edit):
            yield _instead(edit, phrases)


def _instead(edit: Edit, phrases: Phrases) -> str:
    return phrases("instead", typed=named(edit.typed, phrases), record=named(edit.record, phrases))


def _run(kind: str, run: str, place: str, phrases: Phrases) -> str:
    if len(run) > 1:
        return phrases(f"{kind}-run", run=run, place=place)
    return phrases(f"{kind}-one", noun=_noun(run, phrases), place=place)


def _after(characters: Sequence[str], at: int, phrases: Phrases) -> str:
    """Return where in the name: after which word or part of a word."""
    before = "".join(characters[:at])
    word = ""
    for character in reversed(before):
        if character in _BREAKS or character.isspace():
            if word:
                break
            continue
        word = character + word
    return phrases("after", word=word) if word else phrases("at-the-beginning")


def _accents(character: str) -> str:
    marks = "".join(filter(combining, normalize("NFD", character)))
    return marks or SHAPES.get(character.lower(), ("", ""))[1]


def _accent(edit: Edit, phrases: Phrases) -> str:
    kind = "missing" if not _accents(edit.typed) else "other" if _accents(edit.record) else "extra"
    return phrases(f"accent-{kind}", letter=base(edit.record), record=edit.record)


def _capitals(edits: Iterable[Edit], phrases: Phrases) -> tuple[str, ...]:
    """Return one phrase about all letters whose case differs."""
    differ = [edit.record for edit in edits if edit.kind == "replaced" and _differ_in_case(edit)]
    if not differ:
        return ()
    if len(differ) > MOST_LISTED:
        return (phrases("capitals"),)
    letters = (phrases(f"record-{'small' if each.islower() else 'capital'}", letter=each) for each in differ)
    return (phrases("capitals-listed", letters=", ".join(letters)),)


def _differ_in_case(edit: Edit) -> bool:
    return base(edit.typed) == base(edit.record) and edit.typed.islower() != edit.record.islower()


def named(character: str, phrases: Phrases = ENGLISH) -> str:
    """Return one character in words: `a hyphen`, `the letter e`."""
    if character == "'":
        return phrases.a(phrases("straight-apostrophe"))
    noun = _noun(character, phrases)
    own_name = character not in SIGNS and not character.isspace()
    return phrases("the-noun", noun=noun) if own_name else phrases.a(noun)


def _noun(character: str, phrases: Phrases) -> str:
    if character in SIGNS:
        return phrases(sign_code(character))
    if character in DIGITS:
        return phrases("noun-digit", digit=character)
    if character[0].isalpha():
        return phrases("noun-letter", letter=character)
    return phrases("special-space") if character.isspace() else phrases("noun-character", character=character)
