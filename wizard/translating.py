"""The translator's sheet: everything spoken beside its translation, as CSV for a spreadsheet, and back again."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from flows.catalog import Catalog, Line, spoken, unequal
from flows.model import Library
from flows.rules.names import near
from flows.source import FlowError
from flows.text import REPLACEMENT, inert
from wizard.district import District
from wizard.languages import beside_flows

COLUMNS = ("place", "English", "translation", "status")

LONGEST = 900
"""Characters of one line, as in a flow."""

# What a spreadsheet would calculate (the wide forms too), and what looks as if it had been guarded already.
_RISKY = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_GUARDED = re.compile(r"'" + _RISKY.pattern)


class Row(NamedTuple):
    """One line of the sheet."""

    place: str
    english: str
    translation: str
    status: str
    """`ok`, `stale` (the English has changed since) or `missing`."""


@dataclass(frozen=True)
class Taken:
    """What came of a sheet."""

    catalog: Catalog
    refused: tuple[FlowError, ...]
    """Rows that cannot be taken, each a sentence with its line."""
    changed: int = 0
    """Entries that are new or different."""
    stale: int = 0
    """Entries whose English is not the present one."""
    places: frozenset[str] = field(default=frozenset())


def english(library: Library, district: District) -> dict[str, str]:
    """Return everything that families hear or read: place -> English."""
    return spoken(library) | beside_flows(district)


def rows(texts: Mapping[str, str], catalog: Catalog) -> Iterator[Row]:
    """Return a row for everything that is spoken; a stale row shows the old translation beside the new English."""
    for place, text in texts.items():
        line = catalog.entry(place)
        yield Row(place, text, line.text if line else "", catalog.said(place, text).status)


def to_csv(sheet: Iterable[Row]) -> str:
    """Return the sheet as CSV, for Excel with a byte-order mark; no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in row] for row in sheet)
    return "\ufeff" + text.getvalue()


def guarded(cell: str) -> str:
    """Return a cell that a spreadsheet shows instead of calculating; `unguarded` takes the apostrophe off again."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what was in a cell before it was guarded."""
    return cell[1:] if _GUARDED.match(cell) else cell


def take(text: str, file: str, texts: Mapping[str, str], catalog: Catalog) -> Taken:
    """Put a translator's sheet into a catalog; places that the sheet does not have stay as they are.

    A row left as `stale` with its old words stays stale: set its status to ok when they still fit. Raises
    FlowError when it is no such sheet at all.
    """
    entries, refused, seen = dict(catalog.entries()), list[FlowError](), dict[str, int]()
    for number, row in _read(text, file):
        told = _wrong(row, texts, catalog) or (
            f"'{row.place}' is on line {seen[row.place]} already; keep one of the two" if row.place in seen else ""
        )
        seen.setdefault(row.place, number)
        if told:
            refused.append(FlowError(file, number, told))
        elif not row.translation:
            entries.pop(row.place, None)
        else:
            entries[row.place] = _entry(row, catalog)
    made = _catalog(catalog, entries, texts)
    before = dict(catalog.entries())
    changed = sum(line != before.get(place) for place, line in made.entries())
    stale = sum(line.english != texts.get(place, line.english) for place, line in made.entries())
    return Taken(made, tuple(refused), changed, stale, frozenset(seen))


def own(catalog: Catalog, below: Catalog) -> Catalog:
    """Return only what a district's overlay has to keep: what does not stand like that in the catalog below it."""
    return catalog.holding({place: line for place, line in catalog.entries() if below.entry(place) != line})


def _read(text: str, file: str) -> Iterator[tuple[int, Row]]:
    """Yield each row with its line. Raises FlowError."""
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    delimiter = next((each for each in ",;\t" if each in text.partition("\n")[0]), ",")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        head = [cell.strip().casefold() for cell in next(reader, [])]
        missing = [name for name in COLUMNS[:3] if name.casefold() not in head]
        if missing:
            told = f"there is no column '{missing[0]}'; `translate export` writes a sheet with all columns"
            raise FlowError(file, 1, told)
        at, start = {name.casefold(): head.index(name.casefold()) for name in COLUMNS if name.casefold() in head}, 2
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, _row(cells, at)
            start = reader.line_num + 1
    except csv.Error as error:
        told = f"not a CSV file: {error}; save it from the spreadsheet as CSV UTF-8"
        raise FlowError(file, reader.line_num, told) from None


def _row(cells: list[str], at: Mapping[str, int]) -> Row:
    def cell(name: str) -> str:
        place = at.get(name.casefold(), len(cells))
        return unguarded(cells[place]).replace("\r\n", "\n").strip() if place < len(cells) else ""

    place, source, translation, status = map(cell, COLUMNS)
    return Row(place, inert(source), inert(translation.replace("\t", " ")), status.casefold())


def _wrong(row: Row, texts: Mapping[str, str], catalog: Catalog) -> str:
    """Return why a row cannot be taken, or nothing."""
    if row.place not in texts:
        return f"nothing is spoken at '{row.place}'; {near(row.place, texts) or 'take the row out'}"
    if not row.translation:
        return ""
    if not row.english:
        return f"'{row.place}': the English is missing; it tells what was translated"
    if REPLACEMENT in row.translation:
        return f"'{row.place}': the translation holds a character that cannot be shown; type it again by hand"
    if len(row.translation) > LONGEST:
        return f"'{row.place}': the translation is longer than {LONGEST} characters"
    told = unequal(row.english, row.translation)
    return f"'{row.place}': {told}" if told and not _left_alone(row, catalog) else ""


def _left_alone(row: Row, catalog: Catalog) -> bool:
    """Return whether a stale row was not worked on."""
    before = catalog.entry(row.place)
    return row.status == "stale" and before is not None and before.text == row.translation


def _entry(row: Row, catalog: Catalog) -> Line:
    before = catalog.entry(row.place)
    if before is not None and _left_alone(row, catalog):
        return before
    return Line(english=row.english, text=row.translation)


def _catalog(catalog: Catalog, entries: Mapping[str, Line], texts: Mapping[str, str]) -> Catalog:
    """Return a catalog of these entries, in the order of what is spoken; what is spoken no more comes last."""
    order = [place for place in texts if place in entries] + [place for place in entries if place not in texts]
    return catalog.holding({place: entries[place] for place in order})
