"""One table of an export: a header and rows with their line numbers, streamed."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from wizard.roster.lines import read_lines
from wizard.roster.problems import RosterError
from wizard.roster.source import Member
from wizard.text import clean

MOST_ROWS = 200_000
MOST_COLUMNS = 500
LONGEST_FIELD = 4 << 10
"""Characters of one field."""

DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}

MOST_TITLES, LEAST_FIELDS = 10, 3
"""Lines that are passed over to find a header at most, and the fields that it has at least."""

Row = tuple[int, list[str]]
"""The line a row begins on, and its fields."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. Its rows can be read once."""

    name: str
    header: tuple[str, ...]
    """As written, inert."""
    rows: Iterator[Row]
    delimiter: str
    titles: int = 0
    """Lines that stand above the header, such as the title of a report."""


def open_sheet(member: Member, encoding: str = "") -> Sheet:
    """Read the header and make the rows ready. Raises RosterError, also while rows are read."""
    lines = read_lines(member, encoding)
    skipped, first = _first_line(lines, member.name)
    told = first.strip().strip('"').casefold()
    delimiter = told[4:] if told.startswith("sep=") and told[4:] in DELIMITERS else ""
    if delimiter:
        more, first = _first_line(lines, member.name)
        skipped += more + 1
    titles = 0
    if not delimiter:
        titles, first, lines = _below_titles(first, lines)
        skipped, delimiter = skipped + titles, _delimiter(first)
    rows = _rows(chain((first,), lines), delimiter, member.name, skipped)
    _, header = next(rows, (0, []))
    if len(header) > MOST_COLUMNS:
        raise RosterError(f"{member.name} has {len(header)} columns. Export only those of the roster.")
    names = tuple(clean(" ".join(cell.split()), 60).text for cell in header)
    second = next(rows, None)
    if second is None:
        return Sheet(member.name, names, rows, delimiter, titles)
    if not any(cell.strip() for cell in second[1][len(names) :]):
        names += ("",) * (len(second[1]) - len(names))  # rows that all end with a delimiter
    return Sheet(member.name, names, chain((second,), rows), delimiter, titles)


def _first_line(lines: Iterator[str], name: str) -> tuple[int, str]:
    """Return the first line that is not blank, and how many stand before it."""
    for skipped, line in enumerate(lines):
        if line.strip():
            return skipped, line
    raise RosterError(f"{name} has no students: a header line and one line per student are needed.")


def _below_titles(first: str, lines: Iterator[str]) -> tuple[int, str, Iterator[str]]:
    """Return how many lines stand above the header, the header, and the rest.

    A title is a line with one field where a line with three or more follows soon; quotation marks are no title's.
    """
    read = [first]
    while _fields(read[-1]) <= 1 and '"' not in read[-1] and len(read) <= MOST_TITLES:
        following = next(lines, None)
        if following is None:
            break
        read.append(following)
    if len(read) > 1 and _fields(read[-1]) >= LEAST_FIELDS:
        return len(read) - 1, read[-1], lines
    return 0, first, chain(read[1:], lines)


def _fields(line: str) -> int:
    """Return how many fields of a line hold anything."""
    return sum(bool(field.strip().strip('"')) for field in line.split(_delimiter(line)))


def _delimiter(line: str) -> str:
    """Return what separates the most fields of the header."""
    bare = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _rows(lines: Iterator[str], delimiter: str, name: str, skipped: int) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    line = before = 0
    try:
        for count, row in enumerate(reader):
            line, before = before + 1, reader.line_num
            if count > MOST_ROWS:
                raise RosterError(f"{name} has more than 200,000 rows. Export one school at a time.")
            if row:
                yield skipped + line, row
    except csv.Error as error:
        raise RosterError(
            f"{name}, line {skipped + before + 1}: {_in_words(str(error))}. Export the file again."
        ) from None


def _in_words(error: str) -> str:
    """Return csv's complaint for people."""
    if "field limit" in error:
        return "a field longer than 4,096 characters, perhaps because a quotation mark is never closed"
    if "unexpected end" in error:
        return "a quotation mark is opened here and never closed"
    if "expected after" in error:
        return "a quotation mark inside a quoted field is not doubled"
    return clean(error, 100).text
