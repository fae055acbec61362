"""TinyDB's documented behavior, over its own storages and over ours: nobody who knows TinyDB is surprised."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from tinydb import Query, TinyDB, where
from tinydb.operations import add, decrement, delete, increment, set
from tinydb.storages import JSONStorage, MemoryStorage
from tinydb.table import Document

from wizard.records.database import DocumentDB

ALL = ("stock memory", "stock file", "ours in memory", "ours in a file")


def opened(kind: str, folder: Path) -> TinyDB:
    match kind:
        case "stock memory":
            return TinyDB(storage=MemoryStorage)
        case "stock file":
            return TinyDB(folder / "db.json", storage=JSONStorage)
        case "ours in memory":
            return DocumentDB()
        case _:
            return DocumentDB(folder / "db.sqlite")


@pytest.fixture(params=ALL)
def db(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TinyDB]:
    database = opened(request.param, tmp_path)
    database.insert_multiple({"int": 1, "char": letter} for letter in "abc")
    yield database
    database.close()


class Other(Mapping):
    """A mapping that is not a dict."""

    def __init__(self, data: dict) -> None:
        self.data = data

    def __getitem__(self, key: str):
        return self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)


def test_insert_numbers_documents_from_one(db: TinyDB) -> None:
    """New documents get the next number, after a number given by hand too."""
    db.drop_tables()
    assert [db.insert({}), db.insert({})] == [1, 2]
    assert [db.insert(Document({"x": 1}, 12)), db.insert(Document({}, 77)), db.insert({})] == [12, 77, 78]
    assert db.get(doc_id=12) == {"x": 1}


def test_a_number_is_not_given_twice(db: TinyDB) -> None:
    """Removing the last document does not make its number free again."""
    db.remove(doc_ids=[3])
    assert db.insert({"int": 9}) == 4


def test_insert_refuses_a_taken_number(db: TinyDB) -> None:
    """A document is never written over by an insert."""
    with pytest.raises(ValueError, match="already exists"):
        db.insert(Document({"int": 5}, 1))
    with pytest.raises(ValueError, match="already exists"):
        db.insert_multiple([{"int": 6}, Document({"int": 5}, 1)])
    assert [doc["int"] for doc in db] == [1, 1, 1]


@pytest.mark.parametrize("wrong", [[1, 2], {"bark"}, "text", object()])
def test_insert_takes_only_mappings(db: TinyDB, wrong: object) -> None:
    """What is not a document is refused, and nothing is stored."""
    with pytest.raises(ValueError, match="not a Mapping"):
        db.insert(wrong)
    with pytest.raises(ValueError, match="not a Mapping"):
        db.insert_multiple([wrong])
    assert len(db) == 3


def test_any_mapping_can_be_inserted_and_used_to_update(db: TinyDB) -> None:
    """TinyDB takes every Mapping."""
    number = db.insert(Other({"int": 2}))
    db.update(Other({"int": 3}), doc_ids=[number])
    assert db.get(doc_id=number) == {"int": 3}


def test_insert_multiple_takes_generators(db: TinyDB) -> None:
    """Many documents can be streamed in."""
    assert db.insert_multiple({"int": number} for number in range(10)) == list(range(4, 14))
    assert db.count(where("int") == 7) == 1


def test_all_and_iteration_are_in_order_of_insertion(db: TinyDB) -> None:
    """Documents come back in the order they came in, with their numbers."""
    assert [doc["char"] for doc in db] == ["a", "b", "c"]
    assert [doc.doc_id for doc in db.all()] == [1, 2, 3]
    assert list(db) == db.all()
    assert len(db) == 3


def test_get_by_number_condition_and_numbers(db: TinyDB) -> None:
    """One document by number or condition; several by numbers; None when there is none."""
    assert db.get(doc_id=2) == {"int": 1, "char": "b"}
    assert db.get(where("char") == "c").doc_id == 3
    assert [doc.doc_id for doc in db.get(doc_ids=[3, 1, 99])] == [1, 3]
    assert db.get(doc_id=99) is None
    assert db.get(doc_id=float("nan")) is None
    assert db.get(where("char") == "z") is None
    with pytest.raises(RuntimeError):
        db.get()


def test_contains(db: TinyDB) -> None:
    """Asking for a document by number or condition."""
    assert db.contains(doc_id=1)
    assert not db.contains(doc_id=88)
    assert db.contains(where("char") == "a")
    assert not db.contains(where("char") == "z")
    with pytest.raises(RuntimeError):
        db.contains()


def test_what_is_returned_is_a_copy(db: TinyDB) -> None:
    """Changing a list of results changes nothing in the database."""
    db.search(where("int") == 1).clear()
    assert db.count(where("int") == 1) == 3


QUERIES = [
    (where("int") == 1, 4),
    (where("int") != 1, 1),
    (where("int") < 2, 4),
    (where("int") >= 2, 1),
    (where("char").exists(), 5),
    (where("char").matches("[ab]"), 3),
    (where("char").search("c"), 1),
    (where("char").one_of(["a", "c"]), 2),
    (where("list").any([2, 9]), 1),
    (where("list").all([1, 2]), 1),
    (where("nested")["deep"]["er"] == "x", 1),
    (Query().nested.deep.exists(), 1),
    (where("char").test(lambda value: value == "b"), 2),
    (where("char").map(str.upper) == "A", 1),
    ((where("int") == 1) & (where("char") == "b"), 2),
    ((where("char") == "a") | (where("char") == "c"), 2),
    (~(where("char") == "a"), 4),
    (Query().fragment({"int": 1, "char": "b"}), 2),
    (Query().noop(), 5),
    (where("none") == None, 1),  # noqa: E711 -- TinyDB's way to ask
    (lambda doc: doc.get("int") == 7, 1),
]


@pytest.mark.parametrize(("query", "hits"), QUERIES, ids=range(len(QUERIES)))
def test_queries(db: TinyDB, query: Query, hits: int) -> None:
    """Every kind of condition finds what TinyDB says it finds, by search, count, contains and get."""
    rest = {"list": [1, 2], "nested": {"deep": {"er": "x"}}, "none": None}
    db.insert_multiple([{"int": 1, "char": "b", **rest}, {"int": 7, "char": "x"}])
    found = db.search(query)
    assert (len(found), db.count(query), db.contains(query)) == (hits, hits, True)
    assert db.get(query) == found[0]


def test_update(db: TinyDB) -> None:
    """Fields are set on the matching documents, or on all; the numbers come back."""
    assert db.update({"int": 2}, where("char") == "a") == [1]
    assert db.update({"int": 3}, doc_ids=[2, 99]) == [2]
    assert db.update({"new": True}) == [1, 2, 3]
    assert [doc["int"] for doc in db.search(where("new") == True)] == [2, 3, 1]  # noqa: E712


@pytest.mark.parametrize(
    ("operation", "after"),
    [
        (increment("int"), {"int": 2, "char": "a"}),
        (decrement("int"), {"int": 0, "char": "a"}),
        (add("char", "!"), {"int": 1, "char": "a!"}),
        (set("char", "z"), {"int": 1, "char": "z"}),
        (delete("char"), {"int": 1}),
    ],
)
def test_update_with_a_callable(db: TinyDB, operation, after: dict) -> None:
    """TinyDB's operations change a document in place."""
    db.update(operation, where("char") == "a")
    assert db.get(doc_id=1) == after


