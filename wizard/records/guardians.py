"""Which accounts have a guardian with the same phone: an index beside the accounts, so that siblings are found at once.

An import writes thousands of accounts and leaves their phones to `learn`, in transactions of its own; until that
has been through, the accounts behind the last one that it reached are looked through one by one.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator

from wizard.phones import digits

TABLES = (
    "CREATE TABLE search_guardians (phone TEXT NOT NULL, account INTEGER NOT NULL, PRIMARY KEY (phone, account)) "
    "WITHOUT ROWID",
    "INSERT INTO search_guardians VALUES ('', 0)",
)
"""`phone`: as compared; `account`: the number of the account's row. The empty phone holds the last row reached."""

BEGIN = ',"guardians":['
"""Where the guardians begin, who end the text of an account. It cannot stand inside a text of it."""

REBUILT = 20_000
"""Accounts looked through at a time while everything is indexed afresh."""

_PHONE = re.compile(r',"phone":"([^"]*)"\}')

ADD = "INSERT OR IGNORE INTO search_guardians VALUES (?, ?)"


class Guardians:
    """Reads and writes the index over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Write over `connection`, inside whatever transaction is open."""
        self._connection = connection

    def changed(self, row: int, before: str | None, after: str | None) -> None:
        """Follow one account from its text before to its text after (None: not there)."""
        if before is not None and after is not None and _told(before) == _told(after):
            return
        old, new = phones_in(before), phones_in(after)
        execute = self._connection.execute
        for phone in old - new:
            execute("DELETE FROM search_guardians WHERE phone = ? AND account = ?", (phone, row))
        for phone in new - old:
            execute(ADD, (phone, row))
        if before is None:
            execute("UPDATE search_guardians SET account = ? WHERE phone = '' AND account = ? - 1", (row, row))
        elif after is None:  # the number of a last row is used again
            execute(
                "UPDATE search_guardians SET account = (SELECT coalesce(max(seq), 0) FROM accounts) "
                "WHERE phone = '' AND account > (SELECT coalesce(max(seq), 0) FROM accounts)"
            )

    def learn(self, limit: int) -> int:
        """Take in at most `limit` accounts that were not reached yet; return how many."""
        rows = self._unreached(limit)
        found = sorted((phone, row) for row, text in rows for phone in phones_in(text))
        self._connection.executemany(ADD, found)
        if rows:
            self._connection.execute("UPDATE search_guardians SET account = ? WHERE phone = ''", (rows[-1][0],))
        return len(rows)

    def rebuild(self) -> None:
        """Index every account afresh."""
        self._connection.execute("DELETE FROM search_guardians")
        self._connection.execute(ADD, ("", 0))
        while self.learn(REBUILT):
            pass

    def sharing(self, phones: Iterable[str]) -> Iterator[str]:
        """Yield the texts of the accounts that have a guardian with one of these phones, as compared."""
        wanted = frozenset(filter(None, phones))
        holes = ", ".join("?" * len(wanted))
        within = f"SELECT account FROM search_guardians WHERE phone IN ({holes})"  # noqa: S608 -- holes only
        reached = "SELECT account FROM search_guardians WHERE phone = ''"
        query = f"SELECT doc FROM accounts WHERE seq IN ({within}) AND seq <= ({reached}) ORDER BY seq"  # noqa: S608
        if wanted:
            yield from (text for (text,) in self._connection.execute(query, tuple(wanted)))
            yield from (text for _, text in self._unreached(-1) if wanted & phones_in(text))

    def wrong(self) -> bool:
        """Tell whether the index differs from what the accounts say."""
        execute = self._connection.execute
        (reached,) = execute("SELECT account FROM search_guardians WHERE phone = ''").fetchone() or (-1,)
        rows = execute("SELECT seq, doc FROM accounts WHERE seq <= ?", (reached,))
        expected = {(phone, row) for row, text in rows for phone in phones_in(text)}
        kept = execute("SELECT phone, account FROM search_guardians WHERE phone <> '' AND account <= ?", (reached,))
        return reached < 0 or set(kept) != expected

    def _unreached(self, limit: int) -> list[tuple[int, str]]:
        query = (
            "SELECT seq, doc FROM accounts WHERE seq > (SELECT account FROM search_guardians WHERE phone = '') "
            "ORDER BY seq LIMIT ?"
        )
        return self._connection.execute(query, (limit,)).fetchall()


def phones_in(text: str | None) -> frozenset[str]:
    """Return the phones of the guardians in the text of an account, as compared."""
    told = _told(text or "")
    if told in ("", "]}"):
        return frozenset()
    if "\\" not in told:
        return frozenset(filter(None, map(digits, _PHONE.findall(told))))
    try:
        guardians = json.loads(f"[{told[:-1]}")
        return frozenset(filter(None, (digits(one["phone"]) for one in guardians)))
    except (KeyError, TypeError, ValueError):  # somebody has changed it by hand
        return frozenset()


def _told(text: str) -> str:
    """Return what follows the beginning of the guardians; empty when there is none."""
    found = text.rfind(BEGIN)
    return text[found + len(BEGIN) :] if found >= 0 else ""
