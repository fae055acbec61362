"""A call line by line: the whole wizard at a prompt, without Textual."""

import os
import pty
import select
import subprocess
import sys
import termios
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from wizard import pins
from wizard.plain import PlainCall, at_the_desk
from wizard.practice import practice_desk
from wizard.prompt import Prompt
from wizard.settings import Settings


def walk(lines: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Walk a practice call with these lines typed."""
    command = [sys.executable, "-m", "wizard.cli", "play", "--interactive", *arguments]
    return subprocess.run(command, input=lines, capture_output=True, text=True, check=False)


class Typist:
    """Types prepared lines, secrets included, and keeps what it is shown."""

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.shown: list[str] = []
        self.hidden: list[str] = []

    def read(self, words: str) -> str:
        self.shown.append(words)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)

    def secret(self, words: str) -> str:
        self.hidden.append(words)
        return self.read(words)

    @property
    def prompt(self) -> Prompt:
        return Prompt(self.read, self.secret, self.shown.append)

    @property
    def text(self) -> str:
        return "\n".join(self.shown)


def test_a_call_is_walked_from_a_pipe() -> None:
    """Numbers answer, the search finds, the end of the input leaves the call; nothing goes wrong."""
    done = walk("1\nbrien\n1\n1\n", "--channel", "counter")
    assert (done.returncode, done.stderr) == (0, "")
    assert "SAY: Thanks for reaching out" in done.stdout
    assert "1. O'Brien, Siobhan, Practice Middle, grade 6, ID ending in 03" in done.stdout
    assert "is saved and waits at this step." in done.stdout


def test_wrong_keys_are_said_and_ask_again() -> None:
    """What is no answer is answered with what can be typed; back and why work at every prompt."""
    done = walk("7\nx\n?\nb\n1\nb\n2\n\n", "--channel", "phone")
    assert done.stdout.count("Type a number from 1 to 3; b = back, ? = why, l = language, q = leave.") == 2
    assert "WHY: The two portals have different logins." in done.stdout
    assert "There is no answer before this one that can be changed." in done.stdout
    assert "Parent portal: the school office helps" in done.stdout
    assert "Call " in done.stdout.splitlines()[-2]


def test_play_needs_files_or_interactive() -> None:
    """Neither, or both, is a sentence and exit code 2."""
    done = subprocess.run([sys.executable, "-m", "wizard.cli", "play"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "walk a call yourself with --interactive" in done.stderr


def test_it_never_loads_textual() -> None:
    """The plain mode is for terminals where Textual cannot draw."""
    check = (
        "import sys\nfrom wizard.cli import main\nmain(['play', '--interactive', '--channel', 'phone'])\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('textual', 'rich')])"
    )
    done = subprocess.run([sys.executable, "-c", check], input="q\n", capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_claim_with_mistakes_on_the_way() -> None:
    """Names are compared in words, rules are said, the two passwords must be alike; then it is done once, here."""
    secret = "Copper-Lantern-58"
    typist = Typist(
        *("1", "0100003", "1", "1", "1", "1"),
        *("", "OBrien", "O'Brien", "Siobhan", "0100003"),
        *("short", secret, "other", secret, secret),
        *("1 1 2", "1 2 3", "blue bicycle", "grandmas porch", "oatmeal"),
        "y",
    )
    with practice_desk(agent="dana") as desk:
        call = desk.start("counter")
        PlainCall(desk, call, typist.prompt).run()
        with desk.records.reading() as tables:
            account = tables.accounts.get("0100003")
    assert account is not None and account.claim is not None, typist.text
    assert account.claim.how == "here"
    assert "apostrophe" in typist.text
    assert "The two are not the same." in typist.text
    assert "That takes 3 different numbers" in typist.text
    assert [words for words in typist.hidden if "password" in words]
    assert len(typist.hidden) == 8
    assert secret not in typist.text


def test_what_happens_next_is_told_in_the_familys_language() -> None:
    """At the outcome the family hears what happens next in its own language; the English stands below."""
    typist = Typist("q")
    with practice_desk(agent="dana") as desk:
        call = desk.start("phone")
        call.speak("es")
        view = call.choose("parent-portal")
        PlainCall(desk, call, typist.prompt).run()
    assert f"NEXT: {view.said_next}\nNEXT IN ENGLISH: {view.next}" in typist.text
    assert view.said_next != view.next


def test_changing_ones_mind_changes_nothing() -> None:
    """An empty secret goes back, and n at the last question does nothing."""
    typist = Typist(*("1", "0100003", "1", "1", "1", "1"), *("", "O'Brien", "Siobhan", "0100003", ""), "q")
    with practice_desk() as desk:
        PlainCall(desk, desk.start("counter"), typist.prompt).run()
        with desk.records.reading() as tables:
            account = tables.accounts.get("0100003")
    assert account is not None and account.claim is None
    assert "Nothing was done." in typist.text


def test_the_known_issue_is_told_once_and_an_equals_sign_types_a_letter() -> None:
    """A screen reader hears a notice once, not at every step; `=b` is the letter b."""
    typist = Typist("1", "=b", "", "", "q")
    with practice_desk() as desk:
        desk.post_notice("Portal slow", "It is slow today.", "")
        PlainCall(desk, desk.start("phone"), typist.prompt).run()
    assert typist.text.count("KNOWN ISSUE: Portal slow SAY: It is slow today.") == 1
    assert "O'Brien, Siobhan" in typist.text


class SlowTypist(Typist):
    """Types a line after the break that stands before it, in hours."""

    def __init__(self, *lines: str | int) -> None:
        super().__init__()
        self.plan = list(lines)
        self.now = datetime(2026, 8, 3, 14, 40, tzinfo=UTC)

    def clock(self) -> datetime:
        return self.now

    def read(self, words: str) -> str:
        while self.plan and isinstance(self.plan[0], int):
            self.now += timedelta(hours=self.plan.pop(0))  # type: ignore[arg-type]  # looked at just before
        self.lines = [str(line) for line in self.plan[:1]]
        del self.plan[:1]
        return super().read(words)


@pytest.mark.parametrize("after", [("1",), ("1", "", "OBrien")], ids=["at a question", "at a form"])
def test_after_a_long_break_at_the_prompt_the_caller_is_asked_for_again(after: tuple[str, ...]) -> None:
    """What is typed five hours later is not taken; nothing about the student follows until the caller is identified."""
    before = ("1", "0100003", "1", "1", "1")
    typist = SlowTypist(*before, *after, 5, "1", "q")
    with practice_desk(clock=typist.clock) as desk:
        call = desk.start("counter")
        PlainCall(desk, call, typist.prompt).run()
        assert call.view.key == "call/verify-counter"
        assert call.view.card and not call.view.card.username
    told = typist.text.partition("there was a long break")[2]
    assert "How do you know who this is?" in told
    assert "S0100003" not in told


def test_a_call_at_the_prompt_is_seen_by_colleagues(tmp_path: Path) -> None:
    """Whoever takes calls line by line sits at the call as on screen, and is told who else does."""
    seen = []

    def read(words: str) -> str:
        holder = desk.holder(call.case.id)
        seen.append(holder.agent if holder else "")
        raise EOFError

    shown: list[str] = []
    with practice_desk(tmp_path, agent="dana") as desk:
        call = desk.start("counter")
        PlainCall(desk, call, Prompt(read, read, shown.append)).run()
        assert seen == ["dana"]
        assert desk.holder(call.case.id) is None
        seat = replace(desk, agent="omar").seat(call.case.id)
        PlainCall(desk, call, Prompt(read, read, shown.append)).run()
        seat.leave()
    assert seen == ["dana", "omar"]
    assert any(words.startswith("omar has this call open since") for words in shown)


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("1357", "2468", "q"), 0, "New call by phone"),
        (("1", "2", "3", "q"), 1, "Without the PIN no call is shown."),
        (("",), 1, "Without the PIN no call is shown."),
    ],
    ids=["second try", "wrong", "none"],
)
def test_the_pin_is_asked_for_before_anything_is_shown(
    typed: tuple[str, ...], code: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Line by line as on screen: without the PIN neither calls nor students are told."""
    typist = Typist(*typed)
    monkeypatch.setattr("wizard.plain.of_this_terminal", lambda practice: typist.prompt)
    with practice_desk(agent="dana") as desk:
        assert at_the_desk(desk.under(Settings(pin=pins.hashed("2468")), "dana")) == code
    assert said in typist.text
    assert ("New call" in typist.text) is (code == 0)
    assert len(typist.hidden) == {0: 2}.get(code, len([each for each in typed if each != "q"]))


class Terminal:
    """The wizard in a real terminal of its own."""

    def __init__(self, *arguments: str, term: str = "dumb") -> None:
        self.seen, self.read = "", 0
        pid, self.handle = pty.fork()
        if not pid:  # pragma: no cover - the child
            environment = {**os.environ, "TERM": term}
            code = "import sys; from screens.launch import main; sys.exit(main())"
            os.execve(sys.executable, [sys.executable, "-c", code, *arguments], environment)
        self.pid = pid

    def wait_for(self, words: str) -> None:
        """Read until these words were printed after what was waited for before."""
        end = time.monotonic() + 60
        while words not in self.seen[self.read :]:
            assert time.monotonic() < end, self.seen
            if select.select([self.handle], [], [], 1)[0]:
                try:
                    self.seen += os.read(self.handle, 65536).decode(errors="replace")
                except OSError:
                    pytest.fail(f"ended early: {self.seen}")
        self.read = self.seen.index(words, self.read) + len(words)

    def wait_until_hidden(self) -> None:
        """Wait until what is typed is not shown: whatever is typed before that is thrown away."""
        end = time.monotonic() + 60
        while termios.tcgetattr(self.handle)[3] & termios.ECHO:
            assert time.monotonic() < end, self.seen
            time.sleep(0.01)

    def type(self, line: str) -> None:
        """Type a line."""
        os.write(self.handle, f"{line}\n".encode())

    def end(self) -> int:
        """Return the exit code."""
        while True:
            try:
                data = os.read(self.handle, 65536)
            except OSError:
                break
            if not data:
                break
            self.seen += data.decode(errors="replace")
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_a_dumb_terminal_is_told_of_the_plain_mode(tmp_path: Path) -> None:
    """Where nothing can be drawn, the sentence names what works there."""
    terminal = Terminal("--data", str(tmp_path / "data"))
    assert terminal.end() == 2
    assert "portal-wizard --plain" in terminal.seen


def test_a_password_is_not_shown_in_a_real_terminal(tmp_path: Path) -> None:
    """--plain in a dumb terminal: a reset where the canary password is typed, and never echoed or kept."""
    canary = "Canary-Feather-77"
    terminal = Terminal("--demo", "--plain", "--data", str(tmp_path / "data"))
    terminal.wait_for("Which one?")
    terminal.type("1")
    for words, line in (("portal is it?", "1"), ("ID, username or name", "0100005"), ("Number, 0", "1")):
        terminal.wait_for(words)
        terminal.type(line)
    terminal.wait_for("who this is?")
    terminal.wait_for(" > ")
    terminal.type("1")
    terminal.wait_for(" > ")
    shown = terminal.seen[terminal.seen.rindex("SAY:") :]
    forgot = next(line.strip().split(".")[0] for line in shown.splitlines() if "forgot" in line.casefold())
    terminal.type(forgot)
    terminal.wait_for("c = cannot answer")
    terminal.type("")
    for answer in ("blue bicycle", "grandmas porch", "oatmeal", canary, canary):
        terminal.wait_for("not shown")
        terminal.wait_until_hidden()
        terminal.type(answer)
    terminal.wait_for("y = yes")
    terminal.type("y")
    terminal.wait_for("The new password is set. The student can log in now.")
    terminal.type("q")
    terminal.wait_for("Which one?")
    terminal.type("q")
    assert terminal.end() == 0
    assert canary not in terminal.seen
    assert "oatmeal" not in terminal.seen[terminal.seen.index("Which one?") :]
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").rglob("*") if path.is_file())
    assert canary.encode() not in kept


def test_without_a_terminal_real_secrets_are_refused(tmp_path: Path) -> None:
    """In a pipe a password would be shown, so on real records none is taken."""
    code = (
        "from wizard.prompt import of_this_terminal, Asked\n"
        "try: of_this_terminal(False).secret('New password')\nexcept Asked as a: print(a)"
    )
    done = subprocess.run([sys.executable, "-c", code], input="x\n", capture_output=True, text=True, check=True)
    assert "only typed where it can be hidden" in done.stdout
    assert done.stdout.endswith("b\n")