def test_update_multiple(db: TinyDB) -> None:
    """Several updates with a condition each, in one go."""
    assert db.update_multiple([({"int": 2}, where("char") == "a"), (increment("int"), where("char") == "b")]) == [1, 2]
    assert [doc["int"] for doc in db] == [2, 2, 1]


def test_upsert(db: TinyDB) -> None:
    """Matching documents are updated; when there are none, one is inserted."""
    assert db.upsert({"int": 5}, where("char") == "a") == [1]
    assert db.upsert({"int": 9, "char": "x"}, where("char") == "x") == [4]
    assert db.upsert(Document({"char": "v"}, 2)) == [2]
    assert db.upsert(Document({"char": "w"}, 7)) == [7]
    assert db.insert({}) == 8
    assert db.get(doc_id=2) == {"int": 1, "char": "v"}
    with pytest.raises(ValueError, match="doc_id"):
        db.upsert({"no": "condition"})


def test_remove(db: TinyDB) -> None:
    """The matching documents go; the numbers come back; everything goes only by truncate."""
    assert db.remove(where("char") == "b") == [2]
    assert db.remove(doc_ids=[1, 99]) == [1]
    with pytest.raises(RuntimeError):
        db.remove()
    assert [doc.doc_id for doc in db] == [3]
    db.truncate()
    assert (len(db), db.insert({})) == (0, 1)


