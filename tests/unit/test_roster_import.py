"""Bringing a roster into the records: what changes, what never changes, and all or nothing."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_files import DISTRICT, HEADER, NOW, ONEROSTER_11, ONEROSTER_12, folder, roster_of, written

from wizard import tickets
from wizard.accounts import Account, Claim, state
from wizard.hits import hit
from wizard.records import Records
from wizard.records.export import export
from wizard.records.newcomers import Newcomer, Texts
from wizard.roster import importing, planning
from wizard.roster.planning import Plan
from wizard.roster.reading import Options, Roster, RosterError, read

LATER = NOW + timedelta(days=1)
EVERYBODY = [f"01{number:05},Li,Ann,Practice High,9,," for number in range(40)]


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    opened = Records.open(tmp_path / "data")
    yield opened
    opened.close()


def run(records: Records, roster: Roster, now: datetime = NOW, accept_loss: int = 0) -> Plan:
    plan = planning.plan(records, roster, now)
    done = importing.apply(records, plan, "it", now, accept_loss=accept_loss)
    importing.complete_search(records)
    assert plan == done
    return done


def account(records: Records, student_id: str) -> Account:
    with records.reading() as tables:
        found = tables.accounts.get(student_id)
    assert found
    return found


def counts(plan: Plan) -> tuple[int, int, int, int]:
    return plan.new, plan.changed, plan.unchanged, len(plan.gone)


def claim(records: Records, student_id: str) -> None:
    with records.transaction() as tables:
        known = tables.accounts.get(student_id)
        assert known
        claimed = Claim(generation=1, at=NOW, how="here", by="maria", case="c1")
        tables.accounts.put(known.model_copy(update={"claim": claimed}))


def test_the_first_import_is_the_baseline_and_later_students_are_new(tmp_path: Path, records: Records) -> None:
    """Students of the first import log in as before; whoever appears later waits 24 hours (D03, D04)."""
    assert run(records, roster_of(tmp_path, "0123456,Li,Ann,,,,")).baseline
    done = run(records, roster_of(tmp_path, "0123456,Li,Anna,,,,", "0123457,Le,Tam,,,,"))
    assert counts(done) == (1, 1, 0, 0)
    assert not done.baseline
    assert account(records, "0123456").student.first == "Anna"
    assert state(account(records, "0123456"), NOW, DISTRICT) == "returning"
    assert state(account(records, "0123457"), NOW, DISTRICT) == "too-new"


@pytest.mark.parametrize("again", ["", "2026-08-01", "2020-01-01"])
def test_importing_again_moves_no_clock(tmp_path: Path, records: Records, again: str) -> None:
    """The 24-hour clock of a new student starts once, however often and with whatever date it is imported (D03)."""
    run(records, roster_of(tmp_path, "0123456,Li,Ann,,,,"))
    run(records, roster_of(tmp_path, "0123456,Li,Ann,,,,", "0123457,Le,Tam,,,,"))
    rows = (f"0123456,Li,Ann,,,{again},", f"0123457,Le,Tam,,,{again},")
    done = run(records, roster_of(tmp_path, *rows), LATER)
    assert counts(done) == (0, 0, 2, 0)
    assert account(records, "0123456").student.entered_at is None
    assert account(records, "0123457").student.entered_at == NOW


def test_an_exported_entry_time_is_kept(tmp_path: Path, records: Records) -> None:
    """When the system says when a student was entered, that is when the 24 hours start (D03)."""
    run(records, roster_of(tmp_path, "0123456,Li,Ann,,,2026-08-03 09:00,"))
    assert account(records, "0123456").student.entered_at == NOW.replace(hour=13, minute=0)


def test_who_is_no_longer_listed_becomes_inactive_and_may_come_back(tmp_path: Path, records: Records) -> None:
    """Gone students keep their account; when they are listed again, it goes on where it was."""
    run(records, roster_of(tmp_path, *EVERYBODY))
    claim(records, "0100000")
    done = run(records, roster_of(tmp_path, *EVERYBODY[1:]))
    assert counts(done) == (0, 0, 39, 1)
    assert state(account(records, "0100000"), NOW, DISTRICT) == "inactive"
    assert counts(run(records, roster_of(tmp_path, *EVERYBODY[1:]))) == (0, 0, 40, 0)
    back = run(records, roster_of(tmp_path, *EVERYBODY))
    assert (counts(back), back.back) == ((0, 1, 39, 0), 1)
    assert state(account(records, "0100000"), NOW, DISTRICT) == "claimed"


def test_a_row_that_cannot_be_used_makes_nobody_gone(tmp_path: Path, records: Records) -> None:
    """A student whose row was left out, or whose ID was damaged, is not taken for gone."""
    everybody = [*EVERYBODY, *(f"02{number:05},Le,Tam{number},,,," for number in range(160))]
    run(records, roster_of(tmp_path, *everybody))
    bad = ["0100000,,Ann,,,,", "200000,Le,Tam0,,,,", "2.00001E+06,Le,Tam1,,,,", "0200002,Other,Name,,,,"]
    kept = [row for row in everybody if row[:7] not in ("0100000", "0200000", "0200001")]
    done = run(records, roster_of(tmp_path, *kept, *bad))
    assert (counts(done), done.refused) == ((0, 0, 200, 0), 5)


def test_many_gone_students_are_refused_until_a_person_says_how_many(tmp_path: Path, records: Records) -> None:
    """More than 5 % vanishing is most likely the wrong file; a person who knows better says the number."""
    run(records, roster_of(tmp_path, *EVERYBODY))
    roster = roster_of(tmp_path, *EVERYBODY[3:])
    plan = planning.plan(records, roster, NOW)
    assert "--accept-loss 3" in str(plan.loss_refusal(0))
    assert plan.loss_refusal(2)
    with pytest.raises(RosterError, match=r"3 of 40 students \(8%\).*--part"):
        importing.apply(records, plan, "it", NOW)
    with records.reading() as tables:
        assert all(account.student.active for account in tables.accounts.all())
        assert tables.journal.count() == 1
    assert counts(run(records, roster, accept_loss=3)) == (0, 0, 37, 3)
    assert not planning.plan(records, roster_of(tmp_path, *EVERYBODY[4:]), NOW).loss_refusal(0)


def test_part_of_the_students_makes_nobody_gone(tmp_path: Path, records: Records) -> None:
    """A file with only some of the students adds and changes; it is no first import."""
    some = Options(part=True)
    with pytest.raises(RosterError, match="Import a full export first"):
        planning.plan(records, roster_of(tmp_path, *EVERYBODY, options=some), NOW)
    run(records, roster_of(tmp_path, *EVERYBODY))
    rows = ("0100000,Li,Anna,Practice High,9,,", "0100001,Li,Ann,Practice High,9,,", "0200000,Le,Tam,,,,")
    done = run(records, roster_of(tmp_path, *rows, options=some))
    assert counts(done) == (1, 1, 1, 0)


def test_a_changed_name_on_a_claimed_account_is_a_warning(tmp_path: Path, records: Records) -> None:
    """The portal knows a claimed account by its old name, so both spellings are told, by line."""
    run(records, roster_of(tmp_path, "0123456,Garcia,Jose,,,,", "0123457,Garcia,Jose,,,,"))
    claim(records, "0123456")
    done = run(records, roster_of(tmp_path, "0123456,Garcia,José,,,,", "0123457,Garcia,José,,,,"))
    assert [problem.words for problem in done.warnings] == [
        'students.csv, line 2: the account is claimed, and the name changes from "Jose Garcia" to "José Garcia".'
    ]
    assert account(records, "0123456").claim is not None


def test_what_an_export_does_not_say_stays_as_it_is(tmp_path: Path, records: Records) -> None:
    """A file without schools or guardians takes nobody's school or guardians away; an empty cell does."""
    header = "ID,Last,First,School,Guardian_Name,Guardian_Phone"
    run(records, roster_of(tmp_path, "0123456,Li,Ann,Practice High,Bo Li,1", header=header))
    assert counts(run(records, roster_of(tmp_path, "0123456,Li,Ann", header="ID,Last,First"))) == (0, 0, 1, 0)
    kept = account(records, "0123456")
    assert (kept.student.school, [guardian.name for guardian in kept.guardians]) == ("Practice High", ["Bo Li"])
    assert counts(run(records, roster_of(tmp_path, "0123456,Li,Ann,,,", header=header))) == (0, 1, 0, 0)
    emptied = account(records, "0123456")
    assert (emptied.student.school, emptied.guardians) == ("", ())


