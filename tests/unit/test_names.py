"""Names: every way a typed name differs from the record, in words (D23, O1, O8)."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.alignment import align, base
from wizard.district import load
from wizard.names import compare, compare_id

DISTRICT = load()
NAMES = (
    "O'Brien",
    "O’Brien",
    "Nguyen-Tran",
    "De La Cruz",
    "Garcia Lopez",
    "José",
    "Jose",
    "Lê",
    "Le",
    "Mary Ann",
    "Smith Jr.",
    "Li",
    "Đặng",
    "李小龍",
)


@pytest.mark.parametrize("name", [*NAMES, "", "Z" * 300, "[@click=app.x]Ann[/]"])
def test_a_name_typed_exactly_is_the_same(name: str) -> None:
    """A name as it stands in the record is the same, however its accents are composed."""
    for form in ("NFC", "NFD"):
        for kept in ("NFC", "NFD"):
            compared = compare(normalize(form, name), normalize(kept, name), "first name")
            assert (compared.same, compared.words) == (True, "The first name is exactly as in the records.")


ALMOST = [
    ("NguyenTran", "Nguyen-Tran", "the hyphen is missing after Nguyen"),
    ("Nguyen Tran", "Nguyen-Tran", "a space stands where the record has a hyphen after Nguyen"),
    ("Nguyen–Tran", "Nguyen-Tran", "a long dash stands where the record has a hyphen"),
    ("Garcia-Lopez", "Garcia Lopez", "a hyphen stands where the record has a space after Garcia"),
    ("OBrien", "O'Brien", "the apostrophe is missing after O"),
    ("O’Brien", "O'Brien", "a curly apostrophe stands where the record has a straight apostrophe"),
    ("O'Brien", "O’Brien", "a straight apostrophe stands where the record has a curly apostrophe"),
    ("O`Brien", "O'Brien", "a backtick stands where the record has a straight apostrophe"),
    ("0'Brien", "O'Brien", "the digit 0 stands where the record has the letter O at the beginning"),
    ("De  La Cruz", "De La Cruz", "there is an extra space after De"),
    ("De La Cruz ", "De La Cruz", "there is an extra space after Cruz"),
    (" Li", "Li", "there is an extra space at the beginning"),
    ("DeLa Cruz", "De La Cruz", "the space is missing after De"),
    ("Mary\u00a0Ann", "Mary Ann", "a non-breaking space stands where the record has a space"),
    ("Jose", "José", "the accent is missing on the e: the record has é"),
    ("José", "Jose", "there is an accent on the e, and the record has none"),
    ("Lè", "Lê", "another accent stands on the e: the record has ê"),
    ("Dinh", "Đinh", "the accent is missing on the d: the record has Đ"),
    ("Mcdonald", "McDonald", "capital letters differ: the record has capital D"),
    ("LI", "Li", "capital letters differ: the record has small i"),
    ("GARCIA", "Garcia", "capital letters differ"),
    ("Gracia", "Garcia", "two characters are swapped: ra stands where the record has ar"),
    ("Nguyn", "Nguyen", "the letter e is missing after Nguy"),
    ("Nguyenn", "Nguyen", "there is an extra letter n after Nguyen"),
    ("Nguyem", "Nguyen", "the letter m stands where the record has the letter n after Nguye"),
    ("Smith", "Smith Jr.", "the suffix Jr. is missing"),
    ("Smith Jr.", "Smith", "the suffix Jr. does not stand in the record"),
    ("Smith Jr", "Smith Jr.", "the period is missing after Jr"),
    ("Smith, Jr.", "Smith Jr.", "there is an extra comma after Smith"),
    ("Garcia", "Garcia Lopez", "Lopez is missing"),
    ("Ana Maria", "Ana", "Maria does not stand in the record"),
    ("Lopez Garcia", "Garcia Lopez", "the parts of the name are in another order"),
    ("\ufffdLi", "Li", "there is an extra character that cannot be read at the beginning"),
    ("Ａnn", "Ann", "the letter Ａ stands where the record has the letter A"),
]


@pytest.mark.parametrize(("typed", "record", "said"), ALMOST)
def test_each_difference_has_its_words(typed: str, record: str, said: str) -> None:
    """What keeps a claim from working is told character by character (O1)."""
    compared = compare(typed, record)
    assert (compared.same, compared.words) == (False, f"The last name is almost right: {said}.")


def test_several_differences_are_all_told() -> None:
    """Whoever made three mistakes hears about all three."""
    assert compare("o’brien perez", "O'Brien Pérez").words == (
        "The last name is almost right: a curly apostrophe stands where the record has a straight apostrophe; "
        "the accent is missing on the e: the record has é; "
        "capital letters differ: the record has capital O, capital B, capital P."
    )


@pytest.mark.parametrize(
    ("typed", "record"),
    [("Smith", "Nguyen"), ("A", "B"), ("[@click=app.x]", "Ann"), ("x" * 200, "y" * 300), ("Ngu", "Nguyen-Tran")],
)
def test_another_name_is_called_a_different_one(typed: str, record: str) -> None:
    """A name that has nothing to do with the record is not taken apart; the record is shown exactly."""
    words = compare(typed, record).words
    assert words.startswith("The last name is a different one: typed was “")
    assert words.endswith(f"the record has “{record}”.")


@pytest.mark.parametrize("typed", ["Li" * 500_000, "\u0301\u0323" * 500_000, "L" + "i" * 5_000])
def test_a_huge_paste_is_a_different_name(typed: str) -> None:
    """A paste of any size is compared at once, and never the same as a record."""
    compared = compare(typed, typed[:5_000])
    assert not compared.same
    assert len(compare(typed, "Li").words) < 500


def test_first_and_last_name_the_other_way_round_are_noticed() -> None:
    """The first name in the field of the last name is named as such."""
    assert compare("siobhan", "O'Brien", "last name", "Siobhan").words == (
        "That is the first name: the first and the last name are the other way round."
    )
    assert compare("O’Brien", "Siobhan", "first name", "O'Brien").words.startswith("That is the last name")
    assert compare("Li", "Li", "last name", "Li").same


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0"])
def test_nothing_typed_is_told(typed: str) -> None:
    """An empty field is not a difference in spelling."""
    assert compare(typed, "Li").words == "Nothing was typed for the last name."


def test_a_record_without_the_name_is_told() -> None:
    """Some records have one name only."""
    assert compare("Li", "", "first name").words == "The record has no first name: leave it empty."


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_names_can_be_compared(typed: str, record: str) -> None:
    """Two names are the same exactly when their characters are, and any difference has words."""
    compared = compare(typed, record)
    assert compared.same is (normalize("NFC", typed) == normalize("NFC", record))
    assert compared.words.endswith(".")
    assert not compared.words.endswith(": .")


@given(st.sampled_from(NAMES), st.integers(0, 12), st.sampled_from(" -'’xé\u0301\u200b"))
def test_one_extra_character_is_always_noticed(name: str, place: int, extra: str) -> None:
    """However small, a difference is a difference."""
    typed = name[:place] + extra + name[place:]
    assert compare(typed, name).same is (normalize("NFC", typed) == name)


@given(st.text("abcAB é-' ", max_size=9), st.text("abcAB é-' ", max_size=9))
def test_the_edits_turn_one_name_into_the_other(typed: str, record: str) -> None:
    """The differences told are all there are: applied to what was typed, they give the record."""
    aligned = align(list(typed), list(record))
    assert aligned is not None
    result = typed
    for edit in reversed(aligned[0]):
        assert typed[edit.at : edit.at + len(edit.typed)] == edit.typed
        assert record[edit.record_at : edit.record_at + len(edit.record)] == edit.record
        result = result[: edit.at] + edit.record + result[edit.at + len(edit.typed) :]
    assert result == record


def test_letters_are_compared_without_case_and_accent() -> None:
    """What a letter is at its base."""
    assert [base(each) for each in ("É", "đ", "’", "–", "\u00a0", "Ａ", "ế", "x")] == [
        "e",
        "d",
        "'",
        "-",
        " ",
        "a",
        "e",
        "x",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("S0123456", "The digits are right, but here the S in front does not belong. Take it out."),
        ("s0123456 ", "The digits are right, but here the S in front does not belong. Take it out."),
        ("O123456", "letter O where a zero belongs"),
        ("123456", "The zero in front is missing."),
        ("0123465", "the sixth and the seventh digit are swapped"),
        ("0123456 ", "Something does not belong there: a space."),
        ("", "Nothing was typed for the ID number."),
    ],
)
def test_an_id_number_is_compared_digit_for_digit(typed: str, said: str) -> None:
    """For the claim the ID stands without the S (D23)."""
    compared = compare_id(typed, "0123456", DISTRICT)
    assert not compared.same
    assert said in compared.words


def test_the_right_id_number_is_the_same() -> None:
    """The ID exactly as in the record is right."""
    assert compare_id("0123456", "0123456", DISTRICT).same
