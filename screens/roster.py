"""Importing a roster: where it is, what it would change, one confirm, and what the records say afterwards."""

from functools import partial
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Button, Input, OptionList, ProgressBar, Static
from textual.widgets.option_list import Option
from textual.worker import Worker, WorkerState

from screens.safe import content, joined
from screens.widgets.capped import CappedInput
from screens.widgets.keys import Keys
from screens.widgets.topbar import TopBar
from wizard.rostering import Imported, Rostering, RosterView, Stopped
from wizard.views.handover import Refused

if TYPE_CHECKING:
    from wizard.desk import Desk
    from wizard.rostering import Offer

INTRODUCTION = (
    "Give the file that the student information system exported: a CSV, or the zip or folder of OneRoster, Clever or "
    "School Data Sync. Looking changes nothing. Importing changes everything shown here or nothing at all; accounts, "
    "calls and tickets stay as they are."
)

LOOKING = "Reading the file and comparing it with the records …"
IMPORTING = "Importing … Esc stops it; nothing is changed then."
SIGNS = {"new": "+", "changed": "~", "back": "<", "unchanged": "=", "gone": "-", "refused": "!"}
"""What stands before a count."""

PATH_LENGTH = 1_000


class RosterScreen(Screen[None]):
    """For leads, from the home screen."""

    CSS_PATH = "roster.tcss"
    AUTO_FOCUS = "#path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", id="roster.close", tooltip="Stop or leave; nothing is changed"),
        Binding("f5", "look", "Look", id="roster.look", tooltip="Show what the file would change"),
        Binding("f6", "import", "Import", id="roster.import", tooltip="Import what is shown, after one question"),
        Binding(
            "f7", "save", "Save columns", id="roster.save", tooltip="Keep how the columns are read for the next time"
        ),
        Binding("f1", "help", "Help", id="roster.help", tooltip="How it works, and all keys"),
        Binding("pagedown", "page(1)", "Read on", show=False, id="roster.down", tooltip="Scroll the report down"),
        Binding("pageup", "page(-1)", "Read back", show=False, id="roster.up", tooltip="Scroll the report up"),
    ]

    class Advanced(Message):
        """Posted by the import while it runs."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done, self.total = done, total

    view: "reactive[RosterView | None]" = reactive(None, init=False, always_update=True, bindings=True)
    """What was looked at; None: nothing yet, or the path has changed since."""
    at_work: reactive[str] = reactive("", init=False, always_update=True, bindings=True)
    """What the records are busy with, in words; empty: nothing."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__()
        self._where = desk.district.short_name
        self._rostering = Rostering(desk)
        self._stop = Event()

    def compose(self) -> ComposeResult:
        """Stack the path, what is offered, the report, and the buttons."""
        yield TopBar()
        with Vertical(id="roster"):
            with Horizontal(id="where"):
                path = CappedInput(longest=PATH_LENGTH, id="path")
                path.border_title = content("FILE, ZIP OR FOLDER")
                yield path
                yield Button(content("Look"), id="look")
            yield Static(content(INTRODUCTION), id="said")
            yield OptionList(id="offers")
            with VerticalScroll(id="report", can_focus=False):
                yield Static(content(""), id="counts")
                yield Static(content(""), id="remarks")
                yield Static(content(""), id="reading")
            yield ProgressBar(total=1, show_eta=False, id="progress")
            with Horizontal(id="buttons"):
                yield Button(content("Close"), id="close")
                yield Button(content("Import"), id="import", variant="primary")
        yield Keys()

    def on_mount(self) -> None:
        """Show the empty form."""
        self.query_one(TopBar).show("Import a roster", f"{self._where} ")
        self.query_one("#offers").border_title = content("SWITCHES · nothing here is done unless it is on")
        self.view, self.at_work = None, ""

    def on_unmount(self) -> None:
        """Stop an import when the program ends: the records stay as they were."""
        self._stop.set()

    # -- drawing -----------------------------------------------------------------------------------------

    def watch_view(self, view: RosterView | None) -> None:
        """Draw the report."""
        shown = view or RosterView()
        self._draw_offers(shown)
        self.query_one("#counts", Static).update(_counts(shown))
        self.query_one("#remarks", Static).update(_section("LOOK AT THESE", shown.remarks))
        self.query_one("#reading", Static).update(_section("HOW IT IS READ", shown.reading))
        self.query_one("#report").display = bool(shown.counts)
        self.query_one("#report", VerticalScroll).scroll_home(animate=False)
        if view:
            self._say(f"✗ {view.refusal}" if view.refusal else "Nothing is changed yet. F6 imports it.")
        self._draw_buttons()

    def _draw_offers(self, view: RosterView) -> None:
        offers = self.query_one("#offers", OptionList)
        at = offers.highlighted
        offers.clear_options()
        offers.add_options([Option(_offer(offer.words, offer in view.taken)) for offer in view.offers])
        offers.highlighted = min(at or 0, len(view.offers) - 1) if view.offers else None
        offers.display = bool(view.offers)

    def watch_at_work(self, words: str) -> None:
        """Take no answers while the records are busy."""
        self.query_one("#progress").display = words == IMPORTING
        for part in ("#path", "#offers"):
            self.query_one(part).disabled = bool(words)
        if words:
            self._say(words)
        self._draw_buttons()

    def _draw_buttons(self) -> None:
        self.query_one("#look", Button).disabled = bool(self.at_work)
        self.query_one("#import", Button).disabled = not self._can_import
        self.query_one("#close", Button).label = content("Stop" if self.at_work == IMPORTING else "Close")

    def _say(self, words: str) -> None:
        self.query_one("#said", Static).update(content(words))

    @property
    def _can_import(self) -> bool:
        return not self.at_work and self.view is not None and not self.view.refusal

    # -- looking -----------------------------------------------------------------------------------------

    @on(Input.Submitted, "#path")
    @on(Button.Pressed, "#look")
    def action_look(self) -> None:
        """Read the file, with nothing switched on that was not."""
        self._look(frozenset())

    @on(OptionList.OptionSelected, "#offers")
    def switch(self, event: OptionList.OptionSelected) -> None:
        """Switch an offer on or off, and look again."""
        event.stop()
        if self.view and not self.at_work:
            self._look(self.view.taken ^ {self.view.offers[event.option_index]})

    def _look(self, taken: "frozenset[Offer]") -> None:
        path = self.query_one("#path", CappedInput).value
        self.at_work = LOOKING
        self.run_worker(partial(self._rostering.look, path, taken), name="look", thread=True)

    @on(Input.Changed, "#path")
    def forget(self, event: Input.Changed) -> None:
        """Drop the report when it is no longer about this path."""
        event.stop()
        if self.view:
            self.view = None
            self._say(INTRODUCTION)

    @on(CappedInput.Cut)
    def explain(self, event: CappedInput.Cut) -> None:
        """Say why not everything was taken."""
        event.stop()
        self._say(event.words)

    def action_save(self) -> None:
        """Keep which column holds what."""
        if self.view and self.view.reading and not self.at_work:
            self._say(self._rostering.save_columns())

    # -- importing ---------------------------------------------------------------------------------------

    @on(Button.Pressed, "#import")
    def action_import(self) -> None:
        """Ask once, then import."""
        from screens.confirm import ConfirmScreen

        if self.view and self._can_import:
            words = f"{self.view.words}.\n\nAll of it, or nothing if anything goes wrong."
            self.app.push_screen(ConfirmScreen("Import this roster?", words, yes="Import", no="Not yet"), self._import)

    def _import(self, yes: bool | None) -> None:
        if yes:
            self._stop.clear()
            self.query_one(ProgressBar).update(total=1, progress=0)
            self.at_work = IMPORTING
            self.run_worker(partial(self._rostering.apply, self._told), name="import", thread=True)

    def _told(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Stopped
        self.post_message(self.Advanced(done, total))

    @on(Advanced)
    def advance(self, event: Advanced) -> None:
        """Show how far the import is."""
        event.stop()
        self.query_one(ProgressBar).update(total=event.total, progress=event.done)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Go on with what the thread brought."""
        if event.state is not WorkerState.SUCCESS or not self.is_mounted:
            return
        self.at_work = ""
        match event.worker.result:
            case RosterView() as view:
                self.view = view
            case Imported(words=words):
                self.view = None
                self._say(f"✓ {words}")
            case Refused(reason=reason):
                self.view = None
                self._say(f"✗ {reason}")
        self._focus_next()

    def _focus_next(self) -> None:
        view = self.view
        if view is None:
            self.query_one("#close").focus()
        elif view.offers:
            self.query_one("#offers").focus()
        else:
            self.query_one("#path" if view.refusal else "#import").focus()
        self.call_after_refresh(self._show_focused)

    def _show_focused(self) -> None:
        """On a low terminal, scroll to where the keys go, once everything is laid out."""
        if self.focused:
            self.focused.scroll_visible(animate=False)

    # -- leaving -----------------------------------------------------------------------------------------

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """Stop the import that runs, else leave."""
        if self.at_work == IMPORTING:
            self._stop.set()
        else:
            self.dismiss()

    def action_help(self) -> None:
        """Say how it works, and list the keys."""
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen("Importing a roster", INTRODUCTION, self.active_bindings.values()))

    def action_page(self, by: int) -> None:
        """Scroll the report; on a low terminal, everything."""
        for part in self.query("#report, #roster"):
            part.scroll_page_down(animate=False) if by > 0 else part.scroll_page_up(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action == "import":
            return self._can_import
        if action == "save":
            return not self.at_work and self.view is not None and bool(self.view.reading)
        return action != "look" or not self.at_work


def _offer(words: str, taken: bool) -> Content:
    return joined(("[x] " if taken else "[ ] ", "bold $accent"), words)


def _counts(view: RosterView) -> Content:
    parts = [joined((f"{SIGNS[name]} {count:,}", "bold"), f" {name}") for name, count in view.counts]
    return Content("    ").join(parts)


def _section(title: str, lines: "tuple[str, ...]") -> Content:
    return joined((f"\n{title}\n", "bold $text-muted"), "\n".join(lines)) if lines else content("")
