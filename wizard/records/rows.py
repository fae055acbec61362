"""A table as the mapping that TinyDB changes: it fetches what is looked at, and writes back what was changed."""

import json
from collections.abc import Iterator, MutableMapping
from typing import TYPE_CHECKING, Any

from wizard.records.storage import Id, to_text

if TYPE_CHECKING:
    from wizard.records.table import DocumentTable

GONE: Any = object()
"""Marks a document that was removed."""


class Rows(MutableMapping[Id, dict[str, Any]]):
    """One table as a mapping of id -> document; remembers what was looked at and writes back what changed."""

    def __init__(self, table: "DocumentTable") -> None:
        self._table = table
        self._storage = table.storage
        self._touched: dict[Id, Any] = {}

    def __getitem__(self, key: Id) -> dict[str, Any]:
        found = self._touched.get(key)
        if found is None:
            text = self._table.text(key)
            found = self._touched[key] = GONE if text is None else json.loads(text)
        if found is GONE:
            raise KeyError(key)
        return found  # type: ignore[no-any-return]

    def __setitem__(self, key: Id, document: dict[str, Any]) -> None:
        self._touched[key] = document

    def __delitem__(self, key: Id) -> None:
        self._touched[key] = GONE

    def __iter__(self) -> Iterator[Id]:
        stored = self._table.keys()
        yield from (key for key in stored if self._touched.get(key) is not GONE)
        known = set(stored)
        yield from [key for key, doc in self._touched.items() if doc is not GONE and key not in known]

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def save(self) -> None:
        """Write back every document that is no longer what it was."""
        for key, document in self._touched.items():
            if document is GONE:
                self._table.delete(key)
            else:
                self._table.put_text(key, to_text(document))
