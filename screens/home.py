"""The home screen: start a call, go on with one that waits, look after who is due, see how the schools stand."""

from asyncio import sleep
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Button, OptionList
from textual.worker import Worker, WorkerState

from screens import calls, shapes
from screens.safe import joined, plain
from screens.widgets.followups import FollowUps
from screens.widgets.issues import KnownIssues
from screens.widgets.keys import Keys
from screens.widgets.numbers import Numbers
from screens.widgets.panels import Panels
from screens.widgets.practice import Practice
from screens.widgets.topbar import TopBar
from screens.widgets.waiting import Waiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.content import Content

    from wizard.desk import Desk
    from wizard.views.card import Hit
    from wizard.views.home import HomeView

INTRODUCTION = (
    "Start a call, read aloud what SAY says, and press the number of the answer. Every answer is saved at once: "
    "whatever happens to this window, the call waits here. F4 parks a call for a colleague, who types its code here."
)

LOOK_SECONDS = 1.0
"""How often the records are asked whether anybody has saved anything; it costs microseconds."""

WRITTEN_SECONDS = 0.005
"""What the thread that writes to the terminal needs to bring out a frame; work that goes on would hold it up."""

ANEW = 30
"""After so many looks without a change everything is drawn anew: ages grow, claims open."""


async def written() -> None:
    """Wait until what was just drawn is on screen."""
    await sleep(WRITTEN_SECONDS)


class Opened(NamedTuple):
    """A desk that was just opened, and what it tells."""

    desk: "Desk"
    stamp: object
    """What `Desk.stamp` was before that was read."""
    view: "HomeView | None"
    """None when it could not be read, or must not be shown yet: before the PIN was typed."""

    @classmethod
    def at(cls, desk: "Desk", hidden: bool) -> "Opened":
        """Look at a desk, unless what it tells is to be hidden."""
        from wizard.trouble import TROUBLE

        with suppress(*TROUBLE):
            if not hidden:
                return cls(desk, desk.stamp(), desk.home())
        return cls(desk, None, None)