def test_tables_have_names(db: TinyDB) -> None:
    """Tables are apart, listed by name, and can be dropped."""
    for name in ("one", "Two words", "ONE", "search_names", "sqlite_x", "x_1", 'quote"d', "läng"):
        db.table(name).insert({"in": name})
    names = {"_default", "one", "Two words", "ONE", "search_names", "sqlite_x", "x_1", 'quote"d', "läng"}
    assert db.tables() == names
    assert db.table("ONE").all() == [{"in": "ONE"}]
    db.drop_table("one")
    db.drop_table("never there")
    assert db.tables() == names - {"one"}
    assert db.table("one").all() == []
    db.drop_tables()
    assert db.tables() == {*()}
    assert len(db) == 0


def test_an_empty_table_is_kept_when_asked(db: TinyDB) -> None:
    """`persist_empty` makes a table before its first document."""
    db.table("kept", persist_empty=True)
    db.table("not kept")
    assert db.tables() == {"_default", "kept"}


def test_the_same_table_is_the_same_object(db: TinyDB) -> None:
    """Asking twice gives one table."""
    assert db.table("one") is db.table("one")
    assert db.table("one").name == "one"


def test_they_describe_themselves(db: TinyDB) -> None:
    """repr shows the name and the number of documents."""
    assert re.match(r"<\w*Table name='_default', total=3, storage=<.*>>", repr(db.table("_default")))
    assert "default_table_documents_count=3" in repr(db)


@pytest.mark.parametrize("kind", ["stock file", "ours in memory", "ours in a file"])
def test_what_json_cannot_hold_is_refused_whole(kind: str, tmp_path: Path) -> None:
    """A document that cannot be stored leaves nothing behind, and work goes on."""
    db = opened(kind, tmp_path)
    db.insert({"int": 1})
    with pytest.raises(TypeError):
        db.insert_multiple([{"int": 2}, {"int": object()}])
    with pytest.raises(TypeError):
        db.update(set("int", object()), doc_ids=[1])
    assert db.all() == [{"int": 1}]
    assert db.insert({"int": 3}) > 1
    db.close()


@pytest.mark.parametrize("kind", ["stock file", "ours in a file"])
def test_everything_is_there_after_opening_again(kind: str, tmp_path: Path) -> None:
    """Numbers go on where they ended, and text of every kind survives."""
    texts = ["José", "José", "Lê", "O’Brien", "日本", "😀", "\x00", "\ud800", "a\nb"]
    with opened(kind, tmp_path) as db:
        db.insert_multiple({"text": text} for text in texts)
    with opened(kind, tmp_path) as db:
        assert [doc["text"] for doc in db] == texts
        assert db.get(where("text") == "\ud800").doc_id == 8
        assert db.insert({}) == len(texts) + 1


def test_two_programs_give_different_numbers(tmp_path: Path) -> None:
    """Stock TinyDB remembers the next number and overwrites another program's document; ours asks each time."""
    with DocumentDB(tmp_path / "db") as one, DocumentDB(tmp_path / "db") as two:
        numbers = [one.insert({}), two.insert({}), two.insert({}), one.insert({})]
        assert numbers == [1, 2, 3, 4]
        assert one.search(where("x") == 1) == []
        two.insert({"x": 1})
        assert one.search(where("x") == 1) == [{"x": 1}]


def test_the_storage_reads_and_writes_everything(tmp_path: Path) -> None:
    """TinyDB's storage interface is whole: what is read can be written into another one."""
    with DocumentDB(tmp_path / "a") as one, DocumentDB(tmp_path / "b") as two:
        one.insert({"x": 1})
        one.table("named").insert({"y": 2})
        assert two.storage.read() is None
        two.storage.write(one.storage.read())
        assert two.storage.read() == {"_default": {"1": {"x": 1}}, "named": {"1": {"y": 2}}}
        assert two.get(doc_id=1) == {"x": 1}
