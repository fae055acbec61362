"""A scenario carried out on the real screens: each turn becomes the keys a person would press."""

import asyncio
from collections.abc import Callable

from conftest import settled
from handoff_stage import fill, type_text
from textual.pilot import Pilot
from textual.widgets import ContentSwitcher

from flows.scenario import ClaimTurn, ResetTurn, Scenario, TicketTurn, Turn
from screens.app import PortalWizard
from screens.call import CallScreen
from wizard.views import StepView


class Player:
    """Presses the keys of one call."""

    def __init__(self, app: PortalWizard, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def view(self) -> StepView:
        """Return the step on screen."""
        screen = self.app.screen
        assert isinstance(screen, CallScreen), f"the call screen should be back, but {screen} is in front"
        assert screen.view is not None
        return screen.view

    async def play(self, scenario: Scenario) -> None:
        """Start the call and take every turn; stop where the call does not stand as written."""
        await settled(self.pilot)
        await self.pilot.press("c" if scenario.channel == "counter" else "p")
        await self.pilot.pause()
        for turn in scenario.turns:
            assert turn.step in ("", self.view.key)
            await self.take(turn)
        assert self.view.key == scenario.ends

    async def take(self, turn: Turn) -> None:
        """Press what one turn needs."""
        match turn:
            case Turn(choose=str(code)):
                await self.pilot.press(str([choice.code for choice in self.view.choices].index(code) + 1))
            case Turn(type=str(text)) | Turn(find=str(text)):
                await fill(self.pilot, text)
            case Turn(not_found=str(text)):
                await type_text(self.pilot, text)
                await self.pilot.press("f6")
            case Turn(claim=ClaimTurn() as typed):
                await self.claim(typed)
            case Turn(reset=ResetTurn() as typed):
                await self.pilot.press("enter")
                await fill(self.pilot, *typed.answers)
                await fill(self.pilot, typed.password, typed.password if typed.again is None else typed.again)
                await self.confirm()
            case Turn(ticket=TicketTurn()) | Turn(report=True):
                await self.pilot.press("enter")
                await self.confirm()
            case _:
                raise NotImplementedError(turn.what)
        await self.pilot.pause()

    async def claim(self, typed: ClaimTurn) -> None:
        """Fill in the claim, page by page."""
        await self.pilot.press("enter")
        await fill(self.pilot, typed.last, typed.first, typed.student_id)
        await fill(self.pilot, typed.password, typed.password if typed.again is None else typed.again)
        screen = self.app.screen
        casework = self.app.screen_stack[-2]
        assert isinstance(casework, CallScreen)
        bank = [question.code for question in casework.casework.bank()]
        at = 0
        for code in typed.questions:
            steps = bank.index(code) - at
            await self.pilot.press(*["down" if steps > 0 else "up"] * abs(steps), "enter")
            at = bank.index(code)
        assert self.app.screen is screen
        await self.pilot.press("enter")
        await fill(self.pilot, *typed.answers)
        await self.confirm()

    async def confirm(self) -> None:
        """Press the button that does it, wait for the store, and go on."""
        await self.pilot.pause()
        await self.pilot.press("enter")
        await self.until(lambda: self.app.screen.query_one(ContentSwitcher).current == "outcome-page")
        # For 0.2 seconds a button that was pressed takes no other press, so that a nervous finger presses once.
        await self.until(lambda: bool(self.app.screen.query("#next:focus").exclude(".-active")))
        await self.pilot.press("enter")
        await self.until(lambda: isinstance(self.app.screen, CallScreen))

    async def until(self, reached: Callable[[], bool]) -> None:
        """Wait for the store and the screen."""
        async with asyncio.timeout(60):
            while not reached():
                await self.pilot.pause(0.02)
