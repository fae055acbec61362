"""Usernames: the whole table of what is typed wrong, and what is said about it (D07)."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wizard.district import District, load
from wizard.identifiers import diagnose, diagnose_id
from wizard.usernames import is_student_id, username_of
from wizard.vocabulary import USERNAME_CODES

CCPS = load()
HILL = load(Path(__file__).parents[1] / "fixtures" / "nine-digits.toml")
LONG = CCPS.model_copy(
    update={
        "student_id": CCPS.student_id.model_copy(
            update={"digits": 10, "leading_zero": False, "username_prefix": "HV", "example": "1234567890"}
        )
    }
)
ANN = "0123456"

TABLE = [
    ("S0123456", "right", "S0123456"),
    ("s0123456", "lower-case", "S0123456"),
    ("0123456", "missing-prefix", "S0123456"),
    ("123456", "missing-prefix-and-zero", "S0123456"),
    ("S123456", "missing-zero", "S0123456"),
    ("SO123456", "letter-for-zero", "S0123456"),
    ("So123456", "letter-for-zero", "S0123456"),
    ("SО123456", "letter-for-zero", "S0123456"),  # a Cyrillic O
    ("S 0123456", "stray-character", "S0123456"),
    ("S0123456 ", "stray-character", "S0123456"),
    (" S0123456", "stray-character", "S0123456"),
    ("S-0123456", "stray-character", "S0123456"),
    ("S0123456\r\n", "stray-character", "S0123456"),
    ("S.012.34.56", "stray-character", "S0123456"),
    ("S\u200b0123456", "stray-character", "S0123456"),
    ("SS0123456", "stray-character", "S0123456"),
    ("50123456", "look-alike-prefix", "S0123456"),
    ("$0123456", "look-alike-prefix", "S0123456"),
    ("A0123456", "look-alike-prefix", "S0123456"),
    ("Ѕ0123456", "look-alike-prefix", "S0123456"),  # a Cyrillic letter
    ("S00123456", "extra-zero", "S0123456"),
    ("S000123456", "extra-zero", "S0123456"),
    ("S0l23456", "look-alike-digit", "S0123456"),
    ("S0I23456", "look-alike-digit", "S0123456"),
    ("S0|23456", "look-alike-digit", "S0123456"),
    ("S٠١٢٣٤٥٦", "look-alike-digit", "S0123456"),
    ("s 0123456", "several", "S0123456"),
    ("so123456", "several", "S0123456"),
    ("5O123456", "several", "S0123456"),
    ("O123456", "several", "S0123456"),
    ("SOl23456", "several", "S0123456"),
    ("Ｓ０１２３４５６", "several", "S0123456"),
    ("S012345", "wrong-length", ""),
    ("S01234567", "wrong-length", ""),
    ("12", "wrong-length", ""),
    ("1" * 150, "wrong-length", ""),
    ("S0123456@students.example", "not-a-username", ""),
    ("jane.doe", "not-a-username", ""),
    ("jane2014", "not-a-username", ""),
    ("solo", "not-a-username", ""),
    ("S", "not-a-username", ""),
    ("李小龍", "not-a-username", ""),
    ("-", "not-a-username", ""),
    ("", "empty", ""),
    ("   ", "empty", ""),
    ("\x00\u200b", "empty", ""),
]


@pytest.mark.parametrize(("typed", "code", "normalized"), TABLE)
def test_the_table_of_wrong_usernames(typed: str, code: str, normalized: str) -> None:
    """Each way to mistype a username is known (D07), whether or not the student is."""
    for student_id in (None, ANN):
        found = diagnose(typed, CCPS, student_id)
        assert (found.code, found.normalized) == (code, normalized)
        assert found.code in USERNAME_CODES


@pytest.mark.parametrize(
    ("typed", "problems", "said"),
    [
        ("s0123456", ("lower-case",), "Type a capital S."),
        ("0123456", ("missing-prefix",), "The S in front is missing. Type a capital S before the number."),
        ("123456", ("missing-prefix-and-zero",), "The S and the zero in front are missing."),
        ("S123456", ("missing-zero",), "The zero right after the S is missing. Type the number zero there."),
        ("SO123456", ("letter-for-zero",), "You typed the letter O where a zero belongs. Take the O out and type"),
        ("S 0123456", ("stray-character",), "Something does not belong there: a space. Take it out."),
        ("S-0123-456", ("stray-character",), "These do not belong there: a dash. Take them all out."),
        ("50123456", ("look-alike-prefix",), "You typed the number five where the S belongs."),
        ("$0123456", ("look-alike-prefix",), "You typed a dollar sign where the S belongs."),
        ("S00123456", ("extra-zero",), "There is one zero too many in front. Take one zero out."),
        ("S0l23456", ("look-alike-digit",), "the small letter L where the number one belongs"),
        ("S0I23456", ("look-alike-digit",), "the capital letter I where the number one belongs"),
        ("S012345", ("wrong-length",), "There are 6 digits where 7 belong: 1 is missing."),
        ("S01234567", ("wrong-length",), "8 digits where 7 belong: 1 is too many."),
        ("S0123465", ("other-student",), "not this student's: the sixth and the seventh digit are swapped."),
        ("S0123457", ("other-student",), "the seventh digit is seven where six belongs."),
        ("S0765432", ("other-student",), "5 of its 7 digits differ"),
        ("s0123465", ("lower-case", "other-student"), "Type a capital S. The number is not this student's"),
        ("a@b", ("not-a-username",), "An address with an at sign is not the username."),
        ("", ("empty",), "Nothing was typed for the username."),
    ],
)
def test_what_is_said_about_a_mistake(typed: str, problems: tuple[str, ...], said: str) -> None:
    """The mistake is told in words that can be spoken, and ends with the right username."""
    found = diagnose(typed, CCPS, ANN)
    assert found.problems == problems
    assert said in found.words
    assert found.words.endswith("The username is S0123456.")


@pytest.mark.parametrize("typed", [typed for typed, code, _ in TABLE if code != "right"])
def test_an_unknown_student_hears_only_what_a_username_looks_like(typed: str) -> None:
    """Without a student no username is told, only how one is made up (D07)."""
    found = diagnose(typed, CCPS)
    assert "0123456" not in found.words
    assert found.words.endswith(
        "A username has 8 characters: a capital S, then the 7 digits of the ID number, the first one a zero."
    )


def test_several_mistakes_are_all_explained() -> None:
    """Whoever made three mistakes hears about all three at once."""
    found = diagnose(" 5O1-23456", CCPS, ANN)
    assert found.code == "several"
    assert found.problems == ("look-alike-prefix", "letter-for-zero", "stray-character")
    assert "number five" in found.words
    assert "letter O" in found.words
    assert "a space and a dash" in found.words


def test_a_lost_digit_is_not_taken_for_another_student() -> None:
    """A digit lost on the way is a wrong length, even where a zero in front would make it well formed."""
    assert diagnose("S023456", CCPS, ANN).code == "wrong-length"
    assert diagnose("023456", CCPS, ANN).code == "wrong-length"
    assert diagnose("23456", CCPS, "0023456").code == "missing-prefix-and-zero"
    assert diagnose("S123465", CCPS, ANN).code == "other-student"


@pytest.mark.parametrize(
    ("typed", "code", "normalized"),
    [
        ("123456789", "right", "123456789"),
        ("S123456789", "stray-character", "123456789"),
        ("123-456-789", "stray-character", "123456789"),
        ("12345678O", "letter-for-zero", "123456780"),
        ("l23456789", "look-alike-digit", "123456789"),
        ("S23456789", "look-alike-digit", "523456789"),
        ("0123456789", "extra-zero", "123456789"),
        ("12345678", "wrong-length", ""),
        ("1234567890", "wrong-length", ""),
        ("marty", "not-a-username", ""),
        ("", "empty", ""),
    ],
)
def test_a_district_without_a_letter_has_a_table_of_its_own(typed: str, code: str, normalized: str) -> None:
    """Nine digits and nothing in front: no letter is ever missed there."""
    found = diagnose(typed, HILL)
    assert (found.code, found.normalized) == (code, normalized)
    assert found.code == "right" or found.words.endswith("A username has 9 digits, and nothing else.")


def test_a_zero_eaten_by_a_spreadsheet_is_known_where_zeros_are_rare() -> None:
    """Where an ID may begin with a zero but need not, the student's own ID tells."""
    assert diagnose("12345678", HILL, "012345678").code == "missing-zero"
    assert diagnose("S23456789", HILL, "523456789").code == "look-alike-digit"
    assert diagnose("S23456789", HILL, "123456789").code == "other-student"


