"""Passwords: the rules a new one keeps, each with its reason, and the hashes that stay of it.

Composition rules and expiry are left out on purpose (NIST SP 800-63B): they make passwords worse.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category, combining, normalize

from wizard.accounts import Account, username
from wizard.district import District
from wizard.views.handover import Refused, Rule

if TYPE_CHECKING:
    from argon2 import PasswordHasher

COMMON = Path(__file__).with_name("common-passwords.txt")
"""The passwords that are tried first by whoever guesses."""

USED_BEFORE = Refused(
    "used-before", "This student used that password before. Choose one that is new: the portal takes no old ones."
)
"""The refusal of a password out of the history (D12)."""

MOST_COMPARED = 2_000
"""Characters of a password that are compared with its repetition; far beyond the longest one."""

_UNTYPABLE = frozenset(("Cc", "Cs", "Zl", "Zp"))


# -- the rules -----------------------------------------------------------------------------------------------


def rules(password: str, again: str, account: Account, district: District) -> tuple[Rule, ...]:
    """Return every rule for a new password (D11, D12, D24), for showing while it is typed.

    A rule that is not True yet must be, except those that cannot be told here (None).
    """
    # The cut bounds the work on a huge paste; what lies behind it is far beyond the longest password anyway.
    text = normalize("NFKC", password[: 8 * district.password.maximum])
    return (
        _length(password, text, district),
        _characters(text),
        _not_about_you(text, account, district),
        _not_common(text),
        _same(password, again),
        _never_used(),
        _comfortable(text, district),
    )


def problems(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules that are broken."""
    return tuple(rule for rule in rules if rule.ok is False)


def _length(typed: str, text: str, district: District) -> Rule:
    limits = district.password
    if len(typed) > 8 * limits.maximum or len(text) > limits.maximum:
        return Rule("length", f"At most {limits.maximum} characters", "A longer one cannot be kept whole.", False)
    # One typed character may stand for several (a ligature): it still takes only one guess.
    enough = min(len(typed), len(text)) >= limits.minimum
    return Rule("length", f"At least {limits.minimum} characters", "Short ones are guessed quickly.", enough)


def _characters(text: str) -> Rule:
    typable = not any(category(character) in _UNTYPABLE for character in text)
    reason = "Spaces and letters of any language are fine; a tab or line break cannot be typed at the login."
    return Rule("characters", "Only characters that can be typed", reason, typable if text else None)


def _not_about_you(text: str, account: Account, district: District) -> Rule:
    plain = _plain(text)
    hit = any(re.fullmatch(re.escape(word) + r"\d{0,4}", plain) for word in _words_about(account, district))
    words = "Not a name, the ID, or the name of the portal or district"
    reason = "Classmates try these first, also with a few digits behind them."
    return Rule("not-about-you", words, reason, not hit if text else None)


def _words_about(account: Account, district: District) -> Iterator[str]:
    student, portal = account.student, district.portal
    yield from filter(None, (_plain(student.id), _plain(username(account, district))))
    full = (student.first, student.middle, student.last)
    names = (*full, student.first + student.last, student.last + student.first, "".join(full))
    places = (portal.name, portal.address, district.name, district.short_name)
    parts = (part for name in full for part in re.split(r"[\s\-]+", name))
    yield from filter(None, map(_plain, (*names, *places, *parts)))


def _plain(text: str) -> str:
    """Return only letters and digits, without case and accents: `José O'Brien` and `joseobrien` are one word."""
    letters = normalize("NFKD", normalize("NFKC", text).casefold())
    return "".join(letter for letter in letters if letter.isalnum() and not combining(letter))


def _not_common(text: str) -> Rule:
    folded = text.casefold()
    few = len(set(folded)) <= 2
    listed = any(folded.startswith(word) and _few_digits(folded[len(word) :]) for word in _common())
    reason = "Programs that guess try the well-known ones first."
    return Rule("not-common", "Not a password that many people use", reason, not (few or listed) if text else None)


def _few_digits(rest: str) -> bool:
    return len(rest) <= 4 and (not rest or rest.isdigit())


@cache
def _common() -> tuple[str, ...]:
    return tuple(COMMON.read_text(encoding="utf-8").split())


def _same(password: str, again: str) -> Rule:
    # Compared as it will be hashed: two keyboards may compose an accent differently.
    same = max(len(password), len(again)) <= MOST_COMPARED and normalize("NFKC", password) == normalize("NFKC", again)
    same = same and bool(password)
    return Rule("same", "Typed twice the same", "So that no slip of a finger locks the student out.", same)


def _never_used() -> Rule:
    reason = "The portal takes no old one; this is checked at the end."
    return Rule("never-used", "One this student never used before", reason, None)


def _comfortable(text: str, district: District) -> Rule:
    enough = district.password.comfortable
    reason = "A few words in a row are long, and easy to remember."
    return Rule("hint-long", f"Even better: {enough} or more", reason, True if len(text) >= enough else None)


# -- the hashes ----------------------------------------------------------------------------------------------


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)  # OWASP's floor for Argon2id, KiB


def hash_secret(text: str) -> str:
    """Return the Argon2id hash of a password or of joined answers, parameters included. About 40 ms."""
    return _hasher().hash(_bytes(text))


def verify(kept: str, text: str) -> bool:
    """Return whether the text is the one that was hashed; False, too, for a hash that cannot be read. About 40 ms."""
    from argon2.exceptions import VerificationError

    try:
        return _hasher().verify(kept, _bytes(text))
    except (VerificationError, ValueError):  # ValueError: no hash at all
        return False


def was_used(hashes: Iterable[str], text: str) -> bool:
    """Return whether the password is one of those that were hashed (D12). About 40 ms for each."""
    return any(verify(kept, text) for kept in hashes)


def needs_rehash(kept: str) -> bool:
    """Return whether a hash was made with weaker parameters than today's."""
    return _hasher().check_needs_rehash(kept)


def _bytes(text: str) -> bytes:
    return normalize("NFKC", text).encode("utf-8", "surrogatepass")
