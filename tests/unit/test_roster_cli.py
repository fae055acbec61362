"""`portal-wizard-admin roster import`: a dry run first, then all or nothing, in words for people and for programs."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from roster_files import AD_HOC, HEADER, ONEROSTER_11, written, zipped

from wizard import cli_roster
from wizard.admin import main as admin_main
from wizard.records import Records

ROWS = [f"01{number:05},Li,Ann,Practice High,9,,canary" for number in range(120)]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(path: Path, *options: str) -> tuple[int, str, str]:
        code = admin_main(["roster", "import", str(path), "--data", str(tmp_path / "data"), *options])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def students(tmp_path: Path, *rows: str) -> Path:
    return written(tmp_path, "\n".join((HEADER, *rows, "")))


def stored(tmp_path: Path) -> list[str]:
    records = Records.open(tmp_path / "data")
    try:
        with records.reading() as tables:
            return [account.student.id for account in tables.accounts.all()]
    finally:
        records.close()


def test_a_dry_run_shows_everything_and_changes_nothing(tmp_path: Path, run: Run) -> None:
    """What is read from where, masked samples, what is left out, what would change; nothing is changed yet."""
    code, out, err = run(students(tmp_path, *ROWS, "999,Le,Tam,,,,"))
    assert (code, err) == (0, "")
    for words in (
        "students.csv: CSV, 120 students",
        "student number  Student_Number   •••••00, •••••01, •••••02; 99.2% fit",
        "last name       Last_Name",
        "dropped unread  Password",
        "students.csv, line 122, column Student_Number: left out, the ID does not have 7 digits as it should.",
        "This is the first import",
        "Would import: 120 new, 0 changed, 0 unchanged, 0 gone, 1 refused.",
        "Nothing is changed yet; add --yes to import.",
    ):
        assert words in out
    assert "0100000" not in out
    assert stored(tmp_path) == []


def test_yes_imports_after_showing_the_same(tmp_path: Path, run: Run) -> None:
    """With --yes the dry run is shown, and then it is done."""
    code, out, _ = run(students(tmp_path, *ROWS), "--yes")
    assert code == 0
    assert out.index("Would import: 120 new") < out.index("Imported: 120 new")
    assert len(stored(tmp_path)) == 120


def test_json_has_every_problem(tmp_path: Path, run: Run) -> None:
    """Programs get all problems by file, line and column; people the first twenty and the number of the rest."""
    path = students(tmp_path, *(f"02{number:05},Le,Tam,,,," for number in range(3_000)), *["9,Le,Tam,,,,"] * 25)
    code, out, _ = run(path)
    assert (code, "... and 5 more rows left out" in out) == (0, True)
    code, out, _ = run(path, "--json", "--yes")
    told = json.loads(out)
    assert (code, told["imported"], told["counts"]["new"], told["counts"]["refused"]) == (0, True, 3_000, 25)
    assert told["problems"][0] == {
        "kind": "refused",
        "file": "students.csv",
        "line": 3_002,
        "column": "Student_Number",
        "reason": "the ID does not have 7 digits as it should",
    }
    assert len(told["problems"]) == 25
    assert told["mapping"]["last"] == "Last_Name"


@pytest.mark.parametrize("options", [(), ("--json",)], ids=["words", "json"])
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, run: Run, options: tuple[str, ...]) -> None:
    """A refusal is a sentence, or JSON with that sentence; the data folder is not even made."""
    code, out, err = run(written(tmp_path, b"%PDF-1.7"), *options)
    told = json.loads(out)["refusal"] if options else err.strip()
    assert code == 2
    assert told == "students.csv is a PDF, not CSV, whatever its name says. Export the roster as CSV."
    assert not (tmp_path / "data").exists()


def test_too_many_gone_students_are_refused(tmp_path: Path, run: Run) -> None:
    """The dry run says who would go and what to add; --yes alone does not help; the number does."""
    run(students(tmp_path, *ROWS), "--yes")
    some = students(tmp_path, *ROWS[20:])
    code, out, err = run(some, "--yes")
    assert code == 1
    assert "Gone: Ann Li (•••••00), Practice High." in out
    assert "Refused: 20 of 120 students (17%) would become inactive" in err
    assert "Imported" not in out
    code, out, _ = run(some, "--yes", "--accept-loss", "20")
    assert (code, "Imported: 0 new, 0 changed, 100 unchanged, 20 gone" in out) == (0, True)


def test_lost_zeros_are_offered_and_logged(tmp_path: Path, run: Run) -> None:
    """A spreadsheet's damage is named with its number; --restore-zeros repairs it, and the journal says so."""
    path = students(tmp_path, *(row[1:] for row in ROWS))
    code, out, err = run(path, "--yes")
    assert (code, out) == (2, "")
    assert "To restore the zero for 120 rows add --restore-zeros" in err
    code, out, _ = run(path, "--yes", "--restore-zeros")
    assert (code, "The ID of 120 rows is restored" in out) == (0, True)
    assert stored(tmp_path)[0] == "0100000"


