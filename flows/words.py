"""The words of a step, and the placeholders in them."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from flows.model import ActionStep, ByChannel, ChoiceStep, EntryStep, LookupStep, Outcome, Step

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class Passage(NamedTuple):
    """One text of a step."""

    key: str
    """The key it stands under: `say`, `ask`, `label` ..."""
    text: str
    code: str = ""
    """The answer it belongs to: a choice's label, or the advice after an answer that stays."""


def passages(step: Step) -> Iterator[Passage]:
    """Return every text of a step that somebody reads or hears."""
    if isinstance(step, LookupStep):
        return
    yield Passage("say", step.say)
    if isinstance(step.do, ByChannel):
        yield Passage("counter", step.do.counter)
        yield Passage("phone", step.do.phone)
    else:
        yield Passage("do", step.do)
    yield Passage("why", step.why)
    match step:
        case ChoiceStep():
            yield Passage("ask", step.ask)
            yield from (Passage("label", choice.label, choice.code) for choice in step.choices)
        case EntryStep() | ActionStep():
            yield Passage("ask", step.ask)
            yield from (Passage("stay", advice, code) for code, advice in step.stay.items())
        case Outcome():
            yield Passage("title", step.title)
            yield Passage("next", step.next)


def placeholders(text: str) -> tuple[str, ...]:
    """Return the names in {braces}, in order."""
    return tuple(_PLACEHOLDER.findall(text))


def substituted(text: str, value: Callable[[str], str]) -> str:
    """Return the text with each {name} replaced, in one pass: a value is never looked into."""
    return _PLACEHOLDER.sub(lambda match: value(match[1]), text)


def stray_brace(text: str) -> bool:
    """Return whether a brace is left open or closes nothing."""
    rest = _PLACEHOLDER.sub("", text)
    return "{" in rest or "}" in rest
