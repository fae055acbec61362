"""Reading a plain CSV export: line ends, text, columns, IDs, dates, and what a spreadsheet did to it."""

import codecs
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from roster_files import DISTRICT, HEADER, roster_of, written

from wizard.roster import mapping, moments, numbers
from wizard.roster.lines import OTHER_ENDS
from wizard.roster.reading import Options, Roster, RosterError, read

GOOD = [f"01{number:05},Li,Ann,,,," for number in range(120)]


def refused(roster: Roster) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.reason) for problem in roster.refused]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "bare-cr"])
def test_every_line_end_reads(tmp_path: Path, end: str) -> None:
    """An export reads the same whether it was made on Windows, Linux or an old Mac program."""
    rows = ('0123456,O\'Brien,Siobhan,"Practice\nMiddle, East",6,,secret-1', "", "0123457,Li,Ann,,,,x", "1,Li,,,,,")
    roster = roster_of(tmp_path, *rows, *GOOD, end=end)
    assert [(one, person.last, person.line) for one, person in list(roster.students.items())[:2]] == [
        ("0123456", "O'Brien", 2),
        ("0123457", "Li", 5),
    ]
    assert roster.students["0123456"].school == "Practice Middle, East"
    assert refused(roster) == [(6, "First_Name", "the first name is missing")]


