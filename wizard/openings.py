"""The way from the first question of a call to the search for the student."""

from flows.model import ChoiceStep, EntryStep, Library

SEARCH = "student"
"""The check of the step that finds the student."""


def to_student_search(library: Library) -> tuple[str, ...] | None:
    """Return the answers that lead from the first step to the search; None when these flows have no such way."""
    ways: list[tuple[str, tuple[str, ...]]] = [(library.first, ())]
    seen = {library.first}
    while ways:
        key, codes = ways.pop(0)
        step = library.step(key)
        if isinstance(step, EntryStep) and step.check == SEARCH:
            return codes
        if isinstance(step, ChoiceStep):
            following = [(library.after(key, choice.code), (*codes, choice.code)) for choice in step.choices]
            ways += [way for way in following if way[0] not in seen]
            seen |= {way[0] for way in following}
    return None
