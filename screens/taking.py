"""Going on with a student who was found from anywhere: in this call, or in a new one while this one is parked."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from screens.leaving import park

if TYPE_CHECKING:
    from screens.call import CallScreen
    from wizard.views.card import Hit


def take(call: "CallScreen", hit: "Hit", make_way: Callable[[], None] | None) -> None:
    """Go on with a student: this call's when it looks for one, else as is chosen."""
    from screens.finding import OfferScreen
    from wizard import finding

    def chosen(code: str | None) -> None:
        if code and make_way:
            make_way()
        if code:
            call.call_later(_go_on, call, code, hit.student_id)

    offers = finding.offers(call.desk, call.casework, hit)
    if offers[0].code == finding.THIS:
        chosen(finding.THIS)
    else:
        call.app.push_screen(OfferScreen(hit, offers), chosen)


def _go_on(call: "CallScreen", code: str, student: str) -> None:
    from wizard import finding

    if code != finding.NEW:
        call.move(lambda: finding.take(call.desk, call.casework, code, student))
        return
    channel, home = call.casework.case.channel, getattr(call.app, "home", None)
    if call.casework.case.status == "closed":
        call.go_home()
    else:
        park(call, "")
    if home:
        home.call_about(channel, student)
