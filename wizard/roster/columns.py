"""Which column of an export holds what: by its header, or as a person mapped it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wizard.roster.contacts import Contact, ContactColumns, find_contacts
from wizard.roster.headers import ALIASES, IDS, NEEDED, WORDS, IdKind, is_private, is_secret, known_as, near_misses
from wizard.roster.offers import Offer
from wizard.roster.problems import RosterError

Mapped = Mapping[str, str]
"""What we call it -> the header a person said."""


_NUMBER = re.compile(r"\W*[0-9]{4,}\W*")
"""An ID, a phone or a date, but no title of a column."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column that may hold the ID."""

    index: int
    header: str
    kind: IdKind


@dataclass(frozen=True, slots=True)
class Columns:
    """Where to find what. Columns not named here are never looked at."""

    file: str
    header: tuple[str, ...]
    of: Mapping[str, int]
    """What we call it -> index of the column; without the ID."""
    candidates: tuple[Candidate, ...]
    contacts: tuple[ContactColumns, ...]
    offered: Mapping[str, tuple[str, ...]]
    """What has no column -> headers that may be meant."""
    left_out: tuple[str, ...] = ()
    """What is not taken from any column, because a person said so."""

    def named(self, name: str) -> str:
        """Return the header of what we call `name`; empty when there is no such column."""
        return self.header[self.of[name]] if name in self.of else ""

    @property
    def username(self) -> int:
        """Return the index of the column with usernames; -1 when there is none."""
        return next((one.index for one in self.candidates if one.kind == "username"), -1)

    def contacts_of(self, row: Sequence[str]) -> tuple[Contact, ...]:
        """Return the guardians of a row."""
        return tuple([found for columns in self.contacts if (found := columns.contact(row))])

    @property
    def guardians(self) -> tuple[str, ...]:
        """Return the headers that guardians are taken from."""
        return tuple(self.header[index] for columns in self.contacts for index in columns.indexes)

    @property
    def repeated(self) -> tuple[str, ...]:
        """Return the headers that stand there more than once, of those that are read."""
        plain = [name.casefold() for name in self.header]
        read = dict.fromkeys((*self.of.values(), *(one.index for one in self.candidates)))
        named = {plain[index]: self.header[index] for index in read if plain.count(plain[index]) > 1}
        return tuple(named.values())

    @property
    def dropped(self) -> tuple[str, ...]:
        """Return the headers of secrets and demographics, which are dropped unread."""
        read = set(self.of.values())
        return tuple(name for index, name in enumerate(self.header) if index not in read and is_private(name))


def find_columns(file: str, header: Sequence[str], mapped: Mapped) -> Columns:
    """Return where each value stands. Raises RosterError that says which column is missing, and what may be meant."""
    names = tuple(header)
    chosen = {name: _mapped_index(file, names, name, said) for name, said in mapped.items() if said}
    found = {name: index for name in ALIASES if (index := _index(names, ALIASES[name])) is not None}
    found.update({name: index for name, index in chosen.items() if name != "id"})
    found = {name: index for name, index in found.items() if mapped.get(name, name)}
    candidates = _candidates(names, chosen.get("id"))
    free = tuple(name for index, name in enumerate(names) if index not in found.values())
    missing = [name for name in WORDS if name not in found and name not in ("id", "status")]
    missing = [*missing, *(() if candidates else ("id",))]
    offered = {name: tuple(close) for name in missing if (close := near_misses(name, free))}
    if any(name in missing for name in NEEDED):
        raise _missing_error(file, names, [name for name in NEEDED if name in missing], offered)
    left_out = tuple(name for name in WORDS if mapped.get(name) == "")
    return Columns(file, names, found, candidates, find_contacts(names), offered, left_out)


def _mapped_index(file: str, header: tuple[str, ...], name: str, said: str) -> int:
    same = [index for index, found in enumerate(header) if found.casefold() == said.strip().casefold()]
    if len(same) != 1:
        what = "has no column" if not same else "has more than one column"
        raise RosterError(f'{file} {what} "{said}" (mapped to the {WORDS[name]}). The header has: {_listed(header)}.')
    if is_secret(header[same[0]]) or is_private(header[same[0]]):
        raise RosterError(f'The column "{said}" is never read, so it cannot be the {WORDS[name]}.')
    return same[0]


def _index(header: tuple[str, ...], aliases: tuple[str, ...]) -> int | None:
    known: dict[str | None, int] = {}
    for index, name in enumerate(header):
        known.setdefault(known_as(name, aliases), index)
    return next((known[alias] for alias in aliases if alias in known), None)


def _candidates(header: tuple[str, ...], chosen: int | None) -> tuple[Candidate, ...]:
    known = {index: alias for index, name in enumerate(header) if (alias := known_as(name, IDS))}
    if chosen is not None:
        return (Candidate(chosen, header[chosen], IDS[known[chosen]] if chosen in known else "number"),)
    surest = sorted(known, key=lambda index: list(IDS).index(known[index]))
    return tuple(Candidate(index, header[index], IDS[known[index]]) for index in surest)


def _missing_error(
    file: str, header: tuple[str, ...], missing: Sequence[str], offered: Mapping[str, tuple[str, ...]]
) -> RosterError:
    if any(_NUMBER.fullmatch(name) for name in header):  # what stands there may be a student's: it is not shown
        return RosterError(
            f"{file}, line 1: this looks like a student, not like a header. Export it with the column titles on top."
        )
    near = [Offer("column", close, name) for name in missing for close in offered.get(name, ())[:2]]
    advice = [f'"{offer.value}" may be meant.' for offer in near]
    whole = [name for name in header if known_as(name, ("name", "fullname", "studentname"))]
    if whole and "last" in missing:
        advice.append(f'"{whole[0]}" holds the whole name: export last and first name as two columns.')
    if len(header) == 1 and any(sign in header[0] for sign in ",;\t|"):
        advice.append("Each line stands in quotation marks as if it were one field: export the file again.")
    words = " and ".join(f"the {WORDS[name]}" for name in missing)
    said = (f"{file}, line 1: no column for {words}. The header has: {_listed(header)}.", *advice)
    return RosterError(" ".join(said), *near)


def _listed(header: Sequence[str]) -> str:
    return ", ".join(header[:20]) + (", ..." if len(header) > 20 else "")
