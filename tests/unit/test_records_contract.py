"""What the records rely on inside TinyDB: when a new version changes it, these tests say so first."""

import inspect
from importlib.metadata import version

import pytest
from tinydb import Query, where
from tinydb.table import Table

from wizard.records.narrowing import equalities
from wizard.records.storage import SqliteStorage
from wizard.records.table import DocumentTable


def test_tinydb_is_the_version_that_was_read() -> None:
    """The storage overrides inner methods, so TinyDB is pinned."""
    assert version("tinydb") == "4.9.0"


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("_read_table", ["self"]),
        ("_update_table", ["self", "updater"]),
        ("_get_next_id", ["self"]),
        ("insert", ["self", "document"]),
        ("get", ["self", "cond", "doc_id", "doc_ids"]),
        ("update", ["self", "fields", "cond", "doc_ids"]),
        ("remove", ["self", "cond", "doc_ids"]),
    ],
)
def test_the_inner_methods_are_as_they_were(method: str, parameters: list[str]) -> None:
    """TinyDB still reads and writes its tables through the methods that are overridden."""
    assert list(inspect.signature(getattr(Table, method)).parameters) == parameters


@pytest.mark.parametrize("method", ["insert", "update", "update_multiple", "remove", "truncate"])
def test_every_change_goes_through_one_method(method: str) -> None:
    """No change of a table can slip past the transaction."""
    assert "self._update_table(" in inspect.getsource(getattr(Table, method))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (where("a") == "x", [("==", ("a",), "x")]),
        (Query().a.b == "x", [("==", ("a", "b"), "x")]),
        ((where("a") == "x") & (where("b") > 1), [("==", ("a",), "x"), (">", ("b",), 1)]),
        ((where("a") == "x") | (where("b") == "y"), []),
        (~(where("a") == "x"), []),
        (where("a").map(str) == "x", []),
        (lambda doc: True, []),
    ],
)
def test_a_query_still_says_what_it_compares(query: Query, found: list) -> None:
    """The index is used only for comparisons that every match fulfils."""
    assert sorted(map(str, equalities(query))) == sorted(map(str, found))


def test_an_indexed_comparison_reads_only_the_rows_that_match() -> None:
    """An equality on an indexed field does not walk the table; anything else does, with the same result."""
    storage = SqliteStorage()
    table = DocumentTable(storage, "t", indexes=[("name",)])
    table.insert_multiple({"name": f"n{number % 10}", "number": number} for number in range(100))
    storage.connection.execute("CREATE INDEX t_name ON t (json_extract(doc, '$.name'))")
    steps: list[str] = []
    storage.connection.set_trace_callback(steps.append)
    assert [doc["number"] for doc in table.search(where("name") == "n3")] == list(range(3, 100, 10))
    plan = storage.connection.execute("EXPLAIN QUERY PLAN " + steps[-1]).fetchall()
    assert "USING INDEX t_name" in str(plan)
    assert [doc["number"] for doc in table.search(where("number") == 33)] == [33]
    assert table.update({"number": -1}, (where("name") == "n3") & (where("number") == 33)) == [34]
    storage.close()


@pytest.mark.parametrize("value", ["a\0b", "\ud800", None, 1, True, 1.5, ["x"], {"x": 1}, "José", ""])
def test_an_indexed_field_is_found_whatever_it_holds(value: object) -> None:
    """Where SQLite's comparison differs from Python's, Python's counts."""
    storage = SqliteStorage()
    table = DocumentTable(storage, "t", indexes=[("name",)])
    table.insert_multiple([{"name": "a"}, {"name": value}, {"name": "1"}, {}])
    assert [doc.doc_id for doc in table.search(where("name") == value)] == [2]
    storage.close()
