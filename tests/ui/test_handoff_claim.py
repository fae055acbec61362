"""The claim hand-over, over the real records of the practice school."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, screen_text
from handoff_stage import ANSWERS, CANARY, Stage, claim_up_to_check, fill, left, over, stage, type_text, until
from textual.widgets import Button, Input, OptionList

from screens.handoff.claim import Bank
from screens.widgets.secret import SecretInput
from wizard.desk import Desk
from wizard.practice import state_of
from wizard.views.forms import ReportForm

SIOBHAN = "0100003"


@pytest.fixture
def claim(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[tuple[Stage, Desk]]:
    """Yield the claim of Siobhan O'Brien, who has not claimed yet."""
    with stage("claim", SIOBHAN, tmp_path, clock) as both:
        yield both


async def test_a_claim_is_typed_checked_confirmed_once_and_shown_as_the_store_confirmed_it(
    claim: tuple[Stage, Desk],
) -> None:
    """Name, password, questions, check, confirm: the account is claimed, and the screen says what the store said."""
    app, desk = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await claim_up_to_check(pilot)
        assert "Claim the account of Siobhan O'Brien" in screen_text(app)
        assert state_of(desk, SIOBHAN) == "unclaimed"
        await pilot.press("enter")
        await over(pilot)
        assert "The account is claimed" in screen_text(app)
        assert "Turn the keyboard back" in screen_text(app)
        assert state_of(desk, SIOBHAN) == "claimed"
        await pilot.press("enter")
        assert await left(pilot) == [True]
        assert app.casework.view.kind == "outcome"


async def test_a_claim_is_made_with_the_mouse(claim: tuple[Stage, Desk]) -> None:
    """Every step of the hand-over is reached by clicking."""
    app, desk = claim
    async with app.run_test(size=(80, 24)) as pilot:
        for field, text in (("last", "O'Brien"), ("first", "Siobhan"), ("id", SIOBHAN)):
            await pilot.click(f"#{field}-input")
            await type_text(pilot, text)
        await pilot.click("#next")
        for field in ("password", "again"):
            await pilot.click(f"#{field}-input")
            await type_text(pilot, CANARY)
        await pilot.click("#next")
        for row in range(3):
            await pilot.click("#pick-list", offset=(8, row))
        await pilot.click("#next")
        for number, answer in enumerate(ANSWERS):
            await pilot.click(f"#answer-{number}-input")
            await type_text(pilot, answer)
        await pilot.click("#next")
        await pilot.pause()
        await pilot.click("#next")
        await over(pilot)
        assert state_of(desk, SIOBHAN) == "claimed"


@pytest.mark.parametrize(
    ("typed", "words"),
    [("OBrien", "apostrophe"), ("O'Brien ", ""), ("O Brien", "apostrophe")],
)
async def test_a_name_that_differs_is_told_in_words_and_holds_the_claim(
    claim: tuple[Stage, Desk], typed: str, words: str
) -> None:
    """A name unlike the record's is explained while it is typed, and Next does not go on (D23, O1)."""
    app, _ = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await type_text(pilot, typed)
        assert "not yet" in screen_text(app)
        assert words in screen_text(app).casefold()
        await pilot.press("f8")
        await pilot.pause()
        assert "Step 1 of 5" in screen_text(app)
        assert app.focused is app.screen.query_one("#last-input")


async def test_a_name_like_the_record_is_ok(claim: tuple[Stage, Desk]) -> None:
    """A name exactly as in the record is marked ok."""
    app, _ = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await type_text(pilot, "O'Brien")
        assert "not yet" not in screen_text(app)
        assert "ok" in screen_text(app)


async def test_a_password_typed_differently_the_second_time_holds_the_claim(claim: tuple[Stage, Desk]) -> None:
    """Two different passwords: the rule says not yet, and Next stays (D24)."""
    app, _ = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await fill(pilot, "O'Brien", "Siobhan", SIOBHAN)
        await fill(pilot, CANARY, CANARY + "x")
        assert "Step 2 of 5" in screen_text(app)
        assert "not yet  Typed twice the same" in screen_text(app)
        assert "Not yet: Typed twice the same" in screen_text(app)


