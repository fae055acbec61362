"""A whole family call in a real tmux session, and the recording of one that is kept to be read."""

import shutil
from pathlib import Path

import pytest
from family_call import CALL, PAGE, heading, play, practice

from wizard.records import Records


@pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed")
def test_two_children_are_helped_in_one_call_by_keys_alone(tmp_path: Path) -> None:
    """From the home screen to the closed wrap-up with its slip: both children's calls are closed in the records."""
    with practice(tmp_path) as tmux:
        screens = [screen for _, screen in play(tmux)]
    assert "CHILDREN · 2 in this call" in screens[-4]
    assert "For Mary Ann" in screens[-3]
    records = Records.open(tmp_path / "data")
    with records.reading() as tables:
        closed = {line.student for line in tables.journal.all() if line.what == "closed"}
    records.close()
    assert closed >= {"0100001", "0100009"}


def test_the_recording_is_of_this_call() -> None:
    """docs/family-call.txt shows every screen of the call under the keys that led there."""
    lines = PAGE.read_text(encoding="utf-8").split("\n")
    shown = [line for line in lines if line.startswith("### ")]
    assert shown == [heading(keys) for keys in (("portal-wizard --demo",), *(keys for _, keys in CALL[:-1]))]
    assert max(map(len, lines)) <= 80
    parts = "\n".join(lines).split("### ")[1:]
    assert [words for (words, _), part in zip(CALL, parts, strict=True) if words not in part] == []
