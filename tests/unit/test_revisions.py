"""Calls under changed flows: they go on where they can, and say which question changed where they can't."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from flows.model import Library
from wizard import libraries
from wizard.desk import Desk
from wizard.practice import practice_desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    with practice_desk(agent="dana") as opened:
        yield opened


def under(desk: Desk, folder: Path, changes: str) -> Desk:
    """Return the desk after an upgrade of its flows."""
    folder.mkdir(exist_ok=True)
    (folder / "call.toml").write_text(f'flow = "call"\n{changes}\n')
    return replace(desk, library=Library(flows=dict(libraries.parsed(None, folder).flows)))


ADDED = """\
[steps.portal.choices.no-idea]
label = "They don't know"
to = "something-else"
"""

GONE = """\
start = "which-portal"
[steps.which-portal]
kind = "choice"
ask = "Lessons or grades?"
say = "Is it about the lessons, or about the grades?"
choices = [
  { code = "lessons", label = "Lessons", to = "student" },
  { code = "grades", label = "Grades", to = "portal" },
]
"""

RECODED = """\
[steps.verify-counter]
kind = "choice"
ask = "Which document did you see?"
say = "May I see a photo ID, please?"
choices = [
  { code = "passport", label = "Passport", to = "account-state", gives = ["verified"] },
  { code = "none", label = "None", to = "not-identified-counter" },
]
"""


def test_a_call_carries_the_version_of_its_flows(desk: Desk) -> None:
    """The stamp is stored with the call."""
    call = desk.start("counter")
    with desk.records.reading() as tables:
        stored = tables.cases.get(call.case.id)
    assert stored is not None
    assert stored.library == desk.library.version


def test_resuming_under_the_same_flows_says_nothing(desk: Desk) -> None:
    """No upgrade, no words about one."""
    call = desk.start("counter")
    call.choose("student-portal")
    assert desk.resume(call.case.id).view.notice == ""


def test_answers_that_still_fit_stay(desk: Desk, tmp_path: Path) -> None:
    """An added answer changes nothing for a call that took another one."""
    call = desk.start("counter")
    call.choose("student-portal")
    call.pick("0100003")
    newer = under(desk, tmp_path, ADDED)
    again = newer.resume(call.case.id)
    assert again.view.key == call.view.key
    assert "all its answers still fit" in again.view.notice
    assert again.case.library == newer.library.version
    assert newer.resume(call.case.id).view.notice == ""


def test_the_question_that_changed_is_named(desk: Desk, tmp_path: Path) -> None:
    """The call stands at it, what came before is kept, and nobody counts as verified by an answer that is gone."""
    call = desk.start("counter")
    call.choose("student-portal")
    call.pick("0100003")
    call.choose("photo-id")
    newer = under(desk, tmp_path, RECODED)
    again = newer.resume(call.case.id)
    assert again.view.key == "call/verify-counter"
    assert "“Which document did you see?”" in again.view.notice
    assert "verified" not in again.facts
    assert again.facts["student"] == "0100003"


def test_a_question_that_is_gone_is_named_too(desk: Desk, tmp_path: Path) -> None:
    """Nothing on the home screen or in the call breaks when the first step itself is another one."""
    call = desk.start("counter")
    call.choose("student-portal")
    newer = under(desk, tmp_path, GONE)
    (waiting,) = newer.unfinished()
    assert waiting.step == "Lessons or grades?"
    again = newer.resume(call.case.id)
    assert again.view.key == "call/which-portal"
    assert again.view.notice.startswith("The questions were revised since this call began.")
