"""Reset here: the student answers their own three questions, all together, and chooses a new password (D10-D12)."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Static

from screens.handoff.claim import TURN, TURN_BACK
from screens.handoff.handoff import HandOff
from screens.handoff.pages import CheckPage, Page, PasswordPage
from screens.widgets.secret import SecretField
from wizard.views.forms import ResetForm
from wizard.views.handover import Question, Refused


class OwnAnswersPage(Page):
    """The student's own questions; nobody is ever told which answer was wrong."""

    STEP = "Your answers"

    def __init__(self, questions: tuple[Question, ...]) -> None:
        super().__init__(id="own-page")
        self.answers = tuple(
            SecretField(f"{number}. {question.text}", id=f"own-{number}", stacked=True)
            for number, question in enumerate(questions, 1)
        )

    def compose(self) -> ComposeResult:
        """A line under each question, and the way out for those who can't."""
        words = "Answer your own questions, all of them. Capital letters don't matter."
        yield Static(Content(words), classes="lead intro")
        yield from self.answers
        yield Button("I can't answer these", id="cannot")

    def lacking(self) -> tuple[str, Widget | None]:
        """Return the first empty line."""
        empty = next((field for field in self.answers if not field.input.value.strip()), None)
        return (
            ("All questions need an answer. Nobody is told which one was wrong.", empty.input) if empty else ("", None)
        )


class ResetHandOver(HandOff):
    """The student chooses a new password at this keyboard."""

    TITLE = "Choose a new password"
    TURN = TURN
    TURN_BACK = TURN_BACK
    RETRY_AT: ClassVar = {"used-before": "password-page", "wrong-answers": "own-page"}

    def make_pages(self) -> tuple[Page, ...]:
        """Answers, password, check."""
        self._own = OwnAnswersPage(self.casework.forms.own_questions())
        self._password = PasswordPage(self.casework.forms.password_rules)
        return self._own, self._password, CheckPage()

    def form(self) -> ResetForm:
        """Return what the student typed."""
        password, again = self._password.secrets()
        return ResetForm(tuple(field.secret for field in self._own.answers), password, again)

    def retry(self, refused: Refused) -> None:
        """Empty every line after each attempt, then go where it can be put right."""
        self.forget()
        super().retry(refused)

    @on(Button.Pressed, "#cannot")
    def _cannot_answer(self) -> None:
        """Go on to the ticket (D13, O7)."""
        self.forget()
        self.casework.cannot_answer()
        self.dismiss(True)
