"""Starting the wizard: what it needs, and the sentence when it cannot start."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pyte
import pytest
from conftest import screen_text, settled
from scripted import ScriptedDesk

from screens import launch
from screens.app import PortalWizard
from screens.launch import main
from wizard.settings import Settings, agent_name

WIZARD = (sys.executable, "-c", "import sys; from screens.launch import main; sys.exit(main())")


def test_without_a_terminal_one_line_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """In a pipe the wizard says what it needs and ends with 2."""
    assert main(["--demo"]) == 2
    assert capsys.readouterr().err.startswith("portal-wizard needs a terminal")


def test_a_dumb_terminal_is_none(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """TERM=dumb cannot draw, even when it is a terminal."""
    monkeypatch.setenv("TERM", "dumb")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    assert main([]) == 2
    assert "needs a terminal" in capsys.readouterr().err


def test_ctrl_c_while_starting_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C before the screen is there ends the program without a traceback."""

    def interrupted(options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(launch, "_run", interrupted)
    assert main([]) == 130


def test_the_practice_school_has_its_own_district(capsys: pytest.CaptureFixture[str]) -> None:
    """--demo with --district is refused in words: the made-up students fit one district only."""
    with pytest.raises(SystemExit) as ended:
        main(["--demo", "--district", "other.toml"])
    assert ended.value.code == 2
    assert "has its own district" in capsys.readouterr().err


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    """--version names the program and its version."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("portal-wizard ")


def test_starting_loads_nothing_heavy() -> None:
    """Neither Textual nor pydantic is loaded to read the arguments; --help answers at once."""
    check = "import sys, screens.launch; print([m for m in ('textual', 'pydantic', 'tinydb') if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_the_first_frame_needs_no_records() -> None:
    """The home screen is drawn before pydantic, TinyDB or the trees are loaded."""
    check = "import sys, screens.app; print([m for m in ('pydantic', 'tinydb', 'sqlite3') if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"


def test_a_start_leaves_tls_out_and_takes_it_from_nobody() -> None:
    """The program connects to nothing, so asyncio comes without TLS; whoever wants TLS later still finds it."""
    check = (
        "import sys; from screens import launch; launch._load_asyncio(); import asyncio; print('ssl' in sys.modules);"
        "print(asyncio.run(asyncio.sleep(0, 'runs'))); import ssl; print(ssl.create_default_context() is not None)"
    )
    ran = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["False", "runs", "True"]


@pytest.fixture
def broken(tmp_path: Path) -> dict[str, list[str]]:
    """Return arguments that cannot work, by what is wrong with them."""
    (tmp_path / "district.toml").write_text("code = ", encoding="utf-8")
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows" / "call.toml").write_text('flow = "call"\nstart = nonsense\n', encoding="utf-8")
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    data = ["--data", str(tmp_path / "data")]
    return {
        "district-file-broken": ["--district", str(tmp_path / "district.toml"), *data],
        "district-file-missing": ["--district", str(tmp_path / "none.toml"), *data],
        "flow-file-broken": ["--flows", str(tmp_path / "flows"), *data],
        "flow-file-broken-in-the-practice-school": ["--demo", "--flows", str(tmp_path / "flows")],
        "data-folder-is-a-file": ["--data", str(tmp_path / "file")],
    }


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("district-file-broken", "district.toml"),
        ("district-file-missing", "none.toml"),
        ("flow-file-broken", "call.toml:2"),
        ("flow-file-broken-in-the-practice-school", "call.toml:2"),
        ("data-folder-is-a-file", "must be a folder"),
    ],
)
async def test_what_cannot_be_opened_is_said_in_a_sentence(
    broken: dict[str, list[str]], what: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken file or folder ends the program with 2 and one sentence that names it."""
    options = launch._parser().parse_args(broken[what])
    with ExitStack() as stack:
        app = PortalWizard(launch._opener(options, stack), kept=launch._keeps(options))
        async with app.run_test() as pilot:
            while app.is_running and app.return_code is None:
                await pilot.pause(0.01)
    app._print_error_renderables()
    said = " ".join("".join(capsys.readouterr().err.splitlines()).split())
    assert app.return_code == 2
    assert words in said
    assert "Traceback" not in said
    assert "incident" not in said


async def test_a_failing_desk_is_an_incident(capsys: pytest.CaptureFixture[str]) -> None:
    """A fault of the program while opening ends with an incident number, and 2."""

    def fail() -> ScriptedDesk:
        raise ZeroDivisionError("secret")

    app = PortalWizard(fail)  # type: ignore[arg-type]
    async with app.run_test() as pilot:
        while app.is_running and app.return_code is None:
            await pilot.pause(0.01)
    app._print_error_renderables()
    said = capsys.readouterr().err
    assert app.return_code == 2
    assert "incident" in said
    assert "secret" not in said


async def test_the_practice_school_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--demo opens the practice school in a folder that is gone afterwards, and says that nothing is kept."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    options = launch._parser().parse_args(["--demo", "--agent", "dana"])
    with ExitStack() as stack:
        app = PortalWizard(launch._opener(options, stack), kept=launch._keeps(options))
        async with app.run_test() as pilot:
            await settled(pilot)
            assert "nothing is kept" in screen_text(app)
            assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []


async def test_the_practice_school_can_be_kept(tmp_path: Path) -> None:
    """--demo --data DIR keeps the practice school there: an interrupted call is found again."""
    options = launch._parser().parse_args(["--demo", "--agent", "dana", "--data", str(tmp_path / "school")])
    for keys, shown in ((("c",), "Call "), ((), "Enter goes on with your call")):
        with ExitStack() as stack:
            app = PortalWizard(launch._opener(options, stack), kept=launch._keeps(options))
            async with app.run_test() as pilot:
                await settled(pilot)
                await pilot.press(*keys)
                await pilot.pause()
                assert shown in screen_text(app)
                assert "nothing is kept" not in screen_text(app)


@pytest.mark.parametrize(("named", "agent"), [("dana", "dana"), ("  [b]x\x1b ", "[b]x\N{REPLACEMENT CHARACTER}")])
def test_the_agent_is_named(named: str, agent: str) -> None:
    """--agent is taken as text only."""
    assert agent_name(named, Settings()) == agent


def test_the_agent_without_a_name_is_this_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --agent the calls are signed with the name of the settings, else with the user's."""
    monkeypatch.setattr("getpass.getuser", lambda: "omar")
    assert agent_name(None, Settings()) == "omar"
    assert agent_name(None, Settings(agent="dana")) == "dana"
    assert agent_name("ana", Settings(agent="dana")) == "ana"


class Terminal:
    """A real terminal of 80 x 24 with the wizard in it."""

    def __init__(self, *arguments: str) -> None:
        """Start the wizard."""
        self.screen = pyte.Screen(80, 24)
        self.raw = b""
        self._stream = pyte.ByteStream(self.screen)
        ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        self.process = subprocess.Popen(
            [*WIZARD, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
        )
        os.close(theirs)
        self._ours = ours

    def read(self, seconds: float) -> bool:
        """Take what the wizard draws; return whether there was anything."""
        if not select.select([self._ours], [], [], seconds)[0]:
            return False
        try:
            drawn = os.read(self._ours, 65_536)
        except OSError:  # the other end is closed
            return False
        self.raw += drawn
        self._stream.feed(drawn)
        return bool(drawn)

    def until(self, words: str) -> None:
        """Wait until the words are on screen."""
        deadline = time.monotonic() + 60
        while words not in "\n".join(self.screen.display):
            assert time.monotonic() < deadline, "\n".join(self.screen.display)
            self.read(0.2)

    def press(self, keys: str) -> None:
        """Type."""
        os.write(self._ours, keys.encode())

    def end(self) -> int:
        """Wait for the end; return the exit code."""
        deadline = time.monotonic() + 60
        while self.process.poll() is None:
            assert time.monotonic() < deadline
            self.read(0.1)
        while self.read(0.1):
            pass
        return self.process.returncode

    def close(self) -> None:
        """End what is still running."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._ours)


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    """Return what starts the wizard in a real terminal; all of them are closed afterwards."""
    started: list[Terminal] = []

    def start(*arguments: str) -> Terminal:
        started.append(Terminal(*arguments))
        return started[-1]

    yield start
    for each in started:
        each.close()


RESTORED = b"\x1b[?1049l"
"""Leaves the alternate screen: what the terminal showed before is back."""


def test_a_call_in_a_real_terminal_survives_kill_9(terminal: Callable[..., Terminal], tmp_path: Path) -> None:
    """By keys in a real terminal: a call is killed without warning; the next start offers it at its step."""
    school = ("--demo", "--agent", "dana", "--data", str(tmp_path / "school"))
    first = terminal(*school)
    first.until("Mary Ann Li")
    first.press("c")
    first.until("Which portal is it?")
    first.press("1")
    first.until("Which student is it?")
    first.process.kill()
    first.end()
    second = terminal(*school)
    second.until("Enter goes on with your call")
    second.press("\r")
    second.until("Find the student")
    second.press("\x11")
    second.until("Leave with a call open?")
    second.press("\t\r")
    assert second.end() == 0
    assert RESTORED in second.raw


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_leaves_the_terminal_in_order(terminal: Callable[..., Terminal], name: str) -> None:
    """Closing the window or ending the program from outside restores the terminal and prints no traceback."""
    number = signal.Signals[name]
    wizard = terminal("--demo")
    wizard.until("Mary Ann Li")
    wizard.process.send_signal(number)
    assert wizard.end() == 128 + number
    assert RESTORED in wizard.raw
    assert b"Traceback" not in wizard.raw


async def test_ctrl_c_on_the_home_screen(clock: Callable[[], datetime]) -> None:
    """Ctrl+C says how to leave, and leaves nothing."""
    app = PortalWizard(lambda: ScriptedDesk(clock))  # type: ignore[arg-type,return-value]
    async with app.run_test(notifications=True) as pilot:
        await settled(pilot)
        await pilot.press("ctrl+c")
        await pilot.pause(0.1)
        assert "Nothing is lost" in screen_text(app)
        assert app.is_running
