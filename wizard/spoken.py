"""Spelling aloud: what is read on the phone so that it is written down right."""

from collections.abc import Iterator
from unicodedata import combining, normalize

from wizard.letters import ACCENTS, DIGITS, LETTERS, OF_THE_LETTER, SHAPES, SIGNS, WHOLE, mark_code, sign_code
from wizard.phrases import ENGLISH, Phrases


def spell_id(text: str, phrases: Phrases = ENGLISH) -> str:
    """Return `S as in Sam, zero, one, two` for an ID or username; case is not said."""
    return ", ".join(id_parts(text, phrases))


def spell_name(text: str, phrases: Phrases = ENGLISH) -> str:
    """Return `O as in ocean, apostrophe, B as in boy` for a name; case is said where it surprises."""
    return ", ".join(name_parts(text, phrases))


def id_parts(text: str, phrases: Phrases = ENGLISH) -> list[str]:
    """Return how each character of an ID or username is said."""
    return [_said(cluster, phrases) for cluster in clusters(text)]


def name_parts(text: str, phrases: Phrases = ENGLISH) -> list[str]:
    """Return how each character of a name is said."""
    said, starts_word = [], True
    for cluster in clusters(text):
        letter = _letter(cluster, phrases)
        said.append(_cased(letter, cluster[0], starts_word, phrases) if letter else _said(cluster, phrases))
        starts_word = not cluster[0].isalpha()
    return said


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


def _cased(said: str, letter: str, starts_word: bool, phrases: Phrases) -> str:
    if starts_word:
        return phrases("spelled-small", letter=said) if letter.islower() else said
    return phrases("spelled-capital", letter=said) if letter.isupper() else said


def _said(cluster: str, phrases: Phrases) -> str:
    if cluster in SIGNS:
        return phrases(sign_code(cluster))
    if cluster in DIGITS:
        return phrases(f"digit-{cluster}")
    return _letter(cluster, phrases) or phrases("the-character", character=cluster)


def _letter(cluster: str, phrases: Phrases) -> str:
    if whole := WHOLE.get(cluster.upper()):
        return phrases(whole)
    base, *marks = list(normalize("NFD", cluster))
    plain, shape = SHAPES.get(base.lower(), (base, ""))
    if plain.upper() not in LETTERS or any(mark not in ACCENTS for mark in marks):
        return ""
    marks.sort(key=lambda mark: mark not in OF_THE_LETTER)
    said = phrases(f"letter-{plain.lower()}")
    has = [phrases(mark_code(mark)) for mark in (shape, *(ACCENTS[mark] for mark in marks)) if mark]
    return phrases("letter-with", letter=said, marks=phrases.listed(has)) if has else said
