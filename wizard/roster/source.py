"""Where an export stands: one file, or the files of a folder or a zip."""

import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from wizard.roster.problems import RosterError
from wizard.text import clean

LARGEST = 64 << 20
"""Bytes of one file, packed or not."""

TABLES = (".csv", ".tsv", ".txt")
"""Endings of the files of a folder that are looked at."""

ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
"""How a zip begins, and how an empty one does."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an export."""

    name: str
    size: int
    open: Callable[[], IO[bytes]]


@dataclass(frozen=True, slots=True)
class Source:
    """The files of an export by their names in small letters; `single` when one file was given by itself."""

    name: str
    members: Mapping[str, Member]
    single: bool = False

    def __contains__(self, name: str) -> bool:
        return name in self.members

    def __getitem__(self, name: str) -> Member:
        return self.members[name]

    @property
    def listed(self) -> str:
        """Return the names of the files, for a sentence."""
        names = sorted(member.name for member in self.members.values())
        return ", ".join(names[:10]) + (", ..." if len(names) > 10 else "") or "nothing"


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Yield what stands at `path`, told apart by its content. Raises RosterError."""
    name = clean(path.name or str(path), 100).text
    try:
        mode = _mode(path)
        if stat.S_ISDIR(mode):
            yield _folder(path, name)
        elif not stat.S_ISREG(mode):
            raise RosterError(f"{name} is not a file. Give the file, the zip or the folder that was exported.")
        elif _begins(path) in ZIPS:
            from wizard.roster.zipped import members

            with members(path, name) as found:
                yield Source(name, found)
        else:
            yield Source(name, {name.casefold(): _member(path, name)}, single=True)
    except OSError as error:
        reason = error.strerror or "not possible"
        raise RosterError(f"{name} cannot be read: {reason}. Check the path and its permissions.") from None


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except ValueError:  # a NUL byte in the name
        raise FileNotFoundError(2, "not a usable name") from None


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(ZIPS[0]))


def _folder(path: Path, name: str) -> Source:
    files = [file for file in sorted(path.iterdir()) if file.suffix.casefold() in TABLES and file.is_file()]
    return Source(name, {file.name.casefold(): _member(file, clean(file.name, 100).text) for file in files})


def _member(path: Path, name: str) -> Member:
    return Member(name, path.stat().st_size, lambda: path.open("rb"))


def checked_size(member: Member) -> Member:
    """Return the member. Raises RosterError when it is larger than any export of one district should be."""
    if member.size > LARGEST:
        raise RosterError(f"{member.name} is larger than 64 MiB. Export fewer columns, or one school at a time.")
    return member
