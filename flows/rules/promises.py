"""Promises to families: no secret is asked, no proof is weaker than it looks, nothing is offered too early."""

from collections.abc import Iterator, Mapping

from flows.finding import Finding
from flows.model import ChoiceStep
from flows.reach import name_of
from flows.survey import Survey
from flows.vocabulary import Phrase
from flows.words import Passage, passages, placeholders


def secret_asked(survey: Survey) -> Iterator[Finding]:
    """An action with fields for secrets, offered where the student is not at the keyboard."""
    for key, step in survey.steps():
        name = name_of(step, survey.vocabulary)
        if name and name.secret and (node := survey.lacking(key, name.secret)):
            meaning = survey.vocabulary.meaning(name.secret)
            told = f"it asks for a secret where {meaning} is not established on every way here"
            fix = (
                f"lead only calls with '{name.secret}' here (a lookup tells them apart), and guide the others in words"
            )
            yield survey.places.finding("secret-asked", key, told, fix, word="action", path=survey.reach.path(node))


def weak_proof(survey: Survey) -> Iterator[Finding]:
    """An answer that establishes a fact which only other answers, or the same answer elsewhere, can prove."""
    for key, step in survey.steps():
        for choice in step.choices if isinstance(step, ChoiceStep) else ():
            for fact in choice.gives:
                codes = survey.vocabulary.proofs.get(fact, {"*": ()})
                yield from _proof(survey, key, choice.code, fact, codes)


def _proof(survey: Survey, key: str, code: str, fact: str, codes: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    needs = codes.get(code, codes.get("*"))
    if needs is None:
        told = f"the answer '{code}' gives '{fact}', which it does not prove"
        fix = f"take '{fact}' out of its gives; only these answers prove it: {', '.join(codes)}"
        yield survey.places.finding("weak-proof", key, told, fix, code=code, path=survey.way(key))
        return
    for need in needs:
        if node := survey.lacking(key, need):
            told = (
                f"'{code}' gives '{fact}' where {survey.vocabulary.meaning(need)} is not established on every way here"
            )
            fix = "lead only calls here in which it is, or let another answer prove it"
            yield survey.places.finding("weak-proof", key, told, fix, code=code, path=survey.reach.path(node))
            return


def forbidden_words(survey: Survey) -> Iterator[Finding]:
    """Words that ask for a secret, or that offer what this call may not be offered."""
    for key, step in survey.steps():
        for passage in passages(step):
            for phrase in survey.vocabulary.phrases:
                yield from _phrase(survey, key, passage, phrase)


def _phrase(survey: Survey, key: str, passage: Passage, phrase: Phrase) -> Iterator[Finding]:
    if broken := broken_promise(survey, key, passage.text, phrase):
        told, path = broken
        yield survey.places.finding(
            "forbidden-words", key, told, phrase.fix, word=passage.key, code=passage.code, path=path
        )


def broken_promise(survey: Survey, key: str, text: str, phrase: Phrase) -> tuple[str, tuple[str, ...]] | None:
    """Return what is wrong with words that stand where they may not, and a call in which they do; None when nothing."""
    found = phrase.pattern.search(text)
    if not found or (phrase.excused and phrase.excused in placeholders(text)):
        return None
    lacking = next((node for need in phrase.needs if (node := survey.lacking(key, need))), None)
    if phrase.needs and not lacking:
        return None
    return f"'{found[0].strip(' .!?¿¡')}' {phrase.told}", survey.reach.path(lacking) if lacking else survey.way(key)