def test_every_school_of_a_student_is_shown_and_finds_the_student(tmp_path: Path, records: Records) -> None:
    """A student of two schools is in the lists of both, and both are shown; nothing about the ID changes."""
    rows = ("0123456,Li,Ann,Practice High,9,,", "0123456,Li,Ann,Career Center,9,,", "0123457,Li,Bo,Practice High,9,,")
    run(records, roster_of(tmp_path, *rows))
    student = account(records, "0123456").student
    assert student.school_words == hit(student).school == "Practice High (also Career Center)"
    for school, found in (("Practice High", ["0123456", "0123457"]), ("career center", ["0123456"]), ("Center", [])):
        assert [one.id for one in records.search("li", school=school)] == found
    assert [one.id for one in records.search("0123456", school="Career Center")] == ["0123456"]
    assert counts(run(records, roster_of(tmp_path, *rows))) == (0, 0, 2, 0)
    assert counts(run(records, roster_of(tmp_path, *rows[::2]))) == (0, 1, 1, 0)
    assert not records.search("li", school="Career Center")
    assert account(records, "0123456").student.school_words == "Practice High"
    names = roster_of(tmp_path, "0123456,Li,Ann", "0123457,Li,Bo", header="ID,Last,First")
    assert counts(run(records, names)) == (0, 0, 2, 0)


