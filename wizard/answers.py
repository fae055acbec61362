"""Challenge answers: what counts as the same answer, and the rules for a set of them (D25)."""

import json
from collections.abc import Sequence
from unicodedata import category
from unicodedata import normalize as normal_form

from wizard.district import District
from wizard.text import collapse
from wizard.views.handover import Rule

SHORTEST = 2
"""Letters or digits that an answer has at least."""

LONGEST = 1_000
"""Characters of an answer that count; it bounds the work on a huge paste."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def normalize(answer: str) -> str:
    """Return what counts of an answer: no case, no punctuation, single blanks. `The  CAT!` is `the cat`."""
    # Filtered before and after: NFKC makes a lone accent, typed for an apostrophe, a blank with an accent.
    letters = "".join(filter(_counts, answer[:LONGEST]))
    folded = normal_form("NFKC", normal_form("NFKC", letters).casefold())
    return collapse(normal_form("NFKC", "".join(filter(_counts, folded))))


def _counts(character: str) -> bool:
    kind = category(character)
    # Sk: the lone accents that are typed for an apostrophe.
    return character.isspace() or not (kind.startswith("P") or kind in ("Cc", "Cf", "Cs", "Sk"))


def joint(answers: Sequence[str]) -> str:
    """Return all answers as one text, to be hashed together: nobody can guess them one by one.

    As a JSON list it is unambiguous: `a, b` and `c` never look like `a` and `b, c`.
    """
    return json.dumps([normalize(answer) for answer in answers])


def rules(questions: Sequence[str], answers: Sequence[str], district: District) -> tuple[Rule, ...]:
    """Return every rule for the chosen questions (codes of the bank) and their answers, for showing while typing."""
    wanted = district.claim.questions
    given = [normalize(answer) for answer in answers]
    return (_chosen(questions, district), _long_enough(given, wanted), _different(given, wanted))


def _chosen(questions: Sequence[str], district: District) -> Rule:
    wanted, bank = district.claim.questions, {question.code for question in district.questions}
    right = len(questions) == len(set(questions)) == wanted and bank.issuperset(questions)
    words = f"Exactly {_NUMBERS[wanted]} different questions"
    return Rule("questions", words, "The portal asks for that many, and takes each question once.", right)


def _long_enough(given: Sequence[str], wanted: int) -> Rule:
    right = len(given) == wanted and all(len(answer) >= SHORTEST for answer in given)
    words = f"An answer of at least {SHORTEST} letters or digits to each"
    return Rule("answers", words, "Capitals, dots and commas don't count, so pick words you will remember.", right)


def _different(given: Sequence[str], wanted: int) -> Rule:
    typed = [answer for answer in given if answer]
    differ = len(typed) == len(set(typed))
    reason = "If all were alike, whoever guesses one has guessed them all."
    return Rule(
        "answers-differ", "Different answers", reason, (True if len(typed) == wanted else None) if differ else False
    )
