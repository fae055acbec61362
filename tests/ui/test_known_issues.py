"""The known-issue banner: on top of every screen while it runs, read in full and posted with F7."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, screen_text, settled
from textual.widgets import OptionList

from screens.app import PortalWizard
from screens.call import CallScreen
from screens.issues import KnownIssuesScreen
from screens.wrapup import WrapUpScreen
from wizard.desk import Desk
from wizard.practice import practice_desk

SLOW, WORDS = "Portal slow since 8:10", "It is slow for everybody today."


@pytest.fixture
def desk(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Desk]:
    """The practice school in front of Dana."""
    with practice_desk(tmp_path / "data", clock, agent="dana") as opened:
        yield opened


def lines(app: PortalWizard) -> list[str]:
    """Return the lines on screen."""
    return screen_text(app).split("\n")


async def test_home_call_and_wrap_up_show_it_in_one_line(desk: Desk) -> None:
    """At 80x24 what is wrong and the words to say stand in one line under the top bar of each screen."""
    desk.post_notice(SLOW, WORDS, "")
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert lines(app)[1] == f" !  {SLOW}  SAY {WORDS}"
        await pilot.press("c")
        assert isinstance(app.screen, CallScreen)
        assert lines(app)[1] == f" !  {SLOW}  SAY {WORDS}"
        assert lines(app)[2].strip().startswith("counter") or "counter" in lines(app)[0]
        await app.push_screen(WrapUpScreen(app.screen.casework))
        assert lines(app)[1] == f" !  {SLOW}  SAY {WORDS}"


async def test_it_appears_and_goes_during_a_call(desk: Desk) -> None:
    """What a lead posts or ends meanwhile reaches an open call without a key; a long one never takes a second line."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("c")
        before = lines(app)[1]
        desk.post_notice("[b]Long[/b] " + "x" * 200, "y" * 200, "")
        app.read_issues()
        await pilot.pause()
        assert lines(app)[1].startswith(" !  [b]Long[/b] xxx")
        assert lines(app)[2] == before
        desk.end_notice("N1")
        app.read_issues()
        await pilot.pause()
        assert lines(app)[1] == before


async def test_its_time_is_the_clocks(desk: Desk, clock: Callable[[], datetime]) -> None:
    """One that is still to come is not shown yet."""
    desk.bulletin.post("Later", starts=NOW + timedelta(hours=1))
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "Later" not in screen_text(app)


async def test_posting_from_the_home_screen(desk: Desk) -> None:
    """F7, three lines, Enter through them: it is posted, cleaned, and on the screen behind at once."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f7")
        assert isinstance(app.screen, KnownIssuesScreen)
        assert "No known issue is posted." in screen_text(app)
        await pilot.press("enter", "enter", "enter", "enter")
        assert "The notice says nothing." in screen_text(app)
        await pilot.click("#text")
        await pilot.press(*"Slow", "enter", *"Wait", "enter", *"2h", "enter", "enter")
        assert "N1 is posted" in screen_text(app)
        await pilot.press("escape")
        assert lines(app)[1] == " !  Slow  SAY Wait"
    with desk.records.reading() as tables:
        (kept,) = tables.notices.open()
    assert (kept.by, kept.until) == ("dana", NOW + timedelta(hours=2))


async def test_ending_from_the_home_screen(desk: Desk) -> None:
    """The newest one is marked first and ended with a button; the next one takes its place."""
    desk.post_notice("Older", "", "")
    desk.post_notice("Newer", "", "")
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert lines(app)[1].startswith(" !  ")
        assert "(+1 more: F7)" in lines(app)[1]
        await pilot.press("f7")
        await pilot.click("#end")
        await pilot.press("escape")
        assert len(desk.banners()) == 1
        assert lines(app)[1] == f" !  {desk.banners()[0].text}"


async def test_the_lead_chooses_which_one_ends(desk: Desk) -> None:
    """Marked in the list, an older one ends before the newest."""
    desk.post_notice("Older", "", "")
    desk.post_notice("Newer", "", "")
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f7")
        listed = app.screen.query_one("#running-list", OptionList)
        codes = [banner.code for banner in desk.banners()]
        listed.focus()
        await pilot.press("down", "enter", "enter")
        assert [banner.code for banner in desk.banners()] == codes[:1]


async def test_a_call_only_reads_them(desk: Desk) -> None:
    """In a call F7 shows all the words, and nothing that posts: the family may be looking."""
    desk.post_notice(SLOW, "z" * 250, "")
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("c", "f7")
        assert screen_text(app).count("z") >= 250
        assert not app.screen.query("#post, #text")
        await pilot.press("f7")
        assert isinstance(app.screen, CallScreen)
