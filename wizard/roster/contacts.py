"""The guardians in an export: names, relations and phones, kept only to verify who is calling (O6)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, repeat
from typing import NamedTuple

from flows.text import is_plain
from wizard.accounts import Guardian
from wizard.roster.headers import simplified
from wizard.roster.many import made
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
    found = Contact(_plain(name, 100), _plain(relation, 40), _plain(phone, 40))
    return found if found.name or found.phone else None


def contacts(names: Sequence[str], relations: Iterable[str], phones: Sequence[str]) -> list[Contact | None]:
    """Return many guardians, None where there is neither a name nor a phone."""
    relations = list(islice(relations, len(names)))
    columns = zip(_plains(names, 100), _plains(relations, 40), _plains(phones, 40), strict=True)
    return [one if one[0] or one[2] else None for one in made(Contact, columns)]


def _plains(texts: Sequence[str], limit: int) -> Iterator[str]:
    """Return many texts, inert; a whole column at once unless something in it needs the long way."""
    if is_plain(whole := "|".join(texts)) and "  " not in whole and max(map(len, texts)) <= limit:
        return map(str.strip, texts)
    return (_plain(text, limit) for text in texts)


def _plain(text: str, limit: int) -> str:
    if is_plain(text) and "  " not in text and len(text) <= limit:
        return text.strip()  # what nearly all are, without the long way
    return collapse(clean(text, limit).text)


class ContactColumns:
    """Where one guardian stands in a row."""

    def __init__(self, of: Mapping[str, int]) -> None:
        """Take the parts (`name` or `first` and `last`, `relation`, `phone`) from these columns."""
        self.indexes = tuple(sorted(of.values()))
        self._names = [of["name"]] if "name" in of else [of[part] for part in ("first", "last") if part in of]
        self._relation, self._phone = of.get("relation"), of["phone"]

    def contact(self, row: Sequence[str]) -> Contact | None:
        """Return the guardian of a row, if any."""
        name = " ".join([row[index] for index in self._names])
        return contact(name, "" if self._relation is None else row[self._relation], row[self._phone])

    def contacts(self, columns: Sequence[tuple[str, ...]]) -> list[Contact | None]:
        """Return the guardian of each of many rows, given column by column."""
        names: Iterable[str] = columns[self._names[0]]
        if len(self._names) > 1:
            names = map(" ".join, zip(*(columns[index] for index in self._names), strict=True))
        relations = repeat("") if self._relation is None else columns[self._relation]
        return contacts(list(names), relations, columns[self._phone])


def find_contacts(header: Sequence[str]) -> tuple[ContactColumns, ...]:
    """Return the columns of each guardian: `Contact_name, Contact_phone` or `Guardian1 Name, Guardian2 Name`."""
    groups: dict[str, dict[str, int]] = {}
    for index, name in enumerate(header):
        if found := _COLUMN.fullmatch(simplified(name)):
            part = _PARTS.get(found["part"], "phone")
            groups.setdefault(found["before"] or found["after"], {}).setdefault(part, index)
    kept = [group for group in groups.values() if group.keys() & {"name", "last", "first"} and "phone" in group]
    return tuple(ContactColumns(group) for group in kept)
