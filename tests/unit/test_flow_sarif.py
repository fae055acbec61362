"""Editors and CI can show findings beside the line: SARIF 2.1.0."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_library import FILES, VOCABULARY, edited, load, write

from flows.finding import Finding
from flows.lint import RULES, lint, rule_name, rule_words
from flows.sarif import to_sarif
from wizard import cli


def log_of(files: dict[str, str], base: Path) -> dict[str, object]:
    library, sources = load(files)
    return to_sarif(lint(library, VOCABULARY, sources), rule_words(), "1.0", base)


def texts(value: object) -> Iterator[str]:
    """Return every string in a log."""
    match value:
        case dict():
            for item in value.values():
                yield from texts(item)
        case list():
            for item in value:
                yield from texts(item)
        case str():
            yield value


def test_a_finding_keeps_its_place_its_rule_its_way_to_mend_it_and_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that the command prints is in the log, where the standard has a place for it."""
    monkeypatch.chdir(tmp_path)
    run = log_of(edited("call", '"No card"\nto = "not-ours"', '"No card"\nto = "fine"'), tmp_path)["runs"][0]  # type: ignore[index]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "unverified-data"
    assert result["level"] == "error"
    assert result["message"]["text"].startswith("step 'fine': {name} is used where 'verified'")
    assert "Mend: " in result["message"]["text"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "call.toml", "uriBaseId": "SRCROOT"}
    assert (
        edited("call", '"No card"\nto = "not-ours"', '"No card"\nto = "fine"')["call"]
        .splitlines()[place["region"]["startLine"] - 1]
        .startswith('say = "It is fine')
    )
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["message"]["text"] for step in steps] == [
        "call/owner: found",
        "call/sure: no-card",
        "call/fine",
    ]


def test_a_sound_library_gives_an_empty_log(tmp_path: Path) -> None:
    """No findings is a log without results, not a missing one: CI then knows that old ones are mended."""
    log = log_of(FILES, tmp_path)
    assert (log["version"], log["runs"][0]["results"]) == ("2.1.0", [])  # type: ignore[index]


def test_every_rule_is_described_and_advice_is_a_warning(tmp_path: Path) -> None:
    """An editor can say what each rule is about."""
    rules = {rule["id"]: rule for rule in log_of(FILES, tmp_path)["runs"][0]["tool"]["driver"]["rules"]}  # type: ignore[index]
    assert rules.keys() >= {rule_name(rule) for rule in RULES} | {"unreadable", "scenario", "uncovered"}
    assert all(rule["shortDescription"]["text"].endswith(".") for rule in rules.values())
    assert rules["nothing-to-say"]["defaultConfiguration"] == {"level": "warning"}
    assert rules["cycle"]["defaultConfiguration"] == {"level": "error"}


def test_a_finding_without_a_line_has_a_place_without_a_region(tmp_path: Path) -> None:
    """Lines count from 1; a file that cannot be read at all has none."""
    found = Finding("unreadable", str(tmp_path / "Lê #1.toml"), 0, "", "", "cannot be read", "")
    log = to_sarif([found], rule_words(), "1.0", tmp_path / "elsewhere")
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert "region" not in place
    assert place["artifactLocation"]["uri"].startswith("file:///")
    assert place["artifactLocation"]["uri"].endswith("L%C3%AA%20%231.toml")


def test_a_finding_is_known_again_when_lines_move(tmp_path: Path) -> None:
    """A comment above does not make an old finding a new one."""
    first, second = (
        to_sarif([Finding("cycle", "a.toml", line, "a", "b", "round", "fix")], rule_words(), "1.0", tmp_path)
        for line in (3, 30)
    )
    prints = [log["runs"][0]["results"][0]["partialFingerprints"] for log in (first, second)]
    assert prints[0] == prints[1]


def test_check_writes_the_log_to_a_file_or_prints_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`check --sarif` prints only the log for `-`; with a file, the findings are printed as always."""
    folder = write({"call": "flow = "}, tmp_path / "flows")
    assert cli.main(["check", "--flows", str(folder), "--sarif", "-"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert [result["ruleId"] for result in printed["runs"][0]["results"]] == ["unreadable"]
    target = tmp_path / "findings.sarif"
    assert cli.main(["check", "--flows", str(folder), "--sarif", str(target)]) == 1
    assert "call.toml:1: unreadable: " in capsys.readouterr().out
    assert json.loads(target.read_text("utf-8")) == printed


def test_a_log_holds_no_control_characters(tmp_path: Path) -> None:
    """What would steer a terminal was replaced when the flow was read."""
    log = log_of(edited("call", "Call them back.", "Call\\u001bthem {nam}"), tmp_path)
    assert not [text for text in texts(log) if "\x1b" in text]


@pytest.mark.parametrize("content", [b"# x\n" * 300_000, b'flow = "big"\n\xff\n', b"x = " + b"[" * 20_000], ids=len)
def test_a_file_that_is_no_flow_is_one_finding(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A huge file, one that is not text and one of nothing but brackets are findings, not the end of the check."""
    folder = write(FILES, tmp_path / "flows")
    (folder / "big.toml").write_bytes(content)
    assert cli.main(["check", "--flows", str(folder), "--sarif", "-"]) == 1
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["unreadable"]
    assert results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("big.toml")
