"""The store against a plain dict: whatever is done to it, in whatever order, it holds the same."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tinydb import where
from tinydb.table import Document

from wizard.records.storage import SqliteStorage
from wizard.records.table import NamedTable

NAMES = st.sampled_from(["0123456", "123456", "S0123456", "O'Brien", "Lê", "%", "", "a b"])
VALUES = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=2))
DOCUMENTS = st.dictionaries(st.sampled_from(["name", "x", "y"]), VALUES, max_size=3)


class Broken(Exception):
    """Thrown in the middle of a transaction."""


class StoreMachine(RuleBasedStateMachine):
    """Random operations, some inside transactions that are rolled back, with the file closed and opened between."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.model: dict[str, dict] = {}
        self.open()

    def open(self) -> None:
        self.storage = SqliteStorage(Path(self.folder.name) / "db")
        self.table = NamedTable(self.storage, "things", indexes=[("name",)])
        with self.storage.transaction():
            self.storage.make("things")
            self.storage.connection.execute(
                "CREATE INDEX IF NOT EXISTS things_name ON things (json_extract(doc, '$.name'))"
            )

    @rule(key=NAMES, document=DOCUMENTS)
    def upsert(self, key: str, document: dict) -> None:
        self.table.upsert(Document(document, key))
        self.model[key] = {**self.model.get(key, {}), **document}

    @rule(key=NAMES, document=DOCUMENTS)
    def insert(self, key: str, document: dict) -> None:
        try:
            self.table.insert(Document(document, key))
        except ValueError:
            assert key in self.model
        else:
            assert key not in self.model
            self.model[key] = document

    @rule(value=VALUES)
    def update_where(self, value: object) -> None:
        changed = self.table.update({"y": value}, where("name") == value)
        assert changed == [key for key, doc in self.model.items() if "name" in doc and doc["name"] == value]
        for key in changed:
            self.model[key] = {**self.model[key], "y": value}

    @rule(keys=st.lists(NAMES, max_size=3))
    def remove(self, keys: list[str]) -> None:
        keys = list(dict.fromkeys(keys))
        assert self.table.remove(doc_ids=keys) == [key for key in keys if key in self.model]
        for key in keys:
            self.model.pop(key, None)

    @rule(key=NAMES, document=DOCUMENTS)
    def break_off(self, key: str, document: dict) -> None:
        try:
            with self.storage.transaction():
                self.table.upsert(Document(document, key))
                self.table.truncate()
                raise Broken
        except Broken:
            pass

    @rule(value=VALUES)
    def look(self, value: object) -> None:
        found = [dict(doc) for doc in self.table.search(where("name") == value)]
        assert found == [doc for doc in self.model.values() if "name" in doc and doc["name"] == value]

    @precondition(lambda self: self.model)
    @rule()
    def truncate(self) -> None:
        self.table.truncate()
        self.model.clear()

    @rule()
    def reopen(self) -> None:
        self.storage.close()
        self.open()

    @invariant()
    def same(self) -> None:
        if hasattr(self, "model"):
            assert {doc.doc_id: dict(doc) for doc in self.table} == self.model
            assert len(self.table) == len(self.model)

    def teardown(self) -> None:
        self.storage.close()
        self.folder.cleanup()


TestStore = StoreMachine.TestCase
TestStore.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
