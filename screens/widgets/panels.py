"""The parts of the home screen: side by side on a wide terminal, one at a time under a line of names on a small one."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.safe import joined

if TYPE_CHECKING:
    from wizard.views.home import HomeView


class Panel(Vertical):
    """One part, with a key that goes there."""

    KEY: ClassVar[str]
    TITLE: ClassVar[str]
    SHORT: ClassVar[str]
    """The title where room is scarce."""

    view: "HomeView | None" = None
    """What is known, whether the part is on screen yet or not."""

    figure = ""
    """Stands beside the title: how many there are."""

    def on_mount(self) -> None:
        """Name the part, and draw what is known already."""
        self.border_title = self._heading(self.TITLE)
        if self.view:
            self.draw(self.view)

    def tell(self, view: "HomeView") -> None:
        """Take what is known, and draw it if the part is on screen."""
        self.view, self.figure = view, self.count(view)
        if self.is_mounted:
            self.border_title = self._heading(self.TITLE)
            self.draw(view)

    def count(self, view: "HomeView") -> str:
        """Return the figure beside the title; a part that counts nothing has none."""
        return ""

    def draw(self, view: "HomeView") -> None:
        """Draw what is known; a part that shows none of it draws nothing."""

    def go_there(self) -> None:
        """Take the keys, on the first thing that can be chosen."""
        found: Widget | None = next((each for each in self.query("*") if each.focusable and each.display), None)
        if found:
            found.focus(scroll_visible=False)

    def _heading(self, title: str) -> Content:
        return joined((self.KEY.upper(), "bold reverse"), f" {title} ", (self.figure, "bold"))


class PanelName(Static):
    """The name of a part in the line above; a click goes there."""

    class Clicked(Message):
        """Posted when it is clicked."""

        def __init__(self, panel: str) -> None:
            super().__init__()
            self.panel = panel

    def __init__(self, panel: Panel, here: bool) -> None:
        super().__init__(_name(panel, here), classes="panel-name")
        self.panel = panel
        self.display = not panel.has_class("-absent")

    def draw(self, here: bool) -> None:
        """Draw the name anew; a part that has nothing to show has none."""
        self.display = not self.panel.has_class("-absent")
        self.update(_name(self.panel, here))

    def on_click(self, event: events.Click) -> None:
        """Go there."""
        event.stop()
        self.post_message(self.Clicked(self.panel.id or ""))


def _name(panel: Panel, here: bool) -> Content:
    """Return the key, the name and the figure; the part on screen is marked."""
    key = (f" {panel.KEY.upper()} ", "bold reverse" if here else "bold $accent")
    title = (f" {panel.SHORT} {panel.figure} ", "bold underline" if here else "")
    return joined(key, title)


class Panels(Vertical):
    """All parts; `shown` names the one that is on screen where only one fits."""

    class Chosen(Message):
        """Posted when somebody chose a part by its name."""

        def __init__(self, panel: str) -> None:
            super().__init__()
            self.panel = panel

    def __init__(self, left: Iterable[Panel], right: Iterable[Panel], shown: str) -> None:
        """Take the parts; the one on screen is marked before any style is looked up, which spares doing that anew."""
        super().__init__(id="panels")
        self._columns = tuple(left), tuple(right)
        self.shown = shown
        for panel in self.panels:
            panel.set_class(panel.id == shown, "-on", update=False)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """All parts, in the order of their names."""
        return (*self._columns[0], *self._columns[1])

    def compose(self) -> ComposeResult:
        """Lay out the line of names over two columns, with the one part that is shown; `complete` adds the others."""
        with Horizontal(id="panel-names"):
            for panel in self.panels:
                yield PanelName(panel, panel.id == self.shown)
        with Horizontal(id="columns"):
            for column in self._columns:
                here = [panel for panel in column if panel.id == self.shown]
                yield Vertical(*here, classes="column -on" if here else "column")

    async def complete(self) -> None:
        """Put up the parts that were left out."""
        for place, column in zip(self.query(".column"), self._columns, strict=True):
            await place.mount_all(panel for panel in column if not panel.is_attached and not panel.has_class("-absent"))

    def show(self, name: str) -> None:
        """Bring one part on screen, now or as soon as it is put up."""
        self.shown = name
        for place, column in zip(self.query(".column"), self._columns, strict=True):
            place.set_class(any(panel.id == name for panel in column), "-on")
            for panel in column:
                panel.set_class(panel.id == name, "-on")
        self.name_all()

    def tell(self, view: "HomeView") -> None:
        """Let every part take what is known."""
        for panel in self.panels:
            panel.tell(view)
        self.name_all()

    def name_all(self) -> None:
        """Draw the line of names anew."""
        for name in self.query(PanelName):
            name.draw(name.panel.id == self.shown)

    def on_panel_name_clicked(self, event: PanelName.Clicked) -> None:
        """Pass on which one was clicked."""
        event.stop()
        self.post_message(self.Chosen(event.panel))
