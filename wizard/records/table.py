"""TinyDB's table over `SqliteStorage`: the same API, touching only the rows a call is about.

TinyDB reads and writes whole tables in `Table._read_table` and `Table._update_table`; here both hand out
`Rows`, a mapping that fetches a document when it is looked at and writes back what was changed. Conditions
run TinyDB's own queries over streamed rows; an equality on an indexed field asks SQLite for the few rows
that can match. Nothing is cached between calls.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from typing import Any

from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from wizard.records.narrowing import Path, equalities, field, indexable
from wizard.records.rows import Rows
from wizard.records.storage import Id, SqliteStorage

OnChange = Callable[[int, str | None, str | None], None]
"""Called in the same transaction for every document written: (row, text before, text after)."""


class DocumentTable(Table):
    """A TinyDB table whose operations cost what they touch, not what the table holds."""

    default_query_cache_capacity = 0
    _storage: SqliteStorage

    def __init__(
        self,
        storage: SqliteStorage,
        name: str,
        cache_size: int = 0,
        persist_empty: bool = False,
        *,
        indexes: Iterable[Path] = (),
        on_change: OnChange | None = None,
    ) -> None:
        """Open a table; `indexes` name the fields that its file has an index on."""
        self._fields = {path: field(path) for path in indexes}
        self._on_change = on_change
        super().__init__(storage, name, cache_size=0, persist_empty=persist_empty)

    @property
    def storage(self) -> SqliteStorage:
        """Return the storage."""
        return self._storage

    # -- whole documents as JSON text: what the repositories use --

    def text(self, key: Any) -> str | None:
        """Return one document as JSON text; None when there is none."""
        try:
            return self._storage.text(self._name, self._id(key))
        except ValueError:  # an id that no document can have
            return None
        except Exception:
            if self._storage.exists(self._name):
                raise
            return None

    def put_text(self, key: Id, text: str) -> None:
        """Write one document that is JSON text already."""
        storage, name = self._storage, self._name
        if not storage.connection.in_transaction:
            with storage.transaction():
                self.put_text(key, text)
            return
        storage.make(name)
        if self._on_change is None:
            storage.put(name, key, text)
        elif found := storage.row(name, key):
            storage.change(name, found[0], text)
            self._on_change(*found, text)
        else:
            self._on_change(storage.add(name, key, text), None, text)

    def delete(self, key: Id) -> None:
        """Remove one document; nothing happens when there is none."""
        found = self._storage.row(self._name, key) if self._exists() else None
        if found is not None:
            self._storage.delete(self._name, key)
            if self._on_change is not None:
                self._on_change(*found, None)

    def keys(self) -> list[Id]:
        """Return all ids, oldest document first."""
        return self._storage.keys(self._name) if self._exists() else []

    def texts(self, cond: QueryLike | None = None) -> Iterator[tuple[Id, str]]:
        """Yield (id, JSON text) of documents that may match; without a condition the table may change meanwhile."""
        if not self._exists():
            return iter(())
        if cond is None:
            return self._storage.stream(self._name)
        return self._storage.scan(self._name, *self._narrowed(cond))

    # -- TinyDB's API --

    def insert(self, document: Mapping[str, Any]) -> Any:
        """Insert a new document and return its id. Raises ValueError when the id is taken."""
        with self._storage.transaction():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[Any]:
        """Insert documents, all or none, and return their ids."""
        with self._storage.transaction():
            return [self.insert(document) for document in documents]

    def search(self, cond: QueryLike) -> list[Document]:
        """Return all matching documents, oldest first."""
        return list(self._matching(cond))

    def get(  # type: ignore[override]
        self, cond: QueryLike | None = None, doc_id: Any = None, doc_ids: Iterable[Any] | None = None
    ) -> Document | list[Document] | None:
        """Return one document by id or condition (None when there is none), or the list of those with these ids."""
        if doc_id is not None:
            text = self.text(doc_id)
            return None if text is None else self.document_class(json.loads(text), doc_id)
        if doc_ids is not None:
            return self._with_ids(doc_ids)
        if cond is not None:
            return next(self._matching(cond), None)
        raise RuntimeError("You have to pass either cond or doc_id or doc_ids")

    def contains(self, cond: QueryLike | None = None, doc_id: Any = None) -> bool:
        """Tell whether there is such a document."""
        if doc_id is not None:
            return self.text(doc_id) is not None
        return super().contains(cond)

    def update(
        self,
        fields: Mapping[str, Any] | Callable[[MutableMapping[str, Any]], None],
        cond: QueryLike | None = None,
        doc_ids: Iterable[Any] | None = None,
    ) -> list[Any]:
        """Change the matching documents (all, without condition and ids), all or none, and return their ids."""
        with self._storage.transaction():
            return super().update(fields, doc_ids=self._chosen(cond, doc_ids))

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[Any]:
        """Update the matching documents, or insert this one when there are none."""
        with self._storage.transaction():
            return super().upsert(document, cond)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None) -> list[Any]:
        """Remove the matching documents and return their ids."""
        if cond is None and doc_ids is None:
            raise RuntimeError("Use truncate() to remove all documents")
        with self._storage.transaction():
            return super().remove(doc_ids=self._chosen(cond, doc_ids))

    def truncate(self) -> None:
        """Remove all documents; ids start again at 1."""
        self._update_table(lambda table: [table.pop(key) for key in self.keys()])
        self._next_id = None

    def count(self, cond: QueryLike) -> int:
        """Return how many documents match."""
        return sum(1 for _ in self._matching(cond))

    def __len__(self) -> int:
        return self._storage.count(self._name) if self._exists() else 0

    def __iter__(self) -> Iterator[Document]:
        for key, text in self.texts():
            yield self.document_class(json.loads(text), self.document_id_class(key))

    def _matching(self, cond: QueryLike) -> Iterator[Document]:
        for key, text in self.texts(cond):
            document = json.loads(text)
            if cond(document):
                yield self.document_class(document, self.document_id_class(key))

    def _with_ids(self, doc_ids: Iterable[Any]) -> list[Document]:
        if not self._exists():
            return []
        keys = json.dumps([key for key in map(self._id_or_none, doc_ids) if key is not None])
        rows = self._storage.scan(self._name, "WHERE id IN (SELECT value FROM json_each(?))", (keys,))
        return [self.document_class(json.loads(text), self.document_id_class(key)) for key, text in rows]

    def _chosen(self, cond: QueryLike | None, doc_ids: Iterable[Any] | None) -> list[Any]:
        if doc_ids is not None:
            return list(doc_ids)
        return self.keys() if cond is None else [document.doc_id for document in self._matching(cond)]

    def _narrowed(self, cond: QueryLike) -> tuple[str, tuple[Any, ...]]:
        for kind, path, value in equalities(cond):
            if kind == "==" and path in self._fields and indexable(value):
                return f"WHERE {self._fields[path]} = ?", (value,)
        return "", ()

    # -- the two inner methods through which TinyDB reads and writes whole tables --

    def _read_table(self) -> Any:
        return Rows(self)

    def _update_table(self, updater: Callable[[Any], Any]) -> None:
        with self._storage.transaction():
            self._storage.make(self._name)
            rows = Rows(self)
            updater(rows)
            rows.save()

    def _get_next_id(self) -> int:
        if self.document_id_class is not int:
            raise ValueError(f"A document in the table {self._name} needs an id: pass a Document")
        highest = self._storage.highest(self._name) if self._exists() else 0
        number = max(self._next_id or 1, highest + 1)
        self._next_id = number + 1  # type: ignore[assignment]
        return number

    def _exists(self) -> bool:
        return self._storage.exists(self._name)

    def _id(self, key: Any) -> Id:
        kind: Callable[[str], Id] = self.document_id_class
        return key if type(key) is kind else kind(str(key))

    def _id_or_none(self, key: Any) -> Id | None:
        try:
            return self._id(key)
        except ValueError:
            return None


class NamedTable(DocumentTable):
    """A table whose documents have text as ids."""

    document_id_class = str  # type: ignore[assignment]
