"""The mapping of an export's columns: shown, changed with --map, and saved to a file for the next time."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from wizard.roster.headers import WORDS
from wizard.roster.problems import RosterError
from wizard.roster.reading import Roster

LARGEST_FILE = 64 << 10

OPENING = """# How portal-wizard reads this export: what we call it = the header of the column. "" leaves a column out.
# Use it with: portal-wizard-admin roster import FILE --mapping THIS_FILE

[columns]
"""


def of_roster(roster: Roster) -> dict[str, str]:
    """Return the mapping a roster was read with."""
    found = {name: roster.columns.named(name) for name in WORDS if name in roster.columns.of}
    return {"id": roster.id_column.header, **found, **dict.fromkeys(roster.columns.left_out, "")}


def save(roster: Roster, path: Path) -> None:
    """Write the mapping to a file. Raises RosterError."""
    lines = (f"{name} = {json.dumps(header, ensure_ascii=False)}\n" for name, header in of_roster(roster).items())
    try:
        path.write_text(OPENING + "".join(lines), encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable name"
        raise RosterError(f"The mapping cannot be written to {path}: {reason}. Choose another place.") from None


def load(path: Path) -> dict[str, str]:
    """Read a mapping from a file. Raises RosterError."""
    try:
        with path.open("rb") as file:
            text = file.read(LARGEST_FILE).decode("utf-8-sig")
        columns = tomllib.loads(text).get("columns")
    except OSError as error:
        raise RosterError(f"The mapping {path} cannot be read: {error.strerror}. Check the path.") from None
    except (ValueError, RecursionError) as error:
        raise RosterError(f"The mapping {path} is not valid TOML: {error}. Correct that place.") from None
    if not isinstance(columns, dict) or not all(isinstance(header, str) for header in columns.values()):
        raise RosterError(f'The mapping {path} needs a table [columns] with lines such as last = "Last Name".')
    return checked({str(name): header for name, header in columns.items()}, str(path))


def of_arguments(said: Sequence[str]) -> dict[str, str]:
    """Read `--map last="Last Name"`. Raises RosterError."""
    pairs = [text.partition("=") for text in said]
    if wrong := next((name for name, sign, _ in pairs if not sign), None):
        raise RosterError(f'--map {wrong}: write it as --map last="Last Name".')
    return checked({name.strip(): header.strip() for name, _, header in pairs}, "--map")


def checked(mapping: Mapping[str, str], where: str) -> dict[str, str]:
    """Return the mapping. Raises RosterError for a name that is not ours."""
    if wrong := next((name for name in mapping if name not in WORDS), None):
        raise RosterError(f"{where}: there is no {wrong!r} to map; it is one of {', '.join(WORDS)}.")
    return dict(mapping)
