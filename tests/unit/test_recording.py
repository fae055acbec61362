"""Recording: a call from the records becomes a scenario that plays, with nothing of the student in it."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import loader
from flows.play import play
from flows.scenario import Scenario, load_scenario, parse_scenario, scenario_files
from flows.source import Source
from wizard import district as districts
from wizard.accounts import Account, Student
from wizard.desk import Desk
from wizard.practice import practice_desk
from wizard.recording import record, to_toml
from wizard.records import Records
from wizard.rehearsal import CaseworkDriver, rehearse

NOW = datetime(2021, 8, 2, 12, 30, tzinfo=UTC)
LIBRARY = loader.library()
TRIED = (
    "second-search-finds-the-student",
    "colleague-claims-at-the-same-moment",
    "claim-at-the-counter",
    "fifth-wrong-try-at-the-counter",
    "two-digits-of-the-username-swapped",
    "apostrophe-missing-in-the-last-name",
    "ticket-resolved-and-claimed-again",
    "too-new-student",
    "enrolled-yesterday-and-not-found",
    "reset-by-phone-is-always-guided",
)


def admin(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the admin command as a program of its own."""
    return subprocess.run([sys.executable, "-m", "wizard.cli", *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", TRIED)
def test_what_was_played_is_recorded_and_plays_again(name: str) -> None:
    """A call goes into the records as one scenario and comes out as another that ends at the same step."""
    (path,) = (file for file in scenario_files() if file.stem == name)
    scenario = load_scenario(path)
    with practice_desk(library=LIBRARY) as desk:
        call = desk.start(scenario.channel)
        assert play(scenario, CaseworkDriver(desk, call)).ok
        ends, taken = call.view.key, call.taken()
    recording = record(call.case, LIBRARY, "recorded")
    assert recording is not None
    assert (recording.stopped, recording.scenario.ends) == ("", ends)
    written: Scenario = parse_scenario(Source("recorded.toml", to_toml(recording.scenario)))
    assert written == recording.scenario
    played = rehearse(written, LIBRARY)
    assert played.first_difference == ""
    assert {exit for exit in taken if "call/" not in exit[0]} <= played.taken


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """Records with one finished call about a student who must not be recognized."""
    data = tmp_path / "data"
    records = Records.open(data, clock=lambda: NOW)
    student = Student(id="0987654", last="Quillfeather", first="Zephyrine", school="Oak", grade="5")
    with records.transaction() as tables:
        tables.accounts.put(Account(student=student))
    desk = Desk(records, LIBRARY, districts.load(None), lambda: NOW, "dana-the-agent")
    call = desk.start("counter")
    for code in ("student-portal",):
        call.choose(code)
    call.pick("0987654")
    call.choose("photo-id")
    call.choose("wrong-username") if any(c.code == "wrong-username" for c in call.view.choices) else None
    call.note("Zephyrine cried.")
    (tmp_path / "code").write_text(call.case.code)
    desk.close()
    return tmp_path


def test_nothing_of_the_student_is_in_the_file(real: Path) -> None:
    """No name, ID, note, agent, school or time of the call; and the file plays by itself."""
    code = (real / "code").read_text()
    target = real / "first-day.toml"
    done = admin("record", code.lower(), "-o", str(target), "--data", str(real / "data"))
    assert done.returncode == 0, done.stderr
    text = target.read_text()
    for private in ("Zephyrine", "Quillfeather", "0987654", "987654", "cried", "dana", "Oak", "2021", code):
        assert private.casefold() not in text.casefold()
    assert admin("play", str(target)).stdout == "first-day: goes as written\n"
    again = admin("record", code, "-o", str(target), "--data", str(real / "data"))
    assert (again.returncode, "nothing is written over" in again.stderr) == (2, True)
    assert target.read_text() == text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("ZZZZ",), "There is no call ZZZZ in the records."),
        (("ZZZZ", "-o", "Bad Name.toml"), "name the scenario file such as"),
    ],
)
def test_what_cannot_be_recorded_is_said(real: Path, arguments: tuple[str, ...], sentence: str) -> None:
    """A wrong code or file name is a sentence and exit code 2."""
    done = admin("record", *arguments, "--data", str(real / "data"))
    assert done.returncode == 2
    assert sentence in done.stderr
