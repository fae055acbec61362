"""Writers take turns: one transaction at a time, on the whole host, without starving anybody."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from wizard.records.errors import Busy


class Turns:
    """A lock between threads, and one between processes."""

    def __init__(self, path: Path, patience: float) -> None:
        """Take turns by the lock file `path`, waiting at most `patience` seconds."""
        self._threads = threading.Lock()
        self._processes = FileLock(path, timeout=patience, poll_interval=0.001, thread_local=False, mode=0o600)
        self._patience = patience
        self._holder: int | None = None

    @contextmanager
    def take(self) -> Iterator[None]:
        """Wait for a turn and keep it during the block. Raises Busy when it does not come in time."""
        if self._holder == threading.get_ident():
            raise RuntimeError("A transaction inside a transaction of the same records")
        until = time.monotonic() + self._patience
        if not self._threads.acquire(timeout=self._patience):
            raise self._busy()
        try:
            with self._processes.acquire(timeout=max(0.0, until - time.monotonic())):
                self._holder = threading.get_ident()
                yield
        except Timeout as error:
            raise self._busy() from error
        finally:
            self._holder = None
            self._threads.release()

    def _busy(self) -> Busy:
        return Busy("The records are busy: somebody else is writing. Nothing was changed; try again in a moment.")
