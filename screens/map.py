"""The map of a call: every step of its flow as an outline, with the way taken lit."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.safe import content, joined

if TYPE_CHECKING:
    from wizard.views.beside import MapRow

LIT, HERE, ELSEWHERE = "✓", "▸", " "
"""The way taken, the step on screen, and what was not taken: told apart without color."""

LEGEND = "✓ way taken  ▸ on screen  » another problem  ↑ drawn elsewhere  ■ ending"

HELP = (
    "Every step this call can take, each below the answer that leads to it. The arrow keys read along; nothing here "
    f"changes the call.\n{LEGEND}"
)

SIGNS = {"jump": "» ", "again": "↑ ", "outcome": "■ "}
"""What stands before the words of a line that is no question."""


class MapScreen(ModalScreen[None]):
    """A panel over the call; the arrow keys read along, nothing on it changes the call."""

    CSS_PATH = "map.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f8,q", "dismiss", "Close", id="map.close", tooltip="Return to the step"),
        Binding("question_mark,f1", "help", "Help", id="map.help", tooltip="How to read the map"),
    ]

    def __init__(self, rows: "Sequence[MapRow]", title: str = "Map of this call") -> None:
        super().__init__()
        self._title = title
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Stack the outline, the line under the cursor in full, and what the signs mean."""
        with Vertical(id="panel") as panel:
            panel.border_title = content(self._title)
            panel.border_subtitle = content("Esc closes")
            guides = branches([row.depth for row in self._rows])
            yield OptionList(*(Option(_line(row, guide)) for row, guide in zip(self._rows, guides, strict=True)))
            yield Static(content(""), id="full")
            yield Static(content(LEGEND), id="legend")

    def on_mount(self) -> None:
        """Go to the step on screen, some lines of the way to it in sight."""
        outline = self.query_one(OptionList)
        outline.highlighted = next((place for place, row in enumerate(self._rows) if row.here), 0)
        outline.focus()
        self.call_after_refresh(outline.scroll_to_highlight)

    def action_help(self) -> None:
        """Say how to read the map, and list the keys."""
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen("Map of this call", HELP, self.active_bindings.values()))

    @on(OptionList.OptionHighlighted)
    def read(self, event: OptionList.OptionHighlighted) -> None:
        """Show the line under the cursor in full."""
        event.stop()
        row = self._rows[event.option_index]
        answer = (f"{row.label}\n" if row.label else "", "bold $accent")
        self.query_one("#full", Static).update(joined(answer, _words(row)))


def branches(depths: Sequence[int]) -> list[str]:
    """Return the lines of the tree before each row: a branch for each answer, closed by its last one.

    Headings (0) and first steps (1) stand at the margin.
    """
    guides: list[str] = []
    open_below: set[int] = set()
    for depth in reversed(depths):
        stems = "".join("│ " if level in open_below else "  " for level in range(2, depth))
        guides.append(stems + (("├ " if depth in open_below else "└ ") if depth > 1 else ""))
        open_below = {level for level in open_below if level < depth} | {depth}
    return guides[::-1]


def _line(row: "MapRow", guide: str) -> Content:
    if row.kind == "flow":
        return joined((row.words.upper(), "bold"))
    sign = HERE if row.here else LIT if row.lit else ELSEWHERE
    style = "bold $accent" if row.here or row.lit else "$text-muted"
    label = f"{row.label} → " if row.label else ""
    return joined((f"{sign} ", style), (guide, "$text-muted"), (label, style), (_words(row), _style(row)))


def _words(row: "MapRow") -> str:
    return SIGNS.get(row.kind, "") + row.words


def _style(row: "MapRow") -> str:
    if row.here:
        return "bold"
    return "" if row.lit else "$text-muted"
