"""The names a flow may use, the codes each can answer, and the facts each needs and gives.

A *fact* is something the call has established: `verified`, `student`, `account-state=claimed`. A *need* is
a condition on facts, written as text so that messages can quote it: `verified`, `channel=counter`, or with
alternatives `account-state=unclaimed | account-state=reset-done`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from re import Pattern
from types import MappingProxyType
from typing import NamedTuple

Gives = Mapping[str, Mapping[str, str]]
"""Answer code -> the facts it establishes (name -> value; the value `*` stands for what was typed)."""

NOTHING: Gives = MappingProxyType({})


class Name(NamedTuple):
    """What a check, lookup or action promises to the flows that name it."""

    codes: tuple[str, ...]
    needs: tuple[str, ...] = ()
    gives: Gives = NOTHING
    secret: str = ""
    """The need without which it may not be offered, because it asks for a secret; empty: it asks for none."""


@dataclass(frozen=True)
class Phrase:
    """Words that may stand in a text only where something is established."""

    words: str
    """A regular expression for them, in upper and lower case alike."""
    needs: tuple[str, ...]
    """Empty: these words may stand nowhere."""
    told: str
    """What is wrong with the text, for the finding."""
    fix: str
    excused: str = ""
    """A placeholder that makes the words harmless in its text, such as the date from which they hold."""

    @cached_property
    def pattern(self) -> Pattern[str]:
        """The words, ready to be looked for; nobody does at the desk, and it takes time."""
        return re.compile(self.words, re.IGNORECASE)


class Vocabulary(NamedTuple):
    """Everything a flow may name."""

    checks: Mapping[str, Name]
    """Typed text -> code."""
    lookups: Mapping[str, Name]
    """Records -> code. Each answer also gives the fact `<lookup>=<code>`."""
    actions: Mapping[str, Name]
    """Something done -> the code of its receipt or refusal."""
    placeholders: Mapping[str, tuple[str, ...]]
    """Name usable as {name} in words -> the facts it needs."""
    facts: frozenset[str]
    """Facts that choices may give."""
    proofs: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType({})
    """Fact -> the codes of the only answers that may give it -> what each needs; `*` stands for any code."""
    phrases: tuple[Phrase, ...] = ()
    """Words that may not stand everywhere."""
    abroad: Mapping[str, tuple[Phrase, ...]] = MappingProxyType({})
    """Language -> more of them that are looked for in its translations, beside those that have needs."""

    meanings: Mapping[str, str] = MappingProxyType({})
    """Need -> what it means, for people who do not write programs."""

    def meaning(self, need: str) -> str:
        """Return a need as it is told in a message: as it is written, and what it means."""
        told = self.meanings.get(need, "")
        return f"'{need}' ({told})" if told else f"'{need}'"

    def phrases_in(self, language: str) -> tuple[Phrase, ...]:
        """Return the words that may not stand everywhere in the translations of a language.

        Those with needs are words of the portal, which stand in every language as they are.
        """
        return (*(phrase for phrase in self.phrases if phrase.needs), *self.abroad.get(language, ()))


KNOWN = "known"
"""The one lookup about the call itself: is the fact named by `of` established? Answers yes or no."""


def met(need: str, facts: Mapping[str, str]) -> bool:
    """Return whether the facts fulfil a need such as `verified` or `channel=counter | excused`."""
    return any(_holds(condition, facts) for condition in need.split(" | "))


def _holds(condition: str, facts: Mapping[str, str]) -> bool:
    name, equals, value = condition.partition("=")
    return name in facts and (not equals or facts[name] == value)
