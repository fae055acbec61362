"""What the home screen does about calls: begin one, go on with one, end one that nobody goes on with."""

from functools import partial
from typing import TYPE_CHECKING

from screens.safe import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.model import Channel
    from screens.home import HomeScreen
    from wizard.casework import Casework
    from wizard.desk import Desk
    from wizard.views.home import CaseSummary


def guarded(home: "HomeScreen", do: "Callable[[], None]") -> None:
    """Do what reads or writes the records; what they refuse is said."""
    from wizard.desk import CallGone
    from wizard.trouble import TROUBLE

    try:
        do()
    except CallGone as error:
        home.say(str(error))
        home.read()
    except TROUBLE as error:
        home.say(str(error))


def begin(home: "HomeScreen", channel: str, desk: "Desk") -> None:
    """Begin a call."""
    _open(home, desk, desk.start(_channel(channel)))


def begin_about(home: "HomeScreen", channel: str, student: str, desk: "Desk") -> None:
    """Begin a call about a student; who is calling is asked as always."""
    _open(home, desk, desk.start_about(_channel(channel), student))


def go_on(home: "HomeScreen", case: str, desk: "Desk") -> None:
    """Go on with a waiting call; who has it open right now is said first."""
    from screens.confirm import ConfirmScreen

    holder = desk.holder(case)
    if holder is None:
        _resume(home, case, desk)
        return
    who = "another window of yours" if holder.me else holder.agent
    words = f"Since {holder.since}. You can both answer; whoever is first counts, and nothing is lost."
    question = ConfirmScreen(f"Open at {plain(who, 30)}’s desk", words, yes="Open it, too", no="Leave it to them")
    resume = partial(_resume, home, case, desk)
    home.app.push_screen(question, lambda yes: guarded(home, resume) if yes else None)


def ask_to_discard(home: "HomeScreen", call: "CaseSummary", desk: "Desk") -> None:
    """Ask before a waiting call is ended as it stands."""
    from screens.confirm import ConfirmScreen

    def discard() -> None:
        desk.discard(call.id)
        home.read()

    words = "It leaves this list without an outcome. What was answered stays in the records."
    question = ConfirmScreen(f"End call {call.code} as it stands?", words, yes="End it", no="Let it wait")
    home.app.push_screen(question, lambda yes: guarded(home, discard) if yes else None)


def open_ticket(home: "HomeScreen", student: str, desk: "Desk") -> None:
    """Open a student's ticket."""
    from screens.ticket import TicketScreen

    if code := desk.ticket_of(student):
        home.app.push_screen(TicketScreen(desk, code))
    else:
        home.say("That ticket is resolved already.")


def _resume(home: "HomeScreen", case: str, desk: "Desk") -> None:
    _open(home, desk, desk.resume(case))


def _open(home: "HomeScreen", desk: "Desk", call: "Casework") -> None:
    from screens.call import CallScreen

    home.app.push_screen(CallScreen(call, desk))


def _channel(name: str) -> "Channel":
    return "phone" if name == "phone" else "counter"
