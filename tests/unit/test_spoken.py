"""Spelling aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.spoken import LETTERS, spell_id, spell_name


def test_a_username_is_spelled_digit_by_digit() -> None:
    """A username is read out so that nobody takes the zero for an O (D07)."""
    assert spell_id("S0123456") == "S as in Sam, zero, one, two, three, four, five, six"
    assert spell_id("789") == "seven, eight, nine"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", ""),
        ("Li", "L as in lion, I as in ice"),
        ("O'B", "O as in ocean, apostrophe, B as in boy"),
        ("O’b", "O as in ocean, curly apostrophe, small B as in boy"),
        ("De La", "D as in dog, E as in egg, space, L as in lion, A as in apple"),
        ("de", "small D as in dog, E as in egg"),
        ("McD", "M as in mother, C as in cat, capital D as in dog"),
        ("Jr.", "J as in jam, R as in river, period"),
        ("x-T", "small X as in X-ray, hyphen, T as in table"),
        ("Jé", "J as in jam, E as in egg with an acute accent"),
        ("Je\u0301", "J as in jam, E as in egg with an acute accent"),
        ("Ặ", "A as in apple with a bowl on top and a dot below"),
        ("Ợ", "O as in ocean with a horn and a dot below"),
        ("王", "the character 王"),
        ("Lế", "L as in lion, E as in egg with a circumflex and an acute accent"),
        ("Đo", "D as in dog with a stroke, O as in ocean"),
        ("Iñ", "I as in ice, N as in nose with a tilde"),
        ("李", "the character 李"),
        ("ß", "the character ß"),
    ],
)
def test_a_name_is_spelled_with_everything_that_counts(name: str, said: str) -> None:
    """Apostrophes, hyphens, spaces, accents and unexpected capitals are said aloud (O1)."""
    assert spell_name(name) == said


def test_every_letter_has_a_word_of_its_own() -> None:
    """Each letter has a word that begins with it."""
    assert len(LETTERS) == len(set(LETTERS.values())) == 26
    assert all(word[0].upper() == letter for letter, word in LETTERS.items())


@given(st.text(st.characters(codec=None)))
def test_anything_can_be_spelled(text: str) -> None:
    """Whatever stands in a record can be read out."""
    assert bool(spell_name(text)) is bool(text)
    assert bool(spell_id(text)) is bool(text)
