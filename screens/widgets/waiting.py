"""The calls that wait, and the line to find one by its code or a name."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static

from screens.safe import content, joined, plain
from screens.widgets.capped import CappedInput
from screens.widgets.lines import Lines
from screens.widgets.panels import Panel

if TYPE_CHECKING:
    from wizard.views.home import CaseSummary, HomeView

NONE_WAIT = (
    "No calls wait. A call that you park with F4 waits here for you or a colleague, and so does one "
    "whose window was closed: it goes on at its step."
)

CODE_LENGTH = 4


class FindCall(CappedInput):
    """The line for a code or a name."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "All calls", False, id="find-call.leave", tooltip="Show all waiting calls again")
    ]

    class Left(Message):
        """Posted when all calls are to be shown again."""

    def action_leave(self) -> None:
        """Forget what was looked for."""
        self.post_message(self.Left())


class Waiting(Panel):
    """Calls to go on with: parked, interrupted, or open at a colleague's desk."""

    KEY, TITLE, SHORT = "w", "WAITING CALLS", "Waiting"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete", "discard", "End it", False, id="waiting.end", tooltip="End the marked call as it stands")
    ]

    class Wanted(Message):
        """Posted when calls are looked for by a code or a name; empty: all of them."""

        def __init__(self, wanted: str) -> None:
            super().__init__()
            self.wanted = wanted

    class Picked(Message):
        """Posted when a call is to be gone on with."""

        def __init__(self, case: str) -> None:
            super().__init__()
            self.case = case

    class Discarded(Message):
        """Posted when a call is to be ended as it stands."""

        def __init__(self, call: "CaseSummary") -> None:
            super().__init__()
            self.call = call

    _wanted = ""
    _in_a_hurry = False

    def compose(self) -> ComposeResult:
        """Lay out the line, what it found, and the calls."""
        yield FindCall(longest=60, id="find-call")
        yield Static(content("Opening the records …"), id="calls-title")
        yield Lines(id="calls")
        yield Static(content(NONE_WAIT), id="no-calls", classes="empty")

    def on_mount(self) -> None:
        """Hide what there is nothing for yet."""
        self.query_one("#calls").display = self.query_one("#no-calls").display = False
        find = self.query_one(FindCall)
        find.display = False
        find.placeholder = "The code, a name or a colleague; then Enter"
        find.border_title = content("GO ON WITH CALL")
        find.border_subtitle = content("Esc: all calls")

    def count(self, view: "HomeView") -> str:
        """Return how many calls wait."""
        return str(view.waiting) if view.waiting else ""

    def draw(self, view: "HomeView") -> None:
        """Draw the calls as they stand."""
        self.query_one("#calls-title", Static).update(_headline(view, self._wanted))
        self.query_one("#no-calls").display = not view.waiting
        self.query_one("#calls-title").display = bool(view.waiting)
        self.query_one(Lines).draw([(call.id, _line(call)) for call in view.calls])
        if self._in_a_hurry:
            self._take_only_one()

    @property
    def own_first(self) -> bool:
        """Whether Enter at once is safe: the first call is one's own, and nobody else has it open."""
        return bool(self.view and self.view.calls and not self.view.calls[0].holder)

    def find(self) -> None:
        """Let a code or a name be typed."""
        line = self.query_one(FindCall)
        line.display = True
        self.screen.set_focus(line)  # at once: the next key is the first letter of the code, and C begins a call

    @on(Input.Changed, "#find-call")
    def look(self, event: Input.Changed) -> None:
        """Look while typing."""
        event.stop()
        self._in_a_hurry = False
        self._want(event.value)

    @on(FindCall.Left)
    def stop_finding(self) -> None:
        """Show all calls again."""
        line = self.query_one(FindCall)
        with line.prevent(Input.Changed):
            line.value = ""
        line.display = False
        self._want("")
        self.go_there()

    @on(Input.Submitted, "#find-call")
    def enter(self, event: Input.Submitted) -> None:
        """Go on with the only one that fits, as soon as it is found; of several, mark the first."""
        event.stop()
        self._in_a_hurry = True
        self._want(event.value, again=True)

    @on(CappedInput.Cut)
    def explain(self, event: CappedInput.Cut) -> None:
        """Say why not everything was taken."""
        event.stop()
        self.query_one("#calls-title", Static).update(joined(("! ", "bold"), event.words))

    @on(OptionList.OptionSelected, "#calls")
    def pick(self, event: OptionList.OptionSelected) -> None:
        """Go on with the marked call."""
        event.stop()
        if event.option.id:
            self.post_message(self.Picked(event.option.id))

    def action_discard(self) -> None:
        """End the marked call as it stands."""
        marked = self.query_one(Lines).marked
        call = next((call for call in (self.view.calls if self.view else ()) if call.id == marked), None)
        if call:
            self.post_message(self.Discarded(call))

    def _want(self, wanted: str, again: bool = False) -> None:
        if wanted != self._wanted or again:
            self._wanted = wanted
            self.post_message(self.Wanted(wanted))

    def _take_only_one(self) -> None:
        self._in_a_hurry = False
        calls = self.view.calls if self.view else ()
        exact = [call for call in calls if call.code.casefold() == self._wanted.strip().casefold()]
        if len(exact) == 1 or (len(calls) == 1 and self._wanted.strip()):
            self.post_message(self.Picked((exact or calls)[0].id))
        elif calls:
            self.query_one(Lines).focus()


def _headline(view: "HomeView", wanted: str) -> Content:
    if wanted.strip():
        then = {0: "Esc shows all.", 1: "Enter goes on with it."}.get(view.matching, "Enter goes to the list.")
        return content(f"“{plain(wanted, 30)}” fits {view.matching} of {view.waiting} waiting calls. {then}")
    if not view.calls:
        return content("")
    first = view.calls[0]
    whose = "your call" if first.agent == view.agent else "call"
    more = f" {len(view.calls)} of {view.waiting} are listed." if view.waiting > len(view.calls) else ""
    return content(f"Enter goes on with {whose} {first.code}; K finds one by its code.{more}")


def _line(call: "CaseSummary") -> Content:
    who = (plain(call.student, 36) or "no student yet", "bold")
    state = f"open at {plain(call.holder, 20)}’s desk" if call.holder else "parked" if call.parked else "interrupted"
    by = "" if call.holder else f", {plain(call.agent, 20)}"
    facts = f"{call.channel}, {call.ago}"
    note = (f"\n      “{plain(call.note, 100)}”", "bold") if call.note else ""
    style = "$text-muted" if call.parked or call.holder else "$text-warning"
    return joined(
        (f"{call.code}  ", "bold $accent"), who, "  ", (f"{state}{by}", style),
        "\n      ", (f"{facts} · ", "$text-muted"), plain(call.step, 120), note,
    )  # fmt: skip
