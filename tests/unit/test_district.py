"""The district file: the shipped one, another district's, and every way it can be wrong."""

from datetime import date
from pathlib import Path

import pytest

from wizard.district import SHIPPED, DistrictError, load

NINE_DIGITS = Path(__file__).parents[1] / "fixtures" / "nine-digits.toml"


def broken(folder: Path, before: str, after: str) -> Path:
    """Write the shipped file with one edit."""
    text = SHIPPED.read_text(encoding="utf-8")
    assert before in text
    path = folder / "district.toml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return path


def test_the_shipped_file_holds_what_the_district_told_its_families() -> None:
    """The shipped district file carries the facts D01, D02, D03, D07, D11, D15, D25 and D27."""
    district = load()
    assert (district.portal.name, district.portal.address) == ("CCPS Portal", "my.clayton.k12.ga.us")
    assert district.portal.browser == "Chrome"
    assert district.portal.login_deadline == date(2021, 8, 2)
    assert district.sis.name == "Infinite Campus"
    assert (district.claim.hours, district.claim.questions) == (24, 3)
    assert (district.student_id.digits, district.student_id.username_length) == (7, 8)
    assert district.student_id.username_example == "S0123456"
    assert district.password.minimum == 8
    assert district.ticket.menu == (
        '"Software/Online" systems',
        "Rapid Identity/CCPS Portal",
        "Student Account",
        "Cannot answer challenge questions",
    )
    assert str(district.zone) == "America/New_York"


def test_the_shipped_file_names_the_three_videos_without_inventing_addresses() -> None:
    """The three videos of D06, D09 and D19 have their titles; an unknown address stays empty."""
    videos = load().videos
    assert videos.login.title == "How Do I Login and Prevent Future Login Issues"
    assert videos.forgot.title == "What Happens When I Forget My Password"
    assert videos.claim.title == "Claiming Your Account in the CCPS Portal 2021-22"
    assert not any(video.address for video in (videos.login, videos.forgot, videos.claim))


def test_the_shipped_district_speaks_three_languages() -> None:
    """English, Spanish and Vietnamese, as the district itself publishes its help (O4)."""
    assert load().languages == ("en", "es", "vi")
    assert load(NINE_DIGITS).languages == ("en", "es")


def test_the_lockout_is_marked_as_assumed() -> None:
    """The lockout of the portal software (O2) is shipped as an assumption, and says so."""
    lockout = load().lockout
    assert (lockout.tries, lockout.minutes, lockout.assumed) == (5, 5, True)


@pytest.mark.parametrize(
    "word", ["pet", "birthday", "teacher", "team", "maiden", "school", "street", "color", "favorite"]
)
def test_the_question_bank_asks_nothing_that_others_know(word: str) -> None:
    """No shipped challenge question asks for what classmates or social media know."""
    questions = load().questions
    assert len(questions) >= 10
    assert not [question.text for question in questions if word in question.text.lower().split()]


