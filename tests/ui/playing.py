"""A scenario carried out on the real screens: each turn becomes the keys a person would press."""

import asyncio
from collections.abc import Callable

from conftest import settled
from handoff_stage import fill, type_text
from textual.pilot import Pilot
from textual.widgets import Button, ContentSwitcher, Input, OptionList, Static

from flows.scenario import ClaimTurn, ResetTurn, Scenario, TicketTurn, Turn
from screens.app import PortalWizard
from screens.call import CallScreen
from screens.changes import ChangesScreen
from screens.handoff.handoff import HandOff
from wizard import meanwhile
from wizard.desk import Desk
from wizard.views.step import StepView


class Player:
    """Presses the keys of one call."""

    def __init__(self, app: PortalWizard, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def call(self) -> CallScreen:
        """Return the call screen; nothing but a hand-over may be in front of it."""
        screen = self.app.screen
        below = self.app.screen_stack[-2] if isinstance(screen, HandOff) else screen
        assert isinstance(below, CallScreen), f"the call screen should be back, but {screen} is in front"
        return below

    @property
    def view(self) -> StepView:
        """Return the step on screen."""
        assert self.call.view is not None
        return self.call.view

    async def play(self, scenario: Scenario, desk: Desk, language: str = "en") -> None:
        """Start the call and take every turn; stop where the call does not stand as written."""
        await settled(self.pilot)
        await self.pilot.press("c" if scenario.channel == "counter" else "p")
        await self.pilot.pause()
        while self.view.language != language:
            await self.pilot.press("f9")
            await self.pilot.pause()
        for turn in scenario.turns:
            assert turn.step in ("", self.view.key)
            if turn.meanwhile:
                meanwhile.happen(desk, scenario.student, turn.meanwhile)
            else:
                await self.take(turn)
        assert self.view.key == scenario.ends

    async def take(self, turn: Turn) -> None:
        """Press what one turn needs."""
        match turn:
            case Turn(choose=str(code)):
                await self.pilot.press(str([choice.code for choice in self.view.choices].index(code) + 1))
            case Turn(type=str(text)) | Turn(find=str(text)):
                await self.clear()
                await fill(self.pilot, text)
            case Turn(not_found=str(text)):
                await self.clear()
                await type_text(self.pilot, text)
                await self.pilot.press("f6")
            case Turn(back=True):
                await self.pilot.press("f2")
            case Turn(change=str(key)):
                await self.change(key)
            case Turn(claim=ClaimTurn() as typed):
                await self.begin()
                await self.claim(typed)
                await self.confirm(turn.refused)
            case Turn(reset=ResetTurn() as typed):
                await self.begin()
                await fill(self.pilot, *typed.answers)
                await fill(self.pilot, typed.password, typed.password if typed.again is None else typed.again)
                await self.confirm(turn.refused)
            case Turn(cannot_answer=True):
                await self.begin()
                self.app.screen.query_one("#cannot", Button).focus()
                await self.pilot.press("enter")
            case Turn(ticket=TicketTurn()) | Turn(report=True):
                await self.begin()
                await self.confirm(turn.refused)
            case _:
                raise NotImplementedError(turn.what)
        await self.pilot.pause()

    async def clear(self) -> None:
        """Empty the line that has the focus, when an earlier answer stands in it."""
        if isinstance(self.app.focused, Input) and self.app.focused.value:
            await self.pilot.press("ctrl+u")

    async def change(self, key: str) -> None:
        """Pick an earlier answer from the list of changes."""
        await self.pilot.press("f3")
        assert isinstance(self.app.screen, ChangesScreen)
        answers = self.app.screen.query_one(OptionList)
        answers.highlighted = answers.get_option_index(key)
        await self.pilot.press("enter")

    async def begin(self) -> None:
        """Open the hand-over, unless a refusal left it open."""
        if self.app.screen is self.call:
            await self.pilot.press("enter")

    async def claim(self, typed: ClaimTurn) -> None:
        """Fill in the claim, page by page."""
        await fill(self.pilot, typed.last, typed.first, typed.student_id)
        await fill(self.pilot, typed.password, typed.password if typed.again is None else typed.again)
        screen = self.app.screen
        bank = [question.code for question in self.call.casework.forms.bank()]
        at = 0
        for code in typed.questions:
            steps = bank.index(code) - at
            await self.pilot.press(*["down" if steps > 0 else "up"] * abs(steps), "enter")
            at = bank.index(code)
        assert self.app.screen is screen
        await self.pilot.press("enter")
        await fill(self.pilot, *typed.answers)

    async def confirm(self, refused: str = "") -> None:
        """Press the button that does it, wait for the store, and go on; a refusal that can be mended stays open."""
        await self.pilot.pause()
        await self.pilot.press("enter")
        pages = self.app.screen.query_one(ContentSwitcher)
        await self.until(lambda: pages.current not in ("check-page", "working-page"))
        if pages.current != "outcome-page":
            assert refused, f"nothing was done: {self.app.screen.query_one('#handoff-notice', Static).content}"
            return
        title = str(self.app.screen.query_one("#outcome-title", Static).content)
        assert title == ("Not done" if refused else "Done")
        # For 0.2 seconds a button that was pressed takes no other press, so that a nervous finger presses once.
        await self.until(lambda: bool(self.app.screen.query("#next:focus").exclude(".-active")))
        await self.pilot.press("enter")
        await self.until(lambda: isinstance(self.app.screen, CallScreen))

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait for the store and the screen."""
        async with asyncio.timeout(60):
            while not reached():
                await self.pilot.pause(0.02)
