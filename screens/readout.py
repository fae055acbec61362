"""Reading out: one character a line, large, with the words that spell it, for somebody who writes it down."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.safe import content, joined, plain

if TYPE_CHECKING:
    from wizard.casework import Casework
    from wizard.views.beside import ReadOut

AIRY = 10
"""Up to so many characters have a free line between them."""


class ReadOutScreen(ModalScreen[None]):
    """A panel over the call; what can be spelled is picked with its number, nothing on it changes the call."""

    CSS_PATH = "readout.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f5,q", "dismiss", "Close", id="spell.close", tooltip="Return to the step"),
        Binding("right,tab,space", "turn(1)", "Next", id="spell.next", tooltip="Spell the next one"),
        Binding("left,shift+tab", "turn(-1)", "Before", show=False, id="spell.before", tooltip="Spell the one before"),
        Binding("f9", "speak_next", "Language", id="spell.language", tooltip="Spell in the next language"),
        *(Binding(str(number), f"pick({number - 1})", show=False) for number in range(1, 5)),
    ]

    at: reactive[int] = reactive(0, init=False)
    """Which one is spelled."""

    def __init__(self, casework: "Casework") -> None:
        super().__init__()
        self._casework = casework
        self._every: tuple[ReadOut, ...] = casework.read_out()

    def compose(self) -> ComposeResult:
        """Stack what can be picked, the whole text, and its characters."""
        with Vertical(id="panel") as panel:
            panel.border_title = content("Read it out")
            panel.border_subtitle = content("1-4 or → picks · F9 language · Esc closes")
            yield Static(content(""), id="labels")
            yield Static(content(""), id="text")
            with VerticalScroll(id="spelling"):
                yield Static(content(""), id="characters")

    def on_mount(self) -> None:
        """Spell the first one, and let the arrow keys scroll."""
        self._draw()
        self.query_one("#spelling").focus()

    def watch_at(self) -> None:
        """Spell another one."""
        self._draw()

    def _draw(self) -> None:
        if not self._every:
            self.query_one("#text", Static).update(content("Nothing can be read out before the caller is verified."))
            return
        shown = self._every[self.at]
        names = (
            (f" {number} {each.label} ", "bold reverse" if each is shown else "$text-muted")
            for number, each in enumerate(self._every, start=1)
        )
        self.query_one("#labels", Static).update(joined(*names))
        self.query_one("#text", Static).update(content(plain(shown.text, 300), "bold"))
        between = "\n\n" if len(shown.rows) <= AIRY and self.size.height >= 2 * len(shown.rows) + 7 else "\n"
        self.query_one("#characters", Static).update(Content(between).join(map(_row, shown.rows)))
        self.query_one("#spelling").scroll_home(animate=False)

    def on_resize(self) -> None:
        """Use the room there is."""
        self._draw()

    def action_turn(self, by: int) -> None:
        """Go to the next one or the one before, round and round."""
        self.at = (self.at + by) % max(1, len(self._every))

    def action_pick(self, place: int) -> None:
        """Go to one by its number."""
        if place < len(self._every):
            self.at = place

    def action_speak_next(self) -> None:
        """Spell in the district's next language; the call goes on in it."""
        self._casework.speak(self._casework.view.next_language)
        self._every = self._casework.read_out()
        self._draw()


def _row(row: tuple[str, str, str]) -> Content:
    character, said, english = row
    beside = "" if said == english else f"    {english}"
    sign = "␣" if character.isspace() else character
    return joined((f"  {sign}  ", "bold reverse"), "   ", (said, "bold"), (beside, "$text-muted"))
