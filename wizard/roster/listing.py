"""What a format makes of its files: a stream of people, and what a person importing them should know."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from wizard.district import District
from wizard.roster.columns import Columns
from wizard.roster.people import PeopleReader
from wizard.roster.person import Person
from wizard.roster.problems import Problem, RosterError
from wizard.roster.sheet import Sheet, open_sheet
from wizard.roster.source import Source


@dataclass(frozen=True, slots=True)
class Options:
    """What a person says about an export."""

    mapping: Mapping[str, str] = field(default_factory=dict)
    """What we call it -> header."""
    restore_zeros: bool = False
    """Undo what a spreadsheet did to IDs without losing a digit."""
    part: bool = False
    """The export holds only some of the students: nobody is gone because of it."""
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything needed to read the files of one export."""

    source: Source
    district: District
    options: Options
    problems: list[Problem]

    def sheet(self, name: str) -> Sheet:
        """Open one of the files."""
        return open_sheet(self.source[name], self.options.encoding)


@dataclass(frozen=True, slots=True)
class Listing:
    """One export, recognised and ready to be read once."""

    format: str
    """In words."""
    columns: Columns
    reader: PeopleReader
    people: Iterator[Person]
    delta: bool = False
    """Only what changed: nobody is gone because of not being listed."""
    guardians: str = ""
    """Where guardians come from, in words; empty when the export has none."""


def named_column(sheet: Sheet, *names: str) -> int:
    """Return the index of the first of these columns (small letters, no blanks); -1 when there is none."""
    from wizard.roster.headers import simplified

    plain = [simplified(name) for name in sheet.header]
    return next((plain.index(name) for name in names if name in plain), -1)


def needed_column(sheet: Sheet, *names: str) -> int:
    """Return the index of the first of these columns. Raises RosterError when there is none."""
    index = named_column(sheet, *names)
    if index < 0:
        found = ", ".join(sheet.header[:20])
        raise RosterError(f"{sheet.name}, line 1: no column {names[0]}. The header has: {found}. Export it again.")
    return index


def cell(row: list[str], index: int) -> str:
    """Return one cell without blanks around it; empty when the column or the cell is not there."""
    return row[index].strip() if 0 <= index < len(row) else ""
