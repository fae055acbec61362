"""A claim made by keys in a real terminal, then the password searched for in everything that was written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from terminal import Terminal, program

from wizard.records import Records

CANARY = "Zq7walrusCanary"
ANSWERS = ("greenkettle", "underthestairs", "cinnamontoast")


@pytest.fixture
def terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """Open the practice school, with the screen library's own recorder asked for."""
    monkeypatch.setenv("TEXTUAL_LOG", str(tmp_path / "recorded.log"))
    opened = Terminal([program("portal-wizard"), "--demo", "--data", str(tmp_path / "data"), "--agent", "dana"])
    yield opened
    opened.close()


def test_a_claim_by_keys_leaves_no_trace_of_its_secrets(terminal: Terminal, tmp_path: Path) -> None:
    """From the home screen to the claimed account: neither data folder, nor screen, nor a log has the secrets."""
    terminal.until("New call at the counter")
    for expected, keys in CALL:
        screen = terminal.until(expected)
        assert not found_in(screen)
        for key in keys:
            terminal.press(key)
    terminal.until("The account is claimed")
    terminal.kill()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"0100003" in written
    assert not found_in(written.decode("latin-1"))
    records = Records.open(tmp_path / "data")
    with records.reading() as tables:
        account = tables.accounts.get("0100003")
    records.close()
    assert account is not None
    assert account.claim is not None
    assert account.claim.by == "dana"


def found_in(text: str) -> list[str]:
    """Return the secrets that are in it."""
    return [secret for secret in (CANARY, *ANSWERS) if secret in text]


CALL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("New call at the counter", ("c",)),
    ("Which portal", ("1",)),
    ("Find the student", ("0100003",)),
    ("Siobhan", ("enter",)),
    ("Photo ID seen", ("1",)),
    ("Did they try to claim", ("1",)),
    ("Where do they claim it", ("1",)),
    ("Start", ("enter",)),
    ("Last name      █", ("O'Brien", "enter")),
    ("First name     █", ("Siobhan", "enter")),
    ("ID number      █", ("0100003", "enter")),
    ("Password       █", (CANARY, "enter")),
    ("Type it again  █", (CANARY, "enter")),
    ("0 of 3 picked", ("enter",)),
    ("1 of 3 picked", ("\x1b[B", "enter")),
    ("2 of 3 picked", ("\x1b[B", "enter")),
    ("3 of 3 picked", ("enter",)),
    ("█                                                                  Show", (ANSWERS[0], "enter")),
    (f"▌ {'•' * len(ANSWERS[0])} ", (ANSWERS[1], "enter")),
    (f"▌ {'•' * len(ANSWERS[1])} ", (ANSWERS[2], "enter")),
    ("Step 5 of 5", ("enter",)),
)
"""What is on the screen -> the keys pressed then, for a claim at the counter."""