@pytest.mark.parametrize(
    ("password", "rule"),
    [("short77", "At least 8 characters"), ("siobhan12", "Not a name"), ("password1", "Not a password that many")],
)
async def test_a_password_against_a_rule_holds_the_claim(claim: tuple[Stage, Desk], password: str, rule: str) -> None:
    """Each broken rule is marked while the password is typed, and named when Next is pressed (D11)."""
    app, _ = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await fill(pilot, "O'Brien", "Siobhan", SIOBHAN)
        await type_text(pilot, password)
        assert f"not yet  {rule}" in screen_text(app)
        await pilot.press("down")
        await fill(pilot, password)
        assert f"Not yet: {rule}" in screen_text(app)
        assert "Step 2 of 5" in screen_text(app)


async def test_eight_characters_are_enough(claim: tuple[Stage, Desk]) -> None:
    """A password of exactly eight characters is accepted (D11)."""
    app, _ = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await fill(pilot, "O'Brien", "Siobhan", SIOBHAN)
        await fill(pilot, "qz7walrk", "qz7walrk")
        assert "Step 3 of 5" in screen_text(app)


async def test_exactly_three_different_questions_are_picked(claim: tuple[Stage, Desk]) -> None:
    """Two are too few, a fourth is not taken, one picked twice is given back (D25)."""
    app, _ = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await fill(pilot, "O'Brien", "Siobhan", SIOBHAN)
        await fill(pilot, CANARY, CANARY)
        await pilot.press("enter", "down", "enter", "f8")
        await pilot.pause()
        assert "Pick 1 more" in screen_text(app)
        assert "2 of 3 picked" in screen_text(app)
        await pilot.press("enter")
        assert "Picked already: Space takes it back." in screen_text(app)
        await pilot.press("space")
        assert "1 of 3 picked" in screen_text(app)
        await pilot.press("enter", "down", "enter")
        await pilot.pause()
        assert app.focused is app.screen.query_one("#next", Button)
        app.screen.query_one(OptionList).focus()
        await pilot.pause()
        await pilot.press("down", "space")
        assert "That is enough" in screen_text(app)
        assert "3 of 3 picked" in screen_text(app)


async def test_a_quick_key_behind_the_third_question_takes_nothing_back(claim: tuple[Stage, Desk]) -> None:
    """Down and Enter pressed once more, before the cursor has moved on, lead to the answers: nothing is unpicked."""
    app, _ = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await fill(pilot, "O'Brien", "Siobhan", SIOBHAN)
        await fill(pilot, CANARY, CANARY)
        questions = app.screen.query_one(Bank)
        for press in ("pick", "cursor_down", "pick", "cursor_down", "pick", "cursor_down", "pick"):
            getattr(questions, f"action_{press}")()
        await pilot.pause()
        await pilot.pause()
        assert "Step 4 of 5: Your answers" in screen_text(app)


async def test_tab_goes_from_the_last_line_to_next_then_back_then_cancel(claim: tuple[Stage, Desk]) -> None:
    """Whoever tabs on from the last line comes to Next first, and to Cancel last."""
    app, _ = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await fill(pilot, "O'Brien", "Siobhan", SIOBHAN)
        await pilot.press("f2")
        app.screen.query_one("#id-input").focus()
        order = []
        for _ in range(2):
            await pilot.press("tab")
            assert app.focused
            order.append(app.focused.id)
        assert order == ["next", "cancel"]


async def test_answers_alike_hold_the_claim(claim: tuple[Stage, Desk]) -> None:
    """Three answers that are the same after all hold the claim."""
    app, _ = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await fill(pilot, "O'Brien", "Siobhan", SIOBHAN)
        await fill(pilot, CANARY, CANARY)
        await pilot.press("enter", "down", "enter", "down", "enter", "enter")
        await pilot.pause()
        await fill(pilot, "Green kettle", "green  kettle!", "GREEN KETTLE")
        assert "Not yet: Different answers" in screen_text(app)


