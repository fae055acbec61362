"""Names that must exist: targets, checks, lookups, actions, facts, placeholders."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from flows.finding import Finding
from flows.model import ActionStep, ChoiceStep, EntryStep, LookupStep, Outcome, Step
from flows.survey import Survey
from flows.vocabulary import KNOWN, Vocabulary
from flows.words import passages, placeholders, stray_brace

LONGEST_NAME = 200


def near(word: str, known: Iterable[str]) -> str:
    """Return a hint which of the known words was meant; none for a word longer than any name."""
    if len(word) > LONGEST_NAME:
        return ""
    close = get_close_matches(word, sorted(known), n=3, cutoff=0.6)
    return "did you mean " + " or ".join(f"'{other}'" for other in close) + "?" if close else ""


def unknown_target(survey: Survey) -> Iterator[Finding]:
    """An exit or a start leads to a step or flow that does not exist."""
    library = survey.library
    if library.start not in library.flows:
        told = f"there is no flow '{library.start}', with which every call starts"
        yield survey.places.finding("unknown-target", f"{library.start}/", told, f"write {library.start}.toml")
    for name, flow in library.flows.items():
        if flow.start not in flow.steps:
            told = f"the flow starts at '{flow.start}', which is not one of its steps"
            fix = near(flow.start, flow.steps) or "name the step it starts with"
            yield survey.places.finding("unknown-target", f"{name}/", told, fix, word="start")
    for key, step in survey.steps():
        for code, target in step.exits.items():
            yield from _target(survey, key, code, target)


def _target(survey: Survey, key: str, code: str, target: str) -> Iterator[Finding]:
    name = key.partition("/")[0]
    flows = survey.library.flows
    known: Iterable[str] = flows.keys()
    if target.startswith("@"):
        told = f"answer '{code}' leads to the flow '{target[1:]}', which does not exist"
        exists = target[1:] in flows
    else:
        told = f"answer '{code}' leads to '{target}', which is not a step of this flow"
        known = flows[name].steps.keys()
        exists = target in flows[name].steps
        if target in flows:
            told += f"; the flow of that name is '@{target}'"
    if not exists:
        fix = near(target.lstrip("@"), known) or "write that step, or lead elsewhere"
        yield survey.places.finding("unknown-target", key, told, fix, word=target, code=code)


def unknown_name(survey: Survey) -> Iterator[Finding]:
    """A check, lookup, action, fact or placeholder that the vocabulary does not have."""
    for key, step in survey.steps():
        for what, name, known in _names_used(step, survey.vocabulary):
            if name not in known:
                told = f"there is no {what} '{name}'"
                fix = near(name, known) or "use one of: " + ", ".join(sorted(known))
                yield survey.places.finding("unknown-name", key, told, fix, word=name)
        if isinstance(step, LookupStep) and (step.lookup == KNOWN) != (step.of is not None):
            told = (
                f"the lookup '{KNOWN}' needs the fact it asks about" if step.of is None else "only 'known' has an 'of'"
            )
            yield survey.places.finding(
                "unknown-name", key, told, 'write of = "a-fact" beside lookup = "known"', word="lookup"
            )
        for passage in passages(step):
            if stray_brace(passage.text):
                told, fix = f"a brace in '{passage.key}' is not closed or not opened", "write a placeholder as {name}"
                yield survey.places.finding("unknown-name", key, told, fix, word=passage.key, code=passage.code)


def _names_used(step: Step, vocabulary: Vocabulary) -> Iterator[tuple[str, str, Iterable[str]]]:
    match step:
        case EntryStep(check=name):
            yield "check", name, vocabulary.checks
        case LookupStep(lookup=name, of=of):
            yield "lookup", name, vocabulary.lookups
            if of is not None:
                yield "fact", of, known_facts(vocabulary)
        case ActionStep(action=name):
            yield "action", name, vocabulary.actions
        case ChoiceStep(choices=choices):
            yield from (("fact", fact, vocabulary.facts) for choice in choices for fact in choice.gives)
        case Outcome():
            pass
    for passage in passages(step):
        yield from (("placeholder", name, vocabulary.placeholders) for name in placeholders(passage.text))


def known_facts(vocabulary: Vocabulary) -> frozenset[str]:
    """Return every fact that some answer can establish."""
    named = (*vocabulary.checks.values(), *vocabulary.lookups.values(), *vocabulary.actions.values())
    given = (fact for name in named for facts in name.gives.values() for fact in facts)
    return frozenset({*vocabulary.facts, *given, *(name for name in vocabulary.lookups if name != KNOWN)})
