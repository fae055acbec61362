"""Which students belong to one family: those who have a guardian on file in common (O6)."""

from unicodedata import normalize

from wizard.accounts import Account, Guardian
from wizard.phones import digits
from wizard.records import Tables
from wizard.text import collapse

Key = tuple[str, str]
"""A guardian as compared: folded name and the digits of the phone, or none."""


def key(guardian: Guardian) -> Key:
    """Return what two entries of the same person have in common."""
    return collapse(normalize("NFKC", guardian.name).casefold()), digits(guardian.phone)


def shared(one: Account, other: Account) -> frozenset[Key]:
    """Return the guardians two students have in common: same name and same phone, since many share a name."""
    here, there = (frozenset(map(key, account.guardians)) for account in (one, other))
    return frozenset(both for both in here & there if all(both))


def whoever_speaks(known: Account, other: Account) -> bool:
    """Return whether everyone who may speak for the one student may speak for the other, too.

    Which of the guardians was identified is not recorded, so one in common is not enough: whoever it was
    must be on file for both.
    """
    everyone = frozenset(map(key, known.guardians))
    return bool(shared(known, other)) and everyone <= frozenset(map(key, other.guardians))


def siblings(tables: Tables, account: Account) -> tuple[Account, ...]:
    """Return the enrolled students who share a guardian on file with this one, by first name."""
    found = tables.accounts.sharing_a_phone(phone for name, phone in map(key, account.guardians) if name)
    related = (
        other
        for other in found
        if other.student.id != account.student.id and other.student.active and shared(account, other)
    )
    return tuple(sorted(related, key=lambda other: (other.student.first, other.student.id)))
