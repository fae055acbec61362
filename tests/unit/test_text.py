"""The door for text from outside."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.text import inert, inert_character, is_plain
from wizard.text import clean, collapse, columns, fitted

ANYTHING = st.text(st.characters(codec=None))


@pytest.mark.parametrize(
    ("typed", "kept", "replaced"),
    [
        ("", "", 0),
        ("Mary Ann O'Brien", "Mary Ann O'Brien", 0),
        ("[@click=app.x]Ann[/]", "[@click=app.x]Ann[/]", 0),
        ("Jose\u0301", "José", 0),
        ("Le\u0302", "Lê", 0),
        ("Ann\x1b[31m", "Ann\ufffd[31m", 1),
        ("Ann\x9b31m\x7f", "Ann\ufffd31m\ufffd", 2),
        ("Ann\r\n", "Ann\ufffd\ufffd", 2),
        ("A\u2028B\u2029", "A\ufffdB\ufffd", 2),
        ("\ufeffS0123456", "S0123456", 1),
        ("\u202eNguyen\u2066\u200f", "Nguyen", 3),
        ("Gar\u00adcia\u200b\u200d\u2060", "Garcia", 4),
        ("Li\U000e0041\ufe0f\U000e0100", "Li", 3),
        ("\ud800Li", "\ufffdLi", 1),
        ("e\u200b\u0301", "é", 1),
        ("李小龍", "李小龍", 0),
    ],
)
def test_what_nobody_can_see_is_made_inert(typed: str, kept: str, replaced: int) -> None:
    """Controls are replaced, invisible characters dropped, names in any script kept; each change is counted."""
    cleaned = clean(typed)
    assert (cleaned.text, cleaned.replaced, cleaned.shortened) == (kept, replaced, False)


@pytest.mark.parametrize("typed", ["x" * 10_000, "é" * 10_000, "e\u0301" * 10_000, "\u0301\u0323" * 200_000])
def test_a_huge_paste_is_cut(typed: str) -> None:
    """A paste of any size ends as at most 200 characters, and says that it was cut."""
    cleaned = clean(typed)
    assert len(cleaned.text) == 200
    assert cleaned.shortened


def test_text_of_exactly_the_limit_is_whole() -> None:
    """The limit itself fits."""
    assert clean("x" * 200).shortened is False
    assert clean("é" * 201).shortened is True


@given(ANYTHING)
def test_cleaned_text_is_clean(text: str) -> None:
    """Cleaning twice changes nothing more, and what comes out can be shown and stored anywhere."""
    once = clean(text)
    again = clean(once.text)
    assert (again.text, again.replaced, again.shortened) == (once.text, 0, False)
    assert once.text.encode("utf-8").decode("utf-8") == once.text
    assert unicodedata.is_normalized("NFC", once.text)
    assert not {unicodedata.category(character) for character in once.text} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "collapsed"), [("", ""), ("  De  La\u00a0Cruz ", "De La Cruz"), ("\t", ""), ("Li", "Li")]
)
def test_blanks_collapse(text: str, collapsed: str) -> None:
    """Every run of blanks is one space, with none at the ends."""
    assert collapse(text) == collapsed


def test_letters_that_need_no_closer_look_are_inert() -> None:
    """What goes the short way through the door is what the long way would have made of it."""
    short = "".join(filter(is_plain, map(chr, range(sys.maxunicode + 1))))
    assert len(short) > 700
    assert {"é", "ễ", "’", "¿"} <= set(short)
    assert "".join(map(inert_character, short)) == unicodedata.normalize("NFC", short) == short
    assert "".join(short.split()) == short.replace(" ", "")
    assert inert("a\tb\n\x1bé") == "a\N{REPLACEMENT CHARACTER}b\n\N{REPLACEMENT CHARACTER}é"
    assert inert("é\n", keep="") == "é\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("width", "shown"),
    [(44, "What does the screen say, or what happened?"), (30, "What does the screen say, or…"), (4, "Wha…")],
)
def test_a_long_name_is_cut_between_words(width: int, shown: str) -> None:
    """In a table a text that is too long loses whole words, or letters where one word is all there is room for."""
    assert fitted("What does the screen say, or what happened?", width) == shown.ljust(width)


@given(st.text(max_size=40), st.integers(min_value=2, max_value=30))
def test_a_column_has_its_width(text: str, width: int) -> None:
    """Cut or filled, a text takes exactly the columns it is given, wide characters and marks included."""
    assert columns(fitted(clean(text, 40).text, width)) == width
