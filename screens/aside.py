"""What a call shows on another screen, and comes back from: why, the way so far, the map, spelling, who is on file."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.screen import Screen

    from screens.call import CallScreen


def explain(call: "CallScreen") -> None:
    """Say why this step is asked, and list the keys."""
    from screens.help import HelpScreen

    why = (call.view and call.view.why) or "This step leads on to the next one."
    call.app.push_screen(HelpScreen("Why this is asked", why, call.active_bindings.values()))


def look_back(call: "CallScreen") -> None:
    """Show the trail, and look again at the answer picked there."""
    from screens.changes import ChangesScreen

    def revisit(key: str | None) -> None:
        if key is not None:
            call.move(lambda: call.casework.revisit(key))

    if call.view:
        call.app.push_screen(ChangesScreen(call.view), revisit)


def show_map(call: "CallScreen") -> None:
    """Show where the call stands among all steps."""
    from screens.map import MapScreen

    call.guarded(lambda: _show(call, MapScreen(call.casework.map())))


def read_out(call: "CallScreen") -> None:
    """Show what can be read out letter by letter."""
    from screens.readout import ReadOutScreen

    call.guarded(lambda: _show(call, ReadOutScreen(call.casework)))


def show_who_is_on_file(call: "CallScreen") -> None:
    """Show the guardians, while the call asks who is calling."""
    from screens.guardians import GuardiansScreen

    if call.casework.asks_who_is_calling:
        call.guarded(lambda: _show(call, GuardiansScreen(call.casework.guardians())))


def show_ticket(call: "CallScreen") -> None:
    """Show the student's open ticket; once it has reset the account, go on with what the records say then (D18)."""
    from screens.ticket import TicketScreen

    def seen(changed: bool | None) -> None:
        card = call.casework.view.card
        resolved = changed and card is not None and not card.ticket_code
        call.move(call.casework.ask_again if resolved else lambda: call.casework.view)

    card = call.view.card if call.view else None
    if card and card.ticket_code:
        call.app.push_screen(TicketScreen(call.desk, card.ticket_code), seen)


def _show(call: "CallScreen", screen: "Screen[None]") -> None:
    call.app.push_screen(screen)
