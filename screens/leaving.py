"""Leaving a call: parked for later or a colleague, thrown away while it is empty, or over."""

from typing import TYPE_CHECKING

from screens.safe import plain

if TYPE_CHECKING:
    from screens.call import CallScreen


def leave(call: "CallScreen") -> None:
    """Park the call, its code shown large, and return to the home screen; an empty or ended one just ends."""
    from screens.park import ParkScreen

    case = call.casework.case
    if case.status == "closed":
        call.go_home()
    elif call.casework.is_empty:
        call.guarded(lambda: call.desk.discard(case.id))
        call.go_home()
    else:
        call.app.push_screen(ParkScreen(case.code), lambda note: park(call, note))


def park(call: "CallScreen", note: str | None) -> None:
    """Park the call with one line for whoever takes it over, and return to the home screen; None: stay."""
    from wizard.trouble import TROUBLE

    if note is None:
        return
    try:
        words = "" if call.casework.park(note) else call.casework.view.notice
    except TROUBLE as error:
        words = str(error)
    if words:
        warn(call, f"{words} The call waits as it was last saved.")
    call.go_home()


def warn(call: "CallScreen", words: str) -> None:
    """Say on the home screen why a call was left otherwise than meant."""
    call.app.notify(plain(words, 400), severity="warning", timeout=15, markup=False)
