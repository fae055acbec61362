"""Who has a call open at this moment: a lock file for each open call, which the operating system holds and frees.

A program that dies lets go of its locks, so nobody is ever said to be there who is not. The lock only warns: two
people may work on one call, and nobody's answer is lost (`wizard.meeting`).
"""

import contextlib
import json
import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from wizard.clock import Clock
from wizard.locks import lock, unlock

FOLDER = "open-calls"
"""Where the lock files lie, in the data folder."""

NOTE_AT, NOTE = 16, 1_000
"""Where in a lock file the name stands, and how much of it is read; Windows locks the first byte."""


class Present(NamedTuple):
    """Somebody who has a call open."""

    agent: str
    since: datetime
    """Aware UTC."""
    process: int


class Seat:
    """A place at one call: taken while nobody else has it, kept until it is left or the program ends."""

    def __init__(self, folder: Path, case_id: str, agent: str, clock: Clock) -> None:
        """Try to sit down at a call; `taken` tells whether that worked."""
        self._path = _path(folder, case_id)
        self._agent, self._clock = agent, clock
        self._descriptor: int | None = None
        self.take()

    @property
    def taken(self) -> bool:
        """Whether this is the one who has the call."""
        return self._descriptor is not None

    def take(self) -> bool:
        """Sit down if nobody does; a folder that cannot be written only means that nobody is warned."""
        if self._descriptor is None:
            with contextlib.suppress(OSError):
                self._take()
        return self.taken

    def _take(self) -> None:
        self._path.parent.mkdir(mode=0o700, exist_ok=True)
        descriptor = _open(self._path, os.O_RDWR | os.O_CREAT)
        if not lock(descriptor) or not _lies_at(descriptor, self._path):
            os.close(descriptor)  # taken, or somebody left in this very moment: the next try finds it free
            return
        self._descriptor = descriptor
        note = {"agent": self._agent, "since": self._clock().isoformat(), "process": os.getpid()}
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, NOTE_AT, os.SEEK_SET)
        os.write(descriptor, json.dumps(note).encode())

    def leave(self) -> None:
        """Stand up; the file goes as well. Leaving twice does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        with contextlib.suppress(OSError):  # Windows keeps a file that is open elsewhere
            self._path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            unlock(descriptor)
        os.close(descriptor)


def who(folder: Path, case_id: str) -> Present | None:
    """Return who has a call open; None when nobody has, or when nobody can tell."""
    path = _path(folder, case_id)
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        descriptor = _open(path, os.O_RDWR)
        try:
            if lock(descriptor):
                _clear(descriptor, path)
                return None
            os.lseek(descriptor, NOTE_AT, os.SEEK_SET)
            note = json.loads(os.read(descriptor, NOTE))
            return Present(str(note["agent"]), datetime.fromisoformat(note["since"]), int(note["process"]))
        finally:
            os.close(descriptor)
    return None


def held(folder: Path) -> frozenset[str]:
    """Return the ids of all calls that somebody has open."""
    try:
        names = [path.stem for path in (folder / FOLDER).iterdir() if path.suffix == ".lock"]
    except OSError:
        return frozenset()
    return frozenset(name for name in names if who(folder, name))


def _clear(descriptor: int, path: Path) -> None:
    """Remove the file of somebody whose program was ended from outside; its lock must be ours."""
    if _lies_at(descriptor, path):
        with contextlib.suppress(OSError):
            path.unlink()
    unlock(descriptor)


def _lies_at(descriptor: int, path: Path) -> bool:
    """Tell whether the open file is still the one under this name."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


def _path(folder: Path, case_id: str) -> Path:
    return folder / FOLDER / f"{case_id}.lock"


def _open(path: Path, how: int) -> int:
    return os.open(path, how | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0), 0o600)
