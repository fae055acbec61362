"""Tables written for people: CSV that a spreadsheet shows as it is, private, and never over another file."""

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from wizard.records import Unsuitable
from wizard.records.export import guarded


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """Write a new file and return how many rows it has. Raises Unsuitable when it is there, or cannot be written."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Unsuitable(f"{path} is already there, and nothing is written over. Name another file.") from None
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
            sheet = csv.writer(file)
            sheet.writerow(header)
            count = 0
            for row in rows:
                sheet.writerow([guarded(str(cell)) for cell in row])
                count += 1
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise _unwritable(path, error) from error
    return count


def new_folder(path: Path) -> Path:
    """Make a new private folder. Raises Unsuitable when it is there, or cannot be made."""
    try:
        for folder in (*reversed(path.parents), path):
            folder.mkdir(mode=0o700, exist_ok=folder != path)
    except FileExistsError:
        raise Unsuitable(
            f"{path} is already there, and nothing is written over. Name a folder that does not exist."
        ) from None
    except OSError as error:
        raise _unwritable(path, error) from error
    return path


def free_folder(parent: Path, name: str) -> Path:
    """Return a place in a folder where nothing is yet: by this name, or with a number behind it."""
    names = (name, *(f"{name}-{number}" for number in range(2, 1_000)))
    return next(path for each in names if not (path := parent / each).exists())


def _unwritable(path: Path, error: OSError) -> Unsuitable:
    return Unsuitable(f"{path} cannot be written: {error.strerror}. Name another place.")
