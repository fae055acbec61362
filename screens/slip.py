"""The take-home slip: to be read, copied, and saved as PDF or text."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.safe import content, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wizard.casework import Casework
    from wizard.views.handover import Refused

HALVES = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
"""Two modules, one above the other, in one cell."""


class SlipScreen(ModalScreen[None]):
    """A panel over the wrap-up."""

    CSS_PATH = "slip.tcss"
    AUTO_FOCUS = "#paper"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f4,q", "dismiss", "Close", id="slip.close", tooltip="Return to the wrap-up"),
        Binding("f5,c", "copy", "Copy", id="slip.copy", tooltip="Send the slip to the terminal's clipboard"),
        Binding("f6,p", "save('slip.pdf')", "PDF", id="slip.pdf", tooltip="Save the slip as PDF, to be printed"),
        Binding("f7,t", "save('slip.txt')", "Text", id="slip.text", tooltip="Save the slip as a text file"),
    ]

    def __init__(self, casework: "Casework") -> None:
        super().__init__()
        self._casework = casework
        self._slip = casework.handouts.slip()

    def compose(self) -> ComposeResult:
        """Lay out the paper, the code that opens the portal, and what was just saved."""
        with Vertical(id="panel") as panel:
            panel.border_title = content("Take-home slip")
            panel.border_subtitle = content("P saves a PDF · T a text file · C copies · Esc closes")
            with Horizontal():
                with VerticalScroll(id="paper"):
                    yield Static(content(self._slip.text, limit=20_000), id="slip-text")
                    yield Static(drawn(self._slip.code), classes="code")
                yield Static(drawn(self._slip.code), classes="code", id="code")
            yield Static(content(""), id="said")

    def action_copy(self) -> None:
        """Send the slip to the terminal's clipboard."""
        self.app.copy_to_clipboard(plain(self._slip.text, 20_000))
        self._say("Sent to the terminal's clipboard. If it is not there, save it as a text file with T.")

    def action_save(self, paper: str) -> None:
        """Save the slip; the first PDF takes a moment."""
        self._say("Saving ...")
        self._save(paper)

    @work(thread=True, exclusive=True, group="slip", exit_on_error=False)
    def _save(self, paper: str) -> None:
        words = saved_words(self._casework.handouts.save(paper))
        self.app.call_from_thread(self._say, words)

    def _say(self, words: str) -> None:
        if self.is_attached:
            self.query_one("#said", Static).update(content(words))


def saved_words(saved: "Path | Refused") -> str:
    """Return where something was saved, or why not."""
    return f"✓ Saved: {saved}" if isinstance(saved, Path) else saved.reason


def drawn(rows: "Sequence[Sequence[bool]]") -> Content:
    """Return a QR code in half blocks, black on white in every theme: cameras need it so."""
    height, width = len(rows), len(rows[0]) if rows else 0
    below = [*rows, [False] * width]
    lines = (
        "".join(HALVES[bool(upper), bool(lower)] for upper, lower in zip(below[row], below[row + 1], strict=True))
        for row in range(0, height, 2)
    )
    return content("\n".join(lines), "#000000 on #ffffff")