@pytest.mark.parametrize(
    ("encode", "delimiter"),
    [
        (lambda text: text.encode(), ","),
        (lambda text: codecs.BOM_UTF8 + text.encode(), ","),
        (lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"), "\t"),
        (lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"), ";"),
        (lambda text: b"sep=;\r\n" + text.encode(), ";"),
        (lambda text: b"\n \n" + text.encode(), "|"),
    ],
    ids=["utf-8", "utf-8-mark", "utf-16-excel", "utf-16-big", "excel-sep", "blank-lines-first"],
)
def test_text_as_spreadsheets_and_systems_save_it(tmp_path: Path, encode: object, delimiter: str) -> None:
    """Names keep every letter, however the file was saved."""
    lines = [["Student Number", "Last Name", "First Name"], ["0123456", "Lê", "José"]]
    text = "".join(delimiter.join(line) + "\r\n" for line in lines)
    roster = read(written(tmp_path, encode(text)), DISTRICT)  # type: ignore[operator]
    assert [(person.last, person.first) for person in roster.students.values()] == [("Lê", "José")]


def test_text_that_is_not_unicode_is_read_only_when_a_person_says_so(tmp_path: Path) -> None:
    """Windows text is refused by line, and read with --encoding; it is never guessed."""
    path = written(tmp_path, "id,last,first\n0123456,Li,Ann\n0123457,Lê,José\n".encode("cp1252"))
    with pytest.raises(RosterError, match=r"line 3: not UTF-8.*--encoding windows-1252"):
        read(path, DISTRICT)
    roster = read(path, DISTRICT, Options(encoding="windows-1252"))
    assert roster.students["0123457"].first == "José"


def test_utf_16_without_its_mark_is_read_only_when_a_person_says_so(tmp_path: Path) -> None:
    """Some programs leave out the mark of UTF-16: the refusal says what it looks like and what to add."""
    path = written(tmp_path, "id,last,first\n0123456,Lê,José\n".encode("utf-16-le"))
    with pytest.raises(RosterError, match=r"every other byte is NUL.*--encoding utf-16"):
        read(path, DISTRICT)
    assert read(path, DISTRICT, Options(encoding="utf-16")).students["0123456"].last == "Lê"


ODD: dict[str, tuple[str, str]] = {
    "title": ("Student Roster 2026-27,,,,\n\nStudent_Number,Last_Name,First_Name\n0123456,Li,Ann\n", "2 lines above"),
    "title-and-date": ("Practice High\nRun date: 8/3/2026\nID;Last;First\n0123456;Li;Ann\n", "2 lines above"),
    "twice": ("ID,Last,First,Last\n0123456,Li,Ann,Parent\n", "column Last: the header has this column more than once"),
    "header-again": ("ID,Last,First\n0123456,Li,Ann\nID,Last,First\n", "line 3: the header once more"),
    "line-end-in-header": ('"Student\nNumber","Last\nName",First\n0123456,Li,Ann\n', ""),
    "blank-after-comma": ('ID, "Last", "First", School\n0123456, "Li", "Ann", "Tara, East"\n', ""),
    "aeries": ("STU.ID,STU.LN,STU.FN\n0123456,Li,Ann\n", ""),
    "synergy": ("SIS Number,Perm ID,Last Name,First Name\n0123456,7,Li,Ann\n", ""),
    "uk": ("Pupil ID,Surname,Forename\n0123456,Li,Ann\n", ""),
    "email": ("Student Email,Last,First\ns0123456@practice.example,Li,Ann\n", ""),
    "ad-hoc-bars": ("student.studentNumber|student.lastName|student.firstName\n0123456|Li|Ann\n", ""),
}


@pytest.mark.parametrize("name", ODD)
def test_what_reports_do_to_a_table_is_read_and_said(tmp_path: Path, name: str) -> None:
    """Titles above the header, a header on every page, twin columns, other systems' names: read, and never silently."""
    text, remark = ODD[name]
    roster = read(written(tmp_path, text), DISTRICT)
    assert [(person.last, person.first) for person in roster.students.values()] == [("Li", "Ann")]
    assert list(roster.students) == ["0123456"]
    assert remark in " ".join(problem.words for problem in roster.problems)
    assert bool(remark) == bool(roster.problems)


@pytest.mark.parametrize("sign", OTHER_ENDS, ids=ascii)
def test_only_line_ends_part_lines(tmp_path: Path, sign: str) -> None:
    """A sign that Unicode counts among the ends of lines stays inside a name, as one that is taken out or a blank."""
    path = tmp_path / "students.csv"
    path.write_text(f"id,last,first\r0123456,L{sign}i,Ann\r0123457,Lee,Bo\r", encoding="utf-8", newline="")
    students = read(path, DISTRICT).students
    assert [(one, person.first, person.line) for one, person in students.items()] == [
        ("0123456", "Ann", 2),
        ("0123457", "Bo", 3),
    ]


def test_lines_are_counted_from_the_top_of_the_file(tmp_path: Path) -> None:
    """Titles above the header do not shift the line numbers of what is wrong below."""
    roster = read(written(tmp_path, "Roster\n\nID,Last,First\n0123456,Li,Ann\n0123457,,Bo\n"), DISTRICT)
    assert [problem.line for problem in roster.refused] == [5]


def test_a_password_column_is_never_kept(tmp_path: Path) -> None:
    """A clear-text password in an export reaches nothing; the report says that it was dropped (O5)."""
    header = HEADER + ",Dob,Race"
    roster = roster_of(tmp_path, "0123456,Li,Ann,Practice Middle,6,,canary-1,1/2/2015,canary-2", header=header)
    assert "canary" not in repr(roster)
    assert roster.columns.dropped == ("Password", "Dob", "Race")


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("0100200,,Ann,,,,", "Last_Name", "name is missing"),
        ("0100200", "Last_Name", "name is missing"),
        ("0100200,Li,Ann,,,yesterday,", "Entered_At", "not a date"),
        ("0100200,Li,Ann,,,45870,", "Entered_At", "spreadsheet's day number"),
        ("0100200,Smith, Jr.,Noah,,,,", "", "8 fields and the header 7"),
        (f"0100200,{'x' * 300},Ann,,,,", "Last_Name", "longer than 100"),
        ("0100000,Li,Ruth,,,,", "Student_Number", "with another name"),
    ],
    ids=["no-last-name", "short-row", "no-date", "day-number", "long-row", "300-letters", "two-names"],
)
def test_a_row_that_cannot_be_used_is_refused_by_line(tmp_path: Path, row: str, column: str, reason: str) -> None:
    """Whoever exported the file learns which line and column is wrong and why; the other rows are read."""
    roster = roster_of(tmp_path, *GOOD, row)
    assert len(roster.students) >= 119
    assert [(line, where) for line, where, why in refused(roster) if reason in why][-1] == (122, column)


def test_two_students_who_share_an_id_are_both_left_out(tmp_path: Path) -> None:
    """Nobody can tell which of two names an ID belongs to, so neither is believed, nor a third."""
    roster = roster_of(tmp_path, *GOOD, "0100000,Li,Ruth,,,,", "0100000,Le,Tam,,,,")
    assert "0100000" not in roster.students
    assert [line for line, _, _ in refused(roster)] == [2, 122, 123]


def test_a_student_at_several_schools_is_one_student(tmp_path: Path) -> None:
    """A row for each school becomes one student; the first school is the primary one, and the others are remarks."""
    roster = roster_of(tmp_path, "0123456,Li,Ann,Practice High,9,,", "0123456,Li,Ann,Career Center,9,,")
    assert [(one.school, one.other_schools) for one in roster.students.values()] == [
        ("Practice High", ("Career Center",))
    ]
    assert [(problem.kind, problem.line) for problem in roster.problems] == [("note", 3)]


