"""The call screen: one screen, one step; a new step changes its contents, never the screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.reactive import reactive
from textual.screen import Screen
from textual.widgets import Static

from screens import aside, leaving, shapes, taking
from screens.around import Around
from screens.company import LOOK_SECONDS, Company, with_typed
from screens.safe import content
from screens.widgets import card as cards
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
    from wizard.views.card import Hit
    from wizard.views.step import ChoiceView, StepView


TICK_SECONDS = 1.0
"""How often the clocks on screen go on."""

OPENED = "The claim has just opened. Ctrl+G asks the records again, and the call goes on from there."


class CallScreen(Screen[None]):
    """One call, from its first question to its outcome."""

    CSS_PATH = "call.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+b,f2", "back", "Back", id="call.back", tooltip="Go back one answer; nothing is lost"),
        Binding("question_mark,f1", "why", "Why", id="call.why", tooltip="Why this is asked, and all keys"),
        Binding("f3", "change", "Change", id="call.change", tooltip="Change an earlier answer"),
        Binding(
            "f4",
            "leave",
            "Park",
            id="call.leave",
            tooltip="Park the call for later or a colleague; it waits on the home screen",
        ),
        Binding("f5", "read_out", "Spell", id="call.spell", tooltip="Username, ID and names spelled to be read out"),
        Binding("ctrl+o", "on_file", "On file", id="call.file", tooltip="Who is on file for the student, to identify"),
        Binding("f6", "not_in_list", "Not in list", id="call.unlisted", tooltip="The student is not in the list"),
        Binding(
            "f7", "app.issues(False)", "Known issues", show=False, id="call.issues", tooltip="Read the known issues"
        ),
        Binding("f8", "map", "Map of this call", show=False, id="call.map", tooltip="The steps, and the way taken"),
        Binding("f9", "speak_next", "Language", id="call.language", tooltip="Say it in the district's next language"),
        Binding(
            "a",
            "another_child",
            "Another child",
            False,
            id="call.child",
            tooltip="Go on with another child of this family",
        ),
        Binding("ctrl+g", "ask_again", "Ask again", show=False, id="call.ask", tooltip="Ask the records again"),
        Binding("ctrl+t", "ticket", "Ticket", show=False, id="call.ticket", tooltip="The open ticket: number, news"),
        Binding("pagedown", "page(1)", "Read on", show=False, id="call.down", tooltip="Scroll the words down"),
        Binding("pageup", "page(-1)", "Read back", show=False, id="call.up", tooltip="Scroll the words up"),
    ]

    view: "reactive[StepView | None]" = reactive(None, init=False, always_update=True, bindings=True)
    """The step on screen; setting it draws it."""

    def __init__(self, casework: "Casework", desk: "Desk") -> None:
        super().__init__()
        self.casework = casework
        self.desk = desk
        self._early: list[str] | None = []
        self._company = Company(casework, desk)
        self._around = Around(self)
        self._told_opened = False

    def compose(self) -> ComposeResult:
        """Make every part once; a step shows the ones it needs."""
        shapes.take(self)
        yield TopBar()
        yield KnownIssues()
        yield Static(content(""), id="card-line", classes="line")
        yield Static(content(""), id="trail-line", classes="line")
        with Horizontal(id="columns"):
            yield Trail(id="trail")
            yield Step(self.desk.search, id="step")
            yield Card(id="card")
        yield Keys()

    def on_mount(self) -> None:
        """Draw the step the call stands at, and follow whoever else is at this call."""
        self.view = self.casework.view
        self.set_interval(LOOK_SECONDS, self.follow)
        self.set_interval(TICK_SECONDS, self.tick)

    def on_unmount(self) -> None:
        """Let colleagues see that nobody is at this call any more."""
        self._company.leave()

    def follow(self) -> None:
        """Show what a colleague did at this call; what is being typed stays, or is said."""
        self.guarded(self._follow)

    def _follow(self) -> None:
        view = self._company.look(self)
        if view is None:
            return
        if self.view and view.key == self.view.key:
            self._show_words(view)
            self._around.draw(view)
            return
        line = self.query_one(Step).query(TextInput)
        self.view = with_typed(view, next((each.value for each in line if each.has_focus), ""))

    def tick(self) -> None:
        """Let the clocks run: how long this step is on screen, and how long until the claim opens (D03)."""
        if self.view is None or self.app.screen_stack[-1:] != [self]:
            return  # under another screen, or the program is ending
        self._around.tick(self.view)
        opened = self.view.card and cards.opened(self.view.card, self.desk.clock())
        if opened and not self._told_opened:
            self._told_opened = True
            self.query_one(Words).say_notice(OPENED)

    def keep_early(self, key: str) -> bool:
        """Keep what is typed before a pane takes the keys; return whether it was kept."""
        if self._early is not None:
            self._early.append(key)
        return self._early is not None

    def _forward_event(self, event: events.Event) -> None:
        """Take keys at the moment the program passes them on: read later, they would come after the pane is there."""
        if not (isinstance(event, events.Key) and self.keep_early(event.key)):
            super()._forward_event(event)

    def on_descendant_focus(self) -> None:
        """Give the first pane what was typed before it was there."""
        keys, self._early = self._early or [], None
        for key in keys:
            self.app.simulate_key(key)

    def on_resize(self) -> None:
        """Fit the trail to the new width."""
        if self.view:
            self._around.draw_trail(self.view)

    def watch_view(self, view: "StepView | None") -> None:
        """Draw a step."""
        if view is None:
            return
        with self.app.batch_update():
            self._around.draw(view)
            self.query_one(Step).show(view)

    def renew(self, desk: "Desk") -> None:
        """Go on under the flows an author has just saved."""
        self.desk = desk
        self.move(lambda: self.casework.renew(desk))

    def expire(self) -> None:
        """Ask again who is calling, after a long break; a call that cannot be read is left for the home screen."""
        from wizard.trouble import TROUBLE

        try:
            self.view = self.casework.expire()
        except TROUBLE as error:
            leaving.warn(self, str(error))
            self.go_home()

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
        self.move(lambda: self.casework.view)

    def _wrapped_up(self, closed: bool | None) -> None:
        if closed:
            self.go_home()
        else:
            self.move(lambda: self.casework.view)

    def _answer(self, step: str, give: "Callable[[], StepView]") -> None:
        """Give an answer to the step it was meant for; a key pressed twice must not answer the next one."""
        if self.view and self.view.key == step:
            self.move(give)

    def move(self, step: "Callable[[], StepView]") -> None:
        """Take a step; what the store refuses is said, and the call stays where it was."""

        def move() -> None:
            self.view = step()

        self.guarded(move)

    def guarded(self, do: "Callable[[], None]") -> None:
        """Do what reads or writes the store; what it refuses is said."""
        from wizard.trouble import TROUBLE

        try:
            do()
        except TROUBLE as error:
            self.query_one(Words).say_notice(str(error))
            self._around.say_not_saved()

    # -- a student, or a flow, found from anywhere -------------------------------------------------------

    def take_student(self, hit: "Hit", make_way: "Callable[[], None] | None" = None) -> None:
        """Go on with a student who was found: this call's when it looks for one, else as is chosen.

        `make_way` takes away what lies over the call by then.
        """
        taking.take(self, hit, make_way)

    def way_into(self, flow: str) -> "ChoiceView | None":
        """Return the answer of the step on screen that leads right into a flow."""
        from wizard import openings

        if not self.view or self.view.kind != "choice":
            return None
        code = openings.into(self.desk.library, self.view.key, flow)
        return next((choice for choice in self.view.choices if choice.code == code), None)

    def go_into(self, flow: str) -> None:
        """Give that answer; nothing else, so no step before it is passed over."""
        if (way := self.way_into(flow)) and self.view:
            self._answer(self.view.key, lambda: self.casework.choose(way.code))

    # -- keys --------------------------------------------------------------------------------------------

    @on(Choices.Back)
    def action_back(self) -> None:
        """Forget the letters that narrow the answers, else look at the answer before."""
        if not self.query_one(Choices).clear() and self.view and self.view.can_go_back:
            self.move(self.casework.back)

    @on(TextInput.Asked)
    def action_why(self) -> None:
        """Explain the step and list the keys."""
        aside.explain(self)

    def action_change(self) -> None:
        """Show the trail, and look again at the answer picked there."""
        aside.look_back(self)

    def action_map(self) -> None:
        """Show where the call stands among all steps."""
        aside.show_map(self)

    def action_leave(self) -> None:
        """Park the call, its code shown large, and return to the home screen; an empty or ended one just ends."""
        leaving.leave(self)

    def go_home(self) -> None:
        """Stand up first, so that the home screen does not find the call still open."""
        self._company.leave()
        self.dismiss()

    @on(Ending.AnotherChild)
    def action_another_child(self) -> None:
        """Go on with another child of the family; this one's outcome stays until the wrap-up."""
        if self.view and self.view.can_add_child:
            self.move(self.casework.another_child)

    def action_ask_again(self) -> None:
        """Ask the records again, and go on with what they say now."""
        self._told_opened = False
        self.move(self.casework.ask_again)

    def action_read_out(self) -> None:
        """Show what can be read out letter by letter."""
        aside.read_out(self)

    def action_on_file(self) -> None:
        """Show who is on file, while the call asks who is calling."""
        aside.show_who_is_on_file(self)

    def action_ticket(self) -> None:
        """Show the student's open ticket."""
        aside.show_ticket(self)

    def action_not_in_list(self) -> None:
        """Say that nobody found is the student."""
        self.query_one(Search).say_not_in_list()

    def action_speak_next(self) -> None:
        """Say it in the next language; what is typed or marked stays."""
        if self.view:
            self.speak(self.view.next_language)

    def speak(self, language: str) -> None:
        """Say it in a language: only the words change, so that nothing typed is lost."""

        def speak() -> None:
            self._show_words(self.casework.speak(language))

        self.guarded(speak)

    def _show_words(self, view: "StepView") -> None:
        """Show another view of the same step: what is typed or marked stays."""
        self.set_reactive(CallScreen.view, view)
        self.query_one(Words).show(view)

    def action_page(self, by: int) -> None:
        """Scroll the words."""
        words = self.query_one(Words)
        words.scroll_page_down(animate=False) if by > 0 else words.scroll_page_up(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done at this step."""
        if self.view is None:
            return action == "leave"
        if action == "on_file":
            return self.casework.asks_who_is_calling
        can = {
            "change": any(entry.can_change for entry in self.view.trail),
            "not_in_list": self.view.pane == "student",
            "back": self.view.can_go_back or any(pane.narrowed for pane in self.query(Choices)),
            "read_out": bool(self.view.card and self.view.card.username),
            "another_child": self.view.can_add_child,
            "ticket": bool(self.view.card and self.view.card.ticket_code),
            "speak_next": len(self.view.languages) > 1,
        }
        return can.get(action, True)
