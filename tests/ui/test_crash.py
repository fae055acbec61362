"""What is printed when the program itself fails."""

from collections.abc import Callable
from datetime import datetime

import pytest
from conftest import settled
from scripted import ScriptedDesk

from screens import crash
from screens.app import PortalWizard
from wizard.records import RecordsError

CANARY = "Purple-Canary-42"


def fail(password: str) -> None:
    """Fail with a secret in a local variable and in the message."""
    typed = password
    raise ValueError(f"cannot hash {typed}")


def test_an_incident_tells_where_but_never_what() -> None:
    """An incident has a number, the error's class and the frames; no message, no value."""
    with pytest.raises(ValueError, match="cannot hash") as caught:
        fail(CANARY)
    words = crash.incident(caught.value).words
    assert "ui/test_crash.py" in words
    assert "in fail" in words
    assert "ValueError" in words
    assert CANARY not in words


@pytest.mark.parametrize(
    ("error", "promised"),
    [(ValueError("x"), True), (RecordsError("gone"), False), (OSError(5, "I/O"), False)],
)
def test_saved_is_promised_only_while_the_records_are_well(error: Exception, promised: bool) -> None:
    """A failure that the records or the disk had a part in does not claim that the call is saved."""
    wrapped = KeyError("later")
    wrapped.__cause__ = error
    for each in (error, wrapped):
        words = crash.incident(each).words
        assert ("The call is saved" in words) is promised
        assert ("may not be saved" in words) is not promised


async def test_a_crash_prints_the_number_only(
    clock: Callable[[], datetime], capsys: pytest.CaptureFixture[str]
) -> None:
    """A failure inside the program ends it with the number; what was typed is not printed."""
    app = PortalWizard(lambda: ScriptedDesk(clock))  # type: ignore[arg-type,return-value]
    with pytest.raises(ValueError, match="cannot hash"):
        async with app.run_test() as pilot:
            await settled(pilot)
            app.call_later(fail, CANARY)
            await pilot.pause()
    app._print_error_renderables()
    printed = "".join(capsys.readouterr())
    assert "incident" in printed
    assert CANARY not in printed
    assert "Traceback" not in printed
