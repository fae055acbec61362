"""The cases table: every call, saved at every step."""

from tinydb import where

from flows.case import Case
from wizard.records.errors import Conflict
from wizard.records.kept import Kept


class Cases(Kept[Case]):
    """Calls under their ids; a save over a newer save is refused."""

    def put(self, case: Case) -> Case:
        """Write one case and return it as stored, its revision one higher. Raises Conflict over a newer one."""
        stored = self.get(case.id)
        if stored is not None and stored.revision != case.revision:
            raise Conflict(
                f"Call {case.code} was saved somewhere else meanwhile (by {stored.agent}). "
                "Leave it and open it again from the home screen."
            )
        saved = case.model_copy(update={"revision": case.revision + 1})
        self._keep(saved.id, saved)
        return saved

    def open(self) -> tuple[Case, ...]:
        """Return the calls that are not closed, newest first."""
        return tuple(sorted(self._found(where("status") == "open"), key=lambda case: case.started, reverse=True))

    def by_code(self, code: str) -> Case | None:
        """Return the newest call with this short code; None when there is none."""
        return max(self._found(where("code") == code), key=lambda case: case.started, default=None)
