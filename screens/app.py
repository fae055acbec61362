"""The application: its themes, the keys that work everywhere, and how it starts and ends."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import App, SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.events import Event, InputEvent, Key
from textual.reactive import reactive
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from screens import authoring, crash, ending, shapes
from screens.home import HomeScreen, Opened
from screens.idle import Ticks, idle, ticks
from screens.lock import LOOK_SECONDS, Guard, LockScreen
from screens.personal import Personal
from screens.plainly import Plainly
from screens.safe import plain, printed
from screens.themes import LOOKS, MONO, THEMES, named
from wizard.settings import Settings
from wizard.settings_file import SettingsFile

if TYPE_CHECKING:
    from screens.tour import Guide
    from wizard.authoring import Draft
    from wizard.desk import Desk
    from wizard.views.home import Banner

ISSUE_SECONDS = 5.0
"""How often the records are asked for known issues."""

HIDDEN_BY_LOCK = frozenset(("command_palette", "lock", "settings", "large_say", "issues"))
"""Actions that are not offered while the screen is locked."""

NOTHING_LOST = "Nothing is lost: every answer is saved. Ctrl+Q leaves the program."

SCREENS_AFTER = 0.3
"""Seconds after the desk is open until the screens of a call are loaded: the home desk's own data goes first."""


def load_screens() -> None:
    """Load the screens of a call, so that the first key of the first call is as fast as the others."""
    for name in ("screens.call", "screens.handoff", "screens.wrapup", "wizard.beginning", "wizard.records.search"):
        import_module(name)


def palette() -> type[Provider]:
    """Return what the palette offers; it is loaded when the palette opens first."""
    from screens.palette import Everything

    return Everything


