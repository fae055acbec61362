"""A student found from anywhere: what a call can do with one. Nobody gets around the verification by it."""

from collections.abc import Sequence

from wizard import openings
from wizard.casework import Casework
from wizard.setting import Setting
from wizard.views.card import Hit
from wizard.views.step import ChoiceView, StepView

THIS, CHILD, NEW = "this", "child", "new"


def offers(setting: Setting, call: Casework, hit: Hit) -> tuple[ChoiceView, ...]:
    """Return what can be done with the student, likeliest first; `this` alone when the call looks for one."""
    if call.case.status == "open" and _way(setting, call) is not None:
        return (ChoiceView(THIS, f"This call is about {hit.name}", likely=True),)
    new = ChoiceView(NEW, f"A new call about {hit.name}; this one is parked")
    if not call.can_add_child:
        return (new,)
    return (ChoiceView(CHILD, f"Another child of this family: {hit.name}, in this call", likely=True), new)


def take(setting: Setting, call: Casework, code: str, student_id: str) -> StepView:
    """Go on with the student in this call; who is calling is asked again where it does not hold for both (O6)."""
    if code == CHILD:
        before = call.case.id
        view = call.another_child()
        if call.case.id == before:  # not saved
            return view
    return walk(call, _way(setting, call) or (), student_id)


def walk(call: Casework, way: Sequence[str], student_id: str) -> StepView:
    """Give the answers up to the student search, and pick; stop where one was not saved, or a colleague is at work."""
    view = call.view
    for code in way:
        if code not in {choice.code for choice in view.choices}:
            return view
        view = call.choose(code)
        if not view.saved:
            return view
    return call.pick(student_id) if view.pane == openings.SEARCH else view


def _way(setting: Setting, call: Casework) -> tuple[str, ...] | None:
    """Return the answers from here to the student search; none are needed at the search itself."""
    if call.view.pane == openings.SEARCH:
        return ()
    return openings.to_student_search(setting.library) if call.is_empty else None
