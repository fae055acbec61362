"""Tickets: the exact line and the gate before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.accounts import Student
from wizard.district import load
from wizard.tickets import GATE_WORDS, line, menu, missing
from wizard.vocabulary import GATE


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("Noah", "Smith Jr.", "Noah Smith Jr. 0123456"),
        ("Siobhan", "O'Brien", "Siobhan O'Brien 0123456"),
        ("Siobhan", "O’Brien", "Siobhan O’Brien 0123456"),
        ("José", "Nguyen-Tran", "José Nguyen-Tran 0123456"),
        ("Jose\u0301", "Le\u0302", "José Lê 0123456"),
        ("  Mary   Ann ", " De  La\u00a0Cruz", "Mary Ann De La Cruz 0123456"),
        ("Ana\u200b", "\u202eGarcia Lopez", "Ana Garcia Lopez 0123456"),
        ("", "Li", "Li 0123456"),
        ("Li", "", "Li 0123456"),
    ],
)
def test_the_line_is_first_name_last_name_and_id(first: str, last: str, expected: str) -> None:
    """The ticket's text is the names and the ID with single spaces, and nothing else (D16)."""
    assert line(Student(id="0123456", last=last, first=first)) == expected


def test_a_very_long_name_is_whole() -> None:
    """A name of 300 characters stands in the ticket from its first to its last character."""
    assert line(Student(id="0123456", last="Z" * 300, first="A" * 300)) == f"{'A' * 300} {'Z' * 300} 0123456"


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_line_is_always_one_line(first: str, last: str) -> None:
    """Whatever a name holds, the line has single spaces, ends with the ID and breaks nowhere (D16)."""
    text = line(Student(id="0123456", last=last, first=first))
    assert text.split(" ")[-1] == "0123456"
    assert "  " not in text
    assert len(text.splitlines()) == 1


def test_the_menu_has_four_choices_in_order() -> None:
    """The menu path is the one the district told its staff (D15)."""
    assert menu(load()) == (
        '"Software/Online" systems > Rapid Identity/CCPS Portal > Student Account > Cannot answer challenge questions'
    )


DONE = {
    "login-video-offered": "yes",
    "username-checked": "right",
    "password-seen": "yes",
    "forgot-tried": "yes",
    "questions-failed": "cannot-answer",
}


def test_nothing_is_missing_after_every_step() -> None:
    """After D06 to D10 a ticket may be drafted."""
    assert missing(DONE) == ()


@pytest.mark.parametrize(
    ("left_out", "words"), list(zip(DONE, (GATE_WORDS[need] for need in GATE), strict=True)), ids=list(DONE)
)
def test_each_step_left_out_is_named(left_out: str, words: str) -> None:
    """Each of the steps D06 to D10 that was not done is named."""
    assert missing({fact: value for fact, value in DONE.items() if fact != left_out}) == (words,)


def test_a_forgotten_password_needs_no_eye() -> None:
    """Who has forgotten the password has nothing to look at (D08, D09)."""
    facts = {fact: value for fact, value in DONE.items() if fact != "password-seen"}
    assert missing(facts | {"password-forgotten": "yes"}) == ()


def test_an_excuse_does_not_make_a_step_done() -> None:
    """What was put off with an excuse is still named, so that the ticket asks for a reason (D06-D10, D13)."""
    assert missing({"gate-excused": "yes"}) == tuple(GATE_WORDS[need] for need in GATE)


def test_nothing_done_names_everything_in_order() -> None:
    """A ticket asked for at once is told every step that comes first."""
    assert missing({}) == tuple(GATE_WORDS[need] for need in GATE)