# -- properties ----------------------------------------------------------------------------------------------

SEVEN = st.from_regex(r"0[0-9]{6}", fullmatch=True)


@given(SEVEN)
def test_the_right_username_is_right_and_stays(student_id: str) -> None:
    """The right username is right for every student, and normalizing it changes nothing."""
    username = username_of(student_id, CCPS)
    found = diagnose(username, CCPS, student_id)
    assert (found.code, found.problems, found.normalized) == ("right", (), username)
    assert diagnose(username, CCPS).normalized == username


def _mutations(student_id: str) -> dict[str, str]:
    """Return one mistake of each kind, as far as this ID can have it."""
    alike = {"1": "l", "2": "Z", "5": "S", "6": "G", "8": "B", "9": "g"}
    looks = [
        student_id[:at] + alike[digit] + student_id[at + 1 :] for at, digit in enumerate(student_id) if digit in alike
    ]
    return {
        "lower-case": f"s{student_id}",
        "missing-prefix": student_id,
        "missing-prefix-and-zero": student_id[1:],
        "missing-zero": f"S{student_id[1:]}",
        "letter-for-zero": f"SO{student_id[1:]}",
        "look-alike-prefix": f"5{student_id}",
        "extra-zero": f"S0{student_id}",
    } | ({"look-alike-digit": f"S{looks[-1]}"} if looks else {})


