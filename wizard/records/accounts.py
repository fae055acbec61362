"""The accounts table: one document per student, under the student ID."""

import json
from collections.abc import Iterable, Iterator
from string import ascii_letters
from typing import Any

from wizard.accounts import Account
from wizard.records.index import Index
from wizard.records.kept import Kept
from wizard.records.newcomers import Newcomer, Writer
from wizard.records.table import DocumentTable

MANY = 1000
"""From this many accounts in one go, the search index is tidied up afterwards."""


class Accounts(Kept[Account]):
    """The wizard's own record of every student's account."""

    def __init__(self, table: DocumentTable, kind: type[Account], index: Index) -> None:
        """Wrap the accounts' table and the search index that follows it."""
        super().__init__(table, kind)
        self._index = index

    def put(self, account: Account) -> None:
        """Write one account over what is there."""
        self._keep(account.student.id, account)

    def put_many(self, accounts: Iterable[Account]) -> int:
        """Write many accounts (an import) and return how many."""
        written = 0
        for account in accounts:
            self.put(account)
            written += 1
        if written >= MANY:
            self._index.optimize()
        return written

    def add_many(self, newcomers: Iterable[Newcomer]) -> int:
        """Write many accounts whose IDs are not there yet (a first import), and return how many.

        They are found by their names at once; call `learn` until it returns 0, in transactions of their own,
        so that typing mistakes in them are forgiven too.
        """
        return Writer(self.table.storage).write(newcomers)

    def outlines(self) -> Iterator[tuple[dict[str, Any], str]]:
        """Yield every account as its document and as text, not validated: to look for the few that changed."""
        for _, text in self.table.texts():
            yield json.loads(text), text

    def read(self, text: str) -> Account:
        """Return the account of a text."""
        return self._kind.model_validate_json(text)

    def learn(self, limit: int) -> int:
        """Prepare at most `limit` words of names for typing mistakes, and return how many there were to prepare."""
        return self._index.learn(limit)

    def by_username(self, username: str) -> Account | None:
        """Return the account whose ID stands behind the letters of a well-formed username (D07)."""
        return self.get(username) or self.get(username.lstrip(ascii_letters))

    def remove(self, student_id: str) -> None:
        """Remove one account; nothing happens when there is none."""
        self.table.remove(doc_ids=[student_id])
