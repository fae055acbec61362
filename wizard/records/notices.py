"""The notices table: every known issue that was posted, under its code."""

from tinydb import where

from wizard.notices import Notice
from wizard.records.kept import Kept


class Notices(Kept[Notice]):
    """Known issues, the ended ones included."""

    def put(self, notice: Notice) -> None:
        """Write one notice over what is there."""
        self._keep(notice.code, notice)

    def open(self) -> tuple[Notice, ...]:
        """Return the notices that nobody has ended yet, oldest first: running, to come, or run out."""
        return self._found(where("status") == "open")
