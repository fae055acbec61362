"""How fast the screens are, against a bare Textual app in the same run.

    python -m benchmarks.screens [students] [rounds]

Both programs start in turns in a real pseudo-terminal of 80 x 24, ours over a store of 52,000 students. Prints, as
medians and as ratios to the bare app: the first frame, the home desk with its data (with nothing waiting, and with
the calls that the rounds before left open), a key on the call screen (the mark moves; an answer brings the next step;
back), and each letter typed into the search for a student, until its results stand there.

On a machine with other work, compare the CPU time of what takes long: the clock also counts waiting for a core, and the
more of it the more threads there are.
"""

import compileall
import shutil
import statistics
import sys
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import people
from benchmarks.frames import Program
from benchmarks.records import table
from wizard import places
from wizard.records import Records

START = "import sys; from screens.launch import main; sys.exit(main())"
HERE = Path(__file__).parent.parent
READY = " %"
"""What the home desk shows once its data is there: how many can log in."""

FOUND = "found"
"""What stands over the results, drawn anew with them: how many there are."""

SEARCHES = ("nguyen", "obrien", "garcia lop", "smith", "0123")
DESK, WITH_CALLS = "home desk with its data", "home desk with its data, calls waiting"
GOALS = {"first frame": 1.25, DESK: 2.0, WITH_CALLS: 2.0, "a key on the call screen": 1.5}
TYPING_GOAL = 0.050

Times = dict[str, list[float]]


def fill(folder: Path, count: int) -> Path:
    """Make a data folder with so many students."""
    records = Records.open(places.prepare(folder), clock=lambda: datetime.now(UTC))
    with records.transaction() as tables:
        for account in people.accounts(count):
            tables.accounts.put(account)
    records.close()
    return folder


def bare(times: Times) -> None:
    """Start the bare app and move its mark."""
    program = Program((sys.executable, "-m", "benchmarks.bare"))
    times["bare: first frame"].append(program.first_frame())
    times["bare: first frame, CPU"].append(program.cpu())
    for key in ("down", "down", "down", "up", "up", "down", "down", "up"):
        times["bare: a key"].append(program.press(key))
    program.end()


def start(times: Times, data: Path, desk: str) -> Program:
    """Start the wizard, and look at the home desk until its data is there."""
    program = Program((sys.executable, "-c", START, "--data", str(data), "--agent", "bench"))
    times["first frame"].append(program.first_frame())
    times["first frame, CPU"].append(program.cpu())
    times[desk].append(program.shows(READY))
    times[f"{desk}, CPU"].append(program.cpu())
    program.rest()
    return program


def ours(times: Times, data: Path) -> None:
    """Start the wizard, take a call, search, and leave the call open."""
    program = start(times, data, WITH_CALLS)
    program.press("c")
    program.shows("portal")
    for key in ("down", "down", "up", "up"):
        times["a key on the call screen"].append(program.press(key))
    for _ in range(3):
        times["an answer, until the next step"].append(program.press("1"))
        times["back, until the step before"].append(program.press("back"))
    program.press("1")
    program.shows("Find the student")
    for words in SEARCHES:
        for letter in words:
            times["a letter of a search, its results"].append(program.answer(letter, FOUND))
        for _ in words:
            program.press("bs")
    program.end()


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 52_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 9
    for package in ("flows", "wizard", "screens", "benchmarks"):
        compileall.compile_dir(HERE / package, quiet=1)
    times: Times = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        data = fill(Path(folder) / "data", count)
        quiet = Path(shutil.copytree(data, Path(folder) / "quiet"))
        bare(defaultdict(list))
        ours(defaultdict(list), data)
        for number in range(rounds):
            works = [lambda: bare(times), lambda: start(times, quiet, DESK).end(), lambda: ours(times, data)]
            for work in works if number % 2 else reversed(works):
                work()
    print(f"{count:,} students, {rounds} rounds\n")
    print(table(("", "median", "least", "of the bare app's", "goal"), [row(name, times) for name in sorted(times)]))
    letters = sorted(times["a letter of a search, its results"])
    slow = letters[int(len(letters) * 0.99)]
    print(f"\na letter of a search: p99 {slow * 1000:.0f} ms of {len(letters)} (goal {TYPING_GOAL * 1000:.0f} ms)")


def row(name: str, times: Times) -> tuple[str, ...]:
    """Return a line of the table."""
    median = statistics.median(times[name])
    what = name.removesuffix(", CPU")
    yardstick = "bare: first frame" if what in ("first frame", DESK, WITH_CALLS) else "bare: a key"
    yardstick += name[len(what) :]
    ratio = "" if name.startswith("bare") else f"{median / statistics.median(times[yardstick]):.2f}x"
    goal = f"{GOALS[what]}x" if what in GOALS else ""
    return name, f"{median * 1000:.1f} ms", f"{min(times[name]) * 1000:.1f} ms", ratio, goal


if __name__ == "__main__":
    main()
