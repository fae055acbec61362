"""The settings screen, the keys it moves, and what the settings do at the desk."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from conftest import NOW, screen_text, settled
from handoff_stage import type_text
from scripted import ScriptedCall, ScriptedDesk
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input

from screens.app import PortalWizard
from screens.call import CallScreen
from screens.keymap import places, usable
from screens.personal import Personal
from screens.settings import LABELS, SettingsScreen
from screens.themes import MONO
from screens.widgets.pick import Pick
from screens.widgets.say import Say, spread
from screens.widgets.secret import SecretInput
from wizard import pins
from wizard.desk import Desk
from wizard.practice import practice_desk
from wizard.settings import KEYS, Settings
from wizard.settings_file import NAME, Kept, SettingsFile


def program(folder: Path | None = None, settings: Settings | None = None, colors: bool = True) -> PortalWizard:
    """Return the program in front of a scripted call; its settings are kept in the folder, if there is one."""
    desk = ScriptedDesk(lambda: NOW, call=ScriptedCall(NOW, 1))
    file = SettingsFile(folder)
    kept = Kept(settings) if settings else file.read()
    return PortalWizard(lambda: desk, personal=Personal(file, None, kept), colors=colors)  # type: ignore[arg-type,return-value]


async def fill(pilot: Pilot[None], name: str, value: str) -> None:
    """Put a value into a line of the settings screen."""
    line = pilot.app.screen.query_one(f"#{name}")
    assert isinstance(line, Input | Pick)
    line.value = value
    await pilot.pause()


def test_every_setting_has_its_line() -> None:
    """What the file can say, the screen can set."""
    assert set(KEYS) <= set(LABELS)


async def test_settings_are_saved_and_followed(tmp_path: Path) -> None:
    """Saved settings hold at once and after the next start; F12 opens them from a call, too."""
    app = program(tmp_path)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p", "f12")
        await fill(pilot, "agent", "Dana")
        await fill(pilot, "theme", "light")
        assert app.theme == "wizard-light"
        await fill(pilot, "idle_seconds", "90")
        await fill(pilot, "large_say", "yes")
        await pilot.press("f8")
        await pilot.pause()
        assert isinstance(app.screen, CallScreen)
        assert app.has_class("-large-say")
    again = SettingsFile(tmp_path).read().settings
    assert again == Settings(agent="Dana", theme="light", idle_seconds=90, large_say=True)
    assert program(tmp_path).theme == "wizard-light"


async def test_a_wrong_line_is_told_beside_it_and_nothing_is_saved(tmp_path: Path) -> None:
    """The words stand beside the line, the cursor is in it, and they go away when it is changed."""
    app = program(tmp_path)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("f12")
        await fill(pilot, "initials", "D3")
        await fill(pilot, "idle_seconds", "5")
        await pilot.press("f8")
        shown = " ".join(screen_text(app).split())
        assert "! It must be at most 4 letters." in shown
        assert "! It must be a whole" in shown
        assert app.focused and app.focused.id == "initials"
        await fill(pilot, "initials", "DM")
        assert "4 letters." in screen_text(app)
        assert "at most 4 letters" not in screen_text(app)
    assert not (tmp_path / NAME).exists()


async def test_cancel_returns_to_what_held_before(tmp_path: Path) -> None:
    """Colors that were only looked at are taken back with everything else."""
    app = program(tmp_path)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("f12")
        await fill(pilot, "theme", "high-contrast")
        assert app.theme == "wizard-contrast"
        await pilot.press("escape")
        assert app.theme == "wizard-dark"
        assert app.settings == Settings()


async def test_colors_of_the_palette_are_remembered(tmp_path: Path) -> None:
    """A look that is chosen in the palette is there after the next start."""
    app = program(tmp_path)
    async with app.run_test() as pilot:
        await settled(pilot)
        app.look("high-contrast")
        await pilot.pause()
        assert app.theme == "wizard-contrast"
    assert SettingsFile(tmp_path).read().settings.theme == "high-contrast"


async def test_settings_that_cannot_be_saved_hold_all_the_same(tmp_path: Path) -> None:
    """A folder that is gone: the sentence stands on the screen, and the settings hold until the program ends."""
    app = program(tmp_path / "gone")
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("f12")
        await fill(pilot, "theme", "light")
        await pilot.press("f8")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)
        assert "could not be saved" in screen_text(app)
        await pilot.press("escape")
        assert app.theme == "wizard-light"


async def test_a_pin_is_typed_twice_and_kept_as_a_hash(tmp_path: Path) -> None:
    """Two PINs that differ are told; one that fits is kept as a hash, and stays when the lines are left empty."""
    app = program(tmp_path)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("f12")
        await fill(pilot, "unlock", "pin")
        app.screen.query_one("#pin", SecretInput).focus()
        await pilot.pause()
        await type_text(pilot, "47-canary")
        await pilot.press("f8")
        assert "The two PINs differ" in " ".join(screen_text(app).split())
        app.screen.query_one("#again", SecretInput).value = "47-canary"
        await pilot.press("f8")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.pause()
        assert app.screen is app.home
        assert pins.fits(app.settings.pin, "47-canary")
        await pilot.press("f12")
        await pilot.press("f8")
        await pilot.pause()
        assert pins.fits(app.settings.pin, "47-canary")
    assert "47-canary" not in (tmp_path / NAME).read_text(encoding="utf-8")


async def test_what_is_wrong_in_the_file_is_said_at_the_start(tmp_path: Path) -> None:
    """The program starts with the default, and says which line was passed over."""
    (tmp_path / NAME).write_text('theme = "pink"\n[keymap]\n"call.map" = "ctrl+p"\n', encoding="utf-8")
    app = program(tmp_path)
    async with app.run_test(notifications=True) as pilot:
        await settled(pilot)
        await pilot.pause()
        said = " ".join(each.message for each in app._notifications)
        assert "theme is “pink”" in said
        assert "ctrl+p opens the palette" in said


# -- keys ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "keys", "said"),
    [
        ("call.map", "ctrl+r", ""),
        ("call.back", "ctrl+r,f11", ""),
        ("home.counter", "x", "needed for typing"),
        ("call.dance", "f8", "no such action"),
        ("call.map", "f4", "f4 already means call.leave"),
        ("app.lock", "f12", "f12 already means app.settings"),
        ("call.map", "ctrl+l", "already means app.lock"),
        ("call.map", "ctrl+m", "is Enter in every terminal"),
        ("call.map", "enter", "needed for typing"),
        ("call.map", "fn8", "there is no key"),
    ],
)
def test_moved_keys_are_checked(name: str, keys: str, said: str) -> None:
    """A name that is not there, a key that is not one, and a key that is taken are each told in words."""
    taken, remarks = usable({name: keys})
    assert (taken == {name: keys}) is not bool(said)
    assert said in " ".join(remarks)


def test_two_actions_may_change_places() -> None:
    """A key that was given away can be taken by another action."""
    taken, remarks = usable({"call.change": "f11", "call.map": "f3"})
    assert remarks == ()
    assert set(taken) == {"call.change", "call.map"}


def test_every_key_of_ours_has_a_name() -> None:
    """Each binding of each screen can be moved: it has an id, and no two of a screen share a key."""
    clashes = []
    for place in places():
        pairs = [(key, name) for name, keys in place.keys.items() for key in keys]
        clashes += [pair for pair in pairs if not pair[1]]
    assert clashes == []
    assert {"CallScreen", "HomeScreen", "SettingsScreen", "LockScreen"} <= {place.name for place in places()}


async def test_a_moved_key_works_and_is_shown() -> None:
    """The new key opens the map, and help names it."""
    app = program(settings=Settings(keymap={"call.why": "ctrl+r"}))
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p", "ctrl+r")
        assert "Why this is asked" in screen_text(app)
        assert "^r Why" in screen_text(app)


# -- at the desk -----------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Desk]:
    with practice_desk(tmp_path / "data", clock, agent="dana") as desk:
        yield desk


def test_a_call_begins_in_the_language_of_the_settings(desk: Desk) -> None:
    """Whoever speaks Spanish all day begins in Spanish; a language the district lacks is told."""
    assert desk.under(Settings(language="es"), "dana").start("phone").case.language == "es"
    lacking = desk.under(Settings(language="fr"), "dana")
    assert lacking.start("phone").case.language == "en"
    assert "“fr” of your settings is not one of this district's" in lacking.unfit_settings()[0]
    assert desk.unfit_settings() == ()


def test_students_of_the_own_school_come_first(desk: Desk) -> None:
    """Of two Garcias the one of the clerk's school is on top; the other one is still there; a number wins anyway."""
    for school, first in (("Practice Elementary", "Garcia, Jose"), ("Practice Middle", "Garcia Lopez, Ana")):
        found = desk.under(Settings(school=school), "dana").search("garcia")
        assert found[0].name.startswith(first)
        assert len(found) == len(desk.search("garcia"))
        assert desk.under(Settings(school=school), "dana").search("0100009")[0].student_id == "0100009"


