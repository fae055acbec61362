"""What is no roster is refused with a sentence, whatever it is; memory stays bounded, and nothing is unpacked."""

import io
import json
import os
import stat
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from roster_files import CLEVER, DISTRICT, NINE_DIGITS, ONEROSTER_11, SDS_21, written, zipped

from wizard.roster.reading import Options, Roster, RosterError, read
from wizard.text import clean

USERS = ONEROSTER_11["users.csv"]


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"users.csv": b"x" * 5_000_000}, "unpacks to more than 100 times"),
        ({"../users.csv": USERS}, "holds a path"),
        ({"/etc/users.csv": USERS}, "holds a path"),
        ({"C:\\users.csv": USERS}, "holds a path"),
        ({"export/users.csv": USERS}, "Zip the CSV files themselves"),
        ({f"{number}.csv": USERS for number in range(17)}, "holds 17 files"),
        ({"users.csv": USERS, "USERS.csv": USERS}, "two files of the same name"),
        ({"xl/workbook.xml": "x", "[Content_Types].xml": "x"}, "an Office document"),
        ({"readme.md": "x", "photo.jpg": b"x"}, r"no users.csv.*it has: photo.jpg, readme.md"),
        ({}, "it has: nothing"),
    ],
    ids=["bomb", "up", "root", "windows", "folder", "many", "same", "xlsx", "no-users", "empty"],
)
def test_a_zip_that_is_no_roster_is_refused(tmp_path: Path, members: dict[str, str | bytes], says: str) -> None:
    """A zip is judged by its table of contents, before anything is unpacked."""
    with pytest.raises(RosterError, match=says):
        read(zipped(tmp_path / "export.zip", members), DISTRICT)


def test_a_full_oneroster_zip_may_hold_its_grade_book(tmp_path: Path) -> None:
    """A full OneRoster 1.2 export has 22 files; those of the grade book are never opened and don't count."""
    names = (
        "categories",
        "lineItems",
        "results",
        "resources",
        "scoreScales",
        "resultScoreScales",
        "lineItemScoreScales",
    )
    others = [f"{name}.csv" for name in (*names, *(f"extra{number}" for number in range(13)))]
    roster = read(zipped(tmp_path / "export.zip", {**ONEROSTER_11, **dict.fromkeys(others, b"\0")}), DISTRICT)
    assert len(roster.students) == 4


@pytest.mark.parametrize("cut", [5, 30, 200, 700, -30, -10])
def test_a_damaged_zip_is_refused(tmp_path: Path, cut: int) -> None:
    """A zip that was cut off is refused, wherever that was."""
    path = zipped(tmp_path / "export.zip", ONEROSTER_11)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(RosterError, match="damaged zip"):
        read(path, DISTRICT)


def test_a_zip_that_lies_about_its_content_is_refused(tmp_path: Path) -> None:
    """Bytes that were changed inside a zip are noticed by its checksum."""
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, text in ONEROSTER_11.items():
            archive.writestr(name, text)
    path.write_bytes(path.read_bytes().replace(b"Siobhan", b"Siobhen"))
    with pytest.raises(RosterError, match="damaged zip"):
        read(path, DISTRICT)


def test_a_zip_with_a_password_is_refused(tmp_path: Path) -> None:
    """A protected zip says how to go on."""
    path = zipped(tmp_path / "export.zip", ONEROSTER_11)
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            data[start + at] |= 1
    path.write_bytes(data)
    with pytest.raises(RosterError, match="protected by a password"):
        read(path, DISTRICT)


def test_a_zip_with_a_million_entries_is_refused_before_they_are_read(tmp_path: Path) -> None:
    """A huge table of contents never gets into memory."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("users.csv", USERS)
    whole = bytearray(data.getvalue())
    struct.pack_into("<I", whole, whole.rfind(b"PK\x05\x06") + 12, 46_000_000)
    with pytest.raises(RosterError, match="thousands of files"):
        read(written(tmp_path, bytes(whole), "export.zip"), DISTRICT)


def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    """A file far too large is refused by its size."""
    path = tmp_path / "students.csv"
    with path.open("wb") as file:
        file.truncate(2 << 30)
    with pytest.raises(RosterError, match="larger than 64 MiB"):
        read(path, DISTRICT)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a POSIX thing")
def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A pipe, a missing file or an impossible name is a sentence, and nothing waits."""
    os.mkfifo(tmp_path / "pipe")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    for name, says in (("pipe", "is not a file"), ("missing.csv", "cannot be read: No such"), ("a\0b", "not a usable")):
        with pytest.raises(RosterError, match=says):
            read(tmp_path / name, DISTRICT)


