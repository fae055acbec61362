"""Where the data folder lives, and the sentence to say when it cannot be used."""

import tempfile
from pathlib import Path


class PlaceError(Exception):
    """The data folder cannot be used; the text says which, why, and what to do."""


def default_folder() -> Path:
    """Return the data folder of this user, as the operating system expects it."""
    from platformdirs import user_data_path

    return user_data_path("portal-wizard", appauthor=False)


def prepare(folder: Path) -> Path:
    """Make the data folder, private to its owner, and try writing in it. Raises PlaceError.

    A folder that is there already is looked at by `Records.open`, which refuses one that is open to everybody.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except FileExistsError:
        raise PlaceError(f"{folder} is a file; the data folder must be a folder. Choose another with --data.") from None
    except OSError as error:
        reason = error.strerror or "not allowed"
        raise PlaceError(
            f"The data folder {folder} cannot be written ({reason}). "
            "Allow it for this user, or choose another with --data."
        ) from None
