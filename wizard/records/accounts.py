"""The accounts table: one document per student, under the student ID."""

from collections.abc import Iterable

from wizard.accounts import Account
from wizard.records.kept import Kept


class Accounts(Kept[Account]):
    """The wizard's own record of every student's account."""

    def put(self, account: Account) -> None:
        """Write one account over what is there."""
        self._keep(account.student.id, account)

    def put_many(self, accounts: Iterable[Account]) -> int:
        """Write many accounts (an import) and return how many."""
        written = 0
        for account in accounts:
            self.put(account)
            written += 1
        return written

    def remove(self, student_id: str) -> None:
        """Remove one account; nothing happens when there is none."""
        self.table.remove(doc_ids=[student_id])
