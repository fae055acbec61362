"""Text from outside on the real screens: brackets, control characters and 300 letters do nothing but appear."""

from collections.abc import Callable
from datetime import datetime
from unicodedata import category

import pytest
from conftest import screen_text, settled
from scripted import ScriptedCall, ScriptedDesk, steps
from test_safe_text import HOSTILE

from screens.app import PortalWizard
from wizard.practice import practice_desk
from wizard.views.card import Hit
from wizard.views.step import ChoiceView, StepView, TrailEntry


def poisoned(view: StepView, name: str) -> StepView:
    """Return the step with a name in every place that can hold one."""
    assert view.card is not None
    card = view.card._replace(**dict.fromkeys(("student", "verified", "school", "grade", "state", "clock"), name))
    return view._replace(
        **dict.fromkeys(("say", "do", "ask", "why", "notice", "flow_title"), f"Hello {name}"),
        choices=tuple(ChoiceView(choice.code, name, (name,), choice.likely) for choice in view.choices),
        title=name if view.title else "",
        next=name if view.next else "",
        given=name,
        trail=(TrailEntry("a/b", name, name, "staff", 3, True), *view.trail),
        card=card,
    )


class Poisoned(ScriptedCall):
    """A call about a student with such a name."""

    name = ""

    @property
    def view(self) -> StepView:
        return poisoned(steps(self.now)[self.at], self.name)


class PoisonedDesk(ScriptedDesk):
    """Finds such a student."""

    name = ""

    def search(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        return (Hit("0100003", self.name, self.name, self.name, self.name), Hit("0100004", "Li, Lena", "", "", ""))


NARROW, WIDE = (80, 24), (120, 40)


@pytest.mark.parametrize(
    ("at", "size"),
    [(0, NARROW), (1, NARROW), (1, WIDE), (2, NARROW), (4, NARROW)],
    ids=["search", "choice", "choice-wide", "entry", "outcome"],
)
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
async def test_a_hostile_name_does_nothing_but_appear(
    clock: Callable[[], datetime], name: str, at: int, size: tuple[int, int]
) -> None:
    """Wherever the name stands: the call goes on, the help and the trail open, and no control character is drawn."""
    call, desk = Poisoned(clock(), at), PoisonedDesk(clock)
    call.name = desk.name = name
    desk.call = call
    app = PortalWizard(lambda: desk)  # type: ignore[arg-type,return-value]
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("p", *(("f1", "escape", "f3", "escape") if at == 1 else ()))
        if at == 0:
            await pilot.press("x", "down")
        await settled(pilot)
        shown = screen_text(app)
        assert not {category(character) for character in shown.replace("\n", "")} & {"Cc", "Cf", "Cs"}
        assert "Hello" in shown
        assert app.is_running
        assert len(app.screen_stack) == 2


@pytest.mark.parametrize("words", ["Lake [/foo] High", "[@click=app.exit]LakeLakeLake[/]", "Lake [red]"])
async def test_a_hostile_school_is_only_text_in_the_palette(words: str) -> None:
    """What a roster calls a school or a grade is shown in the palette as it is: no crash, and a click runs nothing."""
    with practice_desk(agent="dana") as desk:
        with desk.records.transaction() as tables:
            account = tables.accounts.get("0100009")
            assert account is not None
            student = account.student.model_copy(update={"school": words, "grade": words})
            tables.accounts.put(account.model_copy(update={"student": student}))
        app = PortalWizard(lambda: desk)
        async with app.run_test(size=(120, 40)) as pilot:
            await settled(pilot)
            await pilot.press("ctrl+p", *"lena")
            await settled(pilot)
            await pilot.pause(0.3)
            assert words in screen_text(app)
            assert "@click" not in str(
                [
                    segment.style.meta
                    for strip in app.screen._compositor.render_strips()
                    for segment in strip
                    if segment.style
                ]
            )