@pytest.mark.parametrize(
    "row",
    [
        ",,,,,,",
        " , ,,,,,",
        "Total,120,,,,,",
        "120 rows",
        '"Total: 120",,,,,,',
        "(120 records)",
        "(1,200 rows affected)",
        "Page 1 of 1,,,,,,",
        "*** END OF REPORT ***",
        "Records: 120",
        "Printed 8/3/2026 7:45 AM",
    ],
)
def test_blank_rows_and_totals_are_no_students(tmp_path: Path, row: str) -> None:
    """What a report writes below the last student is not taken for one."""
    roster = roster_of(tmp_path, *GOOD, row)
    assert (len(roster.students), refused(roster)) == (120, [])


def test_a_shared_username_is_a_warning(tmp_path: Path) -> None:
    """Two students with one username are worth a look, by line; the portal's username follows from the ID (D07)."""
    roster = roster_of(
        tmp_path, "0123456,Li,Ann,Ann.Li", "0123457,Li,Anna,ann.li", header="Student_Number,Last,First,Username"
    )
    (problem,) = roster.problems
    assert (problem.kind, problem.line, len(roster.students)) == ("warning", 3, 2)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (HEADER.encode(), "has no students"),
        (HEADER.encode() + b"\n,,,,,,\n", "has no students"),
        (b"%PDF-1.7\n\x00\x01", "is a PDF"),
        (b"\xd0\xcf\x11\xe0old", "an old Excel"),
        (b"<html>", "a web page"),
        (b"id,last,first\n0123456,L\0i,Ann\n", "line 2: holds NUL bytes"),
        (b"Last_Name\nLi\n", "no column for the student number and the first name"),
        (b"id,name\n0123456,Ann Li\n", "holds the whole name"),
        (b"0123456,Li,Ann\n0123457,Le,Bo\n", "line 1: this looks like a student, not like a header"),
        (b"Roster\n0123456,Li,Ann\n", "this looks like a student"),
        (b'"id,last,first"\n"0123456,Li,Ann"\n', "Each line stands in quotation marks"),
        (b"id,last,first\n\xff\xfe,Li,Ann\n", "line 2: not UTF-8"),
        (codecs.BOM_UTF16_LE + "id,last,first\n0123456,Li,Ann".encode("utf-16-le") + b"\n", "line 2: not UTF-16"),
        (b"id,last,first\n123456789,Li,Ann\n", "no column holds this district's IDs"),
        (b'id,last,first\n0123456,"Li,Ann\n', "line 2: a quotation mark is opened here"),
        (b'id,last,first\n0123456,"L"i,Ann\n', "line 2: a quotation mark inside"),
        (b"id,last,first\n0123456," + b"x" * 5000 + b",Ann\n", "line 2: a field longer than 4,096"),
        (b"x" * (1 << 21), "line 1: longer than a million"),
        (b"a," * 600 + b"\n1,\n", "601 columns"),
        (b"id,last,first\n" + b"0123456,Li,Ann\n" * 200_001, "more than 200,000 rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_trusted_is_refused_whole(tmp_path: Path, content: bytes, says: str) -> None:
    """A wrong file is refused with a sentence that says what to do, never half imported."""
    with pytest.raises(RosterError, match=says):
        read(written(tmp_path, content), DISTRICT)


# -- columns


@pytest.mark.parametrize(
    ("header", "offer"),
    [
        ("Student_Number,Lst_Name,First_Name", '--map last="Lst_Name"'),
        ("Studnet_Number,Last_Name,First_Name", '--map id="Studnet_Number"'),
        ("Student_Number,Last_Name,Frist Name", '--map first="Frist Name"'),
        ("Student_Number,Legal Last Name,First_Name", '--map last="Legal Last Name"'),
    ],
)
def test_a_near_miss_is_offered_and_never_assumed(tmp_path: Path, header: str, offer: str) -> None:
    """A misspelt header is offered; the import goes on only when a person says that it is meant."""
    with pytest.raises(RosterError) as refusal:
        roster_of(tmp_path, "0123456,Li,Ann", header=header)
    assert offer in str(refusal.value)
    said = mapping.of_arguments([offer.removeprefix("--map ").replace('"', "")])
    assert len(roster_of(tmp_path, "0123456,Li,Ann", header=header, options=Options(mapping=said)).students) == 1


def test_reordered_and_unknown_columns_are_read_by_name(tmp_path: Path) -> None:
    """The order of the columns does not matter, and unknown columns are not looked at."""
    roster = roster_of(
        tmp_path, "6,x,Ann,0123456,y,Li", header="GRADE,Homeroom,first name,Student-Number,Bus,LAST NAME"
    )
    assert {one: (person.last, person.first, person.grade) for one, person in roster.students.items()} == {
        "0123456": ("Li", "Ann", "6")
    }


def test_an_enrollment_date_is_offered_and_not_taken_for_the_entry(tmp_path: Path) -> None:
    """A start date is this school year's in many exports; taken for the entry, everybody would have to claim (D03)."""
    header = "Student_Number,Last_Name,First_Name,Start_Date"
    roster = roster_of(tmp_path, "0123456,Li,Ann,8/3/2021", header=header)
    assert roster.columns.offered["entered"] == ("Start_Date",)
    assert roster.students["0123456"].entered is None
    mapped = roster_of(tmp_path, "0123456,Li,Ann,8/3/2021", header=header, options=Options({"entered": "start_date"}))
    assert mapped.students["0123456"].entered is not None
    assert any("count as new" in problem.reason for problem in mapped.problems)
    left_out = Options({"entered": ""})
    assert roster_of(tmp_path, "0123456,Li,Ann,,,8/3/2021,", options=left_out).students["0123456"].entered is None


@pytest.mark.parametrize(
    ("mapped", "says"),
    [({"last": "Nom"}, "has no column"), ({"grade": "Password"}, "is never read"), ({"last": "x"}, "more than one")],
)
def test_a_mapping_that_cannot_be_is_refused(tmp_path: Path, mapped: dict[str, str], says: str) -> None:
    """A mapping names a column that is there, once, and never one with secrets."""
    with pytest.raises(RosterError, match=says):
        roster_of(tmp_path, "0123456,Li,Ann,,,,,,", header=HEADER + ",x,X", options=Options(mapped))


def test_a_mapping_is_saved_and_used_again(tmp_path: Path) -> None:
    """What a person said about the columns once is kept in a file."""
    header = 'Student_Number,"Nom ""de"" famille",First_Name,Start'
    said = Options({"last": 'Nom "de" famille', "entered": "Start"})
    roster = roster_of(tmp_path, "0123456,Li,Ann,2020-08-03", header=header, options=said)
    mapping.save(roster, tmp_path / "mapping.toml")
    again = mapping.load(tmp_path / "mapping.toml")
    assert again == {"id": "Student_Number", "last": 'Nom "de" famille', "first": "First_Name", "entered": "Start"}


# -- the ID


@pytest.mark.parametrize(
    ("text", "student_id", "damage"),
    [
        ("0123456", "0123456", ""),
        ("123456", "0123456", "lost-zero"),
        ("23456", "0023456", "lost-zero"),
        ("456", "", "wrong"),
        ("'0123456", "0123456", "text-mark"),
        ('="0123456"', "0123456", "text-mark"),
        ('="123456"', "0123456", "lost-zero"),
        ("123456.0", "0123456", "lost-zero"),
        ("0123456.0", "0123456", "decimal-point"),
        ("1.23457E+06", "", "rounded"),
        ("1,23457e6", "", "rounded"),
        ("#######", "", "hashes"),
        ("1234567", "", "first-digit"),
        ("01234567", "", "wrong"),
        ("٠١٢٣٤٥٦", "", "wrong"),
        ("", "", "missing"),
        ("n/a", "", "wrong"),
    ],
)
def test_what_a_spreadsheet_did_to_an_id(text: str, student_id: str, damage: str) -> None:
    """Each kind of damage is recognised; lost digits are never made up (O5)."""
    assert numbers.Numbers(DISTRICT).read(text) == (student_id, damage)


def test_zeros_are_restored_only_when_a_person_says_so(tmp_path: Path) -> None:
    """A column that lost its zeros is refused with an offer; --restore-zeros takes it and counts."""
    rows = [f"1{number:05},Li,Ann,,,," for number in range(50)]
    with pytest.raises(RosterError, match=r"restore the zero for 50 rows add --restore-zeros"):
        roster_of(tmp_path, *rows)
    roster = roster_of(tmp_path, *rows, options=Options(restore_zeros=True))
    assert (len(roster.students), roster.restored) == (50, 50)
    assert "0100049" in roster.students


def test_a_few_lost_zeros_are_left_out_and_offered(tmp_path: Path) -> None:
    """One damaged row among many is refused by line; the offer says for how many rows it is."""
    roster = roster_of(tmp_path, *GOOD, "123456,Le,Tam,,,,")
    assert (roster.restorable, refused(roster)[0][0]) == (1, 122)
    assert "0123456" in roster.mentioned


@pytest.mark.parametrize(
    ("header", "row", "column"),
    [
        ("Student_ID,Student_Number,Last,First", "77,0123456,Li,Ann", "Student_Number"),
        ("Student_Number,Local_ID,Last,First", "77,0123456,Li,Ann", "Local_ID"),
        ("id,username,Last,First", "77,S0123456,Li,Ann", "username"),
        ("id,username,Last,First", "77,s0123456@practice.example,Li,Ann", "username"),
        ("userIds,sourcedId,Last,First", '"{LDAP:77},{SIS:0123456}",u1,Li,Ann', "userIds"),
    ],
)
def test_the_id_is_the_column_that_fits_the_district(tmp_path: Path, header: str, row: str, column: str) -> None:
    """Among the columns that may hold the ID, the district's pattern decides; usernames lose their letter (D07)."""
    roster = roster_of(tmp_path, row, header=header)
    assert (roster.id_column.header, list(roster.students)) == (column, ["0123456"])
    assert roster.id_column.samples[0].startswith("•")


def test_fewer_than_99_percent_fitting_ids_are_refused(tmp_path: Path) -> None:
    """Two wrong IDs in a hundred refuse the whole file, with their lines; one is refused by itself."""
    wrong = ["999,Li,Ann,,,,"]
    assert len(refused(roster_of(tmp_path, *GOOD[:99], *wrong))) == 1
    with pytest.raises(RosterError, match=r"98% fit.*lines 100, 101"):
        roster_of(tmp_path, *GOOD[:98], *wrong, *wrong)


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=999_999), st.text(max_size=30))
def test_an_id_keeps_every_character(tmp_path_factory: pytest.TempPathFactory, number: int, last: str) -> None:
    """From the file to the student, the ID stays the text it was, zeros and all."""
    student_id = f"0{number:06}"
    quoted = last.replace('"', '""').replace("\0", "")
    try:
        roster = roster_of(tmp_path_factory.mktemp("roster"), f'{student_id},"{quoted}",Ann,,,,')
    except (RosterError, UnicodeEncodeError):
        return
    assert list(roster.students) in ([student_id], [])


