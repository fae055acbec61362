"""Reading out: username, ID and names, one character after another, for somebody who writes them down."""

from collections.abc import Callable

from flows.case import Case
from wizard import spoken, usernames
from wizard.phrases import ENGLISH, Phrases
from wizard.setting import Setting
from wizard.views.beside import ReadOut

Spell = Callable[[str, Phrases], list[str]]


def read_out(setting: Setting, case: Case) -> tuple[ReadOut, ...]:
    """Return what may be read out: the student's own, once the caller is verified."""
    known, phrases = setting.known(case), setting.speech(case).phrases
    if known.account is None or "verified" not in known.facts:
        return ()
    student = known.account.student
    every = (
        ("Username", usernames.username_of(student.id, setting.district), spoken.id_parts),
        ("ID number", student.id, spoken.id_parts),
        ("Last name", student.last, spoken.name_parts),
        ("First name", student.first, spoken.name_parts),
    )
    return tuple(_spelled(label, text, spell, phrases) for label, text, spell in every if text)


def _spelled(label: str, text: str, spell: Spell, phrases: Phrases) -> ReadOut:
    parts = zip(spoken.clusters(text), spell(text, phrases), spell(text, ENGLISH), strict=True)
    return ReadOut(label, text, tuple(parts))
