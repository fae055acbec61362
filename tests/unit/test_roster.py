"""Bringing in what a student information system exports."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard import district as districts
from wizard.accounts import state
from wizard.records import Records
from wizard.roster import importing, reading

NOW = datetime(2026, 8, 3, 14, 40, tzinfo=UTC)
DISTRICT = districts.load(None)
HEADER = "Student_Number,Last_Name,First_Name,School,Grade,Entered_At,Password"


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "students.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def read(tmp_path: Path, *rows: str, header: str = HEADER, end: str = "\n") -> reading.Roster:
    return reading.read(written(tmp_path, end.join((header, *rows, ""))), DISTRICT)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "bare-cr"])
def test_every_line_end_reads(tmp_path: Path, end: str) -> None:
    """An export reads the same whether it was made on Windows, Linux or an old Mac program."""
    roster = read(tmp_path, "0123456,O'Brien,Siobhan,Practice Middle,6,,secret-1", "0123457,Li,Ann,,,,x", end=end)
    assert [(student.id, student.last) for student in roster.students] == [("0123456", "O'Brien"), ("0123457", "Li")]


def test_a_password_column_is_never_kept(tmp_path: Path) -> None:
    """A clear-text password in an export reaches nothing (O5)."""
    roster = read(tmp_path, "0123456,Li,Ann,Practice Middle,6,,hunter2-canary")
    assert "hunter2-canary" not in repr(roster)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("123456,Li,Ann,,,,", "does not have 7 digits"),
        ("1.23457E+06,Li,Ann,,,,", "does not have 7 digits"),
        ("0123456,,Ann,,,,", "name is missing"),
        ("0123456", "name is missing"),
        ("0123456,Li,Ann,,,yesterday,", "not a date"),
        ("0100000,Li,Ann,,,,", "stands on an earlier line"),
    ],
    ids=["lost-zero", "spreadsheet", "no-last-name", "short-row", "no-date", "twice"],
)
def test_a_row_that_cannot_be_used_is_refused_by_line(tmp_path: Path, row: str, reason: str) -> None:
    """Whoever exported the file learns which line is wrong and why; the other rows are read."""
    good = [f"01{number:05},Li,Ann,,,," for number in range(120)]
    roster = read(tmp_path, *good, row)
    assert len(roster.students) == 120
    (refused,) = roster.refused
    assert refused.line == 122
    assert reason in refused.reason


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "has no students"),
        (HEADER.encode(), "has no students"),
        (b"%PDF-1.7\n\x00\x01", "NUL bytes"),
        (b"Last_Name\nLi\n", "no column for the first name and the student number"),
        (b"id,last,first\n\xff\xfe,Li,Ann\n", "line 2: not UTF-8"),
        (b"id,last,first\n123456789,Li,Ann\n", "No column holds this district's IDs"),
        (b'id,last,first\n0123456,"Li,Ann\n', "Export the file again"),
        (b"id,last,first\n0123456," + b"x" * 5000 + b",Ann\n", "field larger than field limit"),
    ],
    ids=["empty", "header-only", "pdf", "no-columns", "not-utf8", "other-district", "open-quote", "huge-field"],
)
def test_a_file_that_cannot_be_trusted_is_refused_whole(tmp_path: Path, content: bytes, says: str) -> None:
    """A wrong file is refused with a sentence that says what to do, never half imported."""
    with pytest.raises(reading.RosterError, match=says):
        reading.read(written(tmp_path, content), DISTRICT)


@pytest.mark.parametrize(
    ("text", "entered"),
    [
        ("2026-08-03T10:40:00-04:00", datetime(2026, 8, 3, 14, 40, tzinfo=UTC)),
        ("2026-08-03 10:40", datetime(2026, 8, 3, 14, 40, tzinfo=UTC)),
        ("8/3/2026 10:40 AM", datetime(2026, 8, 3, 14, 40, tzinfo=UTC)),
        ("2026-08-03", datetime(2026, 8, 4, 4, 0, tzinfo=UTC)),
        ("8/3/26", datetime(2026, 8, 4, 4, 0, tzinfo=UTC)),
        ("2026-11-01", datetime(2026, 11, 2, 5, 0, tzinfo=UTC)),
    ],
)
def test_entry_times_are_local_and_a_bare_date_counts_to_its_end(tmp_path: Path, text: str, entered: datetime) -> None:
    """The 24 hours are never too short: a date without a time counts to the end of that day (D03)."""
    (student,) = read(tmp_path, f"0123456,Li,Ann,,,{text},").students
    assert student.entered_at == entered


@given(st.integers(min_value=0, max_value=999_999), st.text(max_size=30))
def test_an_id_keeps_every_character(tmp_path_factory: pytest.TempPathFactory, number: int, last: str) -> None:
    """From the file to the student, the ID stays the text it was, zeros and all."""
    student_id = f"0{number:06}"
    quoted = last.replace('"', '""').replace("\0", "")
    try:
        roster = read(tmp_path_factory.mktemp("roster"), f'{student_id},"{quoted}",Ann,,,,')
    except (reading.RosterError, UnicodeEncodeError):
        return
    assert [student.id for student in roster.students] in ([student_id], [])


def test_the_first_import_is_the_baseline_and_later_students_are_new(tmp_path: Path) -> None:
    """Students of the first import log in as before; whoever appears later waits 24 hours (D03, D04)."""
    records = Records.open(tmp_path / "data")
    first = read(tmp_path, "0123456,Li,Ann,,,,")
    importing.apply(records, first, "it", NOW)
    later = read(tmp_path, "0123456,Li,Anna,,,,", "0123457,Le,Tam,,,,")
    changes = importing.apply(records, later, "it", NOW)
    with records.reading() as tables:
        ann, tam = tables.accounts.get("0123456"), tables.accounts.get("0123457")
    records.close()
    assert (len(changes.new), len(changes.changed)) == (1, 1)
    assert ann and tam
    assert ann.student.first == "Anna"
    assert state(ann, NOW, DISTRICT) == "returning"
    assert state(tam, NOW, DISTRICT) == "too-new"


def test_importing_again_moves_no_clock(tmp_path: Path) -> None:
    """The 24-hour clock of a new student starts once, however often the roster is imported (D03)."""
    records = Records.open(tmp_path / "data")
    importing.apply(records, read(tmp_path, "0123456,Li,Ann,,,,"), "it", NOW)
    both = read(tmp_path, "0123456,Li,Ann,,,,", "0123457,Le,Tam,,,,")
    importing.apply(records, both, "it", NOW)
    again = importing.apply(records, both, "it", NOW.replace(hour=20))
    with records.reading() as tables:
        tam = tables.accounts.get("0123457")
    records.close()
    assert again.unchanged == 2
    assert tam and tam.student.entered_at == NOW
