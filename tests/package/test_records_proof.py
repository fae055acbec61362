"""The records keep their promises under kill -9, power loss, cut-off files and races; stock TinyDB does not.

Each proof is a process of its own (`records_harness.py`, `power_harness.py`), which can also be run by hand with
larger numbers.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="processes are forked and killed the POSIX way")

HARNESS = Path(__file__).with_name("records_harness.py")
POWER = Path(__file__).with_name("power_harness.py")


def proof(*arguments: str) -> dict[str, int]:
    """Run one proof and return its numbers."""
    return run(HARNESS, *arguments)


def run(script: Path, *arguments: str) -> dict[str, int]:
    done = subprocess.run([sys.executable, script, *arguments], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_kill_loses_nothing_that_was_acknowledged(seed: str) -> None:
    """100 writers (twice) killed at random moments: every file readable, every saved write there, none by halves."""
    result = proof("kill", "--runs", "100", "--seed", seed)
    assert result.pop("acknowledged") >= 100
    assert result == {"runs": 100, "unreadable": 0, "lost": 0, "half": 0}


def test_a_crash_between_any_two_steps_leaves_all_or_nothing() -> None:
    """Before the commit nothing of the transaction is there; after it, everything."""
    assert proof("stages") == {"stages": 6, "wrong": 0}


def test_a_log_cut_off_at_any_byte_of_its_last_transaction_loses_only_that() -> None:
    """Power lost while the last transaction was being written: it is wholly absent, the one before wholly there."""
    result = proof("truncate")
    assert result["wrong"] == 0
    assert result["cuts"] == result["last_record"] > 4096


no_compiler = pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("cc") is None, reason="writes are watched by a small C library, on Linux"
)


@no_compiler
def test_a_power_loss_at_any_moment_loses_nothing_that_was_acknowledged() -> None:
    """Whatever part of the unflushed sectors reached the disk: every acknowledged transaction is whole."""
    result = run(POWER, "--transactions", "30")
    assert result["steps"] > 300
    assert (result["unreadable"], result["lost"], result["half"], result["acknowledged"]) == (0, 0, 0, 31)


@no_compiler
def test_the_power_loss_check_finds_a_missing_flush() -> None:
    """This proof bites: without flushing, the same store loses writes."""
    assert run(POWER, "--transactions", "8", "--sync", "off")["lost"] > 0


def test_each_claim_has_exactly_one_winner() -> None:
    """4 processes claim the same 300 accounts at the same moments; the journal has one line for each."""
    expected = {"rounds": 300, "processes": 4, "one_winner": 300, "errors": 0, "failed": 0}
    assert proof("race", "--rounds", "300", "--processes", "4") == expected


def test_stock_tinydb_does_not_survive_the_same_kills() -> None:
    """These proofs bite: TinyDB's own JSON storage leaves halves or unreadable files."""
    result = proof("kill", "--store", "stock", "--runs", "20")
    assert result["half"] + result["unreadable"] + result["lost"] > 0


def test_stock_tinydb_does_not_survive_the_same_race() -> None:
    """These proofs bite: under TinyDB's own storage claims are won twice or lost, or end in an unreadable file."""
    result = proof("race", "--store", "stock", "--rounds", "100")
    assert result["one_winner"] < 100 or result["errors"] or result["failed"]
