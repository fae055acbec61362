"""A lead can read every path and sign it, and see what changed for callers since."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from small_library import FILES, VOCABULARY, edited, load

from flows import loader
from flows.changes import Seen, changes
from flows.paths import MOST, calls, paths, rows
from flows.reach import explore
from wizard import cli
from wizard.cli_paths import to_csv, to_markdown
from wizard.vocabulary import VOCABULARY as SHIPPED_VOCABULARY


def seen(files: dict[str, str]) -> Seen:
    library, _ = load(files)
    return Seen(library, explore(library, VOCABULARY))


def test_each_path_of_a_flow_is_one_row_with_its_end() -> None:
    """Questions and answers in words; where it ends, or which flow goes on."""
    small = seen(FILES)
    table = {row[2]: row[3:] for row in rows(small.library, small.reach, "call")}
    start = "Whose bicycle is it: found > Is it them: Card seen > state: "
    assert table[start + "whole"] == ("Nothing to do", "solved", "They ride home.")
    end = f"{start}broken > Does it ring: It rings / Silence > Wheel size: small / large"
    assert table[end] == ("goes on with: Repair", "", "see the flow repair")
    assert len(table) == 4


def test_a_path_that_no_call_can_take_is_left_out() -> None:
    """What is established before a flow closes some of its paths."""
    small = seen(edited("repair", 'whole = "mended"', 'broken = "later"\nwhole = "mended"'))
    ends = [path.steps[-1] for path in paths(small.library, small.reach, "repair")]
    assert ("now", ("broken",)) not in ends
    assert ("now", ("whole",)) in ends


def test_the_paths_of_the_shipped_flows_cover_every_exit_and_every_end() -> None:
    """Nothing that staff can run into is missing from what is signed."""
    library = loader.library()
    reach = explore(library, SHIPPED_VOCABULARY)
    taken, ends = set(), set()
    for name in library.flows:
        for path in paths(library, reach, name):
            taken |= {(f"{name}/{step}", code) for step, codes in path.steps for code in codes}
            ends.add(f"{name}/{path.end}")
    steps = {f"{name}/{key}": step for name, flow in library.flows.items() for key, step in flow.steps.items()}
    assert taken == {(key, code) for key, step in steps.items() for code in step.exits}
    assert ends >= {key for key, step in steps.items() if step.kind == "outcome"}
    assert calls(reach) > 10_000


def test_more_paths_than_anybody_reads_are_cut_and_said_to_be() -> None:
    """Twelve questions after each other are thousands of paths; the table says that it stops."""
    choice = 'choices = [{{ code = "a", label = "A", to = "a{1}" }}, {{ code = "b", label = "B", to = "b{1}" }}]\n'
    step = '[steps.{2}{0}]\nkind = "choice"\nsay = "S"\nask = "Q{0}?"\n' + choice
    end = '[steps.{0}12]\nkind = "outcome"\nresult = "solved"\ntitle = "T"\nsay = "S"\ndo = "D"\nnext = "N"\n'
    head = 'flow = "call"\ntitle = "Long"\nsummary = "Long."\nrevision = 1\nstart = "a0"\n'
    body = "".join(step.format(number, number + 1, side) for number in range(12) for side in "ab")
    long = seen({"call": head + body + end.format("a") + end.format("b")})
    table = [*rows(long.library, long.reach, "call")]
    assert len(table) == MOST + 1
    assert f"more than {MOST} paths" in table[-1][2]
    assert calls(long.reach) == 2**12


def test_the_table_opens_in_a_spreadsheet_that_calculates_nothing() -> None:
    """UTF-8 with its mark; a cell that looks like a formula is text; every row has its six cells."""
    told = seen(edited("repair", 'title = "Mended"', 'title = "=SUM(1,2) Lê"'))
    text = to_csv(told.library, rows(told.library, told.reach, "repair"), 3)
    assert text.startswith("\ufeffFlow,No.,Path,")
    table = [*csv.reader(io.StringIO(text[1:]))]
    assert {len(row) for row in table} == {6}
    assert "'=SUM(1,2) Lê" in {row[3] for row in table}
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_the_table_in_markdown_keeps_its_columns() -> None:
    """A bar in a label does not make a column; each flow has a line to sign."""
    told = seen(edited("call", 'label = "Card seen"', 'label = "Card | *seen*"'))
    text = to_markdown(told.library, rows(told.library, told.reach, "call"), calls(told.reach))
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {6}
    assert text.count("Read and agreed") == 1
    assert f"a call can go {calls(told.reach):,} ways" in text


CHANGED = [
    ("call", 'label = "Card seen"', 'label = "Card shown"', "call/sure: words changed: label of 'card-seen'"),
    (
        "call",
        'whole = "fine"',
        'whole = "not-ours"',
        "call/state: the answer 'whole' leads to 'not-ours', no longer 'f",
    ),
    ("call", 'whole = "fine"', 'whole = "not-ours"', "call: path lost: Whose bicycle is it: found > Is it them: Card"),
    ("call", 'whole = "fine"', 'whole = "not-ours"', "call: path gained: Whose bicycle is it: found > Is it them: C"),
    ("call", 'small = "@repair"\n', "", "call/wheel: the answer 'small' no longer leads to '@repair'"),
    ("call", ', gives = ["bell-tried"]', "", "call/bell: the answer 'rings' no longer establishes 'bell-tried'"),
    ("call", "Please type the size.", "Type the size.", "call/wheel: words changed: stay of 'empty'"),
    ("call", "Call them back.", "Call back.", "call/sure: words changed: phone"),
    ("call", 'result = "declined"', 'result = "referred"', "call/not-ours: result changed"),
    ("call", 'check = "size"', 'check = "owner"', "call/wheel: check changed"),
    ("call", 'start = "owner"', 'start = "sure"', "call: start changed"),
    ("repair", "[steps.later]", "[steps.latest]", "repair/latest: step added"),
    ("repair", "[steps.later]", "[steps.latest]", "repair/later: step removed"),
    ("repair", 'title = "Repair"', 'title = "Mending"', "repair: title changed"),
    ("call", 'label = "Card seen"', 'label = "Card shown"', "call: changed, but still revision 1"),
]


@pytest.mark.parametrize(("flow", "old", "new", "told"), CHANGED)
def test_what_changed_is_told(flow: str, old: str, new: str, told: str) -> None:
    """Steps, exits, facts, words and paths: each change is a line that names its place."""
    found = [str(change) for change in changes(seen(FILES), seen(edited(flow, old, new)))]
    assert [line for line in found if line.startswith(told)], found


def test_a_comment_changes_nothing_for_callers() -> None:
    """Only what callers and staff notice counts, not how the file is written."""
    commented = {name: f"# a note\n{text}" for name, text in FILES.items()}
    assert [*changes(seen(FILES), seen(commented))] == []


def test_a_flow_that_came_or_went_is_one_line() -> None:
    """A whole new flow is not told step by step."""
    spare = {**FILES, "spare": FILES["repair"].replace('flow = "repair"', 'flow = "spare"')}
    assert [str(change) for change in changes(seen(FILES), seen(spare))] == ["spare: flow added, with 5 steps"]
    assert [str(change) for change in changes(seen(spare), seen(FILES))] == ["spare: flow removed, with 5 steps"]


# -- on the command line


def test_paths_prints_or_writes_what_is_signed(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """One flow, or all; a file, or the terminal."""
    assert cli.main(["paths", "password-seen"]) == 0
    assert b"## Look at the password (password-seen, revision " in capsysbinary.readouterr().out
    assert cli.main(["paths", "--format", "csv"]) == 0
    printed = capsysbinary.readouterr().out
    target = tmp_path / "paths.csv"
    assert cli.main(["paths", "--format", "csv", "--output", str(target)]) == 0
    assert target.read_bytes() == printed
    assert printed.startswith(b"\xef\xbb\xbfFlow,")
    assert cli.main(["paths", "pasword-seen"]) == 2
    assert b"did you mean 'password-seen'?" in capsysbinary.readouterr().err


def test_diff_is_quiet_when_nothing_changed_and_fails_when_something_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script can ask whether an upgrade changes anything for callers."""
    same, other = tmp_path / "same", tmp_path / "other"
    for folder in (same, other):
        shutil.copytree(loader.shipped(), folder)
    assert cli.main(["diff", str(same), str(other)]) == 0
    assert capsys.readouterr().out == "Nothing changed.\n"
    file = other / "situation.toml"
    file.write_text(file.read_text("utf-8").replace("The password is forgotten", "Password forgotten"), "utf-8")
    assert cli.main(["diff", str(same), str(other)]) == 1
    out = capsys.readouterr().out
    assert (
        "situation/message: words changed: label of 'forgot-password'\n  - The password is forgotten\n  + Pass" in out
    )
    assert cli.main(["diff", str(tmp_path / "nowhere")]) == 2