class HomeScreen(Screen[None]):
    """Where every call starts and ends."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c,1", "call('counter')", "Counter", id="home.counter", tooltip="New call: the family stands here"),
        Binding("p,2", "call('phone')", "Phone", id="home.phone", tooltip="New call: the family is on the phone"),
        Binding("k", "find", "Call by code", id="home.find", tooltip="Go on with a waiting call: type its code"),
        Binding("f6", "report", "Report", id="home.report", tooltip="What families called about, and how it went"),
        Binding("w", "panel('waiting')", "Waiting calls", False, id="home.waiting", tooltip="Calls to go on with"),
        Binding("f", "panel('follow-ups')", "Follow-ups", False, id="home.follow", tooltip="Students due today"),
        Binding(
            "n", "ticket", "Ticket news", False, id="home.ticket", tooltip="The marked follow-up's ticket: its news"
        ),
        Binding("s", "panel('numbers')", "Schools", False, id="home.schools", tooltip="Who can log in; today's calls"),
        Binding(
            "g", "app.tour", "Guided tour", False, id="home.tour", tooltip="A first call in two minutes, key by key"
        ),
        Binding("escape", "app.end_tour", "End the tour", False, id="home.end-tour", tooltip="End the tour"),
        Binding("t", "panel('practice')", "Try it out", False, id="home.practice", tooltip="Whom to practice with"),
        Binding(
            "f7", "app.issues(True)", "Known issues", show=False, id="home.issues", tooltip="Post or end a known issue"
        ),
        Binding(
            "f8", "roster", "Import a roster …", show=False, id="home.roster", tooltip="Bring students in from the SIS"
        ),
        Binding("question_mark,f1", "help", "Help", id="home.help", tooltip="How it works, and all keys"),
        Binding("q", "app.quit", "Quit", id="home.quit", tooltip="Leave the program; calls are saved"),
    ]

    desk: "reactive[Desk | None]" = reactive(None, init=False)
    """Set when the records are open."""
    view: "reactive[HomeView | None]" = reactive(None, init=False, always_update=True)
    """What is on screen; setting it draws it."""
    _wanted: "Callable[[Desk], None] | None" = None
    """What was asked for before that."""
    _sought = ""
    """The code or name of a waiting call that is looked for."""
    _furnished = False
    _asked = ""
    """The panel that was asked for before there was anything in it."""
    _stamp: object = None
    _looks = 0
    _begun = False
    """Whether somebody has already chosen what to look at, or the keys were given to the likeliest thing."""

    def __init__(self, kept: bool = True) -> None:
        super().__init__()
        self._kept = kept
        self._practice = Practice(id="practice", classes="panel -absent")

    def compose(self) -> ComposeResult:
        """Lay out both ways to start a call over everything else."""
        shapes.take(self)
        yield TopBar()
        yield KnownIssues()
        with Vertical(id="home"), Horizontal(id="new"):
            yield Button(_tile("C", "New call at the counter", "The family stands here."), id="counter")
            yield Button(_tile("P", "New call by phone", "You read it aloud."), id="phone")
        yield Keys()

    def on_mount(self) -> None:
        """Show the frame; what the records tell comes a moment later."""
        self.query_one(TopBar).show("Home", "Opening the records ")
        self.set_interval(LOOK_SECONDS, self.look)

    async def furnish(self) -> None:
        """Put up the first panel, once the first frame is on screen."""
        await written()
        panels = Panels(
            (Waiting(id="waiting", classes="panel"), FollowUps(id="follow-ups", classes="panel")),
            (Numbers(id="numbers", classes="panel"), self._practice),
            shown="waiting",
        )
        panels.display = False  # until there is something in them: laying them out empty takes as long
        await self.query_one("#home").mount(panels)
        self._furnished = True

    async def complete(self) -> None:
        """Put up the other panels, once the data is on screen: they are most of what there is to lay out."""
        await written()
        await self.query_one(Panels).complete()
        if self._asked:
            self.action_panel(self._asked)

    @property
    def _panels(self) -> Panels:
        """The panels, to be seen from now on."""
        panels = self.query_one(Panels)
        panels.display = True
        return panels

    def on_screen_resume(self) -> None:
        """Read everything again after a call."""
        self._begun = False
        self.read()
        self._do_wanted()

    def watch_desk(self) -> None:
        """Read what the records know."""
        self.read()

    def sit_down(self, opened: "Opened") -> None:
        """Take the desk that was opened, and draw what it tells, all at once; then do what was asked for before."""
        self.set_reactive(HomeScreen.desk, opened.desk)
        with self.app.batch_update():
            self._say_whose()
            self._practice.take(opened.desk.practice)
            self._panels.name_all()
            self._stamp, self.view = opened.stamp, opened.view
        if self.view is None or self._sought:
            self.read()
        self.call_after_refresh(self.complete)
        self._do_wanted()

    def _do_wanted(self) -> None:
        """Do what was asked for before the desk was open, as soon as nothing lies over this screen: a lock may."""
        if self._wanted and self.desk and self._in_front:
            wanted, self._wanted = self._wanted, None
            self._at_the_desk(wanted)

    def _say_whose(self) -> None:
        """Say on the top line whose desk this is."""
        if desk := self.desk:
            where = "practice school" if desk.practice else desk.district.short_name
            where = where if self._kept else f"{where}, nothing is kept"
            initials = getattr(getattr(self.app, "settings", None), "initials", "")
            who = f"{desk.agent} ({initials})" if initials else desk.agent
            self.query_one(TopBar).show("Home", f"{where} · {who} ")

    # -- what the records know ---------------------------------------------------------------------------

    def look(self) -> None:
        """Read everything again when anybody has saved anything, or time has passed."""
        if self.desk is None or not self._in_front:
            return
        self._looks += 1
        if self._looks >= ANEW or self.desk.stamp() != self._stamp:
            self.read()

    @property
    def _in_front(self) -> bool:
        """Whether nothing lies over this screen; while the program ends there is none at all."""
        return self.app.screen_stack[-1:] == [self]

    def read(self) -> None:
        """Read everything, while the screen stays usable."""
        if self.desk is not None and self._in_front:
            self._looks, self._stamp = 0, self.desk.stamp()
            read = partial(self.desk.home, self._sought)
            self.run_worker(read, name="home", group="home", thread=True, exclusive=True, exit_on_error=False)

    def on_worker_state_changed(self, event: "Worker.StateChanged") -> None:
        """Draw what was read, or say why it could not be; what is on screen stays."""
        from wizard.trouble import TROUBLE

        if event.worker.name != "home":
            return
        event.stop()
        if event.state is WorkerState.SUCCESS:
            self._say_whose()
            self.view = event.worker.result
        elif event.state is WorkerState.ERROR and event.worker.error:
            if not isinstance(event.worker.error, TROUBLE):
                raise event.worker.error
            self._stamp = None  # look again with the next tick, quietly
            self.query_one(TopBar).show("Home", f"! {plain(str(event.worker.error), 120)} ")

    def watch_view(self, view: "HomeView | None") -> None:
        """Draw everything; what is marked stays marked."""
        if view is None:
            return
        with self.app.batch_update():
            self._panels.tell(view)
        if not self._begun:
            self._begun = True
            self._begin(view)

    def _begin(self, view: "HomeView") -> None:
        """Show what was asked for, or what is likeliest to be wanted, and let Enter do it."""
        if self._asked:
            self.action_panel(self._asked)
            return
        waiting = self.query_one(Waiting)
        other = "practice" if self.desk and self.desk.practice else "follow-ups" if view.follow_ups else "waiting"
        self.query_one(Panels).show("waiting" if view.calls else other)
        if waiting.own_first and view.calls[0].agent == view.agent:
            waiting.go_there()
        else:
            self.query_one("#phone" if self._channel == "phone" else "#counter").focus()

    @property
    def _channel(self) -> str:
        settings = getattr(self.app, "settings", None)
        return getattr(settings, "channel", "counter")

    # -- keys --------------------------------------------------------------------------------------------

    def action_panel(self, name: str) -> None:
        """Show a part and give it the keys, now or as soon as there is something in it."""
        panels = self._panels
        panels.show(name)
        panel = next(panel for panel in panels.panels if panel.id == name)
        self._begun = panel.is_mounted and self.view is not None
        self._asked = "" if self._begun else name
        if self._begun:
            panel.go_there()

    @on(Panels.Chosen)
    def click(self, event: Panels.Chosen) -> None:
        """Show the part whose name was clicked."""
        event.stop()
        self.action_panel(event.panel)

    def action_find(self) -> None:
        """Let the code of a waiting call be typed."""
        self._begun, self._asked = True, ""
        self._panels.show("waiting")
        self.query_one(Waiting).find()

    @on(Waiting.Wanted)
    def find(self, event: Waiting.Wanted) -> None:
        """Look for waiting calls by a code or a name."""
        event.stop()
        self._sought = event.wanted
        self.read()

    def action_help(self) -> None:
        """Say how it works, and list the keys."""
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen("How it works", INTRODUCTION, self.active_bindings.values()))

    def action_roster(self) -> None:
        """Bring students in from an export of the student information system."""
        from screens.roster import RosterScreen

        if self.desk:
            self.app.push_screen(RosterScreen(self.desk))

    def action_report(self) -> None:
        """Show what families called about, and how it went."""
        from screens.report import ReportScreen

        if self.desk:
            self.app.push_screen(ReportScreen(self.desk))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the panels once they are there, and the practice card only where there is one."""
        if action in ("panel", "find", "ticket") and not self._furnished:
            return False
        return parameters != ("practice",) or bool(self.desk and self.desk.practice)

    # -- calls -------------------------------------------------------------------------------------------

    def action_call(self, channel: str) -> None:
        """Begin a call."""
        self._at_the_desk(partial(calls.begin, self, channel))

    @on(Button.Pressed)
    def press(self, event: Button.Pressed) -> None:
        """Begin a call with the mouse or Enter."""
        event.stop()
        self.action_call(event.button.id or "counter")

    @on(FollowUps.Picked)
    def follow_up(self, event: FollowUps.Picked) -> None:
        """Begin a phone call about a student who is due."""
        event.stop()
        self.call_about("phone", event.student_id)

    def call_about(self, channel: str, student: str) -> None:
        """Begin a call about a student; who is calling is asked as always."""
        self._at_the_desk(partial(calls.begin_about, self, channel, student))

    def take_student(self, hit: "Hit") -> None:
        """Begin a call about a student who was found, once it is said how the family is here."""
        from screens.finding import ChannelScreen

        def begin(channel: str | None) -> None:
            if channel:
                self.call_about(channel, hit.student_id)

        self.app.push_screen(ChannelScreen(hit, self._channel), begin)

    def action_ticket(self) -> None:
        """Open the ticket of the marked follow-up: its number, what e-mail says, that it reset the account."""
        due = self.query_one("#due", OptionList)
        marked = due.highlighted_option if due.display else None
        kind, _, student = ((marked and marked.id) or "").partition(" ")
        if kind == "ticket":
            self._at_the_desk(partial(calls.open_ticket, self, student))
        else:
            self.say("Mark a follow-up with a ticket first: F lists them.")

    @on(Waiting.Picked)
    def go_on(self, event: Waiting.Picked) -> None:
        """Go on with a waiting call; who has it open right now is said first."""
        event.stop()
        self._at_the_desk(partial(calls.go_on, self, event.case))

    @on(Waiting.Discarded)
    def ask_to_discard(self, event: Waiting.Discarded) -> None:
        """Ask before a waiting call is ended as it stands."""
        event.stop()
        self._at_the_desk(partial(calls.ask_to_discard, self, event.call))

    def _at_the_desk(self, do: "Callable[[Desk], None]") -> None:
        """Do what needs the desk: now, or as soon as it is open; what the records refuse is said."""
        if self.desk is None:
            self._wanted = do
        else:
            calls.guarded(self, partial(do, self.desk))

    def say(self, words: str) -> None:
        """Say something in the corner."""
        self.notify(plain(words), severity="warning", timeout=10, markup=False)


def _tile(key: str, title: str, words: str) -> "Content":
    return joined((f" {key} ", "bold reverse"), "  ", (f"{title}\n", "bold"), f"     {words}")
