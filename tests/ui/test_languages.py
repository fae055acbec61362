"""Languages on the call screen: switched at any moment, the English beside, nothing lost."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from conftest import screen_text, settled
from textual.pilot import Pilot
from textual.widgets import Input

from flows import layers, loader
from flows.catalog import Catalog, Line
from screens import authoring
from screens.app import PortalWizard
from screens.call import CallScreen
from screens.widgets.say import Words
from screens.widgets.step import Step
from wizard.authoring import Draft
from wizard.casework import Casework
from wizard.desk import Desk
from wizard.practice import practice_desk
from wizard.views.step import ChoiceView

ENGLISH, SPANISH, VIETNAMESE = "Thanks for reaching out", "Gracias por comunicarse", "Cảm ơn quý vị đã liên lạc"


@pytest.fixture
def desk(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Desk]:
    """The practice school in front of Dana."""
    with practice_desk(tmp_path / "data", clock, agent="dana") as opened:
        yield opened


async def begin(pilot: Pilot[None], *keys: str) -> None:
    """Start a call at the counter, then press keys."""
    await settled(pilot)
    await pilot.press("c", *keys)
    await settled(pilot)


def call_of(app: PortalWizard) -> CallScreen:
    """Return the call on screen."""
    assert isinstance(app.screen, CallScreen)
    return app.screen


async def test_one_key_goes_through_the_languages_and_back(desk: Desk) -> None:
    """F9 says it in Spanish, then in Vietnamese, then in English again; the English stays beside."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        assert ENGLISH in screen_text(app)
        for title, said in (("Español", SPANISH), ("Tiếng Việt", VIETNAMESE)):
            await pilot.press("f9")
            await settled(pilot)
            drawn = screen_text(app)
            assert f"SAY · {title} · tell them" in drawn
            assert said in drawn
            assert drawn.index(said) < drawn.index("EN  " + ENGLISH) < drawn.index("DO  ")
        await pilot.press("f9")
        await settled(pilot)
        assert "EN  " not in screen_text(app)


async def test_a_switch_keeps_what_is_typed_and_marked(desk: Desk) -> None:
    """Letters already typed into the search stay when the family turns out to speak Spanish."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "1", *"garc", "f9")
        typed = app.screen.query_one("#search Input", Input)
        assert (typed.value, app.focused) == ("garc", typed)
        assert "¿Me da, por favor" in screen_text(app)


async def test_every_later_step_is_in_the_chosen_language(desk: Desk) -> None:
    """The language is chosen once; a call that was left and opened again goes on in it."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "f9", "2")
        assert "Ese es otro portal" in screen_text(app)
        case = call_of(app).casework.case
    assert desk.resume(case.id).view.said.startswith("Ese es otro portal")


async def test_the_palette_offers_each_language_by_name(desk: Desk) -> None:
    """Whoever does not know the key types `viet` into the palette."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "ctrl+p", *"language:")
        await settled(pilot)
        drawn = screen_text(app)
        names = ("English", "Spanish · Español", "Vietnamese · Tiếng Việt")
        assert all(f"Language: {name}" in drawn for name in names)
        await pilot.press(*["backspace"] * 9, *"viet")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert call_of(app).casework.case.language == "vi"


@pytest.mark.parametrize("code", ["es", "vi"])
async def test_the_longest_lines_and_their_english_fit_a_small_terminal(desk: Desk, code: str) -> None:
    """At 80x24 the words to say are never cut off, and their English is there as a whole."""
    spoken = layers.load()[code].lines
    longest = sorted(spoken, key=lambda place: -len(spoken[place].text) - len(spoken[place].english))[:4]
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "f9")
        step, words = app.screen.query_one(Step), app.screen.query_one(Words)
        for place in longest:
            line, few = spoken[place], (ChoiceView("a", "Yes"), ChoiceView("b", "No"), ChoiceView("c", "Neither"))
            view = call_of(app).casework.view._replace(say=line.english, said=line.text, choices=few)
            step.show(view)
            await settled(pilot)
            assert app.screen.query_one("#say").region.bottom <= words.region.bottom, place
            assert app.screen.query_one("#english").region.bottom <= words.region.bottom, place


async def test_wide_terminals_have_both_side_by_side(desk: Desk) -> None:
    """At 120 columns the English stands to the right of the words to say."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await begin(pilot, "f9")
        say, english = app.screen.query_one("#say").region, app.screen.query_one("#english").region
        assert english.x >= say.right
        assert english.y == say.y
        assert english.width >= 20


async def test_a_line_without_translation_is_english_and_says_so(desk: Desk) -> None:
    """Where Spanish is missing or out of date, English is spoken, never nothing, and staff see why."""
    spanish = layers.load()["es"]
    lines = {place: line for place, line in spanish.lines.items() if place != "call/portal/say"}
    for changed, told in (
        (lines, "SAY · not in Spanish yet · tell them"),
        (
            {**lines, "call/portal/say": Line(english="Hi.", text="Hola.")},
            "SAY · Spanish is out of date · tell them",
        ),
    ):
        catalog: Catalog = spanish.model_copy(update={"lines": changed})
        partly = Desk(desk.records, desk.library, desk.district, desk.clock, desk.agent, catalogs={"es": catalog})
        app = PortalWizard(lambda partly=partly: partly)  # type: ignore[misc]
        async with app.run_test(size=(80, 24)) as pilot:
            await begin(pilot, "f9")
            drawn = screen_text(app)
            assert told in drawn
            assert drawn.count(ENGLISH) == 1


async def test_a_district_with_one_language_has_no_switch(desk: Desk) -> None:
    """The key is not offered where it would do nothing."""
    alone = desk.district.model_copy(update={"languages": ("en",)})
    only = Desk(desk.records, desk.library, alone, desk.clock, desk.agent)
    app = PortalWizard(lambda: only)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "f9")
        assert "Language" not in screen_text(app)
        assert isinstance(call_of(app).casework, Casework)
        assert call_of(app).casework.case.language == "en"


async def test_a_saved_translation_is_spoken_at_once(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    """In author mode a translator hears a new line as soon as its file is saved; a broken file changes nothing."""
    flows = tmp_path / "draft"
    flows.mkdir()
    for path in loader.shipped().glob("*.toml"):
        shutil.copy(path, flows)
    shutil.copytree(layers.shipped(), flows / "locale")
    spanish = flows / "locale" / "es.toml"
    before = spanish.read_text(encoding="utf-8")
    with practice_desk(tmp_path / "data", clock, agent="dana", flows=flows) as desk:
        draft = Draft(flows, None)
        app = PortalWizard(lambda: desk, draft=draft)
        async with app.run_test(size=(80, 24)) as pilot:
            await begin(pilot, "f9")
            spanish.write_text(before.replace(SPANISH, "Muy buenos días"), encoding="utf-8")
            assert draft.changed()
            authoring.take(app, draft.read())
            await settled(pilot)
            assert "Muy buenos días" in screen_text(app)
            spanish.write_text(before[:300], encoding="utf-8")
            authoring.take(app, draft.read())
            await settled(pilot)
            assert "Muy buenos días" in screen_text(app)
