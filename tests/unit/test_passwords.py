"""Passwords: every rule at its edge, and hashes that give nothing away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard import passwords
from wizard.accounts import Account, Student
from wizard.district import load
from wizard.views.handover import Rule

DISTRICT = load()
JOSE = Account(student=Student(id="0123456", last="Nguyen-Tran", first="José", middle="De La Cruz"))
GOOD = "Purple-Kettle"


def rule(code: str, password: str, again: str | None = None, account: Account = JOSE) -> Rule:
    """Return one rule for a password that is typed twice the same unless told otherwise."""
    rules = passwords.rules(password, password if again is None else again, account, DISTRICT)
    return next(each for each in rules if each.code == code)


@pytest.mark.parametrize(
    "password", [GOOD, "12 monkeys!?", "mật khẩu của tôi", "пароль мой", "       xy", "密码很长很长很长"]
)
def test_a_good_password_keeps_every_rule(password: str) -> None:
    """Spaces, accents and any script are fine; nothing asks for digits or signs."""
    assert passwords.problems(passwords.rules(password, password, JOSE, DISTRICT)) == ()


def test_every_rule_has_words_and_a_reason() -> None:
    """Each rule is shown with its reason."""
    for password in ("", GOOD, "x" * 200):
        for each in passwords.rules(password, "", JOSE, DISTRICT):
            assert each.words
            assert each.reason.endswith(".")


@pytest.mark.parametrize(
    ("password", "ok"),
    [
        ("", False),
        ("kettles", False),
        ("kettles7", True),  # 8 itself is accepted (D11)
        ("éèêëàâä", False),
        ("e\u0301" * 4, False),  # four letters, however they are composed
        ("\ufdfa", False),  # one sign that stands for eighteen letters
        ("x7" * 64, True),
        ("x7" * 64 + "x", False),
        ("\ufb01" * 64, True),
        ("\ufb01" * 65, False),
        ("x" * 10_000, False),
        ("\ufdfa" * 10_000, False),
    ],
)
def test_the_length_is_8_to_128(password: str, ok: bool) -> None:
    """At least 8 characters, 8 included (D11), and at most 128."""
    assert rule("length", password).ok is ok


@pytest.mark.parametrize("odd", ["\t", "\n", "\x00", "\x1b", "\x7f", "\x85", "\u2028", "\ud800"])
def test_a_control_character_is_refused(odd: str) -> None:
    """What cannot be typed at the login cannot be part of a password."""
    assert rule("characters", f"Purple{odd}Kettle").ok is False


@pytest.mark.parametrize(
    "password",
    [
        *("0123456", "01234567", "S0123456", "s0123456", "S01234562021", "s-0123456"),
        *(
            "nguyen2021",
            "NGUYEN12",
            "nguyentran",
            "Nguyen-Tran",
            "Nguyen Tran 1",
            "José2021",
            "jose2014",
            "JOSE\u03012021",
        ),
        *("JoseNguyenTran", "nguyentranjose1", "delacruz", "De La Cruz 99", "ｎｇｕｙｅｎ２０２１"),
        *("CCPS2021", "ccpsportal", "CCPS Portal 1", "Clayton County Public Schools", "my.clayton.k12.ga.us"),
    ],
)
def test_a_password_about_the_student_is_refused(password: str) -> None:
    """Not the ID, the username, a name, the portal or the district, also with up to four digits behind."""
    assert rule("not-about-you", password).ok is False


@pytest.mark.parametrize(
    "password", ["nguyen20210", "my nguyen friend", "josephine", "9876543 S", "!!!!!!!!!!", "cruzando el mar"]
)
def test_a_password_that_only_holds_a_name_is_fine(password: str) -> None:
    """A name inside of something longer is no reason to refuse it."""
    assert rule("not-about-you", password).ok is True


def test_an_apostrophe_hides_no_name() -> None:
    """O'Brien is obrien, with whatever apostrophe."""
    brien = Account(student=Student(id="0123456", last="O’Brien", first="Siobhan"))
    assert rule("not-about-you", "obrien2014", account=brien).ok is False
    assert rule("not-about-you", "O'Brien2014", account=brien).ok is False


