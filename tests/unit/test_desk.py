"""The desk: what it says of the day that counts, and what a colleague can find."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import loader
from flows.model import ChoiceStep
from wizard import desk as desks
from wizard.practice import practice_desk
from wizard.setting import new_code

NOW = datetime(2026, 8, 3, 14, 40, tzinfo=UTC)


def test_the_practice_school_counts_down_to_its_day() -> None:
    """A newcomer sees how many days are left until everybody must be able to log in (D02)."""
    with practice_desk(clock=lambda: NOW) as desk:
        assert desk.home().deadline == "Every student must be able to log in before 8/13/2026: in 10 days."


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2021, 7, 31, 16, tzinfo=UTC), "in 2 days."),
        (datetime(2021, 8, 1, 16, tzinfo=UTC), "tomorrow."),
        (datetime(2021, 8, 2, 3, 59, tzinfo=UTC), "tomorrow."),
        (datetime(2021, 8, 2, 4, 0, tzinfo=UTC), "today."),
        (datetime(2021, 8, 3, 16, tzinfo=UTC), ""),
    ],
)
def test_the_countdown_ends_with_the_day(tmp_path: Path, now: datetime, words: str) -> None:
    """The days are counted in the district's time zone, and a day that is past is not counted down (D02)."""
    desk = desks.open_desk(data=tmp_path, agent="dana", clock=lambda: now)
    try:
        assert desk.home().deadline.endswith(words)
        assert bool(desk.home().deadline) == bool(words)
    finally:
        desk.close()


def test_enter_never_verifies_anybody() -> None:
    """That a caller was identified is pressed on purpose: no answer that says so is marked beforehand."""
    flows = loader.library().flows.values()
    choices = [
        choice
        for flow in flows
        for step in flow.steps.values()
        if isinstance(step, ChoiceStep)
        for choice in step.choices
    ]
    verifying = [choice for choice in choices if "verified" in choice.gives]
    assert verifying
    assert not any(choice.likely for choice in verifying)


def test_a_short_code_can_be_said_aloud() -> None:
    """Codes leave out letters and digits that sound or look like others."""
    codes = "".join(new_code() for _ in range(200))
    assert not set(codes) & set("BIOS01258")
