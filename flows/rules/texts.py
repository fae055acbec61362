"""Words that must be there, and characters that must not."""

from collections.abc import Iterator

from flows.finding import Finding
from flows.model import LookupStep, Outcome
from flows.survey import Survey
from flows.text import REPLACEMENT
from flows.words import passages


def dead_end(survey: Survey) -> Iterator[Finding]:
    """An outcome that leaves staff without something to say, to do, or to expect."""
    for key, step in survey.steps():
        if isinstance(step, Outcome):
            for passage in passages(step):
                if not passage.text and passage.key != "why":
                    told = f"the call ends here and '{passage.key}' is empty"
                    fix = "say what to tell the family, what staff do, and what happens next"
                    yield survey.places.finding("dead-end", key, told, fix, word=passage.key)


def empty_words(survey: Survey) -> Iterator[Finding]:
    """A question without words, a choice without a label, advice that advises nothing."""
    for name, flow in survey.library.flows.items():
        for word in ("title", "summary"):
            if not getattr(flow, word):
                yield survey.places.finding(
                    "empty-words", f"{name}/", f"'{word}' is empty", "write a few words", word=word
                )
    for key, step in survey.steps():
        for passage in passages(step):
            if (
                not passage.text
                and passage.key in ("ask", "label", "stay", "counter", "phone")
                and step.kind != "outcome"
            ):
                told = f"'{passage.key}' is empty" + (f" for '{passage.code}'" if passage.code else "")
                shown = None if passage.key == "stay" else passage.key
                yield survey.places.finding("empty-words", key, told, "write the words", word=shown, code=passage.code)


def nothing_to_say(survey: Survey) -> Iterator[Finding]:
    """A step that gives staff no words for the family."""
    for key, step in survey.steps():
        if not isinstance(step, LookupStep | Outcome) and not step.say:
            yield survey.places.finding(
                "nothing-to-say", key, "'say' is empty", "write what the family hears at this step"
            )


def control_character(survey: Survey) -> Iterator[Finding]:
    """A character in the words that could steer a terminal; it was replaced when the file was read."""
    for key, step in survey.steps():
        for passage in passages(step):
            if REPLACEMENT in passage.text:
                told = f"'{passage.key}' holds a control character, shown as {REPLACEMENT}"
                yield survey.places.finding(
                    "control-character", key, told, "delete it", word=passage.key, code=passage.code
                )
