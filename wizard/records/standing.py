"""What decides whether a student can log in, one narrow row for each account, kept in step by the same transaction.

Counting from the accounts themselves takes half a second for 52,000 students, and from these rows a few hundredths;
so how many accounts stand alike is kept beside them, and read in a moment. Nothing here holds a rule: groups are
put together that no rule tells apart, and `wizard.accounts.state` judges one of each group.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from wizard.accounts import Account, Claim, Student

TABLE = (
    "CREATE TABLE search_standing (account INTEGER PRIMARY KEY, school TEXT NOT NULL, entered INTEGER, "
    "active INTEGER NOT NULL DEFAULT 1, ticket INTEGER NOT NULL DEFAULT 0, generation INTEGER NOT NULL DEFAULT 1, "
    "claimed INTEGER NOT NULL DEFAULT 0)"
)
"""`account`: the number of the account's row; `entered`: microseconds; `claimed`: the generation that was."""

COUNTED = (
    "CREATE TABLE search_counts (school TEXT NOT NULL, entered INTEGER, active INTEGER NOT NULL, "
    "ticket INTEGER NOT NULL, generation INTEGER NOT NULL, claimed INTEGER NOT NULL, accounts INTEGER NOT NULL, "
    "UNIQUE (school, entered, active, ticket, generation, claimed))",
    "CREATE INDEX search_reset ON search_standing (account) WHERE generation > 1",
)
"""How many of those rows are the same but for their number, and the few whose account was reset."""

NEWCOMER = "search_standing (account, school, entered)"
"""The table and what is written of a student nothing else is known of."""

_ALIKE = "school, entered, active, ticket, generation, claimed"
_COUNTING = f"SELECT {_ALIKE}, count(*) FROM search_standing GROUP BY {_ALIKE}"  # noqa: S608 -- the names above

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Row = tuple[str, int | None, bool, bool, int, int]


def microseconds(moment: datetime | None) -> int | None:
    """Return a moment as a whole number that compares as the moment does."""
    return None if moment is None else (moment - _BEGINNING) // _MICROSECOND


