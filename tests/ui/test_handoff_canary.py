"""A password and three answers typed end to end, then searched for in everything that was written or shown."""

import base64
import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from conftest import screen_text
from handoff_stage import ANSWERS, CANARY, Stage, claim_up_to_check, fill, over, stage

from wizard.practice import state_of


def traces(secret: str) -> Iterator[bytes]:
    """Yield how a secret would look in a file: plain, UTF-16, hexadecimal, base64 at each of its three alignments."""
    for raw in (secret.encode(), secret.encode("utf-16-le"), secret.casefold().encode()):
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        for shift in range(3):
            # The characters at both ends also depend on the neighbors, so only the middle is looked for.
            yield base64.b64encode(b"\0" * shift + raw)[4:-4]


TRACES = tuple(trace for secret in (CANARY, *ANSWERS) for trace in traces(secret))


def found_in(content: bytes) -> list[bytes]:
    """Return the traces that are in it."""
    return [trace for trace in TRACES if trace in content]


def test_the_search_finds_what_it_looks_for() -> None:
    """The search bites: each way to write the canary is found in a haystack that holds it."""
    raw = CANARY.encode()
    assert found_in(b"..." + raw + b"...")
    assert found_in(raw.hex().encode())
    assert all(found_in(base64.b64encode(b"x" * shift + raw + b"yyy")) for shift in range(3))


async def walk(app: Stage, seen: list[str]) -> None:
    """Go through the whole hand-over, keeping what every page looked like."""
    async with app.run_test(size=(80, 24)) as pilot:

        def look() -> None:
            seen.append(screen_text(app))
            seen.append(app.export_screenshot())

        if app.action == "claim":
            await claim_up_to_check(pilot)
            for _ in range(4):
                look()
                await pilot.press("f2")
                await pilot.pause()
            look()
            for _ in range(4):
                await pilot.press("f8")
                await pilot.pause()
        else:
            await fill(pilot, *ANSWERS)
            look()
            await pilot.press(*CANARY)
            await pilot.press("tab")
            look()
            await pilot.press(*CANARY)
            await pilot.press("enter")
            await pilot.pause()
        look()
        app.screen.query_one("#next").press()
        await over(pilot)
        look()


@pytest.mark.parametrize("action", ["claim", "reset"])
async def test_no_secret_is_written_shown_or_printed(
    action: str,
    tmp_path: Path,
    clock: Callable[[], datetime],
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Neither the store's files, nor any screen, nor the log or output holds the password or an answer."""
    caplog.set_level(logging.DEBUG)
    student = {"claim": "0100003", "reset": "0100005"}[action]
    seen: list[str] = []
    with stage(action, student, tmp_path, clock) as (app, desk):
        await walk(app, seen)
        assert state_of(desk, student) == "claimed"
        assert not found_in(repr(app.casework.case).encode())
        while_open = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    closed = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    printed = "".join(capfd.readouterr())
    assert len(closed) > 1000
    for place in (while_open, closed, "".join(seen).encode(), printed.encode(), caplog.text.encode()):
        assert not found_in(place)
