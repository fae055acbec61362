"""Which column of an export holds what: known header names, and the ID chosen by the district's pattern."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wizard.district import District

FEWEST_FITTING = 0.99
"""The share of rows whose ID must fit the district's pattern before a column is taken for the ID (O5)."""

ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": (
        "studentnumber",
        "studentstudentnumber",
        "studentid",
        "sisid",
        "localid",
        "identifier",
        "id",
        "username",
    ),
    "last": ("lastname", "studentlastname", "last", "surname", "familyname"),
    "first": ("firstname", "studentfirstname", "first", "givenname"),
    "middle": ("middlename", "studentmiddlename", "middle"),
    "school": ("schoolname", "school", "calendarschoolname", "schoolid"),
    "grade": ("grade", "gradelevel", "studentgrade"),
    "entered": ("enteredat", "entered", "entrydate", "enrolledat", "enrollmentdate", "startdate"),
}
"""What we call it -> header names without blanks, punctuation and capitals, the surest first."""

NEEDED = ("id", "last", "first")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where to find what: our name -> index of the column. Columns not named here are never looked at."""

    of: Mapping[str, int]

    def value(self, row: Sequence[str], name: str) -> str:
        """Return one field, empty when the export has no such column or the row is short."""
        index = self.of.get(name)
        return row[index].strip() if index is not None and index < len(row) else ""


def simplified(header: str) -> str:
    """Return a header without blanks, punctuation and capitals: `Student_Number` -> `studentnumber`."""
    return re.sub(r"[^a-z0-9]", "", header.casefold())


def find_columns(header: Sequence[str], rows: Sequence[Sequence[str]], district: District) -> Columns | str:
    """Return where each value stands, or a sentence that says which column is missing or does not fit."""
    plain = [simplified(name) for name in header]
    found = {
        name: plain.index(next(alias for alias in aliases if alias in plain))
        for name, aliases in ALIASES.items()
        if name != "id" and any(alias in plain for alias in aliases)
    }
    candidates = [plain.index(alias) for alias in ALIASES["id"] if alias in plain]
    missing = [name for name in ("last", "first") if name not in found] + ([] if candidates else ["id"])
    if missing:
        return f"Line 1: no column for {_listed(missing)}. The header has: {', '.join(header)}."
    fitting = [index for index in candidates if _share(rows, index, district) >= FEWEST_FITTING]
    if not fitting:
        return _nothing_fits(header, rows, candidates, district)
    return Columns({"id": fitting[0], **found})


def _share(rows: Sequence[Sequence[str]], index: int, district: District) -> float:
    values = [row[index].strip() for row in rows if index < len(row)]
    return sum(district.student_id.fits(value) for value in values) / max(1, len(rows))


def _nothing_fits(
    header: Sequence[str], rows: Sequence[Sequence[str]], candidates: list[int], district: District
) -> str:
    tried = ", ".join(f"{header[index]} ({_share(rows, index, district):.0%})" for index in candidates)
    rule = f"{district.student_id.digits} digits" + (", the first a zero" if district.student_id.leading_zero else "")
    return (
        f"No column holds this district's IDs ({rule}) in at least 99 % of the rows: {tried}. "
        "Export the student number as text, or use the district file that fits (--district)."
    )


def _listed(names: Sequence[str]) -> str:
    return " and ".join(
        {"id": "the student number", "last": "the last name", "first": "the first name"}[n] for n in names
    )
