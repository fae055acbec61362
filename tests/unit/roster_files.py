"""Small exports as systems really write them, with made-up names; what the roster tests share."""

import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from wizard import district as districts
from wizard.roster.reading import Options, Roster, read

NOW = datetime(2026, 8, 3, 14, 40, tzinfo=UTC)
DISTRICT = districts.load(None)
NINE_DIGITS = districts.load(Path(__file__).parents[1] / "fixtures" / "nine-digits.toml")

HEADER = "Student_Number,Last_Name,First_Name,School,Grade,Entered_At,Password"

ONEROSTER_11 = {
    "manifest.csv": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.users,bulk\n",
    "orgs.csv": (
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"
        "o1,,,Practice Elementary,school,11,d1\no2,,,Practice High,school,12,d1\nd1,,,Practice District,district,,\n"
    ),
    "users.csv": (
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
        "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\r\n"
        'u1,active,,TRUE,"o2,o1",student,S0123456,"{SIS:0123456},{LDAP:12}",Siobhan,O’Brien,,0123456,,,,g1,09,canary-1\r\n'
        "u2,active,,TRUE,o1,student,S0123457,{SIS:0123457},José,Nguyen-Tran,Lê,0123457,,,,,03,canary-2\r\n"
        "u3,inactive,,TRUE,o1,student,S0123458,{SIS:0123458},Ann,Li,,0123458,,,,,03,canary-3\r\n"
        "u4,active,,FALSE,o1,student,S0123459,{SIS:0123459},Tam,Lê,,0123459,,,,,03,canary-4\r\n"
        "t1,active,,TRUE,o1,teacher,ruth.le,,Ruth,Le,,ruth.le,,,,,,canary-5\r\n"
        "g1,active,,TRUE,o1,parent,mary.brien,,Mary,O’Brien,,mary.brien,,,(770) 555-0101,,,canary-6\r\n"
        "g2,active,,TRUE,o1,guardian,omar.tran,,Omar,Tran,,omar.tran,,770-555-0102,,u2,,canary-7"
    ),
}
"""CRLF, capitals in TRUE, no newline at the end, a dangling parent, passwords in clear."""

ONEROSTER_12 = {
    "manifest.csv": "propertyName,value\noneroster.version,1.2\nfile.users,delta\nfile.roles,delta\n",
    "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier\no1,active,,Practice Middle,school,\n",
    "roles.csv": (
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
        "userProfileSourcedId\n"
        "r0,active,,u1,secondary,student,,,o9,\nr1,active,,u1,primary,student,,,o1,\n"
        "r2,active,,t1,primary,teacher,,,o1,\n"
    ),
    "users.csv": (
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,"
        "sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,"
        "preferredFamilyName,primaryOrgSourcedId,pronouns\n"
        "u1,active,2026-08-01,TRUE,noah,,Noah,Smith Jr.,,0123456,,,,,07,canary-1,,,,,,\n"
        "u2,active,2026-08-01,TRUE,maryann,,Mary Ann,De La Cruz,,0123457,,,,,,canary-2,,,,,,\n"
        "u3,tobedeleted,2026-08-01,TRUE,li,,Ann,Li,,0123458,,,,,,canary-3,,,,,,\n"
        "u4,active,2026-08-01,TRUE,who,,Nobody,Known,,0123459,,,,,,canary-4,,,,,,\n"
        "t1,active,2026-08-01,TRUE,ruth,,Ruth,Le,,ruth.le,,,,,,canary-5,,,,,,\n"
    ),
}
"""A delta: u1 has roles, u2 and u4 are listed without (theirs did not change), u3 leaves."""

SDS_21 = {
    "orgs.csv": "sourcedId,name,type,parentSourcedId\r\n110003,Practice High,school,110004\r\n",
    "users.csv": (
        "sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms\r\n"
        "0123456,s0123456@practice.example,Jose,Garcia,canary-1,,,,\r\n"
        "9000001,mother@practice.example,Ana,Garcia Lopez,canary-2,,,+17705550103,+17705550104\r\n"
        "0123457,s0123457@practice.example,Lena,Li,canary-3,,,,\r\n"
    ),
    "roles.csv": (
        "userSourcedId,orgSourcedId,role,sessionSourcedId,grade,isPrimary,roleStartDate,roleEndDate\r\n"
        "0123456,110003,student,SY26,10,TRUE,2026-08-03,\r\n0123457,110003,student,SY26,11,TRUE,2026-08-03,\r\n"
    ),
    "relationships.csv": (
        "userSourcedId,relationshipUserSourcedId,relationshipRole\r\n0123456,9000001,guardian\r\n0123457,7,relative\r\n"
    ),
}

SDS_1 = {
    "school.csv": "SIS ID,Name,School Number\r\n10001,Practice Elementary,1\r\n",
    "student.csv": (
        "SIS ID,School SIS ID,First Name,Last Name,Username,Password,State ID,Secondary Email,Student Number,"
        "Middle Name,Grade,Status,Birthdate,Graduation Year\r\n"
        "13001,10001,Omar,Haddad,OHaddad,canary-1,GA,,0123456,Ali,9,Active,4/2/2010,2029\r\n"
        "13002,10001,Amara,D’Angelo,ADangelo,canary-2,GA,,0123457,,9,Inactive,4/2/2010,2029\r\n"
    ),
    "user.csv": "Email,First Name,Last Name,Phone,SIS ID\r\nmum@practice.example,Rana,Haddad,770-555-0105,\r\n",
    "guardianrelationship.csv": "SIS ID,Email,Role\r\n13001,MUM@practice.example,Parent\r\n",
}

CLEVER = {
    "schools.csv": "School_id,School_name,State_id\r02M800,Practice High,7\r",
    "students.csv": (
        "School_id,Student_id,Student_number,State_id,Last_name,Middle_name,First_name,Gender,Dob,Grade,Race,Contact_name,"
        "Contact_type,Contact_phone,Contact_email,Username,Password\r"
        "02M800,012345678,012345678,114327752,O'Brien,J,Siobhan,female,11/1/08,9,A,Mary O'Brien,Mother,(770) 555-0106,"
        "m@x.example,so,canary-1\r"
        "02M800,112345679,112345679,114327753,Li,,Lena,female,1/1/08,9,A,,,,,ll,canary-2\r"
        "02M800,012345678,012345678,114327752,O'Brien,J,Siobhan,female,11/1/08,9,A,Pat O'Brien,Father,(770) 555-0107,"
        "p@x.example,so,canary-1\r"
    ),
}
"""Bare CR, nine digits, one row for each guardian."""

AD_HOC = (
    '"student.studentNumber","student.lastName","student.firstName","student.middleName","student.grade","sch.name",'
    '"student.birthdate","student.raceEthnicity","contacts.lastName"\n'
    '"0123456","De La Cruz","Lê Thi","","10","Practice High","01/02/2010","5","Nguyen"\n'
    '"0123457","Smith Jr.","Noah","Lee","09","Practice High","01/02/2011","5",""\n'
)


def folder(path: Path, files: Mapping[str, str]) -> Path:
    """Write the files of an export into a folder."""
    path.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (path / name).write_bytes(text.encode())
    return path


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write the files of an export into a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def written(tmp_path: Path, text: str | bytes, name: str = "students.csv") -> Path:
    """Write one file."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def roster_of(
    tmp_path: Path, *rows: str, header: str = HEADER, end: str = "\n", options: Options | None = None
) -> Roster:
    """Write rows under a header, and read them."""
    return read(written(tmp_path, end.join((header, *rows, ""))), DISTRICT, options)