def test_a_delta_changes_only_what_it_lists(tmp_path: Path, records: Records) -> None:
    """A delta changes names, adds and removes students; who is only maybe a student is not added."""
    delta = read(folder(tmp_path / "delta", ONEROSTER_12), DISTRICT)
    with pytest.raises(RosterError, match=r"only holds changes \(delta\)"):
        planning.plan(records, delta, NOW)
    run(records, read(folder(tmp_path / "full", ONEROSTER_11), DISTRICT))
    run(records, roster_of(tmp_path, *EVERYBODY, options=Options(part=True)))
    with records.transaction() as tables:
        tables.accounts.put(
            Account.model_validate({"student": {"id": "0123458", "last": "Li", "first": "Ann", "school": "x"}})
        )
    done = run(records, delta)
    assert counts(done) == (0, 2, 0, 1)
    mary = account(records, "0123457")
    assert (mary.student.first, mary.student.school) == ("Mary Ann", "Practice Elementary")
    assert [guardian.name for guardian in mary.guardians] == ["Omar Tran"]
    assert not account(records, "0123458").student.active
    with records.reading() as tables:
        assert tables.accounts.get("0123459") is None


def test_a_claim_made_between_the_plan_and_the_import_is_kept(tmp_path: Path, records: Records) -> None:
    """The dry run may be minutes old; what a colleague did meanwhile is not written over."""
    run(records, roster_of(tmp_path, *EVERYBODY))
    plan = planning.plan(records, roster_of(tmp_path, "0100000,Le,Ruth,,,,", *EVERYBODY[1:]), NOW)
    claim(records, "0100000")
    done = importing.apply(records, plan, "it", NOW)
    after = account(records, "0100000")
    assert (after.student.last, after.claim is not None, len(done.warnings)) == ("Le", True, 1)


def test_an_import_is_one_journal_line_without_names(tmp_path: Path, records: Records) -> None:
    """The journal says who imported what, how many changed, and how many IDs were restored; it names nobody."""
    run(records, roster_of(tmp_path, "123456,Li,Ann,,,,", options=Options(restore_zeros=True)))
    with records.reading() as tables:
        (line,) = tables.journal.all()
    assert (line.agent, line.what, line.result, line.student) == ("it", "roster-import", "done", "")
    assert "1 new" in line.detail
    assert "IDs restored after a spreadsheet: 1" in line.detail
    assert "Li" not in line.detail


@pytest.mark.parametrize("stop_after", [1, 2])
def test_a_stop_in_the_middle_leaves_the_records_as_they_were(
    tmp_path: Path, records: Records, stop_after: int
) -> None:
    """Ctrl+C during the import changes nothing: not one account, not one line."""
    run(records, roster_of(tmp_path, *EVERYBODY))
    rows = [f"02{number:05},Le,Tam,,,," for number in range(1_500)]
    plan = planning.plan(records, roster_of(tmp_path, *EVERYBODY, *rows), NOW)
    with records.reading() as tables:
        before = [account.model_dump_json() for account in tables.accounts.all()]
    calls = []

    def progress(done: int, total: int) -> None:
        calls.append((done, total))
        if len(calls) == stop_after:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.apply(records, plan, "it", NOW, progress=progress)
    assert calls == [(500 * number, 1_540) for number in range(1, stop_after + 1)]
    with records.reading() as tables:
        assert [account.model_dump_json() for account in tables.accounts.all()] == before
        assert tables.journal.count() == 1
    assert not records.search("Tam")


def test_imported_students_are_found_with_typing_mistakes(tmp_path: Path, records: Records) -> None:
    """After an import the search finds the new names as it finds all others."""
    run(records, roster_of(tmp_path, "0123456,Nguyen-Tran,José,,,,", "0123457,O'Brien,Siobhan,,,,"))
    for typed, found in (("nguyen", "0123456"), ("obrien", "0123457"), ("siobahn", "0123457"), ("yentran", "0123456")):
        assert [student.id for student in records.search(typed)] == [found]
    run(records, roster_of(tmp_path, "0123456,Nguyen-Tran,José,,,,", "0123457,Smith,Siobhan,,,,"))
    assert not records.search("obrien")


