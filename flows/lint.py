"""The linter: what would go wrong in a call, found before anyone calls.

Rules about facts follow every way a call can take (`flows.reach`) and show the shortest one that runs into the mistake.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from flows import shape
from flows.finding import Finding
from flows.model import Library
from flows.rules import answers, facts, languages, length, names, promises, texts
from flows.source import Source
from flows.survey import Survey
from flows.vocabulary import Vocabulary

Rule = Callable[[Survey], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    names.unknown_target,
    names.unknown_name,
    answers.unreachable,
    answers.cycle,
    answers.unhandled_answer,
    answers.impossible_answer,
    facts.missing_fact,
    facts.unverified_data,
    promises.secret_asked,
    promises.weak_proof,
    promises.forbidden_words,
    texts.dead_end,
    texts.empty_words,
    texts.nothing_to_say,
    texts.control_character,
    length.too_long,
)


BEYOND: Mapping[str, str] = {
    "overlay-stale": "A change of a district that was written for other shipped words than those there are now.",
    "overlay-unmarked": "A change of a district that does not say which shipped words it was written for.",
    "missing-catalog": "A language of the district that there are no words for.",
    "unreadable": "A file that cannot be read as a flow or a scenario.",
    "scenario": "A written-down call that goes otherwise than written (only with --strict).",
    "uncovered": "An answer that no scenario takes (only with --strict).",
}
"""What else `check` reports, beside the rules."""


def rule_name(rule: Callable[..., Iterator[Finding]]) -> str:
    """Return the name under which a rule reports."""
    return rule.__name__.replace("_", "-")


def rule_words() -> Mapping[str, str]:
    """Return each name that a finding can have, with one sentence on what is found."""
    known = (languages.control_characters, languages.forbidden_words)
    spoken = (rule for rule in languages.RULES if rule not in known)
    every: tuple[Callable[..., Iterator[Finding]], ...] = (*RULES, *spoken)
    return {rule_name(rule): (rule.__doc__ or "").partition("\n")[0] for rule in every} | dict(BEYOND)


def lint(library: Library, vocabulary: Vocabulary, sources: Iterable[Source] = ()) -> tuple[Finding, ...]:
    """Return every mistake in a library, in file order; `sources` give the lines."""
    return mistakes(Survey.of(library, vocabulary, sources))


def mistakes(survey: Survey) -> tuple[Finding, ...]:
    """Return every mistake in a library that was walked, in file order."""
    findings = (survey.shown(finding) for rule in RULES for finding in rule(survey))
    return tuple(sorted(dict.fromkeys(findings), key=lambda found: (found.file, found.line, found.rule)))


def uncovered(library: Library, taken: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return every exit (step key, answer code) that is not among those taken."""
    known = frozenset(taken)
    return tuple(
        (key, code) for key in shape.keys(library) for code in library.step(key).exits if (key, code) not in known
    )
