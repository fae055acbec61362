"""The exports that districts really make: OneRoster, School Data Sync, Clever, Infinite Campus."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from roster_files import (
    AD_HOC,
    CLEVER,
    DISTRICT,
    NINE_DIGITS,
    ONEROSTER_11,
    ONEROSTER_12,
    SDS_1,
    SDS_21,
    folder,
    written,
    zipped,
)

from wizard.district import District
from wizard.roster.reading import Options, Roster, RosterError, read

EXPORTS: dict[str, tuple[Mapping[str, str], District]] = {
    "oneroster-1.1": (ONEROSTER_11, DISTRICT),
    "oneroster-1.2": (ONEROSTER_12, DISTRICT),
    "sds-2.1": (SDS_21, DISTRICT),
    "sds-1": (SDS_1, DISTRICT),
    "clever": (CLEVER, NINE_DIGITS),
}


def enrolled(roster: Roster) -> dict[str, str]:
    return {one: f"{person.first} {person.last}" for one, person in roster.students.items() if person.enrolled}


def guardians(roster: Roster, student_id: str) -> list[tuple[str, str, str]]:
    return [tuple(contact) for contact in roster.students[student_id].contacts]


@pytest.mark.parametrize("name", EXPORTS)
def test_a_zip_and_a_folder_read_the_same(tmp_path: Path, name: str) -> None:
    """It does not matter whether an export comes as a zip or as a folder."""
    files, district = EXPORTS[name]
    as_folder, as_zip = folder(tmp_path / "export", files), zipped(tmp_path / "export.zip", files)
    one, other = read(as_folder, district), read(as_zip, district)
    assert (one.format, one.students, one.problems) == (other.format, other.students, other.problems)


@pytest.mark.parametrize("name", EXPORTS)
def test_no_password_is_read(tmp_path: Path, name: str) -> None:
    """Clear-text passwords, which each of these exports holds, are dropped before any object is built (O5)."""
    files, district = EXPORTS[name]
    assert "canary" in str(files)
    assert "canary" not in repr(read(folder(tmp_path / "export", files), district))


def test_oneroster_1_1(tmp_path: Path) -> None:
    """Students only; the first school; who is inactive or not enabled has left; agents are found both ways round."""
    roster = read(zipped(tmp_path / "export.zip", ONEROSTER_11), DISTRICT)
    assert (roster.format, roster.partial) == ("OneRoster 1.1, full export (bulk)", False)
    assert enrolled(roster) == {"0123456": "Siobhan O’Brien", "0123457": "José Nguyen-Tran"}
    assert set(roster.students) == {"0123456", "0123457", "0123458", "0123459"}
    assert [roster.students[one].school for one in ("0123456", "0123457")] == ["Practice High", "Practice Elementary"]
    assert guardians(roster, "0123456") == [("Mary O’Brien", "parent", "(770) 555-0101")]
    assert guardians(roster, "0123457") == [("Omar Tran", "guardian", "770-555-0102")]
    assert roster.id_column.header == "identifier"


SEVERAL_SCHOOLS: dict[str, tuple[Mapping[str, str], tuple[str, ...]]] = {
    "oneroster-1.1": (ONEROSTER_11, ("Practice High", "Practice Elementary")),
    "district-among-them": (
        {**ONEROSTER_11, "users.csv": ONEROSTER_11["users.csv"].replace('"o2,o1"', '"d1,o2, o1,o9"')},
        ("Practice High", "Practice Elementary"),
    ),
    "district-alone": (
        {**ONEROSTER_11, "users.csv": ONEROSTER_11["users.csv"].replace('"o2,o1"', "d1")},
        ("Practice District",),
    ),
    "roles": (
        {
            **SDS_21,
            "orgs.csv": SDS_21["orgs.csv"] + "2,Career Academy,school,\r\n3,Left Behind,school,\r\n",
            "roles.csv": "userSourcedId,orgSourcedId,role,isPrimary,status\r\n0123456,2,student,FALSE,\r\n"
            "0123456,110003,student,TRUE,\r\n0123456,3,student,FALSE,tobedeleted\r\n0123456,2,teacher,,\r\n",
        },
        ("Practice High", "Career Academy"),
    ),
    "a-row-for-each": (
        {
            "students.csv": "Student_Number,Last_Name,First_Name,School,Status\n0123456,Li,Ann,High,active\n"
            "0123456,Li,Ann,Academy,active\n0123456,Li,Ann,High,active\n0123456,Li,Ann,Old,withdrawn\n"
        },
        ("High", "Academy"),
    ),
}


@pytest.mark.parametrize("name", SEVERAL_SCHOOLS)
def test_several_schools_of_a_student_are_kept(tmp_path: Path, name: str) -> None:
    """A student of several schools keeps all of them, the primary one first; a district is no school."""
    files, schools = SEVERAL_SCHOOLS[name]
    person = read(folder(tmp_path / "export", files), DISTRICT).students["0123456"]
    assert (person.school, *person.other_schools) == schools


@pytest.mark.parametrize(("column", "header"), [("identifier", "userIds"), ("userIds", "identifier")])
def test_the_oneroster_id_stands_in_different_places(tmp_path: Path, column: str, header: str) -> None:
    """Some systems leave the identifier empty and write the ID among the userIds, or the other way round."""
    users = ONEROSTER_11["users.csv"].replace(column, "x")
    roster = read(folder(tmp_path / "export", {**ONEROSTER_11, "users.csv": users}), DISTRICT)
    assert (roster.id_column.header, len(roster.students)) == (header, 4)


@pytest.mark.parametrize("word", ["0", "false", "NO"])
def test_who_is_not_enabled_has_left(tmp_path: Path, word: str) -> None:
    """Systems write a user who is not enabled in several ways; so they do the version in the manifest."""
    users = ONEROSTER_11["users.csv"].replace("FALSE", word)
    manifest = ONEROSTER_11["manifest.csv"].replace("1.1", "v1p1")
    roster = read(folder(tmp_path / "export", {**ONEROSTER_11, "users.csv": users, "manifest.csv": manifest}), DISTRICT)
    assert (roster.format, roster.students["0123459"].enrolled) == ("OneRoster 1.1, full export (bulk)", False)


def test_oneroster_1_2_delta(tmp_path: Path) -> None:
    """A delta lists what changed: whoever has no role in it may be a student who is known already, never a new one."""
    roster = read(folder(tmp_path / "export", ONEROSTER_12), DISTRICT)
    assert (roster.format, roster.delta, roster.partial) == ("OneRoster 1.2, changes only (delta)", True, True)
    noah, mary, ann = (roster.students[one] for one in ("0123456", "0123457", "0123458"))
    assert (noah.school, noah.grade, noah.known_only) == ("Practice Middle", "07", False)
    assert (mary.school, mary.known_only) == ("", True)
    assert not ann.enrolled
    assert "Ruth" not in repr(roster.students)


def test_school_data_sync_2_1(tmp_path: Path) -> None:
    """Roles tell students and their schools, relationships tell guardians; the ID is the sourcedId or the username."""
    roster = read(folder(tmp_path / "export", SDS_21), DISTRICT)
    assert roster.format == "School Data Sync v2.1"
    assert enrolled(roster) == {"0123456": "Jose Garcia", "0123457": "Lena Li"}
    assert (roster.students["0123456"].school, roster.students["0123456"].grade) == ("Practice High", "10")
    assert guardians(roster, "0123456") == [("Ana Garcia Lopez", "guardian", "+17705550103")]
    assert guardians(roster, "0123457") == []


def test_school_data_sync_1(tmp_path: Path) -> None:
    """The names of schools and the guardians come from files of their own; who is inactive has left."""
    roster = read(folder(tmp_path / "export", SDS_1), DISTRICT)
    assert (roster.format, roster.id_column.header) == ("School Data Sync v1", "Student Number")
    assert enrolled(roster) == {"0123456": "Omar Haddad"}
    assert roster.students["0123456"].school == "Practice Elementary"
    assert guardians(roster, "0123456") == [("Rana Haddad", "Parent", "770-555-0105")]


def test_clever(tmp_path: Path) -> None:
    """A row for each guardian is one student with all of them; the school's name comes from schools.csv."""
    roster = read(folder(tmp_path / "export", CLEVER), NINE_DIGITS)
    assert roster.format == "Clever CSV"
    assert enrolled(roster) == {"012345678": "Siobhan O'Brien", "112345679": "Lena Li"}
    assert roster.students["012345678"].school == "Practice High"
    assert [name for name, _, _ in guardians(roster, "012345678")] == ["Mary O'Brien", "Pat O'Brien"]
    assert guardians(roster, "112345679") == []
    alone = read(written(tmp_path, CLEVER["students.csv"]), NINE_DIGITS)
    assert alone.students["012345678"].school == "02M800"
    assert any("schools.csv" in problem.reason for problem in alone.problems)