def test_guardians_are_neither_searched_nor_exported(tmp_path: Path, records: Records) -> None:
    """Guardians are kept only to verify callers: no search finds them, no export holds them (O6)."""
    header = "ID,Last,First,Guardian_Name,Guardian_Phone"
    run(records, roster_of(tmp_path, "0123456,Li,Ann,Wanda Okafor,770-555-0108", header=header))
    assert account(records, "0123456").guardians[0].phone == "770-555-0108"
    assert not records.search("okafor")
    assert "Okafor" not in repr(records.search("li"))
    export(records, tmp_path / "out")
    everything = b"".join(path.read_bytes() for path in (tmp_path / "out").iterdir())
    assert b"0123456" in everything
    assert b"Okafor" not in everything
    assert b"555-0108" not in everything


IDS = st.integers(min_value=0, max_value=999_999).map("0{:06}".format)
LETTERS = st.characters(categories=("L",), exclude_characters="\u115f\u1160\u3164\uffa0")
NAMES = st.text(LETTERS, min_size=1, max_size=20)


@settings(max_examples=25, deadline=None)
@given(IDS, NAMES, NAMES)
def test_an_id_keeps_every_character_to_the_ticket(
    tmp_path_factory: pytest.TempPathFactory, student_id: str, last: str, first: str
) -> None:
    """Text, store, export, ticket line: every character of the ID arrives (D16, O5)."""
    place = tmp_path_factory.mktemp("roster")
    records = Records.open(place / "data")
    try:
        run(records, roster_of(place, f"{student_id},{last},{first},,,,"))
        assert tickets.line(account(records, student_id).student).endswith(f" {student_id}")
        export(records, place / "out")
    finally:
        records.close()
    with (place / "out" / "accounts.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["student.id"] for row in csv.DictReader(file)] == [student_id]


TEXT = st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace").decode())


def columns(*newcomers: Newcomer) -> list[tuple[object, ...]]:
    return list(zip(*newcomers, strict=True))


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            Newcomer,
            *[TEXT] * 6,
            st.none() | st.datetimes().map(lambda at: at.replace(tzinfo=NOW.tzinfo)),
            st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=3),
            st.lists(TEXT, max_size=3).map(tuple),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_many_accounts_are_written_as_one_is(newcomers: list[Newcomer]) -> None:
    """A document of a large import is the one that a single write makes, whoever stands beside it."""
    assert list(Texts().of(columns(*newcomers))) == [one.account.model_dump_json() for one in newcomers]


@settings(deadline=None)
@given(
    st.builds(
        Newcomer,
        *[st.sampled_from(("Li", 'A"],"active":true', "Lê\\", ""))] * 6,
        st.none() | st.just(NOW),
        st.lists(st.tuples(*[st.sampled_from(("Bo", '"phone":"', ""))] * 3), max_size=2),
        st.lists(st.sampled_from(("High", "],")), max_size=2).map(tuple),
    ),
    st.data(),
)
def test_accounts_that_agree_with_a_roster_are_known_by_their_text(newcomer: Newcomer, data: st.DataObject) -> None:
    """Whatever was done to the account since, it agrees as long as the student and the guardians are the same."""
    since = Claim(generation=1, at=NOW, how="here", by='"guardians":[', case='"active":true')
    account = newcomer.account.model_copy(update={"claim": since})
    other = data.draw(st.just(newcomer) | st.just(newcomer._replace(last="Li", guardians=(), other_schools=("],",))))
    (agrees,) = Texts().agreeing([account.model_dump_json()], columns(other))
    expected = other.account.model_copy(update={"claim": since})
    assert agrees == (account == expected)
    left = account.model_copy(update={"student": account.student.model_copy(update={"active": False})})
    assert list(Texts().agreeing([left.model_dump_json()], columns(other))) == [False]


def test_names_read_a_hundred_at_a_time_are_those_read_one_by_one(tmp_path: Path) -> None:
    """Rows in trouble slow their neighbors down, and change nothing about them."""
    rows = [
        f"01{number:05},O'Brien  {number},José,Practice\tHigh,{number % 12},8/{number % 28 + 1}/2026,x"
        for number in range(300)
    ]
    quick = roster_of(tmp_path, *rows)
    with_trouble = [line for row in rows for line in (row, "0999999,,,,,,")]
    slow = roster_of(tmp_path, *with_trouble)
    lines = {one: person._replace(line=0) for one, person in quick.students.items()}
    assert lines == {one: person._replace(line=0) for one, person in slow.students.items()}
    assert len(lines) == 300


def test_the_records_are_untouched_by_a_file_that_is_refused(tmp_path: Path, records: Records) -> None:
    """A refused file does not even open the records."""
    run(records, roster_of(tmp_path, *EVERYBODY))
    records.close()
    before = {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()}
    with pytest.raises(RosterError):
        read(written(tmp_path, HEADER), DISTRICT)
    assert {path.name: path.read_bytes() for path in (tmp_path / "data").iterdir()} == before
