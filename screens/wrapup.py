"""The wrap-up: every child's outcome, what was said and done, a note, the slip, and closing the call."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Button, Input, Static

from screens.safe import content, joined, plain
from screens.slip import saved_words
from screens.widgets.capped import CappedInput
from screens.widgets.children import Children
from screens.widgets.ending import RESULTS
from screens.widgets.issues import KnownIssues
from screens.widgets.keys import Keys
from screens.widgets.topbar import TopBar
from screens.widgets.trail import spent

if TYPE_CHECKING:
    from wizard.casework import Casework
    from wizard.views.card import Hit
    from wizard.views.step import TrailEntry

NOTE_LENGTH = 500

SENT = "Sent to the terminal's clipboard. If it is not there, select the text: Shift and drag in most terminals."
"""Nothing answers whether the terminal took it, so it is never called copied."""

IDLE_SECONDS = 2.0
"""A note is saved this long after the last letter, and whenever its line is left."""


class WrapUpScreen(Screen[bool]):
    """Dismissed with True when the call was closed."""

    CSS_PATH = "wrapup.tcss"
    AUTO_FOCUS = "#close"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+b,f2", "back", "Back", id="wrapup.back", tooltip="Return to the outcome"),
        Binding("question_mark,f1", "help", "Help", id="wrapup.help", tooltip="What this is for, and all keys"),
        Binding("a,f3", "another_child", "Child", id="wrapup.child", tooltip="Go on with another child of this family"),
        Binding("f4", "slip", "Slip", id="wrapup.slip", tooltip="The take-home slip: read it, copy it, save it as PDF"),
        Binding("f7", "ticket_line", "Ticket line", id="wrapup.line", tooltip="Copy the ticket's line, child by child"),
        Binding("f5", "copy", "Copy", id="wrapup.copy", tooltip="Send the summary to the terminal's clipboard"),
        Binding("f6", "form", "Length", id="wrapup.form", tooltip="Switch between the short and the long form"),
        Binding("w", "save", "Save summary", show=False, id="wrapup.save", tooltip="Save the summary as a text file"),
        Binding("f8", "note", "Note", show=False, id="wrapup.note", tooltip="Write a note"),
        Binding("f9", "close", "Close", id="wrapup.close", tooltip="End the call; it leaves the home screen"),
    ]

    long: reactive[bool] = reactive(False, init=False)
    """Which form of the summary is shown."""

    def __init__(self, casework: "Casework") -> None:
        super().__init__()
        self.casework = casework
        self._idle: Timer | None = None
        self._ticket_lines: tuple[str, ...] = ()
        self._lines_copied = 0
        self._asked = False
        self._filled = ""

    def compose(self) -> ComposeResult:
        """Stack outcome, summary, note and the button."""
        yield TopBar()
        yield KnownIssues()
        yield Static(content(""), id="outcome")
        yield Children(id="children")
        with Horizontal(id="record"):
            with VerticalScroll(id="summary-panel", can_focus=False):
                yield Static(content(""), id="summary")
            with VerticalScroll(id="steps-panel", can_focus=False):
                yield Static(content(""), id="steps")
        yield CappedInput(longest=NOTE_LENGTH, id="note")
        with Horizontal(id="buttons"):
            yield Button(content("Close call  ⏎"), id="close", variant="primary")
            yield Static(content(""), id="said")
        yield Keys()

    def on_mount(self) -> None:
        """Draw the outcome and the short form."""
        view = self.casework.view
        result = RESULTS.get(view.result, "Still open")
        code = view.card.code if view.card else ""
        self.query_one(TopBar).show(f"Call {code} · wrap-up", "✓ saved ")
        self.query_one("#outcome", Static).update(
            joined((f" {result} ", "bold reverse"), "  ", (view.title or view.ask, "bold"))
        )
        self._ticket_lines = self.casework.handouts.ticket_lines()
        self.refresh_bindings()
        self.query_one(Children).show(view.family)
        self.query_one("#steps-panel").border_title = content("STEPS")
        self.query_one("#steps", Static).update(Content("\n").join(map(_step, view.trail)))
        note = self.query_one("#note", CappedInput)
        note.border_title = content("NOTE · one line for the record, if any")
        note.border_subtitle = content("F8")
        note.select_on_focus = False
        self._fill()
        self._draw()

    def watch_long(self) -> None:
        """Draw the other form."""
        self._draw()

    def _draw(self) -> None:
        panel = self.query_one("#summary-panel")
        panel.border_title = content(
            "SUMMARY · long, with seconds per step" if self.long else "SUMMARY · short, for a ticket or SIS note"
        )
        panel.border_subtitle = content("F6 short" if self.long else "F6 long")
        self.query_one("#summary", Static).update(content(self.casework.handouts.summary(self.long)))

    # -- the note ----------------------------------------------------------------------------------------

    @on(Input.Changed, "#note")
    def wait_for_more(self) -> None:
        """Save a moment after the last letter."""
        if self._idle:
            self._idle.stop()
        self._idle = self.set_timer(IDLE_SECONDS, self.save_note)

    @on(Input.Submitted, "#note")
    def note_done(self) -> None:
        """Save, and go on to the button."""
        self.save_note()
        self.query_one("#close").focus()

    @on(Input.Blurred, "#note")
    def note_left(self) -> None:
        """Save when the line is left."""
        self.save_note()

    @on(CappedInput.Cut)
    def explain(self, event: CappedInput.Cut) -> None:
        """Say why not everything was taken."""
        event.stop()
        self._say(event.words)

    def save_note(self) -> None:
        """Keep the note with the case, if it was changed here: a colleague's is never put back to what it was."""
        if self._idle:
            self._idle.stop()
        if self._typed == self._filled:
            return
        view = self.casework.note(self._typed)
        if view.saved:
            self._fill()
        self._say(view.notice or "✓ Note saved.")
        self._draw()

    @property
    def _typed(self) -> str:
        return " ".join(self.query_one("#note", CappedInput).value.split())

    def _fill(self) -> None:
        """Show the note as the call keeps it, a colleague's words among it; a cursor stays where nothing changed."""
        field, kept = self.query_one("#note", CappedInput), self.casework.case.note
        field.longest = field.max_length = max(NOTE_LENGTH, len(kept))
        shown = plain(kept, field.longest)
        if " ".join(shown.split()) != self._typed:
            with field.prevent(Input.Changed):
                field.value = shown
            field.cursor_position = len(shown)
        self._filled = self._typed

    # -- keys --------------------------------------------------------------------------------------------

    def action_back(self) -> None:
        """Return to the outcome, the note saved."""
        self.save_note()
        self.dismiss(False)

    def action_help(self) -> None:
        """Say what this is for, and list the keys."""
        from screens.help import HelpScreen

        words = "The summary goes into the ticket or the SIS note; the call itself is in the records either way."
        self.app.push_screen(HelpScreen("The wrap-up", words, self.active_bindings.values()))

    def action_copy(self) -> None:
        """Send the shown form to the terminal's clipboard."""
        self.app.copy_to_clipboard(plain(self.casework.handouts.summary(self.long)))
        self._say(SENT)

    def action_save(self) -> None:
        """Save the shown form as a text file."""
        self._say(saved_words(self.casework.handouts.save("summary.txt", self.long)))

    def action_ticket_line(self) -> None:
        """Send a ticket's exact line to the clipboard (D16); pressed again, the next child's."""
        lines = self._ticket_lines
        line = lines[self._lines_copied % len(lines)]
        self._lines_copied += 1
        self.app.copy_to_clipboard(plain(line))
        place = (self._lines_copied - 1) % len(lines) + 1
        which = f" ({place} of {len(lines)}; F7 again for the next)" if len(lines) > 1 else ""
        self._say(f"Sent to the terminal's clipboard{which}: {line}")

    def action_slip(self) -> None:
        """Show the take-home slip."""
        from screens.slip import SlipScreen
        from wizard.trouble import TROUBLE

        try:
            self.app.push_screen(SlipScreen(self.casework))
        except TROUBLE as error:
            self._say(str(error))

    def action_another_child(self) -> None:
        """Go on with another child; what is here so far stays."""
        self.save_note()
        before = self.casework.case.id
        view = self.casework.another_child()
        if self.casework.case.id == before:
            self._say(view.notice)
        else:
            self.dismiss(False)

    def take_student(self, hit: "Hit") -> None:
        """Go on with a student who was found: another child of this call, or a new call."""
        call = self.app.screen_stack[-2]
        if hasattr(call, "take_student"):
            call.take_student(hit, self._step_aside)

    def _step_aside(self) -> None:
        self.save_note()
        self.dismiss(False)

    @on(Children.Picked)
    def turn_to(self, event: Children.Picked) -> None:
        """Go to a child of the family call."""
        self.save_note()
        view = self.casework.turn_to(event.case)
        if self.casework.case.id == event.case:
            self.dismiss(False)
        else:
            self._say(view.notice)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is."""
        if action == "another_child":
            return self.casework.can_add_child
        return bool(self._ticket_lines) if action == "ticket_line" else True

    def action_form(self) -> None:
        """Show the other form."""
        self.long = not self.long

    def action_note(self) -> None:
        """Go to the note."""
        self.query_one("#note").focus()

    @on(Button.Pressed, "#close")
    def action_close(self) -> None:
        """End the call, unless the store could not save that."""
        self.save_note()
        without = [child.student for child in self.casework.unfinished_children()]
        if without and not self._asked:
            self._asked = True
            self._say(
                f"No outcome yet: {', '.join(without)}. Enter on the line goes there; F9 again closes all the same."
            )
            return
        self.casework.close()
        if self.casework.case.status == "closed":
            self.dismiss(True)
            return
        if self._typed == self._filled:
            self._fill()
        self._draw()
        self._say(self.casework.view.notice)

    def _say(self, words: str) -> None:
        self.query_one("#said", Static).update(content(words))


def _step(entry: "TrailEntry") -> Content:
    seconds = spent(entry.seconds) if entry.by == "staff" else ""
    return joined((f"{seconds:>10}  ", "$accent"), (f"{entry.ask}\n", "$text-muted"), f"{'':12}{entry.answer}")
