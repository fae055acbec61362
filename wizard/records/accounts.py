"""The accounts table: one document per student, under the student ID."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from string import ascii_letters

from wizard.accounts import Account
from wizard.records.guardians import Guardians
from wizard.records.index import Index
from wizard.records.kept import Kept
from wizard.records.newcomers import Newcomer, Writer
from wizard.records.standing import Group, Standing
from wizard.records.table import DocumentTable

MANY = 1000
"""From this many accounts in one go, the search index is tidied up afterwards."""

LOOKED_AT = 500
"""Accounts compared at a time."""


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
        so that siblings are found quickly and typing mistakes are forgiven too.
        """
        return Writer(self.table.storage).write(newcomers)

    def outlines(self) -> Iterator[Sequence[tuple[str, str]]]:
        """Yield all accounts, some at a time, as IDs and texts, not validated: to look for the few that changed."""
        texts = ((str(student_id), text) for student_id, text in self.table.texts())
        while some := list(islice(texts, LOOKED_AT)):
            yield some

    def read(self, text: str) -> Account:
        """Return the account of a text."""
        return self._kind.model_validate_json(text)

    def learn(self, limit: int) -> int:
        """Prepare at most `limit` accounts for finding siblings, or words for typing mistakes; return how many."""
        return self._guardians.learn(4 * limit) or self._index.learn(limit)

    def by_username(self, username: str) -> Account | None:
        """Return the account whose ID stands behind the letters of a well-formed username (D07)."""
        return self.get(username) or self.get(username.lstrip(ascii_letters))

    def sharing_a_phone(self, phones: Iterable[str]) -> tuple[Account, ...]:
        """Return the accounts that have a guardian with one of these phones, as `wizard.phones` compares them."""
        return tuple(map(self._read, self._guardians.sharing(phones)))

    def groups(self, *moments: datetime) -> Iterator[Group]:
        """Yield how many accounts of each school stand alike; none of a group lies across one of the moments."""
        return self._standing.groups(*moments)

    def entered_between(self, since: datetime, until: datetime, limit: int) -> tuple[Account, ...]:
        """Return active students entered from `since` on, before `until` and not claimed yet, earliest first."""
        return self._in_rows(self._standing.entered_between(since, until, limit))

    def to_claim_again(self, limit: int) -> tuple[Account, ...]:
        """Return active students whose account a ticket has reset, and who have not claimed it since (D18)."""
        return self._in_rows(self._standing.to_claim_again(limit))

    def schools(self) -> dict[str, str]:
        """Return the school of every student ID."""
        return dict(self._standing.schools())

    @property
    def _guardians(self) -> Guardians:
        return Guardians(self.table.storage.connection)

    @property
    def _standing(self) -> Standing:
        return Standing(self.table.storage.connection)

    def _in_rows(self, rows: Sequence[int]) -> tuple[Account, ...]:
        holes = ",".join("?" * len(rows))
        found = self.table.storage.run(f"SELECT seq, doc FROM {{}} WHERE seq IN ({holes})", "accounts", tuple(rows))  # noqa: S608 -- holes only
        texts = dict(found.fetchall())
        return tuple(self._read(texts[row]) for row in rows)

    def remove(self, student_id: str) -> None:
        """Remove one account; nothing happens when there is none."""
        self.table.remove(doc_ids=[student_id])
