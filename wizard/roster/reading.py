"""A plain CSV export, read row by row into students; what cannot be used is refused by line.

IDs stay text from file to ticket. Only the named columns become values: a clear-text password column is
dropped unread (O5).
"""

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wizard.accounts import Student
from wizard.district import District
from wizard.roster.columns import Columns, find_columns
from wizard.text import clean, collapse

LARGEST_FILE = 64 << 20
MOST_ROWS = 200_000
LONGEST_FIELD = 4 << 10
NAME_LIMIT = 100

TIME_FORMS = ("%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%m/%d/%y %H:%M")
DATE_FORMS = ("%m/%d/%Y", "%m/%d/%y")


class RosterError(Exception):
    """The file cannot be imported at all: a sentence that names the file, where, and what to do."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that is left out."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Roster:
    """What a file holds."""

    students: tuple[Student, ...]
    refused: tuple[RefusedRow, ...]


def read(path: Path, district: District) -> Roster:
    """Read a CSV file. Raises RosterError when nothing of it can be trusted."""
    numbered = _rows(_text(path), path)
    if len(numbered) < 2:
        raise RosterError(f"{path.name} has no students: a header line and one line per student are needed.")
    (_, header), *body = numbered
    columns = find_columns(header, [row for _, row in body], district)
    if isinstance(columns, str):
        raise RosterError(f"{path.name}: {columns}")
    return _sorted_out(body, columns, district)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise RosterError(f"{path.name} is larger than 64 MiB. Export one school at a time.")
        data = path.read_bytes()
    except OSError as error:
        raise RosterError(f"{path} cannot be read: {error.strerror}.") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RosterError(f"{path.name}, line {line}: not UTF-8 text. Save it as CSV UTF-8 and try again.") from None
    if "\0" in text:
        raise RosterError(f"{path.name} holds NUL bytes, so it is not a CSV file. Export it again as CSV.")
    return text


def _rows(text: str, path: Path) -> list[tuple[int, list[str]]]:
    # newline="" keeps line ends as they are; the reader takes CRLF, LF and a bare CR.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    numbered: list[tuple[int, list[str]]] = []
    try:
        csv.field_size_limit(LONGEST_FIELD)
        for row in reader:
            if any(field.strip() for field in row):
                numbered.append((reader.line_num, row))
            if len(numbered) > MOST_ROWS:
                raise RosterError(f"{path.name} has more than 200,000 rows. Export one school at a time.")
    except csv.Error as error:
        raise RosterError(f"{path.name}, line {reader.line_num}: {error}. Export the file again as CSV.") from None
    return numbered


def _sorted_out(body: Iterable[tuple[int, list[str]]], columns: Columns, district: District) -> Roster:
    students: dict[str, Student] = {}
    refused: list[RefusedRow] = []
    for line, row in body:
        student = _student(row, columns, district)
        if isinstance(student, str):
            refused.append(RefusedRow(line, student))
        elif student.id in students:
            refused.append(RefusedRow(line, f"the ID {student.id} stands on an earlier line already"))
        else:
            students[student.id] = student
    return Roster(tuple(students.values()), tuple(refused))


def _student(row: Sequence[str], columns: Columns, district: District) -> Student | str:
    """Return the student of one row, or why there is none."""
    number = columns.value(row, "id")
    if not district.student_id.fits(number):
        return f"the ID {clean(number, 30).text!r} does not have {district.student_id.digits} digits as it should"
    last, first = (collapse(clean(columns.value(row, name), NAME_LIMIT).text) for name in ("last", "first"))
    if not last or not first:
        return "the first or the last name is missing"
    entered = _moment(columns.value(row, "entered"), district)
    if isinstance(entered, str):
        return entered
    others = {
        name: collapse(clean(columns.value(row, name), NAME_LIMIT).text) for name in ("middle", "school", "grade")
    }
    return Student(id=number, last=last, first=first, entered_at=entered, **others)


def _moment(text: str, district: District) -> datetime | str | None:
    """Return when the student was entered, aware UTC; without an offset it is local time.

    A date alone counts to its end, so that the waiting time (D03) is never too short.
    """
    if not text:
        return None
    reading = _reading(text)
    if reading is None:
        return f"the entry time {clean(text, 30).text!r} is not a date such as 2026-08-03 or 8/3/2026 7:45 AM"
    at, whole = reading
    local = at if at.tzinfo else at.replace(tzinfo=district.zone)
    return (local + whole).astimezone(UTC)


def _reading(text: str) -> tuple[datetime, timedelta] | None:
    """Return a moment, and how much of a day it leaves open; ISO 8601 first, then the forms common in the US."""
    whole_day, exact = timedelta(days=1), timedelta(0)
    with suppress(ValueError):
        return datetime.fromisoformat(text), whole_day if len(text) <= len("2026-08-03") else exact
    for form, open_part in (*((form, exact) for form in TIME_FORMS), *((form, whole_day) for form in DATE_FORMS)):
        with suppress(ValueError):
            return datetime.strptime(text, form), open_part  # noqa: DTZ007 - the caller adds the district's zone
    return None
