"""The records as the rest of the wizard uses them."""

import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows.case import Case
from wizard.accounts import Account, Student
from wizard.records import Conflict, JournalLine, Records

NOW = datetime(2021, 8, 2, 11, 30, tzinfo=UTC)


@pytest.fixture
def records(tmp_path: Path):
    opened = Records.open(tmp_path / "data")
    yield opened
    opened.close()


def account(number: str, first: str = "Ann", last: str = "Li", **more) -> Account:
    return Account(student=Student(id=number, first=first, last=last), **more)


def case(number: str = "c1", **more) -> Case:
    return Case(id=number, code="ABC", channel="phone", agent="sam", started=NOW, **more)


def line(what: str = "claim", **more) -> JournalLine:
    return JournalLine(at=NOW, agent="sam", what=what, **more)


def test_a_new_folder_holds_private_records(tmp_path: Path) -> None:
    """Nobody else on the machine can read the records."""
    records = Records.open(tmp_path / "data")
    with records.transaction() as tables:
        tables.accounts.put(account("0123456"))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    records.close()
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700
    assert set(modes.values()) == {0o600}


def test_what_was_saved_is_there_after_opening_again(tmp_path: Path) -> None:
    """Saved means saved."""
    records = Records.open(tmp_path)
    with records.transaction() as tables:
        tables.accounts.put(account("0123456"))
    records.close()
    again = Records.open(tmp_path)
    with again.reading() as tables:
        assert tables.accounts.get("0123456") == account("0123456")
        assert tables.accounts.get("0999999") is None
        assert tables.accounts.count() == 1
    again.close()


def test_a_transaction_is_saved_whole_or_not_at_all(records: Records) -> None:
    """An exception in the middle leaves no trace in any table."""
    with pytest.raises(ZeroDivisionError), records.transaction() as tables:
        tables.accounts.put(account("0123456"))
        tables.journal.append(line())
        raise ZeroDivisionError
    with records.reading() as tables:
        assert (tables.accounts.count(), tables.journal.count()) == (0, 0)


def test_readers_see_one_moment(records: Records) -> None:
    """A change that is being made, or was made after the reader began, is not half seen."""
    with records.reading() as before:
        assert before.accounts.count() == 0
        with records.transaction() as tables:
            tables.accounts.put(account("0123456"))
        assert before.accounts.count() == 0
    with records.reading() as after:
        assert after.accounts.count() == 1


def test_a_save_over_a_newer_save_is_refused(records: Records) -> None:
    """Two windows on one call: the second to save is told, and nothing is mixed."""
    with records.transaction() as tables:
        first = tables.cases.put(case())
        assert first.revision == 1
        tables.cases.put(first)
    with pytest.raises(Conflict, match="ABC"), records.transaction() as tables:
        tables.cases.put(first)


def test_open_calls_are_listed_newest_first(records: Records) -> None:
    """The home screen shows the latest interrupted call on top; closed ones are gone."""
    with records.transaction() as tables:
        for number in range(3):
            tables.cases.put(case(f"c{number}").model_copy(update={"started": NOW + timedelta(hours=number)}))
        tables.cases.put(case("c9", status="closed"))
    with records.reading() as tables:
        assert [found.id for found in tables.cases.open()] == ["c2", "c1", "c0"]


def test_the_journal_is_chained(records: Records) -> None:
    """Each line carries the hash of the one before."""
    with records.transaction() as tables:
        for number in range(3):
            tables.journal.append(line(case="c1", detail=str(number)))
        tables.journal.append(line(case="c2"))
        assert tables.journal.broken() is None
        assert [kept.detail for kept in tables.journal.of_case("c1")] == ["0", "1", "2"]
        assert next(iter(tables.journal.all())) == line(case="c1", detail="0")


def test_any_thread_may_write(records: Records) -> None:
    """Screens save from worker threads."""

    def work(number: int) -> None:
        for _ in range(20):
            with records.transaction() as tables:
                tables.accounts.put(account(f"{number:07}"))
                tables.journal.append(line(student=f"{number:07}"))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with records.reading() as tables:
        assert (tables.accounts.count(), tables.journal.count()) == (4, 80)
        assert tables.journal.broken() is None
