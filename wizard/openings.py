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


def into(library: Library, key: str, flow: str) -> str:
    """Return the one answer of a question that leads right into a flow; empty when none does, or several do."""
    step = library.step(key)
    codes = [code for code in step.exits if library.after(key, code).partition("/")[0] == flow]
    return codes[0] if isinstance(step, ChoiceStep) and len(codes) == 1 and key.partition("/")[0] != flow else ""


def titles(library: Library) -> tuple[tuple[str, str], ...]:
    """Return every flow with its title, by title."""
    return tuple(sorted(((code, flow.title) for code, flow in library.flows.items()), key=lambda pair: pair[1]))