def test_a_mapping_is_shown_saved_and_used(tmp_path: Path, run: Run) -> None:
    """A header that is not known is mapped once, saved, and used again; Ad Hoc fields show where they come from."""
    code, out, _ = run(written(tmp_path, AD_HOC))
    assert (code, "last name       student.lastName" in out) == (0, True)
    path = written(tmp_path, "ID,Nachname,First\n0123456,Li,Ann\n")
    code, _, err = run(path)
    assert (code, "no column for the last name" in err) == (2, True)
    saved = str(tmp_path / "mapping.toml")
    assert run(path, "--map", "last=Nachname", "--save-mapping", saved)[0] == 0
    code, out, _ = run(path, "--mapping", saved)
    assert (code, "last name       Nachname" in out) == (0, True)


def test_a_column_that_was_left_out_stays_out(tmp_path: Path, run: Run) -> None:
    """What a person left out is saved as left out: the nightly import does not take it again."""
    path, saved = written(tmp_path, "ID,Last,First,Entry Date\n0123456,Li,Ann,8/3/2026\n"), str(tmp_path / "m.toml")
    code, out, _ = run(path)
    assert "To leave out the entry time, add --map entered=." in out
    assert run(path, "--map", "entered=", "--save-mapping", saved)[0] == 0
    code, out, _ = run(path, "--mapping", saved)
    assert (code, "entry time      (left out)" in out, "count as new" in out) == (0, True, False)


def test_the_file_that_would_fit_is_named(tmp_path: Path, run: Run) -> None:
    """Another district's IDs are refused with what its district file has to say; with that file they import."""
    path = written(tmp_path, "ID,Last,First\n" + "".join(f"2{number:08},Li,Ann\n" for number in range(120)))
    code, _, err = run(path)
    assert (code, "ID holds numbers of 9 digits" in err, "digits = 9 and leading_zero = false" in err) == (
        2,
        True,
        True,
    )
    code, out, _ = run(path, "--district", str(Path(__file__).parents[1] / "fixtures" / "nine-digits.toml"), "--yes")
    assert (code, "Imported: 120 new" in out) == (0, True)


def test_ids_of_several_lengths_are_refused_in_words(tmp_path: Path, run: Run) -> None:
    """IDs have one length here, since usernames and typing mistakes are judged by it; others are named as such."""
    path = written(tmp_path, "ID,Last,First\n" + "".join(f"{10 ** (number % 3 + 4)},Li,Ann\n" for number in range(120)))
    code, _, err = run(path)
    assert (code, "ID holds numbers of 5 to 7 digits; IDs have one length here." in err) == (2, True)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--map", "last"), 'write it as --map last="Last Name"'),
        (("--map", "surname=x"), "there is no 'surname' to map"),
        (("--mapping", "missing.toml"), "cannot be read"),
        (("--save-mapping", "missing/mapping.toml"), "cannot be written"),
    ],
)
def test_a_wrong_mapping_is_a_sentence(tmp_path: Path, run: Run, options: tuple[str, str], says: str) -> None:
    """Whatever is wrong with a mapping is said in a sentence."""
    code, _, err = run(students(tmp_path, *ROWS), *options)
    assert (code, says in err) == (2, True)


@pytest.mark.parametrize("text", ["[columns", "columns = 3", "[columns]\nlast = 3", "[columns]\nsurname = 'x'"])
def test_a_broken_mapping_file_is_a_sentence(tmp_path: Path, run: Run, text: str) -> None:
    """A mapping file that cannot be used is named."""
    code, _, err = run(students(tmp_path, *ROWS), "--mapping", str(written(tmp_path, text, "mapping.toml")))
    assert (code, "mapping.toml" in err) == (2, True)


