"""Writers take turns: one transaction at a time on the whole host, and nobody starves.

SQLite alone lets whoever asks next have the lock: under eight writers that never pause, one of them waited
5 s while others committed a thousand times. A lock of the operating system around each transaction, asked
for every millisecond, gave each its share and a worst wait of 0.15 s (docs/performance.md).
"""

import getpass
import os
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from wizard.locks import lock, unlock
from wizard.records.errors import Busy, Unsuitable

EVERY = 0.001
"""Seconds between two attempts."""

CLOSING = 5.0
"""Seconds that closing waits for a transaction of another thread."""

ASKED, HOLDER, NOTE = 1, 16, 160
"""Where in the lock file the last attempt and the name of whoever writes are noted, and the length of that name.

The first byte is left alone: Windows locks it.
"""


class Turns:
    """One lock between threads, one between processes; the lock file names whoever holds it."""

    def __init__(self, path: Path, patience: float) -> None:
        """Take turns by the lock file `path`, waiting at most `patience` seconds. Raises Unsuitable."""
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        except OSError as error:
            raise Unsuitable(
                f"The records in {path.parent} cannot be written: {error.strerror}. Ask IT for write permission "
                "or choose another folder with --data."
            ) from error
        self._threads = threading.Lock()
        self._patience = patience
        self._holder: int | None = None
        self._closed = False
        self._me = f"{_user()} (process {os.getpid()})".encode().ljust(NOTE)[:NOTE]

    def close(self) -> None:
        """Give the lock file back, after a transaction that still runs in another thread."""
        if not self._closed and self._threads.acquire(timeout=CLOSING):
            self._closed = True
            os.close(self._descriptor)
            self._threads.release()

    @contextmanager
    def take(self, patience: float | None = None) -> Iterator[None]:
        """Wait for a turn and keep it during the block. Raises Busy when it does not come in time."""
        self.begin(patience)
        try:
            yield
        finally:
            self.end()

    def begin(self, patience: float | None = None) -> None:
        """Wait for a turn. Raises Busy when it does not come in time."""
        if self._holder == threading.get_ident():
            raise RuntimeError("A transaction inside a transaction of the same records")
        wait = self._patience if patience is None else patience
        until = time.monotonic() + wait
        if not self._threads.acquire(timeout=wait):
            raise Busy(self._words())
        try:
            if self._closed:
                raise RuntimeError("The records are closed")
            self._lock(until)
        except BaseException:
            self._threads.release()
            raise
        self._holder = threading.get_ident()

    def end(self) -> None:
        """Let the next one have a turn."""
        self._holder = None
        unlock(self._descriptor)
        self._threads.release()

    def _lock(self, until: float) -> None:
        asked, holder = self._notes()
        if time.time() - asked < 2 * EVERY:
            time.sleep(EVERY)  # somebody is waiting: they go first
        while not lock(self._descriptor):
            if time.monotonic() > until:
                raise Busy(self._words())
            self._write(ASKED, struct.pack("d", time.time()))
            time.sleep(EVERY)
            holder = b""
        if holder != self._me:
            self._write(HOLDER, self._me)

    def _notes(self) -> tuple[float, bytes]:
        os.lseek(self._descriptor, ASKED, os.SEEK_SET)
        notes = os.read(self._descriptor, HOLDER + NOTE - ASKED)
        asked: float = struct.unpack_from("d", notes)[0] if len(notes) >= 8 else 0.0
        return asked, notes[HOLDER - ASKED :]

    def _words(self) -> str:
        who = self._notes()[1].decode(errors="replace").strip(" \0") or "somebody else"
        return f"The records are busy: {who} is writing. Nothing was changed; try again in a moment."

    def _write(self, at: int, content: bytes) -> None:
        with suppress(OSError):  # a full disk: the note is only a courtesy
            os.lseek(self._descriptor, at, os.SEEK_SET)
            os.write(self._descriptor, content)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        return "somebody"
