"""The page for authors is true: each example is carried out, and its table of rules is the program's."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from flows import loader
from flows.finding import WARNINGS
from flows.lint import rule_words
from wizard import cli

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "authoring.md").read_text("utf-8")
BLOCK = re.compile(r"^```(toml|console) ?(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTIONS = {
    part.partition("\n")[0]: [(match[1], match[2], match[3]) for match in BLOCK.finditer(part)]
    for part in PAGE.split("\n## ")[1:]
}
EXAMPLES = [name for name, blocks in SECTIONS.items() if blocks]


@pytest.mark.parametrize("section", EXAMPLES)
def test_each_example_does_what_the_page_says(
    section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An author who follows the page, section after section, sees what it shows."""
    shutil.copytree(loader.shipped(), tmp_path / "flows" / "library")
    shutil.copytree(loader.shipped(), tmp_path / "my-flows")
    monkeypatch.chdir(tmp_path)
    before = ""
    for earlier in EXAMPLES[: EXAMPLES.index(section)]:
        for kind, told, body in SECTIONS[earlier]:
            before = carry_out(kind, told, body, before) if kind == "toml" else before
    for kind, told, body in SECTIONS[section]:
        if kind == "toml":
            before = carry_out(kind, told, body, before)
        else:
            compare(body, capsys)


def carry_out(kind: str, told: str, body: str, before: str) -> str:
    """Do what a block says with its file; return the text to be replaced by the next one."""
    name, _, what = told.partition(": ")
    file = Path("my-flows") / name
    text = file.read_text("utf-8") if file.exists() else ""
    match what:
        case "before":
            assert text.count(body.rstrip("\n")) >= 1, f"{body!r} is not in {name}"
            return body.rstrip("\n")
        case "after":
            file.write_text(text.replace(before, body.rstrip("\n"), 1), "utf-8")
        case "at the end":
            file.write_text(text + body, "utf-8")
        case "new":
            assert not file.exists()
            file.write_text(body, "utf-8")
        case _:
            raise AssertionError(f"a block is headed {told!r}")
    return ""


def compare(body: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Run the commands of a block; each line shown below one is printed by it."""
    for shown in body.split("$ ")[1:]:
        command, *lines = shown.splitlines()
        program, *arguments = shlex.split(command)
        assert program == "portal-wizard-admin"
        code = cli.main(arguments)
        printed = capsys.readouterr()
        assert code in (0, 1), printed.err
        wanted = [(line, re.escape(line.removesuffix(".")).replace("…", r"\S+")) for line in lines]
        missing = [line for line, pattern in wanted if not re.search(pattern, printed.out)]
        assert not missing, printed.out


def between(mark: str) -> str:
    """Return the part of the page between two marks."""
    found = re.search(rf"<!-- {mark}.*?-->\n(.*?)<!-- end of {mark} -->", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_table_of_rules_is_the_programs() -> None:
    """Every rule is on the page with its sentence, and no other one."""
    lines = ["| rule | what it finds |", "|---|---|"]
    lines += [
        f"| `{name}`{' (advice)' if name in WARNINGS else ''} | {words} |" for name, words in rule_words().items()
    ]
    table = "\n".join(("", *lines, "", ""))
    assert between("rules") == table, f"put this between the marks in docs/authoring.md:\n{table}"