class PortalWizard(App[None]):
    """Opens the desk behind the first frame, then leads from the home screen into calls and back."""

    TITLE = "Portal Wizard"
    CSS_PATH: ClassVar[Any] = ["app.tcss", "home.tcss"]
    COMMANDS: ClassVar[Any] = {palette}
    HORIZONTAL_BREAKPOINTS = shapes.WIDTHS
    VERTICAL_BREAKPOINTS = shapes.HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", False, id="app.quit", priority=True, tooltip="Leave; calls are saved"),
        Binding("x,X", "end_tour", "End the tour", False, id="app.end-tour", priority=True, tooltip="End the tour"),
        Binding("slash", "find", "Find a student", False, id="app.find", tooltip="Find a student, from anywhere"),
        Binding(
            "ctrl+l", "lock", "Lock the screen", False, id="app.lock", priority=True, tooltip="Hide everything at once"
        ),
        Binding(
            "f12", "settings", "Settings …", False, id="app.settings", tooltip="Name, school, language, colors, keys"
        ),
        Binding(
            "ctrl+y", "large_say", "Large words to say", False, id="app.large", tooltip="SAY to be read from a distance"
        ),
    ]

    issues: "reactive[tuple[Banner, ...]]" = reactive(())
    """The known issues that run, newest first; every screen shows them."""

    settings: reactive[Settings] = reactive(Settings, init=False)
    """What the user has chosen."""

    def __init__(
        self,
        open_desk: "Callable[[], Desk]",
        *,
        kept: bool = True,
        draft: "Draft | None" = None,
        personal: Personal | None = None,
        colors: bool = True,
        ticks: Ticks = ticks,
    ) -> None:
        super().__init__()
        self.personal = personal or Personal(SettingsFile(None))
        self.guard = Guard(self, idle(ticks))
        self.moved_keys: dict[str, str] = {}
        """Binding id -> the keys that do it instead."""
        self._open_desk = open_desk
        self.draft = draft
        self._guide: Guide | None = None
        self.home = HomeScreen(kept)
        for theme in THEMES:
            self.register_theme(theme)
        self._colors = colors
        self._colorless = Plainly(enabled=False)
        self._filters.append(self._colorless)
        self.set_reactive(PortalWizard.settings, self.personal.settings)
        self.set_reactive(PortalWizard.theme, self.theme_of(self.settings))
        self.stylesheet.set_variables(self.get_css_variables())  # so the style sheets are read once, not twice
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)

    def theme_of(self, settings: Settings) -> str:
        """Return the name of the theme to wear; without colors there is one only."""
        return named(settings.theme).name if self._colors else MONO.name

    def watch_theme(self, theme: str) -> None:
        """Let no color through in the monochrome look: states are told by signs and reversed text."""
        self._colorless.enabled = theme == MONO.name
        self.set_class(theme == MONO.name, "-mono")

    def get_default_screen(self) -> HomeScreen:
        """Return the screen under all others."""
        return self.home

    def on_mount(self) -> None:
        """Leave the terminal in order whatever ends the program; open the desk after the first frame."""
        ending.follow(self)
        self.watch_theme(self.theme)
        self.set_class(self.settings.large_say, "-large-say")
        self.set_interval(LOOK_SECONDS, self.guard.look)

    async def on_ready(self) -> None:
        """Open the desk, the first frame being on screen."""
        await self.home.furnish()
        self.run_worker(self._prepare, name="desk", thread=True, exit_on_error=False)

    def _prepare(self) -> "Opened":
        """Load what the first frame did not need, open the records and look at them (in a thread)."""
        desk = self._open_desk()
        if self.settings.keymap:
            load_screens()  # before any of their keys is moved
        return Opened.at(desk, hidden=bool(self.settings.pin))

    def _load_screens(self) -> None:
        self.run_worker(self._load_what_calls_need, name="screens", thread=True, exit_on_error=False)

    def _load_what_calls_need(self) -> None:
        load_screens()
        if self.home.desk:
            self.home.desk.languages()  # reads the words of those beside English
            self.home.desk.library.version  # noqa: B018 -- reads all flows

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Go on when the desk is open, or end with the sentence that says why it cannot be opened."""
        if event.worker.name == authoring.WORKER and event.state is WorkerState.SUCCESS and event.worker.result:
            authoring.take(self, event.worker.result)
        if event.worker.name != "desk":
            return
        if event.state is WorkerState.SUCCESS:
            self.home.sit_down(cast("Opened", event.worker.result))
            self.set_timer(SCREENS_AFTER, self._load_screens)
            self.personal.begin(self)
            if self.settings.pin:
                self.guard.lock()
            self.read_issues()
            self.set_interval(ISSUE_SECONDS, self.read_issues)
            if self.draft:
                authoring.follow(self, self.draft)
        elif event.state is WorkerState.ERROR and event.worker.error:
            self._cannot_start(event.worker.error)

    def _cannot_start(self, error: BaseException) -> None:
        from wizard.trouble import TROUBLE

        words = str(error) if isinstance(error, TROUBLE) else crash.incident(error).words
        self.exit(return_code=2, message=printed(words))

    # -- known issues ------------------------------------------------------------------------------------

    def read_issues(self) -> None:
        """Look for known issues; while the records cannot be read, those shown stay."""
        from wizard.trouble import TROUBLE

        if self.home.desk:
            with suppress(*TROUBLE):
                self.issues = self.home.desk.banners()

    def action_issues(self, can_post: bool) -> None:
        """Show the known issues in full."""
        from screens.issues import KnownIssuesScreen

        if self.home.desk:
            self.push_screen(KnownIssuesScreen(self.home.desk, can_post))

    # -- leaving -----------------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Leave; with a call open, ask first."""
        from screens.confirm import ConfirmScreen

        if isinstance(self.screen, ConfirmScreen):
            return
        if not any(hasattr(screen, "casework") for screen in self.screen_stack):
            self.exit()
            return
        words = "The call is saved and waits on the home screen. What is typed but not yet given is forgotten."
        question = ConfirmScreen("Leave with a call open?", words, yes="Leave", no="Stay in the call")
        self.push_screen(question, self._leave)

    def _leave(self, yes: bool | None) -> None:
        if yes:
            self.exit()

    def action_help_quit(self) -> None:
        """Answer Ctrl+C: it never ends anything."""
        self.notify(NOTHING_LOST, markup=False)

    def _fatal_error(self) -> None:
        """Print an incident number; Textual's own handler would print local variables, secrets included."""
        error = self._exception or RuntimeError()
        self._exit_renderables.append(printed(crash.incident(error).words))
        self._close_messages_no_wait()

    # -- palette -----------------------------------------------------------------------------------------

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer the colors; no screenshot, which would copy whatever is on screen into a file."""
        for choice, (words, _) in LOOKS.items():
            yield SystemCommand(
                f"Colors: {words}", "Change the colors, now and from now on", partial(self.look, choice)
            )

    def look(self, choice: str) -> None:
        """Change the colors, and keep that."""
        self.keep(replace(self.settings, theme=choice))

    # -- settings ----------------------------------------------------------------------------------------

    def keep(self, settings: Settings) -> None:
        """Follow changed settings at once, and save them."""
        words = self.personal.keep(self, settings)
        if words:
            self.notify(plain(words, 400), title="Settings", severity="warning", timeout=15, markup=False)

    def action_settings(self) -> None:
        """Show the settings."""
        from screens.settings import SettingsScreen

        if self.home.desk and not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen(self.personal, self.home.desk))

    # -- the practice tour -------------------------------------------------------------------------------

    def action_tour(self) -> None:
        """Begin the tour of the practice school."""
        from screens.tour import Guide

        self._guide = Guide(self)

    def action_end_tour(self) -> None:
        """End the tour; whatever was begun stays."""
        if self._guide:
            self._guide.end()
            self._guide = None

    def _may_tour(self, ends: bool) -> bool:
        """Return whether the tour can begin, or end: not with a letter that is being typed."""
        typing = bool(self.focused and self.focused.check_consume_key("x", "x"))
        if ends:
            return self._guide is not None and not typing
        return self._guide is None and bool(self.home.desk and self.home.desk.practice)

    # -- a student, from anywhere ------------------------------------------------------------------------

    def action_find(self) -> None:
        """Find a student; the screen in front goes on with the one found."""
        from screens.finding import find

        if self.home.desk:
            find(self.screen, self.home.desk)

    def action_large_say(self) -> None:
        """Set the words to say in large type, or back."""
        self.keep(replace(self.settings, large_say=not self.settings.large_say))

    # -- the lock ----------------------------------------------------------------------------------------

    async def on_event(self, event: Event) -> None:
        """Notice that somebody is there."""
        if isinstance(event, InputEvent) and not event.is_forwarded:
            self.guard.touch()
        await super().on_event(event)

    async def on_key(self, event: Key) -> None:
        """Give a call what was typed while it came on screen; let single letters work with Caps Lock, too."""
        if hasattr(self.screen, "keep_early") and self.screen.keep_early(event.key):
            event.prevent_default()
        elif len(event.key) == 1 and event.key.isupper() and event.key not in self.screen.active_bindings:
            active = self.screen.active_bindings.get(event.key.lower())
            if active and active.enabled:
                event.prevent_default()
                await self.run_action(active.binding.action, active.node)

    def action_lock(self) -> None:
        """Cover the screen at once."""
        self.guard.lock()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing but leaving while the screen is locked; a student is looked for where that leads on."""
        if action in ("tour", "end_tour"):
            return self._may_tour(action == "end_tour")
        if action == "find":
            return self.home.desk is not None and hasattr(self.screen, "take_student")
        return not (self.guard.locked and action in HIDDEN_BY_LOCK)

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen in front; the lock is left by its own key or PIN only."""
        if self.guard.locked and isinstance(self.screen, LockScreen):
            return AwaitComplete()
        return super().pop_screen()

    def notify(self, message: str, **how: Any) -> None:
        """Say something in the corner; while the screen is locked it waits, for it may name a student."""
        how.pop("markup", None)  # whatever is said is only shown
        if self.guard.locked:
            self.guard.hold(message, how)
        else:
            super().notify(message, markup=False, **how)
