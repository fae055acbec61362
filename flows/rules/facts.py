"""Facts that must be established before something is done, asked or shown."""

from collections.abc import Iterator

from flows.finding import Finding
from flows.reach import name_of
from flows.survey import Survey
from flows.words import passages, placeholders


def missing_fact(survey: Survey) -> Iterator[Finding]:
    """A check, lookup or action that runs before what it needs is established."""
    for key, step in survey.steps():
        name = name_of(step, survey.vocabulary)
        for need in name.needs if name else ():
            if node := survey.lacking(key, need):
                told = f"it needs {survey.vocabulary.meaning(need)}, which is not established on every way here"
                fix = "ask a question before that establishes it, or lead other calls elsewhere (by the lookup 'known')"
                word = {"entry": "check", "lookup": "lookup", "action": "action"}[step.kind]
                yield survey.places.finding("missing-fact", key, told, fix, word=word, path=survey.reach.path(node))


def unverified_data(survey: Survey) -> Iterator[Finding]:
    """A placeholder whose value may not be shown yet, or is not known yet.

    Advice after an answer that stays is no exception: that answer is not on the trail and establishes nothing.
    """
    for key, step in survey.steps():
        for passage in passages(step):
            for placeholder in placeholders(passage.text):
                for need in survey.vocabulary.placeholders.get(placeholder, ()):
                    if node := survey.lacking(key, need):
                        meaning = survey.vocabulary.meaning(need)
                        told = f"{{{placeholder}}} is used where {meaning} is not established on every way here"
                        fix = "use words without it, or ask a question before that establishes it"
                        word, path = f"{{{placeholder}}}", survey.reach.path(node)
                        yield survey.places.finding(
                            "unverified-data", key, told, fix, word=word, code=passage.code, path=path
                        )
                        break
