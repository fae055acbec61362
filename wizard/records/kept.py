"""A repository: one table of the records, in frozen values instead of documents."""

import json
from collections.abc import Iterator
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from tinydb.queries import QueryLike

from wizard.records.errors import Damaged
from wizard.records.table import DocumentTable

Value = TypeVar("Value", bound=BaseModel)


class Kept(Generic[Value]):
    """Values of one kind, each under its id, validated when they are read."""

    def __init__(self, table: DocumentTable, kind: type[Value]) -> None:
        """Wrap `table`, whose documents are values of `kind`."""
        self.table = table
        self._kind = kind

    def get(self, key: str) -> Value | None:
        """Return the value with this id; None when there is none. Raises Damaged when it cannot be read."""
        text = self.table.text(key)
        return None if text is None else self._read(text)

    def count(self) -> int:
        """Return how many there are."""
        return len(self.table)

    def all(self) -> Iterator[Value]:
        """Yield every value, oldest first, holding a few at a time."""
        return (self._read(text) for _, text in self.table.texts())

    def _keep(self, key: str, value: Value) -> None:
        self.table.put_text(key, value.model_dump_json())

    def _found(self, cond: QueryLike) -> tuple[Value, ...]:
        return tuple(self._read(text) for _, text in self.table.texts(cond) if cond(json.loads(text)))

    def _read(self, text: str) -> Value:
        try:
            return self._kind.model_validate_json(text)
        except ValidationError as error:
            wrong = ".".join(map(str, error.errors(include_input=False, include_context=False)[0]["loc"]))
            raise Damaged(
                f"A document in {self.table.name} cannot be read (at {wrong or 'its beginning'}): somebody changed it "
                "by hand, or the file is damaged. Restore a backup: portal-wizard-admin restore BACKUP."
            ) from None  # the error holds the document, hashes included
