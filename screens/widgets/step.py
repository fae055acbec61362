"""One step: its words above, and below them the pane that takes the answer."""

from typing import TYPE_CHECKING, Protocol, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from screens.safe import content, joined
from screens.widgets.choices import Choices
from screens.widgets.ending import RESULTS, Ending
from screens.widgets.entry import Entry
from screens.widgets.say import Words
from screens.widgets.search import Find, Search
from screens.widgets.start import Start

if TYPE_CHECKING:
    from wizard.views.step import StepView


class Pane(Protocol):
    """What takes the answer to one kind of step."""

    display: bool

    def show(self, view: "StepView") -> None:
        """Draw the step's answers."""

    def begin(self) -> None:
        """Take the keys."""


PANES = {"choice": "choices", "entry": "entry", "action": "start", "outcome": "ending"}
"""A step's kind -> the id of its pane."""

OWN_PANES = {"student": "search"}
"""A check with a pane of its own -> that pane's id."""


def pane_of(view: "StepView") -> str:
    """Return the id of the pane that answers this step."""
    return OWN_PANES.get(view.pane, PANES[view.kind])


class Step(Vertical):
    """All panes, made once; a step shows its own."""

    def __init__(self, find: Find, *, id: str) -> None:
        super().__init__(id=id)
        self._find = find

    def compose(self) -> ComposeResult:
        """Stack headline, words, question and panes."""
        yield Static(content(""), id="title")
        yield Words(id="words")
        yield Static(content(""), id="ask")
        yield Choices(id="choices")
        yield Entry(id="entry")
        yield Search(self._find, id="search")
        yield Start(id="start")
        yield Ending(id="ending")

    def show(self, view: "StepView") -> None:
        """Draw a step and give its pane the keys."""
        here = pane_of(view)
        self.set_classes(f"-{here} {'-many' if len(view.choices) > 5 else '-few'}")
        self.query_one(Words).show(view)
        result = RESULTS.get(view.result, "")
        self._line("#title", joined((f" {result} ", "bold reverse"), "  ", (view.title, "bold")) if result else "")
        self._line("#ask", view.ask)
        for name in (*PANES.values(), *OWN_PANES.values()):
            self._pane(name).display = name == here
        self._pane(here).show(view)
        self._pane(here).begin()

    def _line(self, where: str, words: str | Content) -> None:
        line = self.query_one(where, Static)
        line.update(joined(words))
        line.display = bool(words)

    def _pane(self, name: str) -> Pane:
        return cast(Pane, self.query_one(f"#{name}"))
