"""Where an agent's settings meet the records: the language a call begins in, whose students come first."""

from flows.language import ENGLISH
from wizard.accounts import Student
from wizard.records.folding import folded, words_of
from wizard.setting import Setting


def opening_language(setting: Setting) -> str:
    """Return the language a new call begins in: the agent's, as far as the district has words for it."""
    wanted = setting.settings.language
    return wanted if wanted in {offered.code for offered in setting.languages()} else "en"


def own_school_first(setting: Setting, text: str, limit: int) -> tuple[Student, ...]:
    """Find students, those of the agent's school first among equally good matches; nobody is hidden by it."""
    found, school = setting.records.search(text, limit=limit), setting.settings.school
    names = folded(text).split()
    if not school or any(letter.isdecimal() for letter in text):  # a number says which student it is
        return found
    others = setting.records.search(text, limit=limit, school=school) if len(found) == limit else ()
    every = {student.id: student for student in (*found, *others)}.values()
    ordered = sorted(every, key=lambda student: (not _as_typed(names, student), school not in student.schools))
    return tuple(ordered)[:limit]


def _as_typed(names: list[str], student: Student) -> bool:
    """Return whether every word typed begins a word of the name, without a mistake to forgive."""
    words = words_of(student.last, student.first, student.middle)
    return all(any(word.startswith(name) for word in words) for name in names)


def unfit(setting: Setting) -> tuple[str, ...]:
    """Return a sentence for each setting that this district cannot follow."""
    wanted = setting.settings.language
    if wanted == ENGLISH:
        return ()  # every district has it; asking about others reads their words
    offered = setting.languages()
    if wanted in {each.code for each in offered}:
        return ()
    codes = ", ".join(f"“{each.code}” ({each.name_in_english})" for each in offered)
    return (
        f"The language “{wanted}” of your settings is not one of this district's: {codes}. Calls begin in English.",
    )
