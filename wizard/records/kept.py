"""A repository: one table of the records, in frozen values instead of documents."""

from collections.abc import Iterator
from typing import Generic, TypeVar

from pydantic import BaseModel
from tinydb.queries import QueryLike

from wizard.records.table import DocumentTable

Value = TypeVar("Value", bound=BaseModel)


class Kept(Generic[Value]):
    """Values of one kind, each under its id, validated when they are read."""

    def __init__(self, table: DocumentTable, kind: type[Value]) -> None:
        """Wrap `table`, whose documents are values of `kind`."""
        self.table = table
        self._kind = kind

    def get(self, key: str) -> Value | None:
        """Return the value with this id; None when there is none."""
        text = self.table.text(key)
        return None if text is None else self._kind.model_validate_json(text)

    def count(self) -> int:
        """Return how many there are."""
        return len(self.table)

    def all(self) -> Iterator[Value]:
        """Yield every value, oldest first, holding a few at a time."""
        for _, text in self.table.texts():
            yield self._kind.model_validate_json(text)

    def _keep(self, key: str, value: Value) -> None:
        self.table.put_text(key, value.model_dump_json())

    def _found(self, cond: QueryLike) -> tuple[Value, ...]:
        return tuple(self._kind.model_validate(document) for document in self.table.search(cond))
