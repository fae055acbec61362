"""The records beside a roster: what becomes of each account that is there, and who is new."""

import json
from collections.abc import Iterator, Sequence, Set
from datetime import datetime
from itertools import compress, islice
from typing import Any, Literal, NamedTuple

from wizard.accounts import Account
from wizard.records import Tables
from wizard.records.newcomers import Columns, Newcomer, Texts
from wizard.roster.many import made
from wizard.roster.person import Person
from wizard.roster.reading import Roster

AT_ONCE = 1000
"""New students looked at together."""

ChangeKind = Literal["changed", "back", "unchanged", "gone"]


class Change(NamedTuple):
    """What becomes of one account."""

    kind: ChangeKind
    student_id: str
    was_active: bool
    line: int = 0
    """Where the roster lists the student; 0 when it does not."""
    before: Account | None = None
    after: Account | None = None
    """As it was and will be; None when unchanged, which nearly all are: reading those as values takes too long."""


def changes(tables: Tables, roster: Roster) -> Iterator[Change]:
    """Yield what becomes of the accounts that are there; they may be written while this is read."""
    agreed = Agreed(roster)
    for documents in _documents(tables, roster):
        same = agreed.of(documents)
        for student_id, text in documents:
            if student_id in same:
                yield Change("unchanged", student_id, True, roster.students[student_id].line)
            else:
                yield _change(tables, text, roster)


class Agreed:
    """Finds the accounts that say what the roster says, by their text: a fifth of the time of reading each."""

    def __init__(self, roster: Roster) -> None:
        """Compare with `roster`."""
        self._students, self._texts = roster.students, Texts()

    def of(self, documents: Sequence[tuple[str, str]]) -> frozenset[str]:
        """Return the IDs of enrolled students of whom account and roster say the same; the others need a look."""
        found = ((one, text, self._students.get(one)) for one, text in documents)
        listed = [(one, text, each) for one, text, each in found if each and each.enrolled]
        if not listed:
            return frozenset()
        ids, texts, people = zip(*listed, strict=True)
        return frozenset(compress(ids, self._texts.agreeing(texts, _columns(ids, people, None))))


def _change(tables: Tables, text: str, roster: Roster) -> Change:
    document = json.loads(text)
    student_id, active = document["student"]["id"], document["student"].get("active", True)
    person = roster.students.get(student_id)
    kind = _unlisted(document["student"], roster) if person is None else _listed(document, person, roster)
    line = person.line if person else 0
    if kind == "unchanged":
        return Change(kind, student_id, active, line)
    before = tables.accounts.read(text)
    after = _updated(before, person, roster) if person else _gone(before)
    return Change(kind, student_id, active, line, before, after)


def newcomers(roster: Roster, known: Set[str], entered: datetime | None) -> Iterator[Newcomer]:
    """Yield who has no account yet; whoever has no entry time in the export was `entered` then."""
    new = iter(new_ids(roster, known))
    while ids := list(islice(new, AT_ONCE)):
        people = list(map(roster.students.__getitem__, ids))
        yield from made(Newcomer, zip(*_columns(ids, people, entered), strict=True))


def new_ids(roster: Roster, known: Set[str]) -> Sequence[str]:
    """Return who gets an account; `known` have theirs already."""
    return [one for one in roster.joining if one not in known] if known else roster.joining


def _columns(ids: Sequence[str], people: Sequence[Person], entered: datetime | None) -> Columns:
    """Return the fields of newcomers, each of all of them."""
    columns = dict(zip(Person._fields, zip(*people, strict=True), strict=True))
    names = (columns[name] for name in ("last", "first", "middle", "school", "grade"))
    since = columns["entered"] if entered is None else [moment or entered for moment in columns["entered"]]
    return ids, *names, since, columns["contacts"], columns["other_schools"]


def _documents(tables: Tables, roster: Roster) -> Iterator[Sequence[tuple[str, str]]]:
    if not roster.partial:
        yield from tables.accounts.outlines()
        return
    for account in filter(None, map(tables.accounts.get, roster.students)):
        yield [(account.student.id, account.model_dump_json())]


def _listed(document: dict[str, Any], person: Person, roster: Roster) -> ChangeKind:
    """Compare with the row; when the student was entered is set once and never moves (D03)."""
    student = document["student"]
    if student.get("active", True) != person.enrolled:
        return "back" if person.enrolled else "gone"
    if student["last"] != person.last or student["first"] != person.first:
        return "changed"
    given = (("middle", person.middle), ("school", person.school), ("grade", person.grade))
    if any(student[name] != value and (value or roster.says(name)) for name, value in given):
        return "changed"
    if person.school and tuple(student.get("other_schools", ())) != person.other_schools:
        return "changed"
    if not person.contacts and not roster.says("guardians"):
        return "unchanged"
    kept = [tuple(guardian.values()) for guardian in document.get("guardians", ())]
    return "unchanged" if kept == list(person.contacts) else "changed"


def _updated(account: Account, person: Person, roster: Roster) -> Account:
    given = {"middle": person.middle, "school": person.school, "grade": person.grade}
    values: dict[str, object] = {"last": person.last, "first": person.first, "active": person.enrolled}
    values.update({name: value for name, value in given.items() if value or roster.says(name)})
    if person.school or roster.says("school"):
        values["other_schools"] = person.other_schools
    guardians = tuple(contact.kept() for contact in person.contacts)
    if not guardians and not roster.says("guardians"):
        guardians = account.guardians
    return account.model_copy(update={"student": account.student.model_copy(update=values), "guardians": guardians})


def _unlisted(student: dict[str, Any], roster: Roster) -> ChangeKind:
    """A student who is not listed has left; one whose row could not be used has not."""
    left_out = student["id"] in roster.mentioned or (student["last"], student["first"]) in roster.unreadable
    return "gone" if student.get("active", True) and not left_out else "unchanged"


def _gone(account: Account) -> Account:
    return account.model_copy(update={"student": account.student.model_copy(update={"active": False})})
