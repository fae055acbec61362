"""Changing an earlier answer: the trail as a list; Enter on a line goes there."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.safe import content, joined
from screens.widgets.trail import SIGNS, spent
from wizard.views.step import StepView, TrailEntry

HELP = (
    "Enter looks at that answer again. Only a different answer changes anything: what still fits afterwards is kept, "
    "and what is dropped is said. What is done, such as a claim, cannot be undone here; that is why lines before it "
    "cannot be picked."
)


class ChangesScreen(ModalScreen[str | None]):
    """Dismissed with the key of the step to look at again, or None."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f3", "dismiss", "Close", id="changes.close", tooltip="Return to the step"),
        Binding("question_mark,f1", "help", "Help", id="changes.help", tooltip="What a change keeps, and all keys"),
    ]

    def __init__(self, view: StepView) -> None:
        super().__init__()
        self._view = view

    def compose(self) -> ComposeResult:
        """Lay out the answers so far, newest last."""
        with Vertical(id="panel") as panel:
            panel.border_title = content("Change an earlier answer")
            panel.border_subtitle = content("Enter goes there · Esc closes")
            yield Static(
                content("Answers that still fit afterwards are kept. Lines marked = came from the records."), id="why"
            )
            yield OptionList(*self._options(), id="answers")

    def on_mount(self) -> None:
        """Mark the newest answer that can be changed."""
        answers = self.query_one(OptionList)
        changeable = [place for place, entry in enumerate(self._view.trail) if entry.can_change]
        answers.highlighted = changeable[-1] if changeable else None
        answers.focus()

    def action_help(self) -> None:
        """Say what a change keeps, and list the keys."""
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen("Change an earlier answer", HELP, self.active_bindings.values()))

    @on(OptionList.OptionSelected)
    def go(self, event: OptionList.OptionSelected) -> None:
        """Go to the step picked."""
        event.stop()
        self.dismiss(event.option.id)

    def _options(self) -> list[Option]:
        options = [Option(_line(entry), id=entry.key, disabled=not entry.can_change) for entry in self._view.trail]
        if self._view.waiting:
            options.append(Option(content("Go on where the call was", "bold"), id=self._view.waiting))
        return options


def _line(entry: TrailEntry) -> Content:
    when = (f"  {spent(entry.seconds)}" if entry.by == "staff" else "", "$text-muted")
    return joined((f"{entry.ask}\n", "$text-muted"), (f"{SIGNS[entry.by]} ", "bold"), entry.answer, when)