def test_a_zip_without_fitting_ids_names_the_lines(tmp_path: Path, run: Run) -> None:
    """When no column holds the district's IDs, each candidate is shown with its share, masked, and where it fails."""
    users = ONEROSTER_11["users.csv"].replace("01234", "x")
    code, _, err = run(zipped(tmp_path / "export.zip", {**ONEROSTER_11, "users.csv": users}))
    assert code == 2
    assert "identifier (0% fit, such as •••, •••, •••)" in err
    assert "lines 2, 3, 4, 5" in err


def test_ctrl_c_is_told_and_changes_nothing(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C in the middle of an import is told in a sentence."""

    def stopped(*given: object, **named: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_roster.importing, "apply", stopped)
    code, _, err = run(students(tmp_path, *ROWS), "--yes")
    assert (code, err.strip()) == (130, "Stopped. Nothing was changed.")
    assert stored(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="a pseudo-terminal is a POSIX thing")
def test_ctrl_c_in_the_middle_of_52000_students_leaves_the_file_as_it_was(tmp_path: Path, run: Run) -> None:
    """A real process is stopped while its bar moves: the records file is byte for byte what it was before."""
    assert run(students(tmp_path, *ROWS), "--yes")[0] == 0
    before = (tmp_path / "data" / "records.db").read_bytes()
    many = students(tmp_path, *ROWS, *(f"02{number:05},Le-{number},Tam,,,," for number in range(52_000)))
    heeds = "signal.signal(signal.SIGINT, signal.default_int_handler)"  # a suite in the background ignores Ctrl+C
    start = f"import signal, sys; {heeds}; from wizard.admin import main; sys.exit(main())"
    command = [sys.executable, "-c", start]
    command += ["roster", "import", str(many), "--data", str(tmp_path / "data"), "--yes"]
    here, there = os.openpty()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=there)
    os.close(there)
    seen = b""
    with suppress(OSError):  # how Linux says that the other end is closed
        while chunk := os.read(here, 4096):
            seen += chunk
            if process.poll() is None and re.search(rb"[1-9]\d*/\d{5}", seen):
                process.send_signal(signal.SIGINT)
                break
        while chunk := os.read(here, 4096):
            seen += chunk
    os.close(here)
    assert (process.wait(), b"Stopped. Nothing was changed." in seen) == (130, True)
    assert (tmp_path / "data" / "records.db").read_bytes() == before
    assert not [path for path in (tmp_path / "data").glob("records.db-*") if path.stat().st_size]
    assert len(stored(tmp_path)) == len(ROWS)


def test_neither_textual_nor_rich_is_loaded_without_a_terminal(tmp_path: Path) -> None:
    """The bar is for terminals; a nightly import loads neither."""
    code = (
        "import sys; from wizard import cli; "
        "assert cli.main(['roster', 'import', sys.argv[1], '--data', sys.argv[2], '--yes']) == 0; "
        "sys.exit('textual' in sys.modules or 'rich' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(students(tmp_path, *ROWS)), str(tmp_path / "data")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="a pseudo-terminal is a POSIX thing")
def test_on_a_terminal_it_asks(tmp_path: Path) -> None:
    """On a terminal the zeros and the import are asked for, each with its number, and a bar shows how far it is."""
    import pty

    path = students(tmp_path, *ROWS, "123456,Le,Tam,,,,")
    command = [sys.executable, "-m", "wizard.cli", "roster", "import", str(path), "--data", str(tmp_path / "data")]
    here, there = pty.openpty()
    process = subprocess.Popen(command, stdin=there, stdout=there, stderr=there, close_fds=True)
    os.close(there)
    os.write(here, b"y\ny\n")
    seen = b""
    try:
        while chunk := os.read(here, 4096):
            seen += chunk
    except OSError:  # how Linux says that the other end is closed
        pass
    finally:
        os.close(here)
    assert process.wait() == 0, seen.decode()
    assert b"Restore the zero for 1 rows? [y/N]" in seen
    assert b"Import now? [y/N]" in seen
    assert b"Imported: 121 new" in seen
    assert "0123456" in stored(tmp_path)
