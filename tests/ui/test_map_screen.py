"""The map of a call: the present flow as an outline, the way taken lit, the step on screen in sight."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from album import SIZES, SMALLER, Album
from conftest import screen_text, settled
from textual.pilot import Pilot

from screens.app import PortalWizard
from screens.call import CallScreen
from screens.map import branches
from wizard import callmap
from wizard.desk import Desk
from wizard.practice import practice_desk


@pytest.fixture
def desk(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Desk]:
    """The practice school in front of Dana."""
    with practice_desk(tmp_path / "data", clock, agent="dana") as opened:
        yield opened


async def to_the_situation(pilot: Pilot[None]) -> None:
    """Lead a call about a claimed account from its start to the question what the screen says."""
    await pilot.press("c")
    call = pilot.app.screen
    assert isinstance(call, CallScreen)
    claimed = next(one for one in call.desk.practice if "laimed" in one.state and "not" not in one.state.casefold())
    call.casework.choose("student-portal")
    call.casework.pick(claimed.student_id)
    call.view = call.casework.choose(call.casework.view.choices[0].code)


@pytest.mark.parametrize(
    ("depths", "drawn"),
    [
        ([], []),
        ([0, 1], ["", ""]),
        ([0, 1, 2, 3, 2], ["", "", "├ ", "│ └ ", "└ "]),
        ([1, 2, 3, 3, 0, 1, 2], ["", "└ ", "  ├ ", "  └ ", "", "", "└ "]),
    ],
)
def test_each_answer_is_a_branch(depths: list[int], drawn: list[str]) -> None:
    """The last answer of a step closes its branch."""
    assert branches(depths) == drawn


async def test_f8_shows_where_a_call_stands(desk: Desk) -> None:
    """At the first step it is the root that is marked, and every answer is a labelled branch; Esc closes."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await pilot.press("c", "f8")
        lines = [line.strip(" │") for line in screen_text(app).split("\n")]
        assert "▸ Which portal is it?" in lines
        assert any("├ The student portal (lessons) → Which student is it?" in line for line in lines)
        assert any(line.endswith("Something else → ■ Not about a portal (referred)") for line in lines)
        await pilot.press("escape")
        assert isinstance(app.screen, CallScreen)


async def test_the_way_taken_is_lit(desk: Desk) -> None:
    """Flows that were passed are headings over the way taken; the present step is marked once and in sight."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await to_the_situation(pilot)
        call = app.screen
        assert isinstance(call, CallScreen)
        rows = call.casework.map()
        assert next(row.words for row in rows if row.kind == "flow") == "Start of the call"
        assert [row.words for row in rows if row.here] == [call.casework.view.ask]
        assert sum(row.kind == "flow" for row in rows) > 1
        await pilot.press("f8")
        await pilot.pause()
        assert f"▸ {call.casework.view.ask}"[:40] in screen_text(app)


async def test_before_verification_the_map_knows_no_student(desk: Desk) -> None:
    """Steps that lie ahead name nobody: whoever stands at the counter may see the screen."""
    casework = desk.start("counter")
    casework.choose("student-portal")
    student = desk.practice[0]
    casework.pick(student.student_id)
    words = " ".join(f"{row.label} {row.words}" for row in casework.map())
    assert student.student_id not in words
    assert not [name for name in student.name.split() if name in words.split()]


def test_every_step_of_every_flow_is_on_its_map(desk: Desk) -> None:
    """Whatever the flow: each step is drawn exactly once, and each exit is one line."""
    for name, flow in desk.library.flows.items():
        begun = replace(desk, library=replace(desk.library, start=name))
        case = desk.start("counter").case.model_copy(update={"answers": ()})
        rows = callmap.rows(begun, case)
        steps = [row for row in rows if row.kind not in ("flow", "jump", "again")]
        assert len(steps) == len(flow.steps), name
        assert len(rows) == 2 + sum(len(step.exits) for step in flow.steps.values()), name


@pytest.mark.parametrize("size", [*SIZES, SMALLER])
async def test_looks_map(size: tuple[int, int], desk: Desk, album: Album, monkeypatch: pytest.MonkeyPatch) -> None:
    """The picture a person approved: the way to the present step, and where it may lead."""
    monkeypatch.setattr("wizard.family.new_code", lambda: "K7Q2")
    async with PortalWizard(lambda: desk).run_test(size=size) as pilot:
        await settled(pilot)
        await to_the_situation(pilot)
        await pilot.press("f8")
        await album.take(pilot, "map")
