"""Student IDs as they stand in exports, and what a spreadsheet did to them. Nothing is repaired unasked."""

import re
from collections.abc import Callable
from typing import NamedTuple

from wizard.district import District
from wizard.roster.headers import IdKind

RESTORABLE = frozenset(("lost-zero", "text-mark", "decimal-point"))
"""What a spreadsheet adds or takes away without losing a digit."""

LIKE_NUMBERS = 3
"""Zeros at most that are taken for lost: a number that is shorter still is another number."""


class Reading(NamedTuple):
    """One ID as it was read."""

    id: str
    """As it stands, or as it would stand once restored; empty when nobody can tell."""
    damage: str
    """A code of `Numbers.words`; empty when the text is an ID of the district as it stands."""


class Numbers:
    """Reads the IDs of one district."""

    def __init__(self, district: District) -> None:
        """Read IDs of `district`."""
        rule = district.student_id
        self._digits, self._prefix = rule.digits, rule.username_prefix.casefold()
        form = rf"0[0-9]{{{rule.digits - 1}}}" if rule.leading_zero else rf"[0-9]{{{rule.digits}}}"
        self.fits: Callable[[str], object] = re.compile(form).fullmatch
        """The same as `district.student_id.fits`, compiled: it is asked for every row."""
        self.rule = f"{rule.digits} digits" + (", the first a zero" if rule.leading_zero else "")
        self.words = {
            "lost-zero": "the zero in front of the ID is missing, as when a spreadsheet saved the file",
            "text-mark": "the ID stands in a spreadsheet's text mark ('... or =\"...\")",
            "decimal-point": "the ID has a decimal point, as when a spreadsheet saved the file",
            "rounded": "a spreadsheet rounded the ID (as in 1.2E+06) and its digits are lost; export again as text",
            "hashes": "the ID is only ####: a spreadsheet's column was too narrow; export again",
            "missing": "the ID is missing",
            "wrong": f"the ID does not have {rule.digits} digits as it should",
            "first-digit": "the ID does not begin with a zero as it should",
        }

    def read(self, text: str) -> Reading:
        """Return the ID in a field, and what is wrong with it."""
        if self.fits(text):
            return Reading(text, "")
        plain, damage = _unmarked(text.strip())
        if self.fits(plain):
            return Reading(plain, damage)
        if plain.isascii() and plain.isdigit():
            return self._short(plain)
        return Reading("", _loss(plain))

    def _short(self, digits: str) -> Reading:
        whole = digits.zfill(self._digits)
        if self._digits - LIKE_NUMBERS <= len(digits) < self._digits and self.fits(whole):
            return Reading(whole, "lost-zero")
        return Reading("", "first-digit" if len(digits) == self._digits else "wrong")

    def plain(self, kind: IdKind) -> Callable[[str], str]:
        """Return how the ID is taken out of a column of this kind."""
        kinds: dict[IdKind, Callable[[str], str]] = {
            "number": str,
            "username": self.of_username,
            "email": self.of_username,
            "user-ids": self.of_user_ids,
        }
        return kinds[kind]

    def of_username(self, text: str) -> str:
        """Return the ID in a username or a student's e-mail address: `S0123456` -> `0123456` (D07)."""
        name = text.strip().partition("@")[0]
        return name[len(self._prefix) :] if name.casefold().startswith(self._prefix) else name

    def of_user_ids(self, text: str) -> str:
        """Return the ID in OneRoster's list of typed ids: `{SIS:0123456},{LDAP:12}` -> `0123456`."""
        ids = [part.strip(" {}").rpartition(":")[2].strip() for part in text.split(",")]
        return next(filter(self.fits, ids), ids[0])


def _unmarked(text: str) -> tuple[str, str]:
    """Return the text without a spreadsheet's marks, and which it had."""
    if marked := re.fullmatch(r"'(.+)|=\"(.*)\"", text):
        return (marked[1] or marked[2] or "").strip(), "text-mark"
    if whole := re.fullmatch(r"([0-9]+)\.0*", text):
        return whole[1], "decimal-point"
    return text, ""


def _loss(text: str) -> str:
    if not text:
        return "missing"
    if re.fullmatch(r"[0-9]([.,][0-9]+)?E\+?[0-9]+", text, re.IGNORECASE):
        return "rounded"
    return "hashes" if set(text) == {"#"} else "wrong"


def masked(text: str) -> str:
    """Return the text with all but its last two letters or digits hidden; a short text is hidden whole."""
    end = text[-2:] if len(text) > 3 and text[-2:].isascii() and text[-2:].isalnum() else ""
    return "•" * (len(text) - len(end)) + end
