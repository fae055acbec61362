"""The admin command: clear answers, exit codes that scripts can trust, and never a traceback."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows import loader
from wizard import cli, cli_flows
from wizard.admin import main as admin_main

CALL = """\
flow = "call"
title = "A tiny call"
summary = "One question."
revision = 1
start = "lessons"

[steps.lessons]
kind = "choice"
say = "Is it about the lessons?"
ask = "Lessons?"
choices = [
  { code = "yes", label = "Yes", to = "done" },
  { code = "no", label = "No", to = "done" },
]

[steps.done]
kind = "outcome"
result = "referred"
title = "Done"
say = "Somebody calls you back."
do = "Write it down."
next = "A call."
"""

SCENARIO = """\
name = "lessons"
about = "It is about the lessons."
channel = "counter"
ends = "call/done"
says = "calls you back"

[[turns]]
step = "call/lessons"
choose = "yes"
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A folder with one flow and one scenario that takes one of its two answers."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "call.toml").write_text(CALL)
    (tmp_path / "scenarios" / "lessons.toml").write_text(SCENARIO)
    return tmp_path


@pytest.fixture
def shipped_copy(tmp_path: Path) -> Path:
    """A copy of the shipped flows, to break."""
    for path in loader.shipped().glob("*.toml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Run the command; return its exit code and what it printed."""
    code = cli.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return code, out, err


# -- check


def test_check_passes_on_the_shipped_flows(capsys: pytest.CaptureFixture[str]) -> None:
    """What comes with the product has no mistakes."""
    code, out, err = run(capsys, "check")
    assert (code, err) == (0, "")
    assert out.endswith("no mistakes.\n")


def test_check_names_file_line_rule_and_a_way_to_mend_it(
    capsys: pytest.CaptureFixture[str], shipped_copy: Path
) -> None:
    """One edit to a shipped flow is found on its line."""
    file = shipped_copy / "call.toml"
    text = file.read_text()
    before, name, _ = text.partition('lookup = "channel"')
    assert name
    file.write_text(text.replace('lookup = "channel"', 'lookup = "chanel"', 1))
    code, out, _ = run(capsys, "check", "--flows", shipped_copy)
    assert code == 1
    line = before.count("\n") + 1
    assert f"{file}:{line}: unknown-name: step 'channel': there is no lookup 'chanel'\n" in out
    assert "    mend: did you mean 'channel'?\n" in out


def test_check_shows_a_call_that_runs_into_the_mistake(capsys: pytest.CaptureFixture[str], tiny: Path) -> None:
    """A fact that is missing comes with the way there."""
    (tiny / "call.toml").write_text(CALL.replace("calls you back", "calls you back, {first_name}"))
    code, out, _ = run(capsys, "check", "--flows", tiny)
    assert code == 1
    assert "unverified-data: step 'done': {first_name} is used where 'student' (the student is found) is not" in out
    assert "    on the way: call/lessons: yes > call/done\n" in out


def test_check_lists_every_file_that_cannot_be_read(capsys: pytest.CaptureFixture[str], shipped_copy: Path) -> None:
    """Two broken files are two findings, not the first one only."""
    (shipped_copy / "call.toml").write_text("flow = ")
    (shipped_copy / "extra.toml").write_bytes(b"flow = 1\n")
    code, out, _ = run(capsys, "check", "--flows", shipped_copy)
    assert code == 1
    assert "call.toml:1: unreadable: " in out
    assert "extra.toml:1: unreadable: " in out


def test_what_is_no_file_is_a_finding_too(capsys: pytest.CaptureFixture[str], shipped_copy: Path) -> None:
    """A folder with the name of a flow is reported like a broken flow; a program can read it, too."""
    (shipped_copy / "extra.toml").mkdir()
    code, out, _ = run(capsys, "check", "--flows", shipped_copy, "--json")
    assert code == 1
    assert [finding["rule"] for finding in json.loads(out)] == ["unreadable"]
    assert run(capsys, "check", "--flows", shipped_copy / "nowhere")[0] == 2


def test_check_as_json_is_for_programs(capsys: pytest.CaptureFixture[str], tiny: Path) -> None:
    """Every finding has the same fields, and nothing else is printed."""
    (tiny / "call.toml").write_text(CALL.replace('to = "done" },\n  { code = "no"', 'to = "dine" },\n  { code = "no"'))
    code, out, _ = run(capsys, "check", "--flows", tiny, "--json")
    (finding,) = json.loads(out)
    assert code == 1
    assert finding["rule"] == "unknown-target"
    assert (finding["flow"], finding["step"], finding["line"], finding["warning"]) == ("call", "lessons", 12, False)


def test_advice_does_not_fail_a_check(capsys: pytest.CaptureFixture[str], tiny: Path) -> None:
    """An empty 'say' is reported as advice, and the check still succeeds."""
    (tiny / "call.toml").write_text(CALL.replace('say = "Is it about the lessons?"\n', ""))
    code, out, _ = run(capsys, "check", "--flows", tiny)
    assert code == 0
    assert "nothing-to-say: step 'lessons': 'say' is empty (advice)" in out
    assert "no mistakes, 1 piece of advice." in out


def test_strict_asks_for_a_scenario_for_every_answer(capsys: pytest.CaptureFixture[str], tiny: Path) -> None:
    """An answer that no written-down call takes is named with its line."""
    code, out, _ = run(capsys, "check", "--strict", "--flows", tiny)
    assert code == 1
    assert f"{tiny / 'call.toml'}:13: uncovered: step 'lessons': no scenario takes the answer 'no'" in out
    again = SCENARIO.replace('"lessons"\nabout', '"no-lessons"\nabout').replace('"yes"', '"no"')
    (tiny / "scenarios" / "no-lessons.toml").write_text(again)
    code, out, _ = run(capsys, "check", "--strict", "--flows", tiny)
    assert (code, out) == (0, "1 flows, 2 steps, 2 scenarios: no mistakes.\n")


def test_strict_tells_which_turn_of_which_scenario_goes_otherwise(
    capsys: pytest.CaptureFixture[str], tiny: Path
) -> None:
    """A scenario that no longer fits its flow is a finding on the line of the turn."""
    file = tiny / "scenarios" / "lessons.toml"
    file.write_text(SCENARIO.replace('choose = "yes"', 'choose = "maybe"'))
    code, out, _ = run(capsys, "check", "--strict", "--flows", tiny)
    assert code == 1
    assert f"{file}:7: scenario: turn 1: at 'call/lessons' this cannot be done: choose maybe" in out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("check", "--flows", "no-such-folder"), "no-such-folder: there is no such folder"),
        (("check", "--district", "no-such-file.toml"), "no-such-file.toml"),
        (("draw", "cal"), "cal: there is no flow of this name; did you mean 'call'"),
        (("draw", "xyzzy"), "xyzzy: there is no flow of this name; there are "),
        (("play", "no-such-scenario.toml"), "no-such-scenario.toml: cannot be read: No such file or directory"),
        (("diagnose", "S0123456", "--id", "12"), "--id: an ID here has 7 digits"),
    ],
)
def test_a_wrong_name_is_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    """Whatever does not exist is told on standard error, with exit code 2."""
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert sentence in err
    assert err.count("\n") == 1


