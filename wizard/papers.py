"""Files made for people: slips and summaries, each whole or not there, never over another one."""

import errno
import os
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from wizard.records import RecordsError

FOLDER = "papers"
"""Inside the data folder, which belongs to this user alone."""


MOST = 1_000
"""Files of one call and minute; beyond these something is going round in circles."""


def save(data: Path, kind: str, code: str, suffix: str, content: bytes, now: datetime) -> Path:
    """Write a new file and return it. Raises RecordsError with a sentence when that cannot be done.

    No text of a person is in its name: kind, the call's code and the time, and a number when that is taken.
    """
    folder = data / FOLDER
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        return _placed(_written(folder, content), folder, f"{kind}-{code}-{now:%Y%m%d-%H%M}", suffix)
    except OSError as error:
        raise RecordsError(f"{folder} cannot be written ({error.strerror}); nothing was saved there.") from error


def _written(folder: Path, content: bytes) -> Path:
    """Write a file that only this user may read, and be sure that it is on the disk."""
    number, path = tempfile.mkstemp(dir=folder, prefix=".unfinished-")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        Path(path).unlink(missing_ok=True)
        raise
    return Path(path)


def _placed(written: Path, folder: Path, stem: str, suffix: str) -> Path:
    """Take a name that is free, in one step that fails where it is not, and put the whole file there."""
    try:
        for number in range(1, MOST):
            path = folder / (f"{stem}.{suffix}" if number == 1 else f"{stem}-{number}.{suffix}")
            with suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
                return written.replace(path)
        raise FileExistsError(errno.EEXIST, "too many files of one minute")
    finally:
        written.unlink(missing_ok=True)
