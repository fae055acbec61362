"""Alignment: how one name becomes another with the fewest and most usual slips of a finger."""

from collections.abc import Sequence
from typing import Literal, NamedTuple
from unicodedata import category, normalize

from wizard.letters import SHAPES

APOSTROPHES = frozenset("'’‘ʼʻ`´′＇ˈ")
HYPHENS = frozenset("-‐‑‒–—―−﹣－")

Kind = Literal["same", "replaced", "missing", "extra", "swapped"]

LARGEST = 10_000
"""Pairs of characters that are compared, so that two huge texts do not delay the screen."""

_SIMILAR, _SEPARATOR, _SWAPPED, _LOST, _REPLACED = 4, 8, 10, 10, 15
"""Tenths of a slip: another case or accent, space for hyphen, swapped, missing or extra, replaced."""


class Edit(NamedTuple):
    """One step from the typed name to the record's."""

    kind: Kind
    typed: str
    record: str
    at: int
    """Where the typed part begins, in characters of the typed name."""
    record_at: int


def base(character: str) -> str:
    """Return what a character is without case and accent; all apostrophes are one, as are hyphens and blanks."""
    first = normalize("NFKD", character)[:1].casefold()
    if character in APOSTROPHES or first in APOSTROPHES:
        return "'"
    if character in HYPHENS:
        return "-"
    return " " if character.isspace() else SHAPES.get(first, (first, ""))[0]


def align(typed: Sequence[str], record: Sequence[str]) -> tuple[tuple[Edit, ...], float] | None:
    """Return the edits between two names, given as their characters, and how many slips they amount to.

    None when the names are too long and too different to be compared.
    """
    head = _common(typed, record)
    tail = _common(typed[head:][::-1], record[head:][::-1])
    ours, theirs = typed[head : len(typed) - tail], record[head : len(record) - tail]
    if len(ours) * len(theirs) > LARGEST:
        return None
    table = _table(ours, theirs)
    return tuple(_steps(table, ours, theirs, head)), table[len(ours)][len(theirs)] / 10


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    return next(
        (count for count, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _table(ours: Sequence[str], theirs: Sequence[str]) -> list[list[int]]:
    """Return the cost of every pair of beginnings (optimal string alignment with weights)."""
    table = [[column * _LOST for column in range(len(theirs) + 1)]]
    for row in range(1, len(ours) + 1):
        table.append([row * _LOST])
        for column in range(1, len(theirs) + 1):
            table[row].append(min(cost for _, _, cost in _ways(table, ours, theirs, row, column)))
    return table


def _ways(
    table: list[list[int]], ours: Sequence[str], theirs: Sequence[str], row: int, column: int
) -> list[tuple[int, int, int]]:
    """Return the ways to reach a pair of beginnings: how much of each name the last step takes, and the cost."""
    ways = []
    if row and column:
        ways.append((1, 1, table[row - 1][column - 1] + _cost(ours[row - 1], theirs[column - 1])))
    if column:
        ways.append((0, 1, table[row][column - 1] + _LOST))
    if row:
        ways.append((1, 0, table[row - 1][column] + _LOST))
    if (
        row > 1
        and column > 1
        and ours[row - 2 : row] == theirs[column - 2 : column][::-1] != theirs[column - 2 : column]
    ):
        ways.append((2, 2, table[row - 2][column - 2] + _SWAPPED))
    return ways


def _cost(typed: str, record: str) -> int:
    if typed == record:
        return 0
    if base(typed) == base(record):
        return _SIMILAR
    if category(typed[0])[0] in "PZ" and category(record[0])[0] in "PZ":
        return _SEPARATOR
    return _REPLACED


def _steps(table: list[list[int]], ours: Sequence[str], theirs: Sequence[str], head: int) -> list[Edit]:
    row, column, steps = len(ours), len(theirs), list[Edit]()
    while row or column:
        taken, given, _ = min(_ways(table, ours, theirs, row, column), key=lambda way: way[2])
        typed, record = "".join(ours[row - taken : row]), "".join(theirs[column - given : column])
        row, column = row - taken, column - given
        kind = _kind(taken, given, typed == record)
        steps.append(Edit(kind, typed, record, head + row, head + column))
    return [step for step in reversed(steps) if step.kind != "same"]


def _kind(taken: int, given: int, same: bool) -> Kind:
    if same:
        return "same"
    if taken == 2:
        return "swapped"
    return "missing" if not taken else "extra" if not given else "replaced"
