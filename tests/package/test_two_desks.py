"""Two programs at one data folder: what one does the other sees, and a killed one holds nobody up."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import Terminal, program

from wizard.desk import Desk
from wizard.practice import open_practice


@pytest.fixture
def omar(tmp_path: Path) -> Iterator[Desk]:
    desk = open_practice(tmp_path / "practice", agent="Omar")
    yield desk
    desk.close()


@pytest.fixture
def dana(omar: Desk) -> Iterator[Terminal]:
    """The home screen of another program, in a terminal."""
    command = [program("portal-wizard"), "--demo", "--data", str(omar.records.folder), "--agent", "Dana"]
    terminal = Terminal(command)
    terminal.until("Try it out")
    yield terminal
    terminal.close()


def test_a_parked_call_appears_at_the_other_desk_and_is_taken_over(omar: Desk, dana: Terminal) -> None:
    """Without a key it is listed; its code brings it on screen, and the first desk sees who has it now."""
    dana.press("w")
    dana.until("No calls wait.")
    call = omar.start("counter")
    call.choose("student-portal")
    call.park("urgent")
    dana.until(call.case.code, "parked, Omar", "“urgent”")
    dana.press("k")
    dana.until("┏━ GO ON WITH CALL")
    dana.press(call.case.code.lower())
    dana.until("fits 1 of 1")
    dana.press("enter")
    dana.until("Which student is it?", "Omar parked this call")
    holder = omar.holder(call.case.id)
    assert holder and holder.agent == "Dana"
    dana.kill()
    assert omar.holder(call.case.id) is None
    (waiting,) = omar.home().calls
    assert (waiting.parked, waiting.agent) == (False, "Dana")


HOLD = """
import sys
from pathlib import Path
from wizard.presence import Seat
from wizard.clock import now
seat = Seat(Path(sys.argv[1]), "a-call", "Dana", now)
print(seat.taken, flush=True)
sys.stdin.read()
"""


def test_a_program_that_was_killed_leaves_its_seat(omar: Desk) -> None:
    """While it runs its agent is named; killed, the seat is free, and what it left behind is cleared away."""
    command = [sys.executable, "-c", HOLD, str(omar.records.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout and other.stdout.readline() == "True\n"
        holder = omar.holder("a-call")
        assert holder and holder.agent == "Dana" and not omar.seat("a-call").taken
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert omar.holder("a-call") is None
    assert not list((omar.records.folder / "open-calls").iterdir())
