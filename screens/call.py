"""The call screen: one screen, one step; a new step changes its contents, never the screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from screens.languages import Languages
from screens.safe import content
from screens.widgets import card as cards
from screens.widgets import trail as trails
from screens.widgets.card import Card
from screens.widgets.choices import Choices
from screens.widgets.ending import Ending
from screens.widgets.entry import Entry, TextInput
from screens.widgets.issues import KnownIssues
from screens.widgets.keys import Keys
from screens.widgets.say import Words
from screens.widgets.search import Search
from screens.widgets.start import Start
from screens.widgets.step import Step
from screens.widgets.topbar import TopBar
from screens.widgets.trail import Trail

if TYPE_CHECKING:
    from wizard.casework import Casework
    from wizard.desk import Desk
    from wizard.views import StepView


class CallScreen(Screen[None]):
    """One call, from its first question to its outcome."""

    CSS_PATH = "call.tcss"
    AUTO_FOCUS = ""
    COMMANDS: ClassVar[Any] = {Languages}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+b,f2", "back", "Back", id="call.back", tooltip="Go back one answer; nothing is lost"),
        Binding("question_mark,f1", "why", "Why", id="call.why", tooltip="Why this is asked, and all keys"),
        Binding("f3", "change", "Change", id="call.change", tooltip="Change an earlier answer"),
        Binding("f4", "leave", "Home", id="call.leave", tooltip="Leave the call; it waits on the home screen"),
        Binding("f6", "not_in_list", "Not in list", id="call.unlisted", tooltip="The student is not in the list"),
        Binding(
            "f7", "app.issues(False)", "Known issues", show=False, id="call.issues", tooltip="Read the known issues"
        ),
        Binding("f8", "map", "Map of this call", show=False, id="call.map", tooltip="The steps, and the way taken"),
        Binding("f9", "speak_next", "Language", id="call.language", tooltip="Say it in the district's next language"),
        Binding("pagedown", "page(1)", "Read on", show=False, id="call.down", tooltip="Scroll the words down"),
        Binding("pageup", "page(-1)", "Read back", show=False, id="call.up", tooltip="Scroll the words up"),
    ]

    view: "reactive[StepView | None]" = reactive(None, init=False, always_update=True, bindings=True)
    """The step on screen; setting it draws it."""

    def __init__(self, casework: "Casework", desk: "Desk") -> None:
        super().__init__()
        self.casework = casework
        self._desk = desk
        self._early: list[str] | None = []

    def compose(self) -> ComposeResult:
        """Make every part once; a step shows the ones it needs."""
        yield TopBar()
        yield KnownIssues()
        yield Static(content(""), id="card-line", classes="line")
        yield Static(content(""), id="trail-line", classes="line")
        with Horizontal(id="columns"):
            yield Trail(id="trail")
            yield Step(self._desk.search, id="step")
            yield Card(id="card")
        yield Keys()

    def on_mount(self) -> None:
        """Draw the step the call stands at."""
        self.view = self.casework.view

    def on_key(self, event: events.Key) -> None:
        """Keep what is typed before a pane takes the keys."""
        if self._early is not None:
            event.stop()
            self._early.append(event.key)

    def on_descendant_focus(self) -> None:
        """Give the first pane what was typed before it was there."""
        keys, self._early = self._early or [], None
        for key in keys:
            self.app.simulate_key(key)

    def on_resize(self) -> None:
        """Fit the one-line trail to the new width."""
        if self.view:
            self._draw_trail(self.view)

    def watch_view(self, view: "StepView | None") -> None:
        """Draw a step."""
        if view is None:
            return
        with self.app.batch_update():
            self._draw_card(view)
            self._draw_trail(view)
            self.query_one(Step).show(view)

    def _draw_card(self, view: "StepView") -> None:
        if view.card:
            self.query_one(TopBar).show(f"Call {view.card.code} · {view.card.channel}", f"✓ saved · {view.card.agent} ")
            self.query_one(Card).show(view.card)
            self.query_one("#card-line", Static).update(cards.line(view.card))

    def _draw_trail(self, view: "StepView") -> None:
        self.query_one(Trail).show(view)
        self.query_one("#trail-line", Static).update(trails.line(view, self.size.width - 2))

    def renew(self, desk: "Desk") -> None:
        """Go on under the flows an author has just saved."""
        self._desk = desk
        self._move(lambda: self.casework.renew(desk))

    # -- answers -----------------------------------------------------------------------------------------

    @on(Choices.Chosen)
    def choose(self, event: Choices.Chosen) -> None:
        """Give a listed answer."""
        self._answer(event.step, lambda: self.casework.choose(event.code))

    @on(Entry.Given)
    def enter(self, event: Entry.Given) -> None:
        """Give a typed answer."""
        self._answer(event.step, lambda: self.casework.enter(event.typed))

    @on(Search.Picked)
    def pick(self, event: Search.Picked) -> None:
        """Give the student that was picked."""
        self._answer(event.step, lambda: self.casework.pick(event.student_id))

    @on(Search.NotInList)
    def not_found(self, event: Search.NotInList) -> None:
        """Go on with a student nobody found."""
        self._answer(event.step, lambda: self.casework.not_found(event.typed))

    @on(Start.Pressed)
    def hand_over(self) -> None:
        """Open what this step does, and come back to wherever the call stands then."""
        from screens.handoff import HANDOFFS

        if self.view:
            self.app.push_screen(HANDOFFS[self.view.pane](self.casework), self._handed_back)

    @on(Ending.Finished)
    def wrap_up(self) -> None:
        """Go on to the wrap-up; a closed call leaves the screen."""
        from screens.wrapup import WrapUpScreen

        self.app.push_screen(WrapUpScreen(self.casework), self._wrapped_up)

    def _handed_back(self, moved: bool | None) -> None:
        self._move(lambda: self.casework.view)

    def _wrapped_up(self, closed: bool | None) -> None:
        if closed:
            self.dismiss()
        else:
            self._move(lambda: self.casework.view)

    def _answer(self, step: str, give: "Callable[[], StepView]") -> None:
        """Give an answer to the step it was meant for; a key pressed twice must not answer the next one."""
        if self.view and self.view.key == step:
            self._move(give)

    def _move(self, step: "Callable[[], StepView]") -> None:
        """Take a step; what the store refuses is said, and the call stays where it was."""

        def move() -> None:
            self.view = step()

        self._guarded(move)

    def _guarded(self, do: "Callable[[], None]") -> None:
        """Do what reads or writes the store; what it refuses is said."""
        from wizard.trouble import TROUBLE

        try:
            do()
        except TROUBLE as error:
            self.query_one(Words).say_notice(str(error))

    # -- keys --------------------------------------------------------------------------------------------

    @on(Choices.Back)
    def action_back(self) -> None:
        """Forget the letters that narrow the answers, else look at the answer before."""
        if not self.query_one(Choices).clear() and self.view and self.view.can_go_back:
            self._move(self.casework.back)

    @on(TextInput.Asked)
    def action_why(self) -> None:
        """Explain the step and list the keys."""
        from screens.help import HelpScreen

        why = (self.view and self.view.why) or "This step leads on to the next one."
        self.app.push_screen(HelpScreen("Why this is asked", why, self.active_bindings.values()))

    def action_change(self) -> None:
        """Show the trail, and look again at the answer picked there."""
        from screens.changes import ChangesScreen

        if self.view:
            self.app.push_screen(ChangesScreen(self.view), self._revisit)

    def action_map(self) -> None:
        """Show where the call stands among all steps."""
        from screens.map import MapScreen

        self._guarded(lambda: self._show(MapScreen(self.casework.map())))

    def _show(self, screen: "Screen[None]") -> None:
        self.app.push_screen(screen)

    def action_leave(self) -> None:
        """Leave the call open and return to the home screen."""
        self.dismiss()

    def action_not_in_list(self) -> None:
        """Say that nobody found is the student."""
        self.query_one(Search).say_not_in_list()

    def action_speak_next(self) -> None:
        """Say it in the next language; what is typed or marked stays."""
        if self.view:
            codes = [spoken.code for spoken in self.view.languages]
            here = codes.index(self.view.language) if self.view.language in codes else -1
            self.speak(codes[(here + 1) % len(codes)])

    def speak(self, language: str) -> None:
        """Say it in a language: only the words change, so that nothing typed is lost."""

        def speak() -> None:
            view = self.casework.speak(language)
            self.set_reactive(CallScreen.view, view)
            self.query_one(Words).show(view)

        self._guarded(speak)

    def action_page(self, by: int) -> None:
        """Scroll the words."""
        words = self.query_one(Words)
        words.scroll_page_down(animate=False) if by > 0 else words.scroll_page_up(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done at this step."""
        if self.view is None:
            return action == "leave"
        can = {
            "change": any(entry.can_change for entry in self.view.trail),
            "not_in_list": self.view.pane == "student",
            "back": self.view.can_go_back or any(pane.narrowed for pane in self.query(Choices)),
            "speak_next": len(self.view.languages) > 1,
        }
        return can.get(action, True)

    def _revisit(self, key: str | None) -> None:
        if key is not None:
            self._move(lambda: self.casework.revisit(key))
