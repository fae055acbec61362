"""The installed commands in a real terminal, over a real data folder that is opened and checked afterwards."""

import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from terminal import Terminal, program

from wizard.records import Records

NINE_DIGITS = Path(__file__).parents[1] / "fixtures" / "nine-digits.toml"
ROSTER = "\r".join(
    (
        "School_id,Student_id,Student_number,Last_name,Middle_name,First_name,Grade,Username,Password",
        "02M800,738733110,738733110,O'Hara,K,Frida,9,fridao84,canary-in-the-export",
        "02M800,913113920,913113920,Nguyen-Tran,T,José,9,joset20,iiban1oB6",
        "13K123,841688312,841688312,De La Cruz,,Lê Thi,3,leth12,phee7kah3R",
        "",
    )
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder of a nine-digit district, with the roster as IT imports it."""
    export = tmp_path / "students.csv"
    export.write_text(ROSTER, encoding="utf-8", newline="")
    folder = tmp_path / "data"
    command = [program("portal-wizard-admin"), "roster", "import", str(export), "--yes"]
    places = ["--data", str(folder), "--district", str(NINE_DIGITS)]
    done = subprocess.run([*command, *places], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture
def opened(data: Path) -> Iterator[Callable[[], Terminal]]:
    """Open the wizard on the data folder, as often as needed."""
    terminals: list[Terminal] = []

    def open_wizard() -> Terminal:
        command = [program("portal-wizard"), "--data", str(data), "--district", str(NINE_DIGITS), "--agent", "dana"]
        terminals.append(Terminal(command))
        return terminals[-1]

    yield open_wizard
    for terminal in terminals:
        terminal.close()


def test_a_call_by_keys_survives_a_power_cut_and_is_on_record(opened: Callable[[], Terminal], data: Path) -> None:
    """A phone agent finds an imported student by keys alone; the window dies mid-call; the call goes on and ends."""
    terminal = opened()
    terminal.until("New call by phone")
    terminal.press("p")
    terminal.until("Which portal is it?")
    terminal.press("1")
    terminal.until("Find the student")
    terminal.press("ohara")
    terminal.until("1 found", "Frida")
    terminal.press("enter")
    assert "738733110" not in terminal.until("Who answered at the number on file?")
    terminal.press("1")
    terminal.until('1  "Authentication Failed"', "738733110")
    terminal.kill()

    again = opened()
    again.until("Frida O'Hara")
    again.press("enter")
    again.until('1  "Authentication Failed"', "738733110")
    again.press("ctrl+c")
    again.until("Nothing is lost")
    again.press("6")
    again.until("What do they see?")
    again.press("1")
    again.until("What happened?")
    again.press("1")
    again.until("Wrap up")
    again.press("enter")
    again.until("Close call")
    again.press("f9")
    again.until("No calls wait")
    again.press("ctrl+q")
    assert again.ended() == 0

    records = Records.open(data)
    with records.reading() as tables:
        assert tables.cases.open() == ()
        (case,) = tables.cases.all()
        lines = [line.what for line in tables.journal.of_case(case.id)]
    records.close()
    assert (case.channel, case.agent, case.status) == ("phone", "dana", "closed")
    assert [answer.code for answer in case.answers[:3]] == ["student-portal", "found", "phone"]
    assert case.answers[-1].step == "how-to-log-in/sign-in"
    # The record was looked at by the agent, and again when the call was taken up.
    assert (lines.count("opened"), lines.count("resumed"), lines.count("viewed")) == (1, 1, 2)
    written = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    assert b"canary-in-the-export" not in written


@pytest.mark.parametrize("keys", [["p"], ["p", "1", "ctrl+q"]], ids=["call", "question"])
def test_a_window_closed_behind_another_program_ends_the_wizard_too(data: Path, keys: list[str]) -> None:
    """Started by `make` or a script, which keeps the signal of its closed window: the call is saved, and all ends."""
    start = [program("portal-wizard"), "--data", str(data), "--district", str(NINE_DIGITS)]
    terminal = Terminal(["sh", "-c", f"trap '' HUP; {shlex.join(start)}; exit $?"])
    try:
        terminal.until("New call by phone")
        for key, words in zip(keys, ("Which portal", "Find the student", "Leave with a call open?"), strict=False):
            terminal.press(key)
            terminal.until(words)
        terminal.vanish()
        code = terminal.ended()
    finally:
        terminal.close()
    assert code == 129
    records = Records.open(data)
    with records.reading() as tables:
        (case,) = tables.cases.open()
    records.close()
    assert (case.channel, len(case.answers)) == ("phone", len(keys) // 2)


def test_a_terminal_of_40_by_10_still_works(data: Path) -> None:
    """The smallest window anyone has shows the question and takes the answer."""
    command = [program("portal-wizard"), "--data", str(data), "--district", str(NINE_DIGITS), "--agent", "dana"]
    terminal = Terminal(command, columns=40, rows=10)
    try:
        terminal.until("counter")
        terminal.press("c")
        terminal.until("Which portal is it?")
        terminal.press("1")
        terminal.until("Find the student")
        terminal.press("ctrl+q")
        terminal.until("Leave")
    finally:
        terminal.close()


def test_without_a_terminal_it_says_so() -> None:
    """Started where no screen is, the wizard says what it needs and ends with 2."""
    done = subprocess.run(
        [program("portal-wizard")], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("option", "says"),
    [
        (["--district", "nowhere.toml"], "nowhere.toml"),
        (["--flows", "nowhere"], "nowhere"),
        (["--data", "/dev/null/data"], "/dev/null"),
    ],
    ids=["district", "flows", "data"],
)
def test_what_cannot_be_opened_is_one_sentence(option: list[str], says: str, tmp_path: Path) -> None:
    """A wrong district file, flows folder or data folder ends with a sentence, never a traceback."""
    given = option if option[0] == "--data" else [*option, "--data", str(tmp_path)]
    terminal = Terminal([program("portal-wizard"), *given])
    try:
        code = terminal.ended()
        text = terminal.text
    finally:
        terminal.close()
    assert code == 2
    assert says in text.replace("\n", "")
    assert "Traceback" not in text