# -- dates


@pytest.mark.parametrize(
    ("text", "entered"),
    [
        ("2026-08-03T10:40:00-04:00", datetime(2026, 8, 3, 14, 40, tzinfo=UTC)),
        ("2026-08-03T14:40:00.000Z", datetime(2026, 8, 3, 14, 40, tzinfo=UTC)),
        ("2026-08-03 10:40", datetime(2026, 8, 3, 14, 40, tzinfo=UTC)),
        ("8/3/2026 10:40 AM", datetime(2026, 8, 3, 14, 40, tzinfo=UTC)),
        ("8/3/2026 10:40:00 AM", datetime(2026, 8, 3, 14, 40, tzinfo=UTC)),
        ("2026-08-03", datetime(2026, 8, 4, 4, 0, tzinfo=UTC)),
        ("20260803", datetime(2026, 8, 4, 4, 0, tzinfo=UTC)),
        ("8/3/26", datetime(2026, 8, 4, 4, 0, tzinfo=UTC)),
        ("08-03-2026", datetime(2026, 8, 4, 4, 0, tzinfo=UTC)),
        ("Aug 3, 2026", datetime(2026, 8, 4, 4, 0, tzinfo=UTC)),
        ("2026-11-01", datetime(2026, 11, 2, 5, 0, tzinfo=UTC)),
        ("2026/08/03", datetime(2026, 8, 4, 4, 0, tzinfo=UTC)),
        ("03-AUG-26", datetime(2026, 8, 4, 4, 0, tzinfo=UTC)),
        ("Aug 3 2026", datetime(2026, 8, 4, 4, 0, tzinfo=UTC)),
        ("3 August 2026", datetime(2026, 8, 4, 4, 0, tzinfo=UTC)),
        ("NULL", None),
        ("0000-00-00", None),
    ],
)
def test_entry_times_are_local_and_a_bare_date_counts_to_its_end(
    tmp_path: Path, text: str, entered: datetime | None
) -> None:
    """The 24 hours are never too short: a date without a time counts to the end of that day (D03)."""
    (person,) = roster_of(tmp_path, f'0123456,Li,Ann,,,"{text}",').students.values()
    assert person.entered == entered


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_is_a_broken_date(text: str) -> None:
    """Whatever stands in the date column is a moment in UTC, nothing, or a sentence."""
    moment = moments.Moments(DISTRICT)[text]
    assert moment is None or isinstance(moment, str) or moment.utcoffset() is not None