async def test_going_back_keeps_what_was_typed(claim: tuple[Stage, Desk]) -> None:
    """Back shows the page before as it was left."""
    app, _ = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await fill(pilot, "O'Brien", "Siobhan", SIOBHAN)
        await type_text(pilot, CANARY)
        await pilot.press("f2")
        await pilot.pause()
        assert "Siobhan" in screen_text(app)
        await pilot.press("f8")
        await pilot.pause()
        assert app.screen.query_one("#password-input", SecretInput).value == CANARY


async def test_cancel_with_nothing_typed_leaves_at_once(claim: tuple[Stage, Desk]) -> None:
    """Esc leaves without a question when nothing would be lost."""
    app, desk = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        assert await left(pilot) == [False]
        assert state_of(desk, SIOBHAN) == "unclaimed"


async def test_cancel_asks_first_then_changes_nothing_and_forgets_everything(claim: tuple[Stage, Desk]) -> None:
    """Esc asks; the harmless answer goes on typing; Stop leaves the account as it was, every secret forgotten."""
    app, desk = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await claim_up_to_check(pilot)
        secrets = list(app.screen.query(SecretInput))
        before = app.casework.case
        await pilot.press("escape")
        await pilot.pause()
        assert "Nothing has been changed" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert "Claim the account of Siobhan" in screen_text(app)
        assert all(secret.value for secret in secrets)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("right", "enter")
        assert await left(pilot) == [False]
        assert [secret.value for secret in secrets] == [""] * 5
        assert state_of(desk, SIOBHAN) == "unclaimed"
        assert app.casework.case == before


async def test_an_open_eye_closes_behind_the_question(claim: tuple[Stage, Desk]) -> None:
    """When another screen comes in front, what was shown is masked."""
    app, _ = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await fill(pilot, "O'Brien", "Siobhan", SIOBHAN)
        await type_text(pilot, CANARY)
        await pilot.press("f3")
        assert CANARY in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert CANARY not in screen_text(app)


async def test_quitting_the_program_forgets_everything(claim: tuple[Stage, Desk]) -> None:
    """Ending the program in the middle of the hand-over empties every secret line."""
    app, desk = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await claim_up_to_check(pilot)
        secrets = list(app.screen.query(SecretInput))
        assert all(secret.value for secret in secrets)
        app.exit()
        await pilot.pause()
    assert [secret.value for secret in secrets] == [""] * 5
    assert state_of(desk, SIOBHAN) == "unclaimed"


async def test_a_colleague_who_was_faster_is_named(claim: tuple[Stage, Desk]) -> None:
    """Claimed by a colleague while the student was typing: the screen says who and when, and the call goes on (D05)."""
    app, desk = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await claim_up_to_check(pilot)
        with claimed_by("robin", desk):
            await pilot.press("enter")
            await over(pilot)
        assert "Not done" in screen_text(app)
        assert "robin" in screen_text(app)
        assert "Jul 28" in screen_text(app)
        secrets = list(app.screen.query(SecretInput))
        await pilot.press("enter")
        assert await left(pilot) == [True]
        assert [secret.value for secret in secrets] == [""] * 5


async def test_a_colleague_who_was_faster_is_named_before_the_confirm(claim: tuple[Stage, Desk]) -> None:
    """The same, noticed when the preview is made: no confirm is offered, and the call moves on."""
    app, desk = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await fill(pilot, "O'Brien", "Siobhan", SIOBHAN)
        await fill(pilot, CANARY, CANARY)
        await pilot.press("enter", "down", "enter", "down", "enter", "enter")
        await pilot.pause()
        with claimed_by("robin", desk):
            await fill(pilot, *ANSWERS)
            await over(pilot)
        assert "Not done" in screen_text(app)
        assert "robin" in screen_text(app)
        assert app.casework.view.kind == "outcome"


@contextmanager
def claimed_by(agent: str, desk: Desk) -> Iterator[None]:
    """Let a colleague at another desk record the claim first."""
    from dataclasses import replace

    from handoff_stage import library

    other = replace(desk, agent=agent, library=library("claim-reported")).start("phone")
    other.pick(SIOBHAN)
    other.choose("photo-id")
    other.perform(ReportForm())
    yield


