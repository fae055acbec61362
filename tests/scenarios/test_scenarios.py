"""Every written-down call goes as written, through the casework and a real store."""

from pathlib import Path

import pytest

from flows.scenario import load_scenario, scenario_files
from wizard.rehearsal import rehearse

NAMED = {
    "claim-at-the-counter",
    "too-new-student",
    "reset-with-challenge-questions",
    "ticket-after-failed-questions",
    "cached-credentials-on-a-shared-device",
}
FILES = {path.stem: path for path in scenario_files(None)}


@pytest.mark.parametrize("name", sorted(FILES))
def test_scenario(name: str) -> None:
    """A call ends as its scenario says; otherwise the first difference is told."""
    assert rehearse(load_scenario(Path(FILES[name]))).first_difference == ""


def test_the_five_calls_that_must_work_are_written_down() -> None:
    """Claim, too-new student, reset, ticket and cached credentials are among the scenarios."""
    assert set(FILES) >= NAMED