def moment(number: int | None) -> datetime | None:
    """Return the moment of such a number."""
    return None if number is None else _BEGINNING + number * _MICROSECOND


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts of one school that stand alike, whichever of them is looked at."""

    sample: Account
    """One of them, as far as its standing goes."""
    count: int


class Standing:
    """Reads and writes the rows over one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Write over `connection`, inside whatever transaction is open."""
        self._connection = connection

    def changed(self, row: int, before: str | None, after: str | None) -> None:
        """Follow one account from its text before to its text after (None: not there)."""
        if after is None:
            self._forget(row)
            return
        standing = row_of(after)
        if before is None or standing != _readable(before):
            self._forget(row)
            self._put(row, standing)
            self._count(standing, 1)

    def count_newcomers(self, newcomers: Counter[tuple[str, int | None]]) -> None:
        """Count rows that were written by themselves: how many of each school, entered at the same moment."""
        for (school, entered), number in newcomers.items():
            self._count((school, entered, True, False, 1, 0), number)

    def rebuild(self) -> None:
        """Write every row afresh."""
        self._connection.execute("DELETE FROM search_standing")
        for row, text in self._connection.cursor().execute("SELECT seq, doc FROM accounts"):
            self._put(row, row_of(text))
        self.recount()

    def recount(self) -> None:
        """Count all rows afresh."""
        self._connection.execute("DELETE FROM search_counts")
        self._connection.execute(f"INSERT INTO search_counts {_COUNTING}")

    def groups(self, *moments: datetime) -> Iterator[Group]:
        """Yield groups of accounts; all of one group were entered on the same side of each of the moments."""
        sides = "".join(f" + ifnull(entered < {microseconds(at)}, 2) * {4**n}" for n, at in enumerate(moments, 2))
        alike = "school, active + ticket * 2 + (generation > 1) * 4 + (claimed = generation) * 8" + sides
        columns = "school, min(entered), active, ticket, generation, claimed, sum(accounts)"
        query = f"SELECT {columns} FROM search_counts GROUP BY {alike}"  # noqa: S608 -- numbers only
        for school, entered, active, ticket, generation, claimed, count in self._connection.execute(query):
            yield Group(_sample(school, entered, bool(active), bool(ticket), generation, claimed), count)

    def entered_between(self, since: datetime, until: datetime, limit: int) -> list[int]:
        """Return the rows of active students entered from `since` on and before `until`, earliest first."""
        such = "entered >= :since AND entered < :until AND active AND NOT ticket AND generation = 1 AND claimed = 0"
        query = (
            f"SELECT account FROM search_standing WHERE EXISTS (SELECT 1 FROM search_counts WHERE {such}) AND {such} "  # noqa: S608 -- the words above
            "ORDER BY entered, account LIMIT :limit"
        )
        values = {"since": microseconds(since), "until": microseconds(until), "limit": limit}
        return [row for (row,) in self._connection.execute(query, values)]

    def schools(self) -> Iterator[tuple[str, str]]:
        """Yield every account's student ID and school."""
        return self._connection.execute(
            "SELECT accounts.id, school FROM search_standing JOIN accounts ON accounts.seq = search_standing.account"
        )

    def to_claim_again(self, limit: int) -> list[int]:
        """Return the rows of active students whose account was reset and not claimed since (D18)."""
        query = (
            "SELECT account FROM search_standing "
            "WHERE generation > 1 AND claimed <> generation AND active AND NOT ticket ORDER BY account LIMIT ?"
        )
        return [row for (row,) in self._connection.execute(query, (limit,))]

    def wrong(self) -> bool:
        """Tell whether any row differs from what its account says, is missing, has no account or is not counted."""
        query = "SELECT seq, doc, search_standing.* FROM accounts LEFT JOIN search_standing ON account = seq"
        count = 0
        for row, text, *kept in self._connection.execute(query):
            count += 1
            if (expected := _readable(text)) is None or (row, *expected) != tuple(kept):
                return True
        if self._connection.execute("SELECT count(*) FROM search_standing").fetchone() != (count,):
            return True
        counted = self._connection.execute("SELECT * FROM search_counts")
        return Counter(counted) != Counter(self._connection.execute(_COUNTING))

    def _put(self, row: int, standing: Sequence[object]) -> None:
        self._connection.execute("INSERT INTO search_standing VALUES (?, ?, ?, ?, ?, ?, ?)", (row, *standing))

    def _forget(self, row: int) -> None:
        """Take out a row, if it is there."""
        query = f"SELECT {_ALIKE} FROM search_standing WHERE account = ?"  # noqa: S608 -- the names above
        kept = self._connection.execute(query, (row,)).fetchone()
        if kept:
            self._connection.execute("DELETE FROM search_standing WHERE account = ?", (row,))
            self._count(kept, -1)

    def _count(self, standing: Sequence[object], number: int) -> None:
        """Count so many accounts more, or fewer, that stand so."""
        changed = self._connection.execute(
            "UPDATE search_counts SET accounts = accounts + ? WHERE school = ? AND entered IS ? AND active = ? "
            "AND ticket = ? AND generation = ? AND claimed = ?",
            (number, *standing),
        )
        if not changed.rowcount:
            self._connection.execute("INSERT INTO search_counts VALUES (?, ?, ?, ?, ?, ?, ?)", (*standing, number))
        elif number < 0:
            self._connection.execute("DELETE FROM search_counts WHERE accounts = 0")


def row_of(text: str) -> Row:
    """Return what stands in the row of an account, read from its text."""
    account = json.loads(text)
    student, claim = account["student"], account.get("claim")
    entered = student.get("entered_at")
    return (
        student.get("school", ""),
        microseconds(datetime.fromisoformat(entered)) if entered else None,
        student.get("active", True),
        bool(account.get("ticket")),
        account.get("generation", 1),
        claim["generation"] if claim else 0,
    )


def _readable(text: str) -> Row | None:
    """Return the same; None of a document that somebody has damaged by hand."""
    try:
        return row_of(text)
    except (KeyError, TypeError, ValueError):
        return None


def _sample(school: str, entered: int | None, active: bool, ticket: bool, generation: int, claimed: int) -> Account:
    student = Student(id="", last="", first="", school=school, active=active, entered_at=moment(entered))
    claim = Claim(generation=claimed, at=_BEGINNING, how="reported", by="", case="") if claimed else None
    return Account(student=student, generation=generation, claim=claim, ticket="open" if ticket else None)
