"""What an export of linked files says of itself: its format and version, all students or only changes."""

from dataclasses import dataclass

from wizard.roster.listing import Reading, cell, named_column, needed_column
from wizard.roster.problems import Problem, RosterError
from wizard.text import clean


@dataclass(frozen=True, slots=True)
class Manifest:
    """What kind of export it is."""

    format: str
    delta: bool


def read_manifest(reading: Reading) -> Manifest:
    """Read manifest.csv, or tell the format from the files when there is none. Raises RosterError."""
    if "manifest.csv" not in reading.source:
        return _without(reading)
    sheet = reading.sheet("manifest.csv")
    name, value = needed_column(sheet, "propertyname"), needed_column(sheet, "value")
    said = {cell(row, name).casefold(): cell(row, value).casefold() for _, row in sheet.rows}
    version = clean(said.get("oneroster.version", ""), 20).text.removeprefix("v").replace("p", ".")  # or v1p1
    if not version.startswith("1."):
        raise RosterError(
            f"{sheet.name}: OneRoster version {version or 'missing'}; 1.1 and 1.2 can be read. Export one of these."
        )
    users = said.get("file.users", "bulk")
    if users not in ("bulk", "delta"):
        raise RosterError(f"{sheet.name} says that there is no users.csv, but there is one. Export it again.")
    kind = "changes only (delta)" if users == "delta" else "full export (bulk)"
    return Manifest(f"OneRoster {version}, {kind}", users == "delta")


def _without(reading: Reading) -> Manifest:
    sheet = reading.sheet("users.csv")
    if named_column(sheet, "enableduser", "status") >= 0:
        remark = "there is no manifest.csv, so this is taken for a full export (bulk)"
        reading.problems.append(Problem("note", sheet.name, 1, "", remark))
        return Manifest("OneRoster without a manifest", delta=False)
    return Manifest("School Data Sync v2.1" if "roles.csv" in reading.source else "School Data Sync v2", delta=False)
