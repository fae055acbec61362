"""One attempt at the challenge questions: counted on disk before anything is checked (D13).

It is taken back when the answers were right and the password is not set all the same, so that nobody waits for the
school's own trouble.
"""

from datetime import datetime

from flows.case import Case
from wizard import accounts
from wizard.accounts import Account
from wizard.records import JournalLine, RecordsError
from wizard.setting import Setting
from wizard.views.handover import Refused

GONE = Refused("gone", "This student is no longer in the records.")


class AttemptCounts(RecordsError):
    """The records could not keep what came of an attempt, so that it stays counted."""


class Attempt:
    """At most one attempt of a case, as one action is carried out."""

    def __init__(self, setting: Setting, case: Case, student: str) -> None:
        self._setting, self._case, self._student = setting, case, student
        self._at: datetime | None = None

    @property
    def counts(self) -> bool:
        """Whether it was counted and not taken back."""
        return self._at is not None

    def count(self) -> Account | Refused:
        """Count it on disk, and return the account after that; refused while a wait runs or the answers are off."""
        now = self._setting.clock()
        with self._setting.records.transaction() as tables:
            account = tables.accounts.get(self._student)
            refused = accounts.reset_refusal(account, now, self._setting.district) if account else GONE
            if refused or account is None:
                return refused or GONE
            counted = accounts.wrong_attempt(account, now)
            tables.accounts.put(counted)
            tables.journal.append(self._line("counted"))
        self._at = counted.attempts[-1]
        return counted

    def take_back(self) -> None:
        """Uncount it; nothing when it was not counted. Raises RecordsError; then it still counts."""
        if self._at is None:
            return
        with self._setting.records.transaction() as tables:
            account = tables.accounts.get(self._student)
            if account and self._at in account.attempts:
                tables.accounts.put(accounts.without_attempt(account, self._at))
                tables.journal.append(self._line("taken back"))
        self._at = None

    def stays(self, error: RecordsError) -> AttemptCounts:
        """Return the error to raise when it could not be taken back."""
        why = str(error).replace(" Nothing was changed.", "")
        return AttemptCounts(f"{why} The password is as it was, and the attempt counts.")

    def _line(self, result: str) -> JournalLine:
        return self._setting.journal_line(self._case, "reset attempt", self._student, result)