# -- draw, list, play, diagnose


def test_draw_prints_a_picture_or_an_outline(capsys: pytest.CaptureFixture[str], tiny: Path) -> None:
    """The outline is for reading, Mermaid for a picture."""
    code, out, _ = run(capsys, "draw", "call", "--flows", tiny)
    assert code == 0
    assert out.startswith("A tiny call (call, revision 1)\n")
    code, out, _ = run(capsys, "draw", "call", "--flows", tiny, "--format", "mermaid")
    assert code == 0
    assert 's_lessons -->|"Yes"| s_done' in out


def test_list_names_each_flow(capsys: pytest.CaptureFixture[str], tiny: Path) -> None:
    """One line for each flow: name, size, title."""
    assert run(capsys, "list", "--flows", tiny) == (0, "call    2 steps  A tiny call\n", "")


def test_play_says_how_each_call_went(capsys: pytest.CaptureFixture[str], tiny: Path) -> None:
    """A call that goes as written is 0; the first difference is told, with 1."""
    good, bad = tiny / "scenarios" / "lessons.toml", tiny / "other.toml"
    bad.write_text(SCENARIO.replace('"lessons"\nabout', '"other"\nabout').replace("calls you back", "hangs up"))
    (tiny / "flows").mkdir()
    (tiny / "call.toml").rename(tiny / "flows" / "call.toml")
    assert run(capsys, "play", good, "--flows", tiny / "flows") == (0, "lessons: goes as written\n", "")
    code, out, _ = run(capsys, "play", good, bad, "--flows", tiny / "flows")
    assert code == 1
    assert "other: the family should hear 'hangs up', but hears 'Somebody calls you back.'" in out