def test_a_nameless_student_gets_no_odd_refusal() -> None:
    """A record without letters in a name refuses nothing for it."""
    nobody = Account(student=Student(id="0123456", last="-", first=""))
    assert rule("not-about-you", "2468", account=nobody).ok is True


@pytest.mark.parametrize(
    "password", ["password", "PassWord1", "password2021", "12345678", "Minecraft77", "aaaaaaaa", "abababab"]
)
def test_a_common_password_is_refused(password: str) -> None:
    """What many people use is refused, also with up to four digits behind it."""
    assert rule("not-common", password).ok is False


def test_the_list_of_common_passwords_is_worth_its_name() -> None:
    """The list holds some hundreds, each long enough to get past the first rule, none twice."""
    words = passwords.COMMON.read_text(encoding="utf-8").split()
    assert len(words) > 300
    assert len(words) == len(set(words))
    assert not [word for word in words if len(word) < 8 or word != word.casefold()]


@pytest.mark.parametrize(
    ("password", "again", "ok"),
    [
        (GOOD, GOOD, True),
        (GOOD, "purple-kettle", False),
        (GOOD, "", False),
        ("José kettle", "Jose\u0301 kettle", True),
        ("x" * 20_000, "x" * 20_000, False),
    ],
)
def test_it_is_typed_twice_the_same(password: str, again: str, ok: bool) -> None:
    """Both fields hold the same, case included (D24)."""
    assert rule("same", password, again).ok is ok


@pytest.mark.parametrize(("password", "ok"), [("x" * 14, None), ("x" * 15, True)])
def test_a_short_one_gets_a_hint_and_no_refusal(password: str, ok: bool | None) -> None:
    """Below 15 there is a friendly hint."""
    assert rule("hint-long", password).ok is ok


def test_the_history_is_promised_not_checked_live() -> None:
    """That no password returns (D12) is said at once and checked at the end."""
    assert rule("never-used", GOOD).ok is None


def test_empty_fields_are_never_in_order() -> None:
    """Nothing typed is not a password."""
    assert passwords.problems(passwords.rules("", "", JOSE, DISTRICT))


@given(st.text(st.characters(codec=None), max_size=60), st.text(st.characters(codec=None), max_size=60))
def test_any_text_gets_its_rules(password: str, name: str) -> None:
    """Whatever is typed and whoever types, the rules are told."""
    account = Account(student=Student(id="0123456", last=name.encode("utf-8", "replace").decode(), first=""))
    assert len(passwords.rules(password, password, account, DISTRICT)) == 7


def test_a_hash_keeps_no_secret_and_knows_it_again() -> None:
    """The hash is Argon2id with its parameters, differs each time, and fits only the same text (NFKC)."""
    kept = passwords.hash_secret("José kettle")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert "kettle" not in kept
    assert kept != passwords.hash_secret("José kettle")
    assert passwords.verify(kept, "Jose\u0301 kettle")
    assert not passwords.verify(kept, "josé kettle")
    assert not passwords.needs_rehash(kept)


def test_an_earlier_password_is_known_again() -> None:
    """A password out of the history is found wherever it stands (D12)."""
    hashes = [passwords.hash_secret(text) for text in ("first kettle", "second kettle")]
    assert passwords.was_used(hashes, "second kettle")
    assert not passwords.was_used(hashes, "third kettle")
    assert not passwords.was_used([], "third kettle")


@pytest.mark.parametrize("kept", ["", "hash-1", "$argon2id$v=19$m=19456,t=2,p=1$", "é"])
def test_an_unreadable_hash_fits_nothing(kept: str) -> None:
    """A damaged hash lets nobody in, and breaks nothing."""
    assert not passwords.verify(kept, "")


def test_a_weaker_hash_is_renewed() -> None:
    """A hash made with weaker parameters is known as such."""
    from argon2 import PasswordHasher

    assert passwords.needs_rehash(PasswordHasher(memory_cost=8192, time_cost=1, parallelism=1).hash("kettle"))


@pytest.mark.parametrize("text", ["", "\ud800", "x" * 10_000])
def test_any_text_can_be_hashed(text: str) -> None:
    """Hashing never fails, whatever was typed."""
    assert passwords.verify(passwords.hash_secret(text), text)
