"""Challenge answers: what counts as the same, and the rules for three of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.answers import LONGEST, joint, normalize, rules
from wizard.district import load

DISTRICT = load()
THREE = tuple(question.code for question in DISTRICT.questions[:3])
GOOD = ("blue bicycle", "grandma's porch", "oatmeal")


@pytest.mark.parametrize(
    ("typed", "counts"),
    [
        ("  The   CAT! ", "the cat"),
        ("grandma's porch", "grandmas porch"),
        ("grandma’s porch.", "grandmas porch"),
        ("Grandma´s Porch", "grandmas porch"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("Jose\u0301", "josé"),
        ("ｃａｔ　２", "cat 2"),
        ("the\u200b\tcat\x00", "the cat"),
        ("e'\u0301", "é"),
        ("\ud800", ""),
        ("?!...", ""),
        ("con mèo", "con mèo"),
    ],
)
def test_case_punctuation_and_blanks_do_not_count(typed: str, counts: str) -> None:
    """An answer is known again however it is written."""
    assert normalize(typed) == counts


@given(st.text(st.characters(codec=None)))
def test_normalizing_twice_changes_nothing(text: str) -> None:
    """What counts of an answer is settled at once."""
    assert normalize(normalize(text)) == normalize(text)


def ok(questions: tuple[str, ...], answers: tuple[str, ...]) -> dict[str, bool | None]:
    return {rule.code: rule.ok for rule in rules(questions, answers, DISTRICT)}


def test_three_questions_with_three_answers_are_in_order() -> None:
    """Exactly three questions of the bank, with an answer each (D25)."""
    assert set(ok(THREE, GOOD).values()) == {True}


@pytest.mark.parametrize(
    "questions", [(), THREE[:2], (*THREE, DISTRICT.questions[3].code), (THREE[0],) * 3, (*THREE[:2], "not-in-the-bank")]
)
def test_anything_but_three_different_questions_is_not(questions: tuple[str, ...]) -> None:
    """Two, four, the same one twice or a question that is not in the bank: not exactly three (D25)."""
    assert ok(questions, GOOD)["questions"] is False


@pytest.mark.parametrize(
    "answers", [(), GOOD[:2], ("", *GOOD[1:]), ("x", *GOOD[1:]), ("?!", *GOOD[1:]), (*GOOD, "more")]
)
def test_every_question_needs_an_answer_of_two_letters(answers: tuple[str, ...]) -> None:
    """An answer has at least two characters that count."""
    assert ok(THREE, answers)["answers"] is False


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (("The cat", "the CAT!", "oatmeal"), False),
        (("The cat", "the CAT!", ""), False),
        (("the cat", "", ""), None),
        (("", "", ""), None),
        (GOOD, True),
    ],
)
def test_answers_differ_in_what_counts(answers: tuple[str, ...], expected: bool | None) -> None:
    """Two answers that only differ in case or punctuation are the same answer."""
    assert ok(THREE, answers)["answers-differ"] is expected


def test_every_rule_has_words_and_a_reason() -> None:
    """Each rule is shown with its reason."""
    assert all(rule.words and rule.reason.endswith(".") for rule in rules((), (), DISTRICT))
    assert rules((), (), DISTRICT)[0].words == "Exactly three different questions"


def test_answers_are_joined_unambiguously() -> None:
    """Where one answer ends and the next begins always counts, and so does their order."""
    joined = [("ab", "c"), ("a", "bc"), ("abc", ""), ("", "abc"), ("ab c",), ("c", "ab"), ("a", "b", "c")]
    assert len({joint(answers) for answers in joined}) == len(joined)
    assert joint(("The CAT!",)) == joint(("the cat",))


def test_a_huge_paste_is_bounded() -> None:
    """A paste of any size is handled like a long answer."""
    assert len(normalize("x" * 1_000_000)) == LONGEST
    assert joint(("\U0001f600" * 10_000,)).isascii()
