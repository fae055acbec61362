"""How a family's wrap-up, the card, the read-out, the slip and the ticket look, at 80 x 24 and at 120 x 40."""

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from conftest import NOW
from textual.pilot import Pilot

from screens.app import PortalWizard
from screens.call import CallScreen
from wizard.casework import Casework
from wizard.desk import Desk
from wizard.practice import open_practice
from wizard.setting import CODE_LETTERS

MARY_ANN, LENA, NOAH = "0100001", "0100009", "0100006"

SIZES = ((80, 24), (120, 40))

VIEWS: dict[str, tuple[str, ...]] = {
    "children": ("5", "1", "enter"),
    "sister": (),
    "read-out": ("f5",),
    "slip": ("5", "1", "enter", "f4"),
}
"""View -> the keys that lead there from the second child's first question."""

PICTURES = [(view, size) for view in (*VIEWS, "ticket") for size in SIZES]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    letters = cycle(CODE_LETTERS)
    monkeypatch.setattr("wizard.setting.secrets.choice", lambda _: next(letters))
    opened = open_practice(tmp_path / "practice", agent="dana", clock=lambda: NOW)
    yield opened
    opened.close()


def verified(desk: Desk, student: str) -> Casework:
    call = desk.start("counter")
    call.choose("student-portal")
    call.pick(student)
    call.choose("photo-id")
    return call


def sisters(desk: Desk) -> Casework:
    """Return a family call at the second child's first question."""
    call = verified(desk, MARY_ANN)
    call.choose("come-back")
    call.another_child()
    call.pick(LENA)
    return call


@pytest.mark.parametrize(
    ("view", "size"), [pytest.param(view, size, id=f"{view}-{size[0]}x{size[1]}") for view, size in PICTURES]
)
def test_looks(view: str, size: tuple[int, int], desk: Desk, looks_as_kept: Callable[..., None]) -> None:
    """Nothing is cut, nothing overlaps: the picture a person approved."""
    call, keys = (verified(desk, NOAH), ("ctrl+t",)) if view == "ticket" else (sisters(desk), VIEWS[view])
    app = PortalWizard(lambda: desk)

    async def go_there(pilot: Pilot[None]) -> None:
        await app.push_screen(CallScreen(call, desk))
        await pilot.pause()
        await pilot.press(*keys)

    looks_as_kept(app, size, go_there)