@given(SEVEN, st.sampled_from(sorted(_mutations(ANN))))
def test_every_single_mistake_is_known_and_put_right(student_id: str, code: str) -> None:
    """Whatever the ID, one mistake gets its own name, and what was meant is found again."""
    mutated = _mutations(student_id).get(code)
    assume(mutated is not None)
    found = diagnose(mutated or "", CCPS, student_id)
    assert (found.code, found.problems, found.normalized) == (code, (code,), username_of(student_id, CCPS))
    if not student_id.startswith("00"):
        alone = diagnose(mutated or "", CCPS)
        assert (alone.code, alone.normalized) == (code, username_of(student_id, CCPS))


@given(SEVEN, st.integers(0, 8), st.sampled_from(" -._/\t\u00a0\u2013\u200b\x00'\"#"))
def test_a_stray_sign_anywhere_is_taken_out(student_id: str, place: int, sign: str) -> None:
    """A space, dash or other sign is found wherever it stands."""
    username = username_of(student_id, CCPS)
    for known in (student_id, None):
        found = diagnose(username[:place] + sign + username[place:], CCPS, known)
        assert (found.code, found.normalized) == ("stray-character", username)


@given(SEVEN, st.integers(0, 5))
def test_swapped_digits_are_named(student_id: str, place: int) -> None:
    """Two digits swapped make another student's username, and which two is said."""
    assume(student_id[place] != student_id[place + 1])
    swapped = student_id[:place] + student_id[place + 1] + student_id[place] + student_id[place + 2 :]
    found = diagnose(f"S{swapped}", CCPS, student_id)
    assert found.code == "other-student"
    assert "are swapped" in found.words


@given(SEVEN, st.integers(1, 7))
def test_the_wrong_number_of_digits_is_told(student_id: str, cut: int) -> None:
    """Too few or too many digits are counted."""
    assume(not student_id.startswith("00"))  # there the zeros in front explain it as well
    short, much = f"S{student_id[:-cut]}", f"S{student_id}{'7' * cut}"
    assert diagnose(much, CCPS, student_id).code == "wrong-length"
    if cut < 6:
        assert diagnose(short, CCPS, student_id).code == "wrong-length"


@given(
    st.text(st.characters(codec=None)) | st.text("S5$sO0123456789lI -@", max_size=14),
    st.sampled_from([CCPS, HILL, LONG]),
    st.booleans(),
)
def test_any_text_gets_a_diagnosis(typed: str, district: District, known: bool) -> None:
    """Whatever is typed is diagnosed, and what was meant, typed again, is right."""
    example = district.student_id.example
    found = diagnose(typed, district, example if known else None)
    assert found.code in USERNAME_CODES
    assert found.words
    if found.normalized:
        again = diagnose(found.normalized, district)
        assert (again.code, again.normalized) == ("right", found.normalized)
    if not district.student_id.username_prefix:
        assert not [problem for problem in found.problems if "prefix" in problem or problem == "lower-case"]


@given(st.text("S0123456789 -", max_size=12), st.text("0123456789x", max_size=12), st.sampled_from([CCPS, HILL]))
def test_a_record_with_an_odd_id_breaks_nothing(typed: str, student_id: str, district: District) -> None:
    """An ID that the SIS has, but that does not look like one, is still told apart from others."""
    found = diagnose(typed, district, student_id)
    assert found.code in USERNAME_CODES
    right = username_of(student_id, district)
    if student_id:
        assert diagnose(right, district, student_id).code == "right"
        assert found.code != "right" or typed == right


@pytest.mark.parametrize("typed", ["S0123456" * 1_250, "0" * 10_000, "S" * 10_000, " " * 10_000, "\u0301" * 10_000])
def test_a_huge_paste_is_diagnosed_too(typed: str) -> None:
    """A paste of 10 kB gets a sentence, not a delay."""
    assert len(diagnose(typed, CCPS, ANN).words) < 300


def test_a_prefix_of_two_letters_is_one_thing() -> None:
    """A district may have more than one letter in front."""
    assert diagnose("hv1234567890", LONG).code == "lower-case"
    assert diagnose("1234567890", LONG).code == "missing-prefix"
    assert diagnose("HY1234567890", LONG).code == "look-alike-prefix"
    assert "the capital letters HV" in diagnose("1234567890", LONG).words


def test_an_id_is_told_digit_for_digit() -> None:
    """An ID has the district's digits and begins with a zero where the district says so."""
    assert is_student_id(ANN, CCPS)
    assert not any(is_student_id(text, CCPS) for text in ("123456", "1234567", "S0123456", "٠١٢٣٤٥٦", "0123456\n", ""))
    assert is_student_id("123456789", HILL)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("O123456", "letter O where a zero belongs"),
        ("123456", "The zero in front is missing."),
        ("0123465", "the sixth and the seventh digit are swapped"),
        ("012345", "There are 6 digits where 7 belong"),
        ("ann", "That is not an ID number here."),
    ],
)
def test_an_id_number_is_diagnosed_without_a_letter(typed: str, said: str) -> None:
    """For the claim the ID has no letter in front (D23), and its mistakes are told like those of a username."""
    words = diagnose_id(typed, CCPS, ANN).words
    assert said in words
    assert words.endswith("The ID number is 0123456.")
