"""The home screen: start a call, go on with an interrupted one, and in the practice school whom to try."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from screens.safe import content, joined, plain
from screens.widgets.issues import KnownIssues
from screens.widgets.keys import Keys
from screens.widgets.practice import Practice
from screens.widgets.topbar import TopBar

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from textual.content import Content

    from screens.call import CallScreen
    from wizard.desk import Desk
    from wizard.views import CaseSummary

INTRODUCTION = (
    "Start a call, read aloud what SAY says, and press the number of the answer. Every answer is saved at once: "
    "whatever happens to this window, the call waits here."
)

NONE_OPEN = "No interrupted calls. A call you leave with F4 waits here for anyone."


class HomeScreen(Screen[None]):
    """Where every call starts and ends."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,1", "call('counter')", "Counter", id="home.counter", tooltip="New call: the family stands here"),
        Binding("p,2", "call('phone')", "Phone", id="home.phone", tooltip="New call: the family is on the phone"),
        Binding(
            "f7", "app.issues(True)", "Known issues", show=False, id="home.issues", tooltip="Post or end a known issue"
        ),
        Binding("q", "app.quit", "Quit", id="home.quit", tooltip="Leave the program; calls are saved"),
        Binding(
            "f8", "roster", "Import a roster …", show=False, id="home.roster", tooltip="Bring students in from the SIS"
        ),
        Binding("question_mark,f1", "help", "Help", id="home.help", tooltip="How it works, and all keys"),
    ]

    desk: "reactive[Desk | None]" = reactive(None, init=False)
    """Set when the records are open."""
    _wanted = ""
    """The channel of a call that was asked for before that."""

    def __init__(self, kept: bool = True) -> None:
        super().__init__()
        self._kept = kept

    def compose(self) -> ComposeResult:
        """Lay out both ways to start a call, the open calls, and the practice card."""
        yield TopBar()
        yield KnownIssues()
        with Horizontal(id="home"):
            with Vertical(id="start-here"):
                with Horizontal(id="new"):
                    yield Button(_tile("C", "New call at the counter", "The family stands here."), id="counter")
                    yield Button(_tile("P", "New call by phone", "You read it aloud."), id="phone")
                yield Static(content("Opening the records …"), id="calls-title")
                yield OptionList(id="calls")
                yield Static(content(NONE_OPEN), id="no-calls")
                yield Static(content(""), id="deadline")
            yield Practice(id="practice")
        yield Keys()

    def on_mount(self) -> None:
        """Show the frame; the desk comes a moment later."""
        self.query_one(TopBar).show("Home", "")
        for part in ("#calls", "#no-calls", "#deadline", "#practice"):
            self.query_one(part).display = False

    def on_screen_resume(self) -> None:
        """Look at the open calls again after a call."""
        self._show_calls()

    def watch_desk(self, desk: "Desk | None") -> None:
        """Fill in what the records know."""
        if desk is None:
            return
        where = "practice school" if desk.practice else desk.district.short_name
        where = where if self._kept else f"{where}, nothing is kept"
        self.query_one(TopBar).show("Home", f"{where} · {desk.agent} ")
        self.query_one(Practice).show(desk.practice)
        self.query_one("#deadline", Static).update(content(desk.deadline))
        self.query_one("#deadline").display = bool(desk.deadline)
        self._show_calls()
        if self._wanted:
            self.action_call(self._wanted)

    def action_call(self, channel: str) -> None:
        """Start a call; pressed before the records are open, it starts as soon as they are."""
        if self.desk is None:
            self._wanted = channel
            return
        from screens.call import CallScreen

        desk = self.desk
        self._guarded(lambda: CallScreen(desk.start("phone" if channel == "phone" else "counter"), desk))

    def action_help(self) -> None:
        """Say how it works, and list the keys."""
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen("How it works", INTRODUCTION, self.active_bindings.values()))

    def action_roster(self) -> None:
        """Bring students in from an export of the student information system."""
        from screens.roster import RosterScreen

        if self.desk:
            self.app.push_screen(RosterScreen(self.desk))

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """Start a call with the mouse or Enter."""
        event.stop()
        self.action_call(event.button.id or "counter")

    @on(OptionList.OptionSelected, "#calls")
    def resume(self, event: OptionList.OptionSelected) -> None:
        """Go on with an interrupted call."""
        event.stop()
        if self.desk is None or event.option.id is None:
            return
        from screens.call import CallScreen

        desk, case = self.desk, event.option.id
        self._guarded(lambda: CallScreen(desk.resume(case), desk))

    def _guarded(self, make: "Callable[[], CallScreen]") -> None:
        from wizard.trouble import TROUBLE

        try:
            self.app.push_screen(make())
        except KeyError:
            self._say("A colleague has just finished that call.")
            self._show_calls()
        except TROUBLE as error:
            self._say(str(error))

    def _say(self, words: str) -> None:
        self.notify(plain(words), severity="warning", timeout=10, markup=False)

    def _show_calls(self) -> None:
        if self.desk is None:
            return
        from wizard.trouble import TROUBLE

        try:
            calls = sorted(self.desk.unfinished(), key=self._others_last)
        except TROUBLE as error:
            self._say(str(error))
            return
        now = self.desk.clock()
        self.query_one("#calls-title", Static).update(_headline(calls, self.desk.agent))
        self.query_one("#no-calls").display = not calls
        listed = self.query_one("#calls", OptionList)
        listed.display = bool(calls)
        listed.clear_options()
        listed.add_options([Option(_line(call, now), id=call.id) for call in calls])
        if calls:
            listed.highlighted = 0
            listed.focus()
        else:
            self.query_one("#counter").focus()

    def _others_last(self, call: "CaseSummary") -> bool:
        return self.desk is not None and call.agent != self.desk.agent


def _tile(key: str, title: str, words: str) -> "Content":
    return joined((f" {key} ", "bold reverse"), "  ", (f"{title}\n", "bold"), f"     {words}")


def _headline(calls: "list[CaseSummary]", agent: str) -> "Content":
    title = ("INTERRUPTED CALLS", "bold")
    if not calls:
        return joined(title)
    whose = "your call" if calls[0].agent == agent else "call"
    return joined(title, f"  Enter goes on with {whose} {calls[0].code} at its step.")


def _line(call: "CaseSummary", now: "datetime") -> "Content":
    from wizard.clock import duration

    who = (plain(call.student, 36) or "no student yet", "bold")
    facts = (f"{call.channel} · {duration(now - call.started)} ago · {plain(call.agent, 20)}", "$text-muted")
    return joined((f"{call.code}  ", "bold $accent"), who, "  ", facts, f"\n      {plain(call.step, 120)}")
