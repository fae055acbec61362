"""Who belongs to one family is found at once, however phones are written and whenever accounts came."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.accounts import Account, Guardian, Student
from wizard.phones import digits
from wizard.records import Records
from wizard.records.doctor import examine
from wizard.records.newcomers import Newcomer
from wizard.siblings import key, siblings

PHONES = ("(404) 555-0101", "+1 404.555.0101", "404-555-0102 x7", "5550101", "12", "")
ANN = Guardian(name="Ann O’Brien", relation="Mother", phone=PHONES[0])
NOW = datetime(2026, 8, 3, 12, 0, tzinfo=UTC)
FILES = settings(max_examples=40, deadline=None)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("siblings")


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records.open(tmp_path / "records")
    yield opened
    opened.close()


def account(number: int, *guardians: Guardian) -> Account:
    student = Student(id=f"{number:07}", last="O’Brien", first=f"Child {number}", school="Practice High", grade="4")
    return Account(student=student, guardians=guardians)


def newcomer(number: int, *guardians: Guardian) -> Newcomer:
    told = [(one.name, one.relation, one.phone) for one in guardians]
    return Newcomer(f"{number:07}", "O’Brien", f"Child {number}", "", "Practice High", "4", None, told)


def found(records: Records, one: Account) -> list[str]:
    with records.reading() as tables:
        return [other.student.id for other in siblings(tables, one)]


@pytest.mark.parametrize(
    ("phone", "compared"),
    [
        ("(404) 555-0101", "4045550101"),
        ("+1 404 555 0101", "4045550101"),
        ("555-0101", "5550101"),
        ("555-010", ""),
        ("unknown", ""),
    ],
)
def test_a_phone_is_compared_by_its_last_ten_digits(phone: str, compared: str) -> None:
    """However an export writes a number; what is too short to be one compares with nothing."""
    assert digits(phone) == compared


def test_a_sibling_is_found_however_the_name_and_the_phone_are_written(records: Records) -> None:
    """Two exports write the same mother in two ways; her namesake with another number is somebody else."""
    again = Guardian(name="ANN  O’BRIEN", relation="guardian", phone="+1 404.555.0101")
    namesake = ANN.model_copy(update={"phone": "404-555-0102"})
    with records.transaction() as tables:
        tables.accounts.put_many((account(1, ANN), account(2, again), account(3, namesake)))
    assert found(records, account(1, ANN)) == ["0000002"]


def test_siblings_are_found_before_an_import_has_prepared_anything(records: Records) -> None:
    """Between the import and its preparations nobody is missed, and nobody is found twice afterwards."""
    with records.transaction() as tables:
        tables.accounts.put(account(1, ANN))
        tables.accounts.add_many([newcomer(number, ANN) for number in (2, 3)])
        tables.accounts.put(account(4, ANN))
    before = found(records, account(1, ANN))
    with records.transaction() as tables:
        while tables.accounts.learn(2):
            pass
    assert before == found(records, account(1, ANN)) == ["0000002", "0000003", "0000004"]


def test_records_of_the_version_before_find_siblings_too(tmp_path: Path) -> None:
    """The first start of this version takes in everybody who is there."""
    records = Records.open(tmp_path)
    with records.transaction() as tables:
        tables.accounts.put_many((account(1, ANN), account(2, ANN)))
        for statement in ("DROP TABLE search_guardians", "PRAGMA user_version = 5"):
            tables.accounts.table.storage.ask(statement)
    records.close()
    again = Records.open(tmp_path)
    assert found(again, account(1, ANN)) == ["0000002"]
    again.close()


def test_the_doctor_finds_phones_that_differ(records: Records) -> None:
    """Rows that were changed by hand are found, and made anew from the accounts."""
    with records.transaction() as tables:
        tables.accounts.put_many((account(1, ANN), account(2, ANN)))
        tables.accounts.table.storage.ask("DELETE FROM search_guardians WHERE account = 2")
    told = [{one.what: one.ok for one in examine(records.folder, NOW)}["siblings"]]
    records.mend_search()
    told.append({one.what: one.ok for one in examine(records.folder, NOW)}["siblings"])
    assert told == [False, True]


Change = tuple[str, int, tuple[str, ...]]


@FILES
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("put", "put", "remove", "import", "learn", "mend")),
            st.integers(1, 5),
            st.lists(st.sampled_from(PHONES), max_size=2).map(tuple),
        ),
        max_size=12,
    )
)
def test_the_index_follows_every_change(folder: Path, changes: list[Change]) -> None:
    """Whatever is written, changed, removed, imported or mended: everybody with the same guardian is found."""
    there: dict[int, Account] = {}
    records = Records.open(folder / "records")
    with records.transaction() as tables:
        tables.accounts.table.truncate()
    for what, number, phones in changes:
        guardians = tuple(ANN.model_copy(update={"phone": phone}) for phone in phones)
        if what == "mend":
            records.mend_search()
            continue
        with records.transaction() as tables:
            if what == "learn":
                tables.accounts.learn(number)
            elif what == "remove":
                tables.accounts.remove(f"{number:07}")
                there.pop(number, None)
            elif what == "put":
                there[number] = account(number, *guardians)
                tables.accounts.put(there[number])
            elif number not in there:
                there[number] = account(number, *guardians)
                tables.accounts.add_many([newcomer(number, *guardians)])
    for one in there.values():
        keys = {key(guardian) for guardian in one.guardians if all(key(guardian))}
        expected = [
            other.student.id
            for other in there.values()
            if other is not one and keys & {key(guardian) for guardian in other.guardians}
        ]
        assert found(records, one) == sorted(expected)
    records.close()