async def test_a_student_who_is_too_new_is_told_when_the_claim_opens(
    tmp_path: Path, clock: Callable[[], datetime]
) -> None:
    """23 h 59 min after being entered: not done, with the time at which it opens (D03)."""
    with stage("claim", "0100002", tmp_path, clock) as (app, desk):
        async with app.run_test(size=(80, 24)) as pilot:
            await fill(pilot, "Nguyen-Tran", "José", "0100002")
            await fill(pilot, CANARY, CANARY)
            await pilot.press("enter", "down", "enter", "down", "enter", "enter")
            await pilot.pause()
            await fill(pilot, *ANSWERS)
            await over(pilot)
            assert "Not done" in screen_text(app)
            assert "10:01 AM EDT" in screen_text(app)
            await pilot.press("enter")
            assert await left(pilot) == [True]
            assert state_of(desk, "0100002") == "too-new"


async def test_the_same_claim_is_done_a_minute_later(tmp_path: Path) -> None:
    """The same student, 24 hours after being entered: the claim is done (D03)."""
    now = [NOW]
    with stage("claim", "0100002", tmp_path, lambda: now[0]) as (app, desk):
        now[0] = NOW + timedelta(minutes=1)
        async with app.run_test(size=(80, 24)) as pilot:
            await fill(pilot, "Nguyen-Tran", "José", "0100002")
            await fill(pilot, CANARY, CANARY)
            await pilot.press("enter", "down", "enter", "down", "enter", "enter")
            await pilot.pause()
            await fill(pilot, *ANSWERS)
            await pilot.press("enter")
            await over(pilot)
            assert state_of(desk, "0100002") == "claimed"


async def test_pressing_confirm_many_times_claims_once(claim: tuple[Stage, Desk]) -> None:
    """However often the button is pressed, one claim is made."""
    app, desk = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await claim_up_to_check(pilot)
        for _ in range(3):
            app.screen.query_one("#next", Button).press()
        await over(pilot)
        assert len(app.casework.case.receipts) == 1
        assert state_of(desk, SIOBHAN) == "claimed"


async def test_a_page_filled_in_no_time_is_confirmed_by_the_first_key(claim: tuple[Stage, Desk]) -> None:
    """The button that led on takes Enter again at once when it means the next page."""
    app, desk = claim
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.query_one("#next", Button).add_class("-active")  # as for a fifth of a second after it was pressed
        await claim_up_to_check(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: state_of(desk, SIOBHAN) == "claimed")
        assert state_of(desk, SIOBHAN) == "claimed"


async def test_a_huge_paste_into_any_line_is_held_off_in_words(claim: tuple[Stage, Desk]) -> None:
    """10 kB pasted into each line: nothing breaks, and a sentence says what happened."""
    app, _ = claim
    async with app.run_test(size=(80, 24)) as pilot:
        await type_text(pilot, "x" * 10_000)
        assert "That was too long" in screen_text(app)
        assert len(app.screen.query_one("#last-input", Input).value) == 200
        app.screen.query_one("#last-input", Input).value = ""
        await fill(pilot, "O'Brien", "Siobhan", SIOBHAN)
        await type_text(pilot, "x" * 10_000)
        assert "That is too long" in screen_text(app)


async def test_a_small_terminal_still_claims(claim: tuple[Stage, Desk]) -> None:
    """At 40x10 everything scrolls; the claim is made by keyboard all the same."""
    app, desk = claim
    async with app.run_test(size=(40, 10)) as pilot:
        await claim_up_to_check(pilot)
        await pilot.press("enter")
        await over(pilot)
        assert state_of(desk, SIOBHAN) == "claimed"


async def test_the_focused_line_is_on_screen_in_a_small_terminal(claim: tuple[Stage, Desk]) -> None:
    """At 40x10 the line that has the cursor is always in sight."""
    app, _ = claim
    async with app.run_test(size=(40, 10)) as pilot:
        for name in ("last", "first", "id"):
            assert app.focused is not None
            assert app.focused.id == f"{name}-input"
            assert app.screen.find_widget(app.focused).visible_region.height == 1
            await pilot.press("down")
            await pilot.pause()
