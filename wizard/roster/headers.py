"""The header names that exports use, and what each column holds. Unknown columns are never looked at."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Literal

IdKind = Literal["number", "username", "email", "user-ids"]

ALIASES: Mapping[str, tuple[str, ...]] = {
    "last": ("lastname", "familyname", "surname", "last", "lname", "ln"),
    "first": ("firstname", "givenname", "forename", "first", "fname", "fn"),
    "middle": ("middlename", "middle", "middleinitial", "mi"),
    "school": (
        "schoolname",
        "school",
        "schname",
        "calendarschoolname",
        "calname",
        "calendarname",
        "building",
        "campus",
        "attendingschool",
        "currentschool",
        "schoolid",
        "schoolsisid",
        "schooldfenumber",
    ),
    "grade": ("gradelevel", "grade", "grades", "enrollmentgrade", "activeenrollmentgrade"),
    "entered": ("enteredat", "entered", "districtentrydate", "entrydate", "enrolledat", "enrollmentdate"),
    "status": ("enrollmentstatus", "enrollstatus", "status"),
}
"""What we call it -> header names without blanks, punctuation and capitals, the surest first."""

IDS: Mapping[str, IdKind] = {
    "studentnumber": "number",
    "localid": "number",
    "localstudentid": "number",
    "studentid": "number",
    "sisid": "number",
    "studentsisid": "number",
    "identifier": "number",
    "studentno": "number",
    "studentnum": "number",
    "idnumber": "number",
    "sisnumber": "number",
    "permid": "number",
    "permnumber": "number",
    "permanentid": "number",
    "otherid": "number",
    "id": "number",
    "userids": "user-ids",
    "usermasteridentifier": "number",
    "username": "username",
    "userid": "username",
    "loginid": "username",
    "sourcedid": "number",
    "email": "email",
    "emailaddress": "email",
    "mail": "email",
}
"""Columns that may hold the ID, the surest first; the district's pattern decides (O5)."""

OFFERED: Mapping[str, tuple[str, ...]] = {
    "entered": ("startdate", "enrollmentstartdate", "begindate", "schoolentrydate", "entry"),
    "last": ("legallastname", "preferredlastname"),
    "first": ("legalfirstname", "preferredfirstname", "nickname"),
}
"""Columns that may be meant, but hold something else in many exports: shown, used only when mapped."""

BEFORE = ("student", "individual", "identity", "person", "pupil", "stu")
"""What may stand in front, as in Infinite Campus's `student.lastName`; the longer ones first."""

WORDS: Mapping[str, str] = {
    "id": "student number",
    "last": "last name",
    "first": "first name",
    "middle": "middle name",
    "school": "school",
    "grade": "grade",
    "entered": "entry time",
    "status": "status",
}

NEEDED = ("id", "last", "first")

_SECRET = re.compile(r"passw|passphrase|pwd|^pin$|pin(code|number)$|secret|challengeanswer|securityanswer")
_DEMOGRAPHIC = re.compile(
    r"birth|^dob|dob$|^age$|gender|^sex$|pronoun|race|ethnic|hispanic|latino|^white$|^asian$|black|nativ|"
    r"lunch|^frl|frl$|ssn|socialsec|^iep|iep|504|disab|specialed|^ell|ellstatus|^lep|homelanguage|language|"
    r"homeless|migrant|immigra|military|foster|address|street|^city|^state$|zip|postal|medical|health|citizen|religio"
)


def simplified(header: str) -> str:
    """Return a header without blanks, punctuation and capitals: `Student_Number` -> `studentnumber`."""
    return re.sub(r"[^a-z0-9]", "", header.casefold())


def is_secret(header: str) -> bool:
    """Return whether a column holds passwords or the like: dropped unread, and never to be mapped (O5)."""
    return bool(_SECRET.search(simplified(header)))


def is_private(header: str) -> bool:
    """Return whether a column holds what the wizard has no business to know: secrets and demographics."""
    return is_secret(header) or bool(_DEMOGRAPHIC.search(simplified(header)))


def known_as(header: str, names: Mapping[str, object] | tuple[str, ...]) -> str | None:
    """Return the one of these names that a header is, with or without `student` in front."""
    plain = simplified(header)
    bare = next((plain[len(word) :] for word in BEFORE if plain.startswith(word)), plain)
    return plain if plain in names else bare if bare in names else None


def near_misses(name: str, headers: tuple[str, ...]) -> list[str]:
    """Return the headers that look like a misspelling of what is missing, likeliest first; only to be offered."""
    wanted = tuple(IDS) if name == "id" else ALIASES[name]
    long_enough = [alias for alias in wanted if len(alias) > 5]
    free = [header for header in headers if not is_private(header) and not (name != "id" and known_as(header, IDS))]
    by_plain = {simplified(header): header for header in free}
    meant = [header for header in headers if known_as(header, OFFERED.get(name, ()))]
    close = {match: None for alias in long_enough for match in get_close_matches(alias, by_plain, n=2, cutoff=0.8)}
    return list(dict.fromkeys((*meant, *(by_plain[match] for match in close))))
