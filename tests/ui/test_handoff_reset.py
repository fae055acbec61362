"""The reset hand-over, over the real records of the practice school."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW, screen_text
from handoff_stage import CANARY, Stage, fill, left, over, stage, type_text, words_on
from textual.pilot import Pilot
from textual.widgets import Input

from screens.widgets.secret import SecretInput
from wizard.desk import Desk
from wizard.practice import ANSWERS, PASSWORD

LE_THI = "0100005"
WRONG = ("blue bicycle", "grandmas porch", "porridge")


@pytest.fixture
def reset(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[tuple[Stage, Desk]]:
    """Yield the reset of Lê Thi De La Cruz, who claimed here and knows the answers."""
    with stage("reset", LE_THI, tmp_path, clock) as both:
        yield both


async def attempt(pilot: Pilot[None], answers: tuple[str, ...], password: str = CANARY) -> None:
    """Fill everything and confirm."""
    await fill(pilot, *answers)
    await fill(pilot, password, password)
    await pilot.press("enter")
    await over(pilot)


async def test_the_right_answers_and_a_new_password_are_set_once_confirmed(reset: tuple[Stage, Desk]) -> None:
    """Three answers, the password twice, check, confirm: the new password is set (D10)."""
    app, desk = reset
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Step 1 of 3: Your answers" in screen_text(app)
        for question in app.casework.forms.own_questions():
            assert question.text in screen_text(app)
        before = kept_password(desk)
        await attempt(pilot, ("Blue bicycle!", "Grandma's porch", "OATMEAL"))
        assert "The new password is set. The student can log in now." in screen_text(app)
        assert kept_password(desk) != before
        await pilot.press("enter")
        assert await left(pilot) == [True]
        assert app.casework.view.kind == "outcome"


async def test_wrong_answers_never_tell_which_one_was_wrong(reset: tuple[Stage, Desk]) -> None:
    """One wrong answer of three: all lines are emptied, nothing is said of a single one, and it can be tried again."""
    app, desk = reset
    async with app.run_test(size=(80, 24)) as pilot:
        before = kept_password(desk)
        await attempt(pilot, WRONG)
        assert "Step 1 of 3" in screen_text(app)
        assert "do not match" in screen_text(app)
        assert [line.value for line in app.screen.query(SecretInput)] == [""] * 5
        assert kept_password(desk) == before
        assert app.focused is app.screen.query_one("#own-1-input")
        await attempt(pilot, ANSWERS)
        assert "is set" in screen_text(app)


async def test_cancel_after_a_wrong_attempt_lets_the_call_look_again(reset: tuple[Stage, Desk]) -> None:
    """After an attempt the call screen reads the view again: it has advice now."""
    app, _ = reset
    async with app.run_test(size=(80, 24)) as pilot:
        await attempt(pilot, WRONG)
        await pilot.press("escape")
        assert await left(pilot) == [True]
        assert app.casework.view.advice


async def test_the_third_wrong_attempt_explains_the_wait(tmp_path: Path) -> None:
    """Three wrong sets: not done, until when to wait, and back to the call."""
    now = [NOW]
    with stage("reset", LE_THI, tmp_path, lambda: now[0]) as (app, _):
        async with app.run_test(size=(80, 24)) as pilot:
            for _ in range(3):
                await attempt(pilot, WRONG)
            assert "Not done" in screen_text(app)
            assert "10:15 AM EDT" in screen_text(app)
            await pilot.press("enter")
            assert await left(pilot) == [True]


async def test_an_attempt_during_the_wait_is_not_tried(tmp_path: Path, clock: Callable[[], datetime]) -> None:
    """While the wait runs even the right answers are held off before the confirm, and none is counted."""
    with stage("reset", "0100010", tmp_path, clock) as (app, desk):
        async with app.run_test(size=(80, 24)) as pilot:
            await fill(pilot, *ANSWERS)
            await fill(pilot, CANARY, CANARY)
            await over(pilot)
            assert "Not done" in screen_text(app)
            assert "3 wrong attempts" in screen_text(app)
            assert attempts(desk, "0100010") == 3


async def test_the_fifth_wrong_attempt_switches_the_answers_off_and_the_call_moves_on(tmp_path: Path) -> None:
    """Five wrong sets in a day: the answers are off until a ticket, and the call goes that way (D13)."""
    now = [NOW]
    with stage("reset", LE_THI, tmp_path, lambda: now[0]) as (app, desk):
        for _ in range(4):
            count_one(desk, now[0])
            now[0] += timedelta(minutes=16)
        async with app.run_test(size=(80, 24)) as pilot:
            await attempt(pilot, WRONG)
            assert "off until a ticket" in words_on(app)
            assert app.casework.view.kind == "outcome"
            await pilot.press("enter")
            assert await left(pilot) == [True]


async def test_who_cannot_answer_goes_on_to_the_ticket(reset: tuple[Stage, Desk]) -> None:
    """The button for those who can't answer changes no password and moves the call on (D13, O7)."""
    app, desk = reset
    async with app.run_test(size=(80, 24)) as pilot:
        before = kept_password(desk)
        await type_text(pilot, "something")
        secrets = list(app.screen.query(SecretInput))
        await pilot.click("#cannot")
        assert await left(pilot) == [True]
        assert app.casework.view.kind == "outcome"
        assert kept_password(desk) == before
        assert not any(secret.value for secret in secrets)


async def test_a_password_used_before_is_refused_and_typed_anew(reset: tuple[Stage, Desk]) -> None:
    """The old password is not taken again: the screen says so, with every line empty (D12)."""
    app, desk = reset
    async with app.run_test(size=(80, 24)) as pilot:
        before = kept_password(desk)
        await attempt(pilot, ANSWERS, PASSWORD)
        assert "used that password before" in words_on(app)
        assert not any(line.value for line in app.screen.query(SecretInput))
        assert kept_password(desk) == before


async def test_the_reset_works_in_a_small_terminal(reset: tuple[Stage, Desk]) -> None:
    """At 40x10 the reset is made by keyboard all the same."""
    app, desk = reset
    async with app.run_test(size=(40, 10)) as pilot:
        before = kept_password(desk)
        await attempt(pilot, ANSWERS)
        assert kept_password(desk) != before


async def test_every_line_of_the_reset_is_masked(reset: tuple[Stage, Desk]) -> None:
    """No line of the reset shows what is typed."""
    app, _ = reset
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert all(isinstance(line, SecretInput) for line in app.screen.query(Input))
        assert all(line.password for line in app.screen.query(Input))


def kept_password(desk: Desk) -> str:
    """Return the hash of the present password."""
    with desk.records.reading() as tables:
        account = tables.accounts.get(LE_THI)
    assert account is not None
    assert account.secrets is not None
    return account.secrets.password_hash


def attempts(desk: Desk, student: str) -> int:
    """Return how many wrong attempts are on file."""
    with desk.records.reading() as tables:
        account = tables.accounts.get(student)
    assert account is not None
    return len(account.attempts)


def count_one(desk: Desk, now: datetime) -> None:
    """Put one wrong attempt on file."""
    from wizard.accounts import wrong_attempt

    with desk.records.transaction() as tables:
        account = tables.accounts.get(LE_THI)
        assert account is not None
        tables.accounts.put(wrong_attempt(account, now))
