"""The cases table: every call, saved at every step."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from pydantic_core import from_json
from tinydb import where

from flows.case import Case
from wizard.records.errors import Conflict
from wizard.records.kept import Kept
from wizard.records.narrowing import field


class Cases(Kept[Case]):
    """Calls under their ids; a save over a newer save is refused."""

    def put(self, case: Case) -> Case:
        """Write one case and return it as stored, its revision one higher. Raises Conflict over a newer one."""
        stored = self.get(case.id)
        if stored is not None and stored.revision != case.revision:
            raise Conflict(
                f"Call {case.code} was saved somewhere else meanwhile (by {stored.worked_by or stored.agent}). "
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

    def outlines(self, since: datetime | None = None, until: datetime | None = None) -> Iterator[dict[str, Any]]:
        """Yield the calls that began from `since` on and before `until` as documents, not validated: to count them."""
        wanted = [(">=", since)] * (since is not None) + [("<", until)] * (until is not None)
        # Moments are kept in UTC, so their text sorts as they do; without the Z a fraction of a second does, too.
        moments = tuple(_text(at) for _, at in wanted if at)
        began = field(("started",))
        conditions = " AND ".join(f"{began} {sign} ?" for sign, _ in wanted)
        where = f"WHERE {conditions} " if wanted else ""
        # In the order of the index, or SQLite would walk through all calls to find those of one day.
        texts = self.table.storage.run(f"SELECT doc FROM {{}} {where}ORDER BY {began}", "cases", moments)  # noqa: S608 -- only our own conditions
        return (from_json(text) for (text,) in texts)


def _text(at: datetime) -> str:
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat()
