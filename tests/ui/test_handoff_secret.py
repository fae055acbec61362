"""The line for a secret: masked, never copied, forgotten."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from conftest import screen_text
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import events, on
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot
from textual.widgets import Input, Static

import screens
from screens.themes import DARK, THEMES
from screens.widgets.secret import LONGEST, SECONDS_SHOWN, EyeLabel, SecretField, SecretInput

CANARY = "Zq7-walrus-Canary"


class Form(App[None]):
    """One secret, and one line beside it."""

    CSS_PATH = str(Path(screens.__file__).parent / "handoff" / "handoff.tcss")

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name
        self.heard: list[str] = []

    def compose(self) -> ComposeResult:
        yield SecretField("Password", id="password")
        yield Input(id="other")

    def on_ready(self) -> None:
        self.secret.focus()

    @property
    def secret(self) -> SecretInput:
        return self.query_one(SecretInput)

    @property
    def words(self) -> str:
        return str(self.query_one(".field-words", Static).render())

    @on(Input.Changed)
    @on(Input.Submitted)
    @on(Input.Blurred)
    def hear(self, event: Message) -> None:
        self.heard.append(repr(event))


async def paste(pilot: Pilot[None], text: str) -> None:
    pilot.app.query_one(SecretInput).post_message(events.Paste(text))
    await pilot.pause()


async def test_a_secret_is_masked_from_the_first_character() -> None:
    """What is typed shows as dots, as many as characters."""
    app = Form()
    async with app.run_test() as pilot:
        await pilot.press("a", "b", "c")
        assert app.secret.secret.get_secret_value() == "abc"
        assert "•••" in screen_text(app)
        assert "abc" not in screen_text(app)


async def test_the_eye_shows_the_secret_until_it_is_pressed_again() -> None:
    """F3 shows what is typed and says how to hide it; F3 again hides it (D08)."""
    app = Form()
    async with app.run_test() as pilot:
        await paste(pilot, CANARY)
        await pilot.press("f3")
        assert CANARY in screen_text(app)
        assert "Hide (F3)" in screen_text(app)
        await pilot.press("f3")
        assert CANARY not in screen_text(app)
        assert "Show (F3)" in screen_text(app)


async def test_the_eye_opens_by_mouse_also_from_another_line() -> None:
    """A click on the words shows the secret, and the cursor goes to its line."""
    app = Form()
    async with app.run_test() as pilot:
        await paste(pilot, CANARY)
        app.query_one("#other").focus()
        await pilot.click(EyeLabel)
        await pilot.pause()
        assert CANARY in screen_text(app)
        assert app.focused is app.secret


async def test_the_eye_closes_by_itself() -> None:
    """After its time (ten seconds, here shortened) the secret is masked again."""
    assert SECONDS_SHOWN == 10
    app = Form()
    async with app.run_test() as pilot:
        await paste(pilot, CANARY)
        app.secret.seconds_shown = 0.3
        await pilot.press("f3")
        assert CANARY in screen_text(app)
        for _ in range(100):
            if not app.secret.shown:
                break
            await pilot.pause(0.02)
        assert CANARY not in screen_text(app)
        assert app.secret.password


async def go_on(pilot: Pilot[None]) -> None:
    await pilot.press("tab")


async def terminal_loses_focus(pilot: Pilot[None]) -> None:
    pilot.app.post_message(events.AppBlur())
    await pilot.pause()


@pytest.mark.parametrize("leave", [go_on, terminal_loses_focus])
async def test_the_eye_closes_when_the_line_is_left(leave: Callable[[Pilot[None]], Awaitable[None]]) -> None:
    """Another line, or another window: the secret is masked."""
    app = Form()
    async with app.run_test() as pilot:
        await paste(pilot, CANARY)
        await pilot.press("f3")
        assert app.secret.shown
        await leave(pilot)
        assert not app.secret.shown
        assert CANARY not in screen_text(app)


@pytest.mark.parametrize("shown", [False, True])
@pytest.mark.parametrize("key", ["ctrl+c", "super+c", "ctrl+x"])
async def test_a_secret_cannot_be_copied_or_cut(key: str, shown: bool) -> None:
    """Copy and cut leave the clipboard and the line as they are, also while the eye is open."""
    app = Form()
    async with app.run_test() as pilot:
        app.copy_to_clipboard("before")
        await paste(pilot, CANARY)
        await pilot.press(*(["f3"] if shown else []), "shift+home")
        await pilot.press(key)
        assert app.clipboard == "before"
        assert app.secret.value == CANARY
        assert app.secret.selected_text == ""


async def test_a_secret_dragged_over_with_the_mouse_cannot_be_copied() -> None:
    """Neither the line's own selection nor the screen's holds any of its text."""
    app = Form()
    async with app.run_test() as pilot:
        await paste(pilot, CANARY)
        await pilot.press("f3")
        await pilot.mouse_down(app.secret, offset=(1, 0))
        await pilot.hover(app.secret, offset=(12, 0))
        await pilot.mouse_up(app.secret, offset=(12, 0))
        assert not app.screen.get_selected_text()
        assert app.secret.selected_text == ""


async def test_messages_carry_no_secret() -> None:
    """Whoever listens to the line learns that something changed, not what."""
    app = Form()
    async with app.run_test() as pilot:
        await paste(pilot, CANARY)
        await pilot.press("enter", "tab")
        kinds = {heard.split("(")[0] for heard in app.heard}
        assert kinds >= {"SecretInput.Changed", "SecretInput.Submitted", "SecretInput.Blurred"}
        assert not any("walrus" in heard for heard in app.heard)


async def test_the_secret_is_forgotten_when_the_program_ends() -> None:
    """Leaving the program empties the line, whatever is done with the widget afterwards."""
    app = Form()
    async with app.run_test() as pilot:
        await paste(pilot, CANARY)
        secret = app.secret
        assert secret.value == CANARY
    assert secret.value == ""


async def test_forgetting_empties_the_line_and_closes_the_eye() -> None:
    """A line that is forgotten is empty and masked."""
    app = Form()
    async with app.run_test() as pilot:
        await paste(pilot, CANARY)
        await pilot.press("f3")
        assert app.secret.shown
        app.secret.forget()
        await pilot.pause()
        assert app.secret.value == ""
        assert app.secret.password


async def test_only_the_first_line_of_a_paste_is_taken() -> None:
    """A paste with line breaks gives its first line, and says so."""
    app = Form()
    async with app.run_test() as pilot:
        await paste(pilot, f"{CANARY}\nsecond")
        assert app.secret.value == CANARY
        assert "only the first one was taken" in app.words


@pytest.mark.parametrize("length", [LONGEST + 1, 10_000])
async def test_a_paste_that_is_too_long_is_refused_in_words(length: int) -> None:
    """A secret is never cut: a longer one than fits is not taken, and the line says why."""
    app = Form()
    async with app.run_test() as pilot:
        await paste(pilot, "x" * length)
        assert app.secret.value == ""
        assert "too long" in app.words
        await paste(pilot, "y" * LONGEST)
        assert len(app.secret.value) == LONGEST
        await pilot.press("z")
        assert "full" in app.words


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
async def test_an_open_eye_shows_nothing_that_a_terminal_obeys(text: str) -> None:
    """Control and invisible characters in a secret are drawn as a mark, never sent to the terminal."""
    app = Form()
    async with app.run_test() as pilot:
        await paste(pilot, text)
        await pilot.press("f3")
        assert app.secret.shown
        assert all(character.isprintable() or character == "\n" for character in screen_text(app))
