"""What a TinyDB condition says about indexed fields, so that SQLite can be asked for the few rows that may match.

TinyDB describes each comparison in a tuple of its own for its cache; it is read here, and a contract test
fails when it changes. Every row is still judged by TinyDB's condition: this only leaves out rows.
"""

from collections.abc import Iterator
from typing import Any

from tinydb.queries import QueryLike

Path = tuple[str, ...]
"""Where a field lives in a document: `("student", "school")`."""


def field(path: Path) -> str:
    """Return the SQL expression of a field, exactly as its index has it."""
    return "json_extract(doc, '$." + ".".join(path) + "')"


def equalities(cond: QueryLike) -> Iterator[tuple[str, Path, Any]]:
    """Yield the comparisons that every matching document fulfils, as TinyDB's query describes itself."""
    described = getattr(cond, "_hash", None)
    parts = described[1] if isinstance(described, tuple) and described[:1] == ("and",) else [described]
    yield from (part for part in parts if isinstance(part, tuple) and len(part) == 3)


def indexable(value: Any) -> bool:
    """Tell whether SQLite's comparison finds all that Python's finds: true for ordinary text."""
    return isinstance(value, str) and "\0" not in value and value.isprintable()
