"""The files of a zip, after a look at its table of contents: nothing is unpacked to disk, ever."""

import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from wizard.roster.problems import RosterError
from wizard.roster.source import LARGEST, Member
from wizard.text import clean

MOST_MEMBERS = 16
MOST_RATIO = 100
"""How many times larger a file may be than its packed form; real tables reach 5 to 30."""

GRADEBOOK = frozenset(
    f"{name}.csv"
    for name in (
        "categories",
        "classresources",
        "courseresources",
        "lineitemlearningobjectiveids",
        "lineitems",
        "lineitemscorescales",
        "resources",
        "resultlearningobjectiveids",
        "results",
        "resultscorescales",
        "scorescales",
        "userresources",
    )
)
"""Files of a full OneRoster 1.2 export that are never opened, and so don't count."""

DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError)
"""What zipfile raises for a zip that is damaged."""

LARGEST_CONTENTS = 64 << 10
"""Bytes of a zip's table of contents; 30 files need 3,000."""


@contextmanager
def members(path: Path, name: str) -> Iterator[Mapping[str, Member]]:
    """Yield the files of a zip by their names in small letters. Raises RosterError."""
    if path.stat().st_size > LARGEST:
        raise RosterError(f"{name} is larger than 64 MiB. Export without the grade book and attendance files.")
    _check_contents(path, name)
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:  # closed whatever is still being read
            entries = archive.infolist()
            _check(entries, name)
            yield {entry.filename.casefold(): _member(archive, entry, name) for entry in entries}
    except DAMAGE as error:
        raise _damaged(name) from error


def _check_contents(path: Path, name: str) -> None:
    """Refuse a table of contents that would fill the memory before anything else could be checked."""
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, LARGEST_CONTENTS + 22), os.SEEK_END)
        tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or end + 16 > len(tail):
        raise _damaged(name)
    if int.from_bytes(tail[end + 12 : end + 16], "little") > LARGEST_CONTENTS:
        raise RosterError(f"{name} holds thousands of files; a roster export has at most {MOST_MEMBERS}.")


def _check(entries: list[zipfile.ZipInfo], name: str) -> None:
    names = [entry.filename for entry in entries]
    if any(found.startswith(("xl/", "word/", "ppt/")) for found in names):
        raise RosterError(f'{name} is an Office document, not CSV. In Excel choose "Save as" and "CSV UTF-8".')
    if sum(found.casefold() not in GRADEBOOK for found in names) > MOST_MEMBERS:
        raise RosterError(f"{name} holds {len(names)} files; a roster export has at most {MOST_MEMBERS}.")
    if len({found.casefold() for found in names}) < len(names):
        raise RosterError(f"{name} holds two files of the same name. Export it again.")
    for entry in entries:
        _check_entry(entry, name)


def _check_entry(entry: zipfile.ZipInfo, name: str) -> None:
    shown = clean(entry.filename, 60).text
    if any(sign in entry.filename for sign in "/\\:") or entry.filename.startswith("."):
        raise RosterError(f"{name} holds a path ({shown}). Zip the CSV files themselves, not their folder.")
    if entry.flag_bits & 1:
        raise RosterError(f"{name} is protected by a password. Export it without one.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RosterError(f"{name}: {shown} is packed in an unusual way. Zip the files with your system's own tool.")
    if entry.file_size > MOST_RATIO * max(1, entry.compress_size):
        raise RosterError(
            f"{name}: {shown} unpacks to more than {MOST_RATIO} times its size. This is no roster export."
        )


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> Member:
    def unpack() -> IO[bytes]:
        try:
            return archive.open(entry)
        except DAMAGE as error:
            raise _damaged(name) from error

    return Member(clean(entry.filename, 100).text, entry.file_size, unpack)


def _damaged(name: str) -> RosterError:
    return RosterError(f"{name} is a damaged zip. Export or download it again.")
