"""The calls of docs/keys.md take exactly the keys that page says."""

import re
from pathlib import Path

import pytest
from conftest import screen_text, settled

from screens.app import PortalWizard
from wizard.practice import practice_desk

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"
ROW = re.compile(r"^\| (?P<call>[^|]+) \| (?P<keys>[^|]+) \| (?P<count>\d+) \| (?P<words>[^|]+) \|$", re.MULTILINE)
CALLS = [found.groupdict() for found in ROW.finditer(PAGE.read_text(encoding="utf-8"))]
MOST = 12
"""Keys from a new call to a copied ticket line, beside what is typed to search."""


def test_the_page_has_six_calls_and_none_needs_more_than_twelve_keys() -> None:
    """Six common calls are counted, and the counts are those of the keys written down."""
    assert len(CALLS) == 6
    assert [len(re.findall(r"`", call["keys"])) // 2 for call in CALLS] == [int(call["count"]) for call in CALLS]
    assert max(int(call["count"]) for call in CALLS) <= MOST


@pytest.mark.parametrize("call", CALLS, ids=[str(number) for number in range(1, len(CALLS) + 1)])
async def test_these_keys_are_enough(call: dict[str, str]) -> None:
    """Somebody who presses what the page says sees what the page says."""
    with practice_desk(agent="dana") as desk:
        app = PortalWizard(lambda: desk)
        async with app.run_test() as pilot:
            await settled(pilot)
            for key, typed in re.findall(r"`([^`]+)`|\*([^*]+)\*", call["keys"]):
                await pilot.press(*([key] if key else [{" ": "space"}.get(letter, letter) for letter in typed]))
                await settled(pilot)
            assert call["words"].strip() in screen_text(app)