# -- looks -----------------------------------------------------------------------------------------------


async def test_without_colors_everything_is_told_by_signs() -> None:
    """NO_COLOR or a terminal without colors: the marked answer is reversed, and no color leaves the program."""
    app = program(colors=False)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p")
        assert app.theme == MONO.name
        assert app._colorless.enabled
        drawn = [segment for strip in app.screen._compositor.render_strips() for segment in strip]
        assert {str(each.style.color.name) for each in drawn if each.style and each.style.color} == {"default"}
        marked = next(each for each in drawn if "Invalid username" in each.text)
        other = next(each for each in drawn if "Something about too many" in each.text)
        assert marked.style and marked.style.reverse
        assert other.style and not other.style.reverse
        app.look("light")
        await pilot.pause()
        assert app.theme == MONO.name


def test_large_words_stand_apart() -> None:
    """Between two lines an empty one, between two words two blanks, and no line too long."""
    lines = str(spread("Please look at the screen and read me the words in red.", 30)).split("\n")
    assert lines[1::2] == [""] * (len(lines) // 2)
    assert all(len(line.rstrip()) <= 30 for line in lines)
    assert "Please\N{NO-BREAK SPACE} look" in lines[0]
    assert spread("", 30) == Content("")


async def test_ctrl_y_turns_large_type_on_and_off(tmp_path: Path) -> None:
    """One key in the middle of a call, and it is remembered."""
    app = program(tmp_path)
    async with app.run_test() as pilot:
        await settled(pilot)
        await pilot.press("p")
        height = app.screen.query_one(Say).size.height
        await pilot.press("ctrl+y")
        assert app.screen.query_one(Say).size.height > height
        assert SettingsFile(tmp_path).read().settings.large_say
        await pilot.press("ctrl+y")
        assert app.screen.query_one(Say).size.height == height


async def test_lines_stay_readable_on_a_huge_terminal() -> None:
    """At 200 x 60 the words to say are at most about a hundred characters wide."""
    app = program()
    async with app.run_test(size=(200, 60)) as pilot:
        await settled(pilot)
        await pilot.press("p")
        assert 60 <= app.screen.query_one(Say).size.width <= 104


def test_the_command_line_wins(desk: Desk) -> None:
    """--agent names who takes the calls, whatever the settings say."""
    personal = Personal(SettingsFile(None), "omar", Kept(Settings(agent="dana")))
    assert personal.at_the_desk(desk, replace(Settings(), agent="ana")).agent == "omar"


def test_the_documented_names_can_be_moved() -> None:
    """Every binding that docs/settings.md names is there."""
    page = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`\"?((?:call|home|app|handoff)\.[a-z-]+)", page))
    known = {name for place in places() for name in place.keys}
    assert named
    assert named - known == set()
