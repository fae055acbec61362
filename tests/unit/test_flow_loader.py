"""Whatever is wrong with a flow file is told in one sentence with file and line; no file makes the loader crash."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import CALL, FILES, edited, line_with, load, write

from flows import loader
from flows.loader import LARGEST, parse
from flows.model import ChoiceStep
from flows.source import FlowError, Source

LOOKUP = 'kind = "lookup"\nlookup = "state"\nexits = { good = "fine" }\n'

# what is edited, into what, words on the line that is named, words in the sentence
BROKEN = [
    (
        'say = "May I',
        'sya = "May I',
        'sya = "May I',
        "'sya' is not a word a choice step has; did you mean 'say'?",
    ),
    (
        'label = "No card"',
        'lable = "No card"',
        "lable",
        "'lable' is not a word a choice has; did you mean 'label'?",
    ),
    ('label = "No card"\n', "", "[[steps.sure.choices]]", "step 'sure': choice 2: 'label' is missing"),
    ('lookup = "state"\n', "", "[steps.state]", "step 'state': 'lookup' is missing"),
    ('title = "A bicycle"', 'titel = "A bicycle"', "titel", "'titel' is not a word a flow has; did you mean 'title'?"),
    ('title = "A bicycle"\n', "", "flow =", "'title' is missing"),
    (
        'do = { counter = "Look at it.", phone = ',
        'do = { counter = "Look at it.", fone = ',
        "fone",
        "did you mean 'phone'?",
    ),
    (', phone = "Call them back." }', " }", "do = {", "step 'sure': 'phone' is missing"),
    ('do = { counter = "Look at it.", phone = "Call them back." }', "do = 5", "do = 5", "'do' must be text in quotes"),
    ('lookup = "state"', 'lookup = "state"\nsay = "x"', 'say = "x"', "'say' is not a word a lookup step has"),
    ('kind = "lookup"', 'kind = "look-up"', "look-up", "'look-up' is not a kind of step; it is one of choice, entry"),
    ('kind = "lookup"\n', "", "[steps.state]", "step 'state': 'kind' is missing"),
    ('check = "owner"', "check = 5", "check = 5", "'check' must be text in quotes"),
    ('check = "owner"', 'check = "Ow ner"', "Ow ner", "'Ow ner' is not a name a flow can use; use lower-case letters"),
    (
        'code = "no-card"',
        'code = "card-seen"',
        "[[steps.sure.choices]]",
        "two choices have the code 'card-seen'",
    ),
    ("revision = 1", 'revision = "one"', "revision", "'revision' must be a whole number"),
    ("revision = 1", "revision = 0", "revision", "'revision' must be 1 or more"),
    ("revision = 1", f"revision = {'9' * 5000}", "revision", "this number is far too long"),
    ('title = "Not ours"', f'title = "{"x" * 901}"', "title", "step 'not-ours': 'title' is longer than 900 characters"),
    ('result = "declined"', 'result = "refused"', "result", "'result' must be one of 'solved', 'waiting'"),
    ("[steps.fine]", "[steps.owner]", "[steps.owner]", "there are two steps called 'owner' (the first is on line 7)"),
    ('empty = "Please type the size."', 'empty = "Please', 'empty = "Please', "not valid TOML: illegal character"),
    ('next = "They ride home."', 'next = "a"\nnext = "b"', 'next = "b"', "not valid TOML: cannot overwrite a value"),
    ('flow = "call"', 'flow = "cal"', "flow =", "the flow is called 'cal' but its file call.toml"),
    ('title = "Nothing to do"', "title = " + "[" * 20_000, "title = [", "brackets are nested far too deeply"),
    ('title = "Nothing to do"', "title = " + "{a=" * 20_000, "title = {", "brackets are nested far too deeply"),
    ("[steps.owner.exits]", "[steps.owner.exits.deep]", "[steps.owner.exits.deep]", "'deep' must be text"),
    ('gives = ["verified"]', 'gives = "verified"', "gives", "'gives' must be a list in [brackets]"),
]


@pytest.mark.parametrize(("old", "new", "words", "sentence"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_file_is_one_sentence_with_its_line(old: str, new: str, words: str, sentence: str) -> None:
    """An author reads where the mistake is and what would be right."""
    text = edited("call", old, new)["call"]
    with pytest.raises(FlowError) as caught:
        parse(text, "trees/call.toml")
    assert sentence in caught.value.sentence
    assert "\n" not in caught.value.sentence
    assert words in text.splitlines()[caught.value.line - 1]
    assert str(caught.value) == f"trees/call.toml:{caught.value.line}: {caught.value.sentence}"


def test_a_file_cut_short_names_its_last_line() -> None:
    """A download that broke off is told as such."""
    text = CALL[: CALL.index("[steps.fine]")] + "[steps.fine"
    with pytest.raises(FlowError, match="the file ends in the middle of something") as caught:
        parse(text, "call.toml")
    assert caught.value.line == len(text.splitlines())


@given(cut=st.integers(min_value=0, max_value=len(CALL) - 1))
def test_a_file_cut_anywhere_is_refused_or_whole(cut: int) -> None:
    """No place to cut a flow file makes anything but a flow or one sentence."""
    try:
        parse(CALL[:cut], "call.toml")
    except FlowError as error:
        assert 1 <= error.line <= CALL.count("\n") + 1


@given(start=st.integers(0, len(CALL) - 1), length=st.integers(0, 30), text=st.text(max_size=12))
def test_no_edit_crashes_the_loader(start: int, length: int, text: str) -> None:
    """Whatever an author types into a flow file, the answer is a flow or one sentence."""
    try:
        parse(CALL[:start] + text + CALL[start + length :], "call.toml")
    except FlowError as error:
        assert error.sentence


LITERALS = ("5", "true", "[]", "{}", "[1]", '""', "{ a = 1 }", "1979-05-27", "nan", '["x"]', "[{}]", '{ phone = "x" }')
KEYS = sorted({line.partition(" =")[0] for line in CALL.splitlines() if " = " in line and not line.startswith(" ")})


@given(key=st.sampled_from(KEYS), literal=st.sampled_from(LITERALS))
def test_a_value_of_any_kind_is_understood_or_refused(key: str, literal: str) -> None:
    """A number, list or table in place of a text is told as such, on a line of that key or its step."""
    lines = [f"{key} = {literal}" if line.startswith(f"{key} = ") else line for line in CALL.splitlines()]
    try:
        parse("\n".join(lines), "call.toml")
    except FlowError as error:
        assert 1 <= error.line <= len(lines)


def test_control_characters_in_words_are_replaced() -> None:
    """A flow file cannot steer a terminal; line breaks in a long text stay."""
    words = 'say = """Hello\\u001b[31m\nthere\\u200b\\u202e"""'
    flow = parse(edited("call", 'say = "May I see your card?"', words)["call"], "call.toml")
    step = flow.steps["sure"]
    assert isinstance(step, ChoiceStep)
    assert step.say == "Hello�[31m\nthere"


def test_a_folder_of_files_is_a_library(tmp_path: Path) -> None:
    """Every .toml file in the folder is a flow; other files are left alone."""
    folder = write(FILES, tmp_path)
    (folder / "notes.txt").write_text("not a flow")
    assert sorted(loader.library(folder).flows) == ["call", "repair"]
    assert loader.library(folder) == load(FILES)[0]


def test_the_shipped_flows_are_read_when_they_are_wanted() -> None:
    """They are the same flows as those of their folder; one that does not exist is a KeyError, not a file's error."""
    later, folder = loader.library(), loader.library(loader.shipped())
    assert list(later.flows) == list(folder.flows)
    assert later == folder
    assert later.version == folder.version
    assert "nobody" not in later.flows
    with pytest.raises(KeyError):
        later.flows["../call"]


def test_files_from_windows_are_read(tmp_path: Path) -> None:
    """A byte-order mark and Windows line ends do no harm."""
    (tmp_path / "call.toml").write_bytes(b"\xef\xbb\xbf" + CALL.replace("\n", "\r\n").encode())
    assert loader.library(tmp_path).flows["call"] == load(FILES)[0].flows["call"]


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    """A mistyped folder is told, not an empty library."""
    with pytest.raises(FlowError, match="there is no such folder"):
        loader.library(tmp_path / "nowhere")


def test_a_folder_without_flows_is_a_sentence(tmp_path: Path) -> None:
    """So is a folder that holds something else."""
    with pytest.raises(FlowError, match="no flow files here"):
        loader.library(tmp_path)


def test_a_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    """An editor that saved in another encoding is found by the line of the first odd byte."""
    (tmp_path / "call.toml").write_bytes(CALL.encode().replace(b"Welcome", b"Bienvenid\xe9"))
    with pytest.raises(FlowError, match="is not UTF-8 text") as caught:
        loader.library(tmp_path)
    assert caught.value.line == line_with(CALL, "Welcome")


def test_a_huge_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    """More than 1 MiB is no flow file."""
    (tmp_path / "call.toml").write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(FlowError, match="larger than 1 MiB"):
        loader.library(tmp_path)


def test_a_folder_named_like_a_flow_is_a_sentence(tmp_path: Path) -> None:
    """What cannot be opened is told with its name."""
    (tmp_path / "call.toml").mkdir()
    with pytest.raises(FlowError, match=r"call\.toml: is not a file"):
        loader.library(tmp_path)


def test_a_pipe_named_like_a_flow_keeps_nobody_waiting(tmp_path: Path) -> None:
    """What would never end is not read at all."""
    os.mkfifo(tmp_path / "call.toml")
    with pytest.raises(FlowError, match=r"call\.toml: is not a file; name a text file"):
        loader.library(tmp_path)


@pytest.mark.parametrize(
    ("addition", "line", "told"),
    [
        (".".join("a" * 30_000) + " = 1", 1, "a name in 32 parts or more"),
        ("[" + " . ".join(["'a'"] * 40) + "]", 1, "a name in 32 parts or more"),
        ("a" * 100_000 + " = 1", 1, f"'{'a' * 60}...' is not a word a flow has"),
        ("".join(f"[steps.x{n}]\n{LOOKUP}" for n in range(400)), -1, "'steps' may have at most 300"),
    ],
    ids=("dots", "header", "word", "steps"),
)
def test_a_file_made_to_be_slow_is_refused_at_once(addition: str, line: int, told: str) -> None:
    """Names of a thousand parts, and more steps than anybody could look over, are one sentence like any mistake."""
    text = CALL.rstrip() + f"\n\n{addition}\n" if line < 0 else f"{addition}\n{CALL}"
    with pytest.raises(FlowError) as caught:
        parse(text, "call.toml")
    assert told in caught.value.sentence
    assert caught.value.line == 1


def test_a_long_list_of_mistakes_is_told_by_its_first(tmp_path: Path) -> None:
    """Ten thousand wrong words in one list are one sentence."""
    also = 'label = "No card"\nalso = [' + "1, " * 10_000 + "]"
    with pytest.raises(FlowError, match="'also' must be text in quotes"):
        parse(edited("call", 'label = "No card"', also)["call"], "call.toml")


def test_lines_are_found_within_a_step() -> None:
    """A finding points at the choice or exit it is about, not at one of the same name elsewhere."""
    source = Source("call.toml", CALL)
    assert source.line_of("sure") == line_with(CALL, "[steps.sure]")
    assert source.line_of("sure", "no-card") == line_with(CALL, 'code = "no-card"')
    assert source.line_of("bell", "silent") == line_with(CALL, 'code = "silent"')
    assert source.line_of("wheel", "empty") == line_with(CALL, "empty =")
    assert source.line_of("state", "nothing-of-the-kind") == line_with(CALL, "[steps.state]")
    assert source.line_of("no-such-step") == 1
    assert source.line_of(needle="start") == line_with(CALL, "start =")


def test_a_header_inside_a_long_text_is_only_text() -> None:
    """Words in triple quotes that look like a header do not move the lines."""
    text = 'a = """\n[steps.fake]\n"""\n[steps.real]\nb = 1\n'
    assert Source("x.toml", text).line_of("real", "b") == 5
    assert Source("x.toml", text).line_of("fake") == 1
