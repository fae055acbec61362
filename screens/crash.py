"""What is printed when the program itself fails: a number to report, and where it was; never a value.

Textual's own handler prints the local variables of every frame, and a password could be one of them.
"""

import os
import traceback
from dataclasses import dataclass
from pathlib import Path

AFTERWARDS = {
    False: "The call is saved up to the last answered step. Start portal-wizard again: it offers to go on there.",
    True: "What was last answered may not be saved. Start portal-wizard again: it says how the records are, and "
    "offers the call as far as they hold it.",
}
"""What to expect, by whether the records were in trouble."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One failure, without anything a person typed."""

    number: str
    """To say on the phone and to write on the report."""
    kind: str
    """The error's class; its message stays unread, it may quote what was typed."""
    frames: tuple[str, ...]
    """Where it happened, outermost first: file, line and function."""
    records: bool = False
    """Whether the records or the disk were in trouble, so that nothing can be promised of them."""

    @property
    def words(self) -> str:
        """Return what is printed."""
        where = "\n".join(f"  {frame}" for frame in self.frames)
        return (
            f"Something in portal-wizard broke: incident {self.number}.\n"
            f"{AFTERWARDS[self.records]}\n"
            f"For whoever looks after the program ({self.kind}):\n{where}"
        )


def incident(error: BaseException) -> Incident:
    """Describe an error by its class and its frames."""
    number = os.urandom(3).hex().upper()
    found = traceback.extract_tb(error.__traceback__)
    return Incident(number, type(error).__name__, tuple(map(_where, found[-12:])), _about_records(error))


def _about_records(error: BaseException | None) -> bool:
    """Return whether the records or the disk had a part in it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, OSError) or type(error).__module__.startswith(("sqlite3", "wizard.records")):
            return True
        error = error.__cause__ or error.__context__
    return False


def _where(frame: traceback.FrameSummary) -> str:
    return f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} in {frame.name}"
