"""Help: why this step is asked, and every key that works here."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Grid, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.safe import content

NAMES = {"escape": "Esc", "question_mark": "?", "slash": "/", "enter": "Enter", "pageup": "PgUp", "pagedown": "PgDn"}


class HelpScreen(ModalScreen[None]):
    """A panel over the screen it explains; any of its keys closes it."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,f1,enter,q", "dismiss", "Close", id="help.close", tooltip="Return to the step")
    ]

    def __init__(self, title: str, words: str, bindings: Iterable[ActiveBinding]) -> None:
        super().__init__()
        self._title = title
        self._words = words
        self._keys = tuple(_keys(bindings))

    def compose(self) -> ComposeResult:
        """Lay out the words, then the keys."""
        with Vertical(id="panel") as panel:
            panel.border_title = content(self._title)
            panel.border_subtitle = content("Esc closes")
            with VerticalScroll():
                yield Static(content(self._words), id="why")
                yield Static(content("KEYS", "bold"), id="keys-title")
                with Grid(id="keys"):
                    for names, words in self._keys:
                        yield Static(content(names, "bold $accent"), classes="names")
                        yield Static(content(words))


def _keys(bindings: Iterable[ActiveBinding]) -> Iterable[tuple[str, str]]:
    """Return key and tooltip of every binding of ours, each action once, in the order of the screen."""
    together: dict[str, list[Binding]] = {}
    for active in bindings:
        if active.binding.id and active.enabled:
            together.setdefault(active.binding.id, []).append(active.binding)
    for same in together.values():
        names = dict.fromkeys(shown(binding.key) for binding in same)
        yield " ".join(names), same[0].tooltip or same[0].description


def shown(key: str) -> str:
    """Return a key's name as people read it: `Ctrl+B`, `F3`, `Esc`."""
    if key in NAMES:
        return NAMES[key]
    return "+".join(part.capitalize() for part in key.split("+"))