def test_another_file_makes_another_district() -> None:
    """A district with nine digits and no letter before them needs a file, not a change of code."""
    district = load(NINE_DIGITS)
    assert district.student_id.username_length == 9
    assert district.student_id.username_example == "123456789"
    assert not district.student_id.leading_zero


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("digits = 7", "digits = '7'", "student_id.digits: must be a whole number, without quotes"),
        ("digits = 7", "digits = 3", "student_id.digits: the value should be greater than or equal to 4"),
        ("digits = 7", "digits = 21", "student_id.digits: the value should be less than or equal to 20"),
        ("digits = 7", "digits = 8", "student_id: example must be an ID like the others: 8 digits"),
        ('example = "0123456"', 'example = "1123456"', "7 digits, the first one a zero"),
        ('example = "0123456"', 'example = "０123456"', "student_id: example must be an ID"),
        ('example = "0123456"', "example = 0.5", "student_id.example: must be text in quotes"),
        ('prefix = "S"', 'prefix = "s"', "student_id.username_prefix: must be at most four capital letters"),
        ("hours = 24", "hours = true", "claim.hours: must be a whole number"),
        ("assumed = true", 'assumed = "yes"', "lockout.assumed: must be true or false"),
        ("= 2021-08-02", '= "2021-08-02"', "portal.login_deadline: must be a date such as 2021-08-02"),
        ("= 2021-08-02", "= 2021-08-02T10:00:00", "portal.login_deadline: must be a date such as 2021-08-02"),
        ("hours = 24", "hour = 24", "claim.hours: this key is missing"),
        ("[sis]", "[sis]\nnmae = 1", "sis.nmae: there is no such key; check its spelling or take it out"),
        ("[sis]", '[sis]\n"\\u001b[31m" = 1', "sis.\ufffd[31m: there is no such key"),
        ("America/New_York", "Georgia", "time_zone: 'Georgia' is not a known time zone"),
        ("America/New_York", "America", "time_zone: 'America' is not a known time zone"),
        ("America/New_York", "../../etc/passwd", "is not a known time zone"),
        ("my.clayton", "my clayton", "portal.address: must be an address without blanks"),
        ('"Infinite Campus" ', '" "', "sis.name: must not be empty"),
        ('"Infinite Campus" ', '"Infinite\\u202e Campus"', "sis.name: holds an invisible or control character"),
        ("menu = [", "menu = [ 3,", "ticket.menu.number 1: must be text in quotes"),
        ("[portal]", "[[portal]]", "portal: "),
        ('languages = ["en", "es", "vi"]', "", "languages: this key is missing"),
        ('"es", "vi"]', '"Spanish"]', "languages.number 2: must be the code of a language, such as es"),
        ('"es", "vi"]', '"es", "es"]', "languages: 'es' stands there twice"),
        ('["en", "es", "vi"]', '["es", "vi"]', 'languages: "en" is missing; staff read English'),
        ('["en", "es", "vi"]', "[]", "languages: "),
        ('["en", "es", "vi"]', '"en"', "languages: "),
        ('"odd-smell"', '"rainy-day"', "questions: 'rainy-day' stands there twice"),
        ('"odd-smell"', '"Odd smell"', "questions.number 12.code: must be small letters"),
        ("minimum = 8", "minimum = 6", "password.minimum: the value should be greater"),
        ("leading_zero = true", "leading_zero =", "is not valid TOML: Invalid value (at line 22"),
        ("digits = 7", "digits = " + "9" * 5000, "is not valid TOML"),
    ],
)
def test_a_wrong_value_is_named_by_file_and_key(tmp_path: Path, before: str, after: str, said: str) -> None:
    """A mistake in the district file is told in a sentence with the file, the key and what to do."""
    path = broken(tmp_path, before, after)
    with pytest.raises(DistrictError) as caught:
        load(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"The district file {path} ")
    assert said in sentence
    assert sentence.endswith((".", ".)"))
    assert "\n" not in sentence


def test_a_bank_of_nine_questions_is_too_small(tmp_path: Path) -> None:
    """Three of nine questions would be guessed too easily: a bank has at least ten."""
    text = NINE_DIGITS.read_text(encoding="utf-8")
    path = tmp_path / "few.toml"
    path.write_text(text[: text.rindex("[[questions]]")], encoding="utf-8")
    with pytest.raises(DistrictError, match=r"questions: .*at least 10 items"):
        load(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "code: this key is missing"),
        (b'name = "\xe9"', "is not UTF-8 text (line 1). Save it as UTF-8."),
        (b"a = " + b"[" * 100_000, "it is nested too deeply"),
        (b"#" * ((1 << 20) + 1), "is larger than 1 MiB"),
        (b"\x00", "is not valid TOML"),
        (b"code = 1\n" + b"a." * 200_000 + b"b = 1", "has a name in 32 parts or more (line 2). Shorten it."),
    ],
)
def test_a_file_that_is_no_district_file_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    """Whatever file is given as the district file, the answer is a sentence."""
    path = tmp_path / "district.toml"
    path.write_bytes(content)
    with pytest.raises(DistrictError) as caught:
        load(path)
    assert said in str(caught.value)


def test_a_file_saved_by_an_old_editor_is_read(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends do no harm."""
    path = tmp_path / "district.toml"
    text = SHIPPED.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(text.encode("utf-8-sig"))
    assert load(path) == load()


@pytest.mark.parametrize(("name", "said"), [("nowhere.toml", "does not exist"), (".", "is not a file")])
def test_a_path_that_leads_to_no_file_is_told(tmp_path: Path, name: str, said: str) -> None:
    """A path to nothing or to a folder is told as such."""
    with pytest.raises(DistrictError, match=said):
        load(tmp_path / name)