def test_infinite_campus_ad_hoc(tmp_path: Path) -> None:
    """Field names of Ad Hoc are known, and a contact's last name is not taken for the student's."""
    roster = read(written(tmp_path, AD_HOC, "extract.csv"), DISTRICT)
    assert roster.format == "Infinite Campus Ad Hoc CSV"
    assert enrolled(roster) == {"0123456": "Lê Thi De La Cruz", "0123457": "Noah Smith Jr."}
    assert roster.columns.dropped == ("student.birthdate", "student.raceEthnicity")
    person = roster.students["0123456"]
    assert (person.school, person.grade) == ("Practice High", "10")


def test_guardians_in_numbered_columns(tmp_path: Path) -> None:
    """A plain CSV may have several guardians in columns with numbers; without a phone they are of no use."""
    header = "ID,Last,First,Guardian 1 First Name,Guardian 1 Last Name,Guardian 1 Phone,Parent2 Name,Parent2_Phone,"
    header += "Contact Name"
    roster = read(written(tmp_path, f"{header}\n0123456,Li,Ann,Bo,Li,1,Mei  Li,,Nobody\n"), DISTRICT)
    assert guardians(roster, "0123456") == [("Bo Li", "", "1"), ("Mei Li", "", "")]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"orgs.csv": "sourcedId,name\n"}, r"no users.csv.*it has: orgs.csv"),
        ({"all.csv": "sourcedId,name\n"}, "no column for the last name and the first name"),
        ({"orgs.csv": "sourcedId,name\n", "teachers.csv": "a,b\n"}, r"no users.csv.*no students.csv.*it has: orgs.csv"),
        ({}, r"no users.csv.*it has: nothing"),
        ({**ONEROSTER_11, "manifest.csv": "propertyName,value\noneroster.version,2.0\n"}, "OneRoster version 2.0"),
        ({**ONEROSTER_11, "manifest.csv": "a,b\n"}, "manifest.csv, line 1: no column propertyname"),
        ({**SDS_21, "roles.csv": "userSourcedId,role\n"}, "roles.csv, line 1: no column orgsourcedid"),
        ({**SDS_21, "users.csv": "username,givenName\nx,y\n"}, "users.csv, line 1: no column sourcedid"),
        ({name: text for name, text in SDS_21.items() if name != "roles.csv"}, "says who is a student"),
        ({**SDS_21, "roles.csv": "userSourcedId,orgSourcedId,role\n7,1,teacher\n"}, "has no students"),
    ],
    ids=[
        "no-users",
        "one-other",
        "two-others",
        "nothing",
        "version",
        "manifest",
        "roles",
        "users",
        "no-roles",
        "no-students",
    ],
)
def test_an_export_that_lacks_something_is_refused(tmp_path: Path, files: dict[str, str], says: str) -> None:
    """A folder without what is needed is refused, and what it has is named."""
    with pytest.raises(RosterError, match=says):
        read(folder(tmp_path / "export", files), DISTRICT)


def test_without_a_manifest_it_is_taken_for_a_full_export_and_said(tmp_path: Path) -> None:
    """OneRoster without a manifest is read as a full export; a remark says so."""
    files = {name: text for name, text in ONEROSTER_11.items() if name != "manifest.csv"}
    roster = read(folder(tmp_path / "export", files), DISTRICT)
    assert (len(roster.students), roster.delta) == (4, False)
    assert any("no manifest.csv" in problem.reason for problem in roster.problems)


def test_part_of_the_students_on_request(tmp_path: Path) -> None:
    """A person may say that a file holds only some of the students."""
    path = written(tmp_path, "id,last,first\n0123456,Li,Ann\n")
    assert not read(path, DISTRICT).partial
    assert read(path, DISTRICT, Options(part=True)).partial
