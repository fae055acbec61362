"""Typed answers: each text gets a code that the trees know, and keeps what is needed to explain it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.accounts import Account, Student
from wizard.checks import CHECKS, Checked, Context
from wizard.district import load
from wizard.vocabulary import CHECKS as NAMES

DISTRICT = load()
SIOBHAN = Context(DISTRICT, Account(student=Student(id="0123456", last="O'Brien", first="Siobhan")))
NOBODY = Context(DISTRICT, None)


def test_every_check_of_the_vocabulary_is_there() -> None:
    """Each name a flow may use has its function; the student search answers by picking."""
    assert set(CHECKS) == set(NAMES) - {"student"}


@pytest.mark.parametrize(
    ("check", "typed", "code", "value"),
    [
        ("username", "S0123456", "right", "S0123456"),
        ("username", "S0123456 ", "stray-character", "S0123456 "),
        ("username", "S0123465", "other-student", "S0123465"),
        ("username", "  ", "empty", ""),
        ("claim-last-name", "O'Brien", "same", "O'Brien"),
        ("claim-last-name", "O’Brien", "differs", "O’Brien"),
        ("claim-last-name", "O'Brien ", "differs", "O'Brien "),
        ("claim-last-name", " ", "empty", ""),
        ("claim-first-name", "Siobhan", "same", "Siobhan"),
        ("claim-first-name", "Siobhán", "differs", "Siobhán"),
        ("claim-id", "0123456", "same", "0123456"),
        ("claim-id", "S0123456", "has-prefix", "S0123456"),
        ("claim-id", " s0123456", "has-prefix", " s0123456"),
        ("claim-id", "S0123465", "differs", "S0123465"),
        ("claim-id", "0123456 ", "differs", "0123456 "),
        ("claim-id", "", "empty", ""),
        ("note", " spoke to the aunt ", "given", "spoke to the aunt"),
        ("note", "  ", "empty", ""),
    ],
)
def test_a_typed_answer_gets_its_code(check: str, typed: str, code: str, value: str) -> None:
    """What is typed is compared exactly (D07, D23), and kept as typed so that it can be explained."""
    assert CHECKS[check](typed, SIOBHAN) == Checked(code, value)


@given(st.sampled_from(sorted(CHECKS)), st.text(), st.sampled_from([SIOBHAN, NOBODY]))
def test_any_text_gets_a_code_the_trees_know(check: str, typed: str, context: Context) -> None:
    """Whatever is typed, the call can go on."""
    checked = CHECKS[check](typed, context)
    assert checked.code in NAMES[check].codes
    assert checked.value == "" if checked.code == "empty" else checked.value