def test_names_with_brackets_and_controls_become_inert(tmp_path: Path) -> None:
    """Markup stays text; control, bidi and invisible characters are taken out, and it is said where."""
    rows = "0123456,[@click=app.x]Li[/],Ann\n0123457,Li\x1b[31m,A\u202enn\n0123458,=cmd(),Tam\n"
    roster = read(written(tmp_path, "id,last,first\n" + rows), DISTRICT)
    assert [person.last for person in roster.students.values()] == ["[@click=app.x]Li[/]", "Li\ufffd[31m", "=cmd()"]
    assert roster.students["0123457"].first == "Ann"
    assert [(problem.kind, problem.line, problem.column) for problem in roster.problems] == [
        ("warning", 3, "last"),
        ("warning", 3, "first"),
    ]


def test_memory_stays_bounded(tmp_path: Path) -> None:
    """The largest file that is read at all, 200,000 rows, takes less than 300 MB in a process of its own."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the peak of a process alone is told by Linux only")
    rows = "".join(
        f"0{number:06},Nguyen-Tran{number},José{number},Practice High,9,secret\n" for number in range(200_000)
    )
    path = written(tmp_path, "id,last,first,school,grade,password\n" + rows)
    code = (
        "import sys, json; from pathlib import Path; from wizard import district; "
        "from wizard.roster.reading import read; roster = read(Path(sys.argv[1]), district.load(None)); "
        "peak = Path('/proc/self/status').read_text().partition('VmHWM:')[2].split()[0]; "
        "print(json.dumps([len(roster.students), int(peak) / 1024]))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    students, peak = json.loads(done.stdout)
    assert students == 200_000
    assert peak < 300


# -- fuzzing: only a roster or a refusal ever comes out

ANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = st.sampled_from(
    [
        *("Student_Number", "Last_Name", "First_Name", "Username", "Entered_At", "Status", "Grade", "Contact_Name"),
        *("Contact_Phone", "Password", "0123456", "0123457", "123456", '="0123456"', "1.2E+06", "####", "Li", "José"),
        *(
            ",",
            ";",
            "\t",
            '"',
            '""',
            "\n",
            "\r",
            "\r\n",
            "\0",
            "\ufeff",
            "\u202e",
            "Total",
            "8/3/2026",
            "inactive",
            "a b",
        ),
    ]
)
BYTES = st.binary(max_size=400) | st.lists(PIECES, max_size=60).map(lambda parts: "".join(parts).encode())
ROWS = st.lists(st.lists(PIECES | st.text(max_size=8), max_size=8).map(",".join), max_size=12).map("\n".join)
SHEETS = ROWS.map(
    lambda rows: f"Student_Number,Last_Name,First_Name,Entered_At,Status\n{rows}".encode("utf-8", "replace")
)


def outcome(path: Path, options: Options | None = None) -> Roster | None:
    """Return the roster, or None for a refusal in whole sentences; anything else is an error of the test."""
    try:
        roster = read(path, DISTRICT, options)
    except RosterError as refusal:
        assert str(refusal).endswith((".", "...")), str(refusal)
        assert inert(str(refusal))
        return None
    assert all(DISTRICT.student_id.fits(student_id) for student_id in roster.students)
    assert all(person.last and person.first for person in roster.students.values())
    assert all(inert(problem.words) for problem in roster.problems)
    return roster


def inert(text: str) -> bool:
    """Return whether nothing in the text could move a terminal."""
    return clean(text, 100_000).text == text


@ANY
@given(BYTES | SHEETS, st.booleans())
def test_any_bytes_are_a_roster_or_a_refusal(tmp_path: Path, data: bytes, restore: bool) -> None:
    """Whatever a file holds, there is no other way out."""
    outcome(written(tmp_path, data), Options(restore_zeros=restore))


@ANY
@given(st.dictionaries(st.sampled_from([*ONEROSTER_11, *SDS_21, "students.csv"]), BYTES | SHEETS, max_size=5))
def test_any_zip_is_a_roster_or_a_refusal(tmp_path: Path, members: dict[str, bytes]) -> None:
    """Whatever the files of a zip hold, there is no other way out."""
    path = zipped(tmp_path / "export.zip", {**ONEROSTER_11, **members})
    outcome(path)


@ANY
@given(st.data())
def test_a_good_export_with_a_flipped_byte_is_a_roster_or_a_refusal(tmp_path: Path, data: st.DataObject) -> None:
    """One wrong byte anywhere in a good file or zip is survived."""
    good = data.draw(st.sampled_from([CLEVER["students.csv"].encode(), ONEROSTER_11["users.csv"].encode(), b"zip"]))
    name = "export.zip" if good == b"zip" else "users.csv"
    if good == b"zip":
        good = zipped(tmp_path / name, SDS_21).read_bytes()
    at = data.draw(st.integers(0, len(good) - 1))
    flipped = good[:at] + bytes([data.draw(st.integers(0, 255))]) + good[at + 1 :]
    path = written(tmp_path, flipped, name)
    try:
        read(path, NINE_DIGITS)
    except RosterError as refusal:
        assert inert(str(refusal))
    outcome(path)
