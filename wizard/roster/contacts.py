"""The guardians in an export: names, relations and phones, kept only to verify who is calling (O6)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wizard.accounts import Guardian
from wizard.roster.headers import simplified
from wizard.text import clean, collapse

MOST = 8
"""Guardians kept of one student."""

_COLUMN = re.compile(
    r"(?:student)?(?:contacts?|guardians?|parents?)(?P<before>\d?)"
    r"(?P<part>firstname|lastname|fullname|name|relationship|relation|type|phonenumber|phone|cellphone|mobilephone|homephone)"
    r"(?P<after>\d?)"
)
_PARTS: Mapping[str, str] = {
    "firstname": "first",
    "lastname": "last",
    "fullname": "name",
    "name": "name",
    "relationship": "relation",
    "relation": "relation",
    "type": "relation",
}


class Contact(NamedTuple):
    """One guardian of a row; `Guardian` once it is stored."""

    name: str
    relation: str
    phone: str

    def kept(self) -> Guardian:
        """Return what is stored."""
        return Guardian(name=self.name, relation=self.relation, phone=self.phone)


def contact(name: str, relation: str, phone: str) -> Contact | None:
    """Return a guardian, inert; None when there is neither a name nor a phone."""
    plain = (collapse(clean(text, limit).text) for text, limit in ((name, 100), (relation, 40), (phone, 40)))
    found = Contact(*plain)
    return found if found.name or found.phone else None


@dataclass(frozen=True, slots=True)
class ContactColumns:
    """Where one guardian stands in a row: part -> index of the column."""

    of: Mapping[str, int]

    def contact(self, row: Sequence[str]) -> Contact | None:
        """Return the guardian of a row, if any."""
        part = {name: row[index] for name, index in self.of.items() if index < len(row)}
        name = part.get("name") or f"{part.get('first', '')} {part.get('last', '')}"
        return contact(name, part.get("relation", ""), part.get("phone", ""))


def find_contacts(header: Sequence[str]) -> tuple[ContactColumns, ...]:
    """Return the columns of each guardian: `Contact_name, Contact_phone` or `Guardian1 Name, Guardian2 Name`."""
    groups: dict[str, dict[str, int]] = {}
    for index, name in enumerate(header):
        if found := _COLUMN.fullmatch(simplified(name)):
            part = _PARTS.get(found["part"], "phone")
            groups.setdefault(found["before"] or found["after"], {}).setdefault(part, index)
    kept = [group for group in groups.values() if group.keys() & {"name", "last", "first"} and "phone" in group]
    return tuple(ContactColumns(group) for group in kept)