def test_play_reads_every_file_before_the_first_call(capsys: pytest.CaptureFixture[str], tiny: Path) -> None:
    """A broken scenario file is told with its line, and nothing is played."""
    (tiny / "bad.toml").write_text("name = 1\n")
    code, out, err = run(capsys, "play", tiny / "scenarios" / "lessons.toml", tiny / "bad.toml")
    assert (code, out) == (2, "")
    assert "bad.toml:1: " in err


def test_diagnose_says_what_is_wrong_with_a_username(capsys: pytest.CaptureFixture[str]) -> None:
    """D07: code, the username as it should be, and what to say."""
    code, out, _ = run(capsys, "diagnose", "123456", "--id", "0123456")
    assert code == 0
    assert "code:       missing-prefix-and-zero\nnormalized: S0123456\nsay:        " in out
    code, out, _ = run(capsys, "diagnose", "SO123456", "--json")
    told = json.loads(out)
    assert (told["typed"], told["code"], told["normalized"]) == ("SO123456", "letter-for-zero", "S0123456")
    assert told["say"]


def test_diagnose_for_another_district(capsys: pytest.CaptureFixture[str]) -> None:
    """Another district's file makes another district's diagnosis: nine digits, no letter."""
    district = Path(__file__).parents[1] / "fixtures" / "nine-digits.toml"
    code, out, _ = run(capsys, "diagnose", "123456789", "--district", district)
    assert code == 0
    assert "code:       right\n" in out


def test_control_characters_never_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """What was typed is shown, but cannot steer the terminal."""
    for arguments in (("diagnose", "S012\x1b[31m3456"), ("draw", "ca\x1b[31mll"), ("check", "--flows", "a\x9bb")):
        _, out, err = run(capsys, *arguments)
        assert "\x1b" not in out + err
        assert "\x9b" not in out + err
        assert "\ufffd" in out + err


# -- never a traceback


def test_interrupting_a_command_is_quiet(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C ends a command with 130 and no words."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_flows.loader, "library", interrupted)
    assert admin_main(["list"]) == 130
    assert capsys.readouterr() == ("", "")


def test_a_mistake_of_ours_is_one_line_without_values(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even a bug prints no traceback, and no value that could be a student's."""

    def broken(*_: object) -> None:
        raise ValueError("S0123456")

    monkeypatch.setattr(cli_flows.loader, "library", broken)
    code, out, err = run(capsys, "list")
    assert (code, out) == (70, "")
    assert err.startswith("A mistake in the program: ValueError at test_cli.py:")
    assert "S0123456" not in err
    assert err.count("\n") == 1


def admin(*arguments: str, **options: object) -> "subprocess.Popen[str]":
    """Start the command as a process of its own."""
    command = [sys.executable, "-m", "wizard.cli", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)  # type: ignore[call-overload]


def test_a_reader_that_goes_away_is_no_trouble() -> None:
    """`portal-wizard-admin draw call | head -1` prints no error."""
    process = admin("draw", "call")
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait() == 141


def test_a_command_without_a_name_is_told_what_there_is() -> None:
    """Called with nothing, the command says how it is used."""
    _, err = (process := admin()).communicate()
    assert process.returncode == 2
    assert "usage: portal-wizard-admin" in err


def test_playing_a_call_never_loads_textual(tmp_path: Path) -> None:
    """Also the casework and the store work without the terminal UI's library."""
    shipped = loader.shipped() / "scenarios" / "claim-at-the-counter.toml"
    scenario = tmp_path / shipped.name
    shutil.copy(shipped, scenario)
    program = (
        "import sys\nfrom wizard.cli import main\n"
        f"code = main(['play', {str(scenario)!r}])\n"
        "print(code, sorted({'textual', 'rich', 'screens'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "claim-at-the-counter: goes as written\n0 []\n"
