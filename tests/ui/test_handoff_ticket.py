"""The ticket draft, over the real records of the practice school."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from conftest import screen_text
from handoff_stage import DONE_BEFORE, Stage, left, over, stage, type_text
from textual.widgets import Button, Input

from wizard.desk import Desk
from wizard.practice import state_of

LE_THI = "0100005"


@pytest.fixture
def ticket(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[tuple[Stage, Desk]]:
    """Yield the draft for Lê Thi De La Cruz, after everything that comes before a ticket."""
    with stage("ticket-draft", LE_THI, tmp_path, clock, DONE_BEFORE) as both:
        yield both


async def test_the_draft_shows_the_menu_in_order_and_the_line_alone(ticket: tuple[Stage, Desk]) -> None:
    """The four choices stand in order, and the line is exactly first name, last name, ID (D15, D16)."""
    app, _ = ticket
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        text = screen_text(app)
        choices = ('"Software/Online" systems', "Rapid Identity/CCPS Portal", "Student Account", "Cannot answer")
        places = [text.index(choice) for choice in choices]
        assert places == sorted(places)
        line = next(row for row in text.splitlines() if LE_THI in row)
        assert line.strip("█▌ ") == "Lê Thi De La Cruz 0100005"
        assert "not into an attachment" in text
        assert "watch your e-mail" in text


async def test_one_key_copies_the_line_and_claims_nothing(ticket: tuple[Stage, Desk]) -> None:
    """F5 sends the exact line; the words leave open whether it arrived (D16)."""
    app, _ = ticket
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("f5")
        await pilot.pause()
        assert app.clipboard == "Lê Thi De La Cruz 0100005"
        assert "If pasting gives something else, type the line as" in screen_text(app)


async def test_one_confirm_keeps_the_draft(ticket: tuple[Stage, Desk]) -> None:
    """Enter on the confirm keeps the draft, with a code to say aloud, and a word about e-mail (D17)."""
    app, desk = ticket
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert state_of(desk, LE_THI) == "claimed"
        await pilot.press("enter")
        await over(pilot)
        assert "Ticket draft T-" in screen_text(app)
        assert "Watch your e-mail" in screen_text(app)
        assert state_of(desk, LE_THI) == "ticket-open"
        await pilot.press("enter")
        assert await left(pilot) == [True]


async def test_steps_left_out_are_listed_and_need_a_reason(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    """Without D06-D10 the draft is not shown until a reason is written; the reason is kept with the draft."""
    with stage("ticket-draft", LE_THI, tmp_path, clock, ("verified", "login-video-offered")) as (app, desk):
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            for step in ("check the username", "eye icon", "forgotten password", "try the challenge questions"):
                assert step in screen_text(app)
            assert "offer the video" not in screen_text(app)
            await pilot.press("f8")
            await pilot.pause()
            assert "Write a reason first" in screen_text(app)
            assert LE_THI not in screen_text(app)
            await type_text(pilot, "Portal is down for everyone")
            await pilot.press("enter")
            await pilot.pause()
            assert LE_THI in screen_text(app)
            await pilot.press("enter")
            await over(pilot)
            assert kept_reason(desk) == "Portal is down for everyone"


async def test_a_reason_of_blanks_is_no_reason(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    """Blanks do not count as a reason."""
    with stage("ticket-draft", LE_THI, tmp_path, clock) as (app, _):
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await type_text(pilot, "   ")
            await pilot.press("enter")
            await pilot.pause()
            assert "Write a reason first" in screen_text(app)


async def test_a_reason_of_ten_thousand_characters_is_capped_in_words(
    tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    """A huge paste fills the line and says so."""
    with stage("ticket-draft", LE_THI, tmp_path, clock) as (app, _):
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await type_text(pilot, "x" * 10_000)
            assert len(app.screen.query_one("#reason-input", Input).value) == 300
            assert "That was too long" in screen_text(app)


async def test_a_ticket_that_is_open_already_is_told_before_another_is_drafted(
    tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    """An open ticket is named first; going on all the same is refused by the records, and the call moves on."""
    with stage("ticket-draft", "0100006", tmp_path, clock, DONE_BEFORE) as (app, desk):
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "Ticket T-0006 is already open" in screen_text(app)
            await pilot.press("escape")
            assert await left(pilot) == [False]
            assert state_of(desk, "0100006") == "ticket-open"


async def test_the_draft_is_cancelled_without_a_trace(ticket: tuple[Stage, Desk]) -> None:
    """Esc keeps no draft."""
    app, desk = ticket
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("escape")
        assert await left(pilot) == [False]
        assert state_of(desk, LE_THI) == "claimed"


@pytest.mark.parametrize("size", [(80, 24), (40, 10)])
async def test_a_name_that_looks_like_markup_is_only_shown(
    tmp_path: Path, clock: Callable[[], datetime], size: tuple[int, int]
) -> None:
    """Brackets and control characters in a name do nothing but be shown."""
    with stage("ticket-draft", LE_THI, tmp_path, clock, DONE_BEFORE) as (app, desk):
        with desk.records.transaction() as tables:
            account = tables.accounts.get(LE_THI)
            assert account is not None
            hostile = account.student.model_copy(
                update={"first": "[@click=app.quit]Ann[/]", "last": "[/x] \x1b]52;c;x\x07"}
            )
            tables.accounts.put(account.model_copy(update={"student": hostile}))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            app.screen.query_one("#ticket-line").scroll_visible(animate=False)
            await pilot.pause()
            assert "[@click=app.quit]Ann[/]" in screen_text(app)
            assert "\x1b" not in screen_text(app)
            app.screen.query_one("#next", Button).press()
            await over(pilot)
            assert state_of(desk, LE_THI) == "ticket-open"


def kept_reason(desk: Desk) -> str:
    """Return the reason kept with the open ticket."""
    with desk.records.reading() as tables:
        account = tables.accounts.get(LE_THI)
        assert account is not None
        assert account.ticket is not None
        ticket = tables.tickets.get(account.ticket)
    assert ticket is not None
    return ticket.reason
