"""What is printed when the program itself fails: a number to report, and where it was; never a value.

Textual's own handler prints the local variables of every frame, and a password could be one of them.
"""

import secrets
import traceback
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Incident:
    """One failure, without anything a person typed."""

    number: str
    """To say on the phone and to write on the report."""
    kind: str
    """The error's class; its message stays unread, it may quote what was typed."""
    frames: tuple[str, ...]
    """Where it happened, outermost first: file, line and function."""

    @property
    def words(self) -> str:
        """Return what is printed."""
        where = "\n".join(f"  {frame}" for frame in self.frames)
        return (
            f"Something in portal-wizard broke: incident {self.number}.\n"
            "The call is saved up to the last answered step. Start portal-wizard again: it offers to go on there.\n"
            f"For whoever looks after the program ({self.kind}):\n{where}"
        )


def incident(error: BaseException) -> Incident:
    """Describe an error by its class and its frames."""
    number = secrets.token_hex(3).upper()
    found = traceback.extract_tb(error.__traceback__)
    return Incident(number, type(error).__name__, tuple(_where(frame) for frame in found[-12:]))


def _where(frame: traceback.FrameSummary) -> str:
    return f"{'/'.join(Path(frame.filename).parts[-2:])}:{frame.lineno} in {frame.name}"
