"""The practice tour: a strip above the keys that follows whoever takes a first call, and waits for what they do."""

from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from screens.call import CallScreen
from screens.home import HomeScreen
from screens.safe import content, joined
from screens.wrapup import WrapUpScreen
from wizard.tour import load

if TYPE_CHECKING:
    from screens.app import PortalWizard

LOOK_SECONDS = 0.2
"""How often the guide looks where the call is."""


class Strip(Static):
    """What the guide says; a click on it ends the tour."""

    DEFAULT_CSS = """
    Strip {
        dock: bottom; width: 100%; height: auto; max-height: 4; margin-bottom: 1; padding: 0 1;
        background: $notice-background; color: $notice-foreground;
    }
    .-low Strip { max-height: 2; }
    """

    said: tuple[str, str] = ("", "")

    def say(self, step: str, words: str) -> None:
        """Draw it, when it is not what stands there."""
        if self.said != (step, words):
            self.said = (step, words)
            self.update(_drawn(step, words))

    async def on_click(self) -> None:
        """End the tour with the mouse."""
        await self.app.run_action("app.end_tour")


class Guide:
    """Follows the screens; nothing that is done can break it, for it only looks."""

    def __init__(self, app: "PortalWizard") -> None:
        self._app = app
        self._tour = load()
        self._call: CallScreen | None = None
        self._timer = app.set_interval(LOOK_SECONDS, self.look)
        self.look()

    def look(self) -> None:
        """Say what belongs to the place on screen; panels over it are left alone."""
        if not self._app.screen_stack:
            return  # the program is ending
        screen = self._app.screen
        if screen.is_modal or not screen.is_mounted:
            return
        strips = screen.query(Strip)
        if not strips:
            screen.mount(strip := Strip())
        else:
            strip = strips.first()
        strip.say(*self._tour.words(self._place(screen)))

    def end(self) -> None:
        """Go away."""
        self._timer.stop()
        for screen in self._app.screen_stack:
            screen.query(Strip).remove()

    def _place(self, screen: Screen[Any]) -> str:
        if isinstance(screen, HomeScreen):
            over = self._call is not None and self._call.casework.case.status == "closed"
            return "done" if over else "home"
        if isinstance(screen, CallScreen):
            self._call = screen
            view = screen.view
            return "" if view is None else "outcome" if view.kind == "outcome" else view.key
        return "wrapup" if isinstance(screen, WrapUpScreen) else ""


def _drawn(step: str, words: str) -> Content:
    where = (f" Tour {step} ".replace("  ", " "), "bold reverse")
    return joined(where, " ", content(words), ("  X ends the tour.", "italic"))
