"""Finding a student from anywhere, and what to do with the one found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.safe import content
from screens.widgets.choices import Choices
from screens.widgets.entry import TextInput
from screens.widgets.search import Find, Search
from wizard.views.card import Hit
from wizard.views.step import ChoiceView, StepView

if TYPE_CHECKING:
    from wizard.desk import Desk

HELP = (
    "Type an ID, a username or any part of a name. The list tells only what is needed to pick the right child; "
    "everything else waits until the caller is identified."
)


class Taking(Protocol):
    """A screen from which a student can be looked for."""

    def take_student(self, hit: Hit) -> None:
        """Go on with the student found."""


class FindScreen(ModalScreen[Hit | None]):
    """The same search as in a call; dismissed with the student picked, or None."""

    CSS_PATH: ClassVar[Any] = ["call.tcss", "finding.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", id="find.close", tooltip="Return; nothing is changed"),
        Binding("f1", "help", "Help", id="find.help", tooltip="What can be typed, and all keys"),
    ]

    def __init__(self, find: Find) -> None:
        super().__init__()
        self._find = find

    def compose(self) -> ComposeResult:
        """Lay out the search."""
        with Vertical(id="panel") as panel:
            panel.border_title = content("Find a student")
            panel.border_subtitle = content("Enter picks · F1 help · Esc closes")
            yield Search(self._find, id="search", unlisted=False)

    def on_mount(self) -> None:
        """Let something be typed."""
        search = self.query_one(Search)
        search.show(_step("find"))
        search.begin()

    @on(Search.Picked)
    def pick(self, event: Search.Picked) -> None:
        """Return with the student."""
        event.stop()
        self.dismiss(self.query_one(Search).hit(event.student_id))

    @on(TextInput.Asked)
    def action_help(self) -> None:
        """Say what can be typed, and list the keys."""
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen("Find a student", HELP, self.active_bindings.values()))


class OfferScreen(ModalScreen[str | None]):
    """A few numbered ways to go on with the student found; dismissed with the code of one, or None."""

    CSS_PATH: ClassVar[Any] = ["call.tcss", "finding.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", "Close", id="offer.close", tooltip="Return; nothing is changed")
    ]

    def __init__(self, hit: Hit, choices: Sequence[ChoiceView]) -> None:
        super().__init__()
        self._hit, self._choices = hit, tuple(choices)

    def compose(self) -> ComposeResult:
        """Lay out who was found over the ways to go on."""
        place = ", ".join(filter(None, (self._hit.school, self._hit.grade and f"grade {self._hit.grade}")))
        with Vertical(id="panel", classes="offer") as panel:
            panel.border_title = content(self._hit.name, limit=50)
            panel.border_subtitle = content("1-9 or Enter · Esc closes")
            yield Static(content(f"{self._hit.masked_id}  {place}"), id="who")
            yield Choices(id="choices")

    def on_mount(self) -> None:
        """Mark the likeliest one."""
        choices = self.query_one(Choices)
        choices.show(_step("offer", self._choices))
        choices.begin()

    @on(Choices.Chosen)
    def choose(self, event: Choices.Chosen) -> None:
        """Return with the one chosen."""
        event.stop()
        self.dismiss(event.code)

    @on(Choices.Back)
    def go_back(self, event: Choices.Back) -> None:
        """Return without one."""
        event.stop()
        self.dismiss(None)


class ChannelScreen(OfferScreen):
    """Asks how the family is here, before a call about the student begins."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,C", "take('counter')", "Counter", id="channel.counter", priority=True, tooltip="They stand here"),
        Binding("p,P", "take('phone')", "Phone", id="channel.phone", priority=True, tooltip="They are on the phone"),
    ]

    def __init__(self, hit: Hit, usual: str) -> None:
        ways = (("counter", "New call at the counter (C)"), ("phone", "New call by phone (P)"))
        super().__init__(hit, [ChoiceView(code, words, likely=code == usual) for code, words in ways])

    def action_take(self, channel: str) -> None:
        """Answer by letter."""
        self.dismiss(channel)


def find(screen: Any, desk: "Desk") -> None:
    """Look for a student, and let the screen that was in front go on with the one found."""

    def found(hit: Hit | None) -> None:
        if hit:
            screen.take_student(hit)

    screen.app.push_screen(FindScreen(desk.search), found)


def _step(key: str, choices: tuple[ChoiceView, ...] = ()) -> StepView:
    return StepView(key, "choice", "", "", "", "", "", "", choices=choices)