def test_a_districts_changes_are_drawn_listed_signed_and_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What an overlay changes is seen in every picture of the trees, and on its own."""
    over = ["--overlay", str(tmp_path)]
    (tmp_path / "call.toml").write_text('flow = "call"\n[steps.portal]\nask = "Lessons, or grades?"\n')
    (tmp_path / "bus.toml").write_text(loader.read(loader.shipped() / "situation.toml").replace('"situation"', '"bus"'))
    assert cli.main(["draw", "call", *over]) == 0
    assert "Lessons, or grades?" in capsys.readouterr().out
    assert cli.main(["paths", "call", *over]) == 0
    assert "Lessons, or grades: " in capsys.readouterr().out
    assert cli.main(["list", *over]) == 0
    assert "bus   " in capsys.readouterr().out
    assert cli.main(["diff", *over]) == 1
    told = capsys.readouterr().out
    assert "call/portal: words changed: ask\n  - Which portal is it?\n  + Lessons, or grades?" in told
    assert "bus: flow added" in told
    assert "count it up" not in told
    assert cli.main(["diff", str(loader.shipped()), *over]) == 0
    (tmp_path / "bus.toml").write_text("flow = ")
    for command in (["draw", "call"], ["paths"], ["list"], ["diff"]):
        assert cli.main([*command, *over]) == 2
        assert f"{tmp_path}/bus.toml:1: " in capsys.readouterr().err


def test_diff_without_anything_to_compare_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    """It says what to name."""
    with pytest.raises(SystemExit) as left:
        cli.main(["diff"])
    assert left.value.code == 2
    assert "name the folder of the flows as they were" in capsys.readouterr().err
