"""A stage for the hand-over screens: the real records and actions behind a call of three short steps."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from conftest import screen_text
from textual.app import App
from textual.pilot import Pilot

import screens
from flows.model import Flow, Library
from screens.app import PortalWizard
from screens.handoff import HANDOFFS
from screens.themes import DARK, THEMES
from wizard.casework import Casework
from wizard.desk import Desk
from wizard.practice import practice_desk

CANARY = "Zq7walrusCanary"
"""A password that is nowhere else in the product."""
ANSWERS = ("green kettle", "under the stairs", "cinnamon toast")
"""Answers that are nowhere else either."""

DONE_BEFORE = (
    "verified",
    "login-video-offered",
    "username-checked",
    "password-forgotten",
    "forgot-tried",
    "questions-failed",
)
"""What is done before a ticket is written (D06-D10)."""

ENDS = {
    "claim": ("done", "already-claimed"),
    "claim-reported": ("done", "already-claimed"),
    "reset": ("done", "cannot-answer", "off"),
    "reset-reported": ("done",),
    "ticket-draft": ("drafted", "already-open"),
    "ticket-resolved": ("done", "not-open"),
}
"""Action -> the codes that lead on; the others leave the call at the action."""
STAYS = {
    "claim": ("too-new", "ticket-open", "returning"),
    "reset": ("wrong-answers", "waiting", "not-claimed"),
    "reset-reported": ("not-claimed",),
}


def library(action: str, gives: tuple[str, ...] = ("verified",)) -> Library:
    """Return trees that ask for the student, the proof of identity, and then for the action."""
    student = {
        "kind": "entry",
        "check": "student",
        "ask": "Which student?",
        "exits": {"found": "verified", "not-in-roster": "end"},
    }
    answers = [{"code": code, "label": code, "to": "do", "gives": gives} for code in ("photo-id", "badge")]
    do = {
        "kind": "action",
        "action": action,
        "ask": "Do it?",
        "exits": dict.fromkeys(ENDS[action], "end"),
        "stay": {code: f"Stay: {code}" for code in STAYS.get(action, ())},
    }
    end = {"kind": "outcome", "result": "solved", "title": "The end", "next": "Nothing more."}
    steps = {
        "student": student,
        "verified": {"kind": "choice", "ask": "Who is it?", "choices": answers},
        "do": do,
        "end": end,
    }
    flow = {"flow": "call", "title": "Call", "summary": "A call.", "revision": 1, "start": "student", "steps": steps}
    return Library({"call": Flow.model_validate(flow)})


class Stage(App[None]):
    """Shows one hand-over, in the product's own colors and with its breakpoints."""

    CSS_PATH = str(Path(screens.__file__).with_name("app.tcss"))
    HORIZONTAL_BREAKPOINTS = PortalWizard.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = PortalWizard.VERTICAL_BREAKPOINTS

    def __init__(self, action: str, casework: Casework) -> None:
        super().__init__()
        self.action, self.casework = action, casework
        self.dismissed: list[bool | None] = []
        """What the hand-over was dismissed with."""
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def on_mount(self) -> None:
        self.push_screen(HANDOFFS[self.action](self.casework), self.dismissed.append)


@contextmanager
def stage(
    action: str,
    student: str,
    folder: Path,
    clock: Callable[[], datetime],
    gives: tuple[str, ...] = ("verified",),
) -> Iterator[tuple[Stage, Desk]]:
    """Yield a stage whose call stands at the action, and the practice school's desk behind it."""
    with practice_desk(folder, clock, agent="dana", library=library(action, gives)) as desk:
        casework = desk.start("counter")
        casework.pick(student)
        casework.choose("photo-id")
        yield Stage(action, casework), desk


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Paste text into the line that has the focus: much faster than single keys."""
    from textual import events

    focused = pilot.app.focused
    assert focused is not None
    focused.post_message(events.Paste(text))
    await pilot.pause()


async def fill(pilot: Pilot[None], *lines: str) -> None:
    """Fill one line after another, with Enter behind each."""
    for line in lines:
        await type_text(pilot, line)
        await pilot.press("enter")
    await pilot.pause()


def words_on(app: App[None]) -> str:
    """Return what is on screen as one line, so that wrapping does not matter."""
    return " ".join(screen_text(app).replace("│", " ").split())


async def over(pilot: Pilot[None]) -> None:
    """Wait until the store has answered, and the answer is on screen."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await until(pilot, lambda: "Working ..." not in screen_text(pilot.app))
    # A button just pressed takes no second press for a fifth of a second.
    await until(pilot, lambda: not pilot.app.screen.query("Button.-active"))
    await pilot.pause()


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Wait for something that comes a few messages later; give up after a hundred looks."""
    for _ in range(100):
        if holds():
            return
        await pilot.pause(0.02)


async def left(pilot: Pilot[None]) -> list[bool | None]:
    """Wait until the hand-over is gone, and return what it was dismissed with."""
    app = pilot.app
    assert isinstance(app, Stage)
    await until(pilot, lambda: bool(app.dismissed))
    return app.dismissed


async def claim_up_to_check(pilot: Pilot[None]) -> None:
    """Fill the claim of Siobhan O'Brien up to its preview."""
    await fill(pilot, "O'Brien", "Siobhan", "0100003")
    await fill(pilot, CANARY, CANARY)
    await pilot.press("enter", "down", "enter", "down", "enter", "enter")
    await pilot.pause()
    await fill(pilot, *ANSWERS)
