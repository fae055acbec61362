"""Claim here: the student types name, number, password and three answers; staff look away (D20-D25)."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.handoff.fields import TextField
from screens.handoff.handoff import HandOff
from screens.handoff.pages import CheckPage, Page, PasswordPage
from screens.safe import content, joined
from screens.widgets.rules import RuleList
from screens.widgets.secret import SecretField
from wizard.views.forms import ClaimForm
from wizard.views.handover import Question

if TYPE_CHECKING:
    from wizard.casework import Casework

TURN = "The student is at the keyboard now. Staff: please look away."
TURN_BACK = "Turn the keyboard back to the staff member."


class NamesPage(Page):
    """Last name, first name and number, compared with the SIS record while they are typed (D23, O1)."""

    STEP = "Your name"

    def __init__(self, casework: "Casework") -> None:
        super().__init__(id="names-page")
        self._casework = casework
        self.fields = {
            "last": TextField("Last name", id="last"),
            "first": TextField("First name", id="first"),
            "id": TextField("ID number", id="id"),
        }

    def compose(self) -> ComposeResult:
        """Three lines, each with words about how it compares."""
        words = "Type these exactly as the school wrote them: every hyphen and space counts."
        yield Static(Content(words), classes="lead intro")
        yield from self.fields.values()

    @on(Input.Changed)
    def _compare(self, event: Input.Changed) -> None:
        name = str(event.input.id).removesuffix("-input")
        field = self.fields[name]
        if not field.typed:
            field.say("")
            return
        comparison = self._casework.forms.compare(name, field.typed)
        field.say(comparison.words, comparison.same)

    def lacking(self) -> tuple[str, Widget | None]:
        """Return the first line that is empty or differs from the record."""
        for name, field in self.fields.items():
            if not field.typed:
                return f"{field.label}: type it first.", field.input
            if not self._casework.forms.compare(name, field.typed).same:
                return f"{field.label}: not yet as the school wrote it.", field.input
        return "", None


class Bank(OptionList):
    """The list of questions: Enter only ever picks, so that a key pressed once more takes nothing back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", "Pick", show=False, id="bank.pick", tooltip="Pick the marked question"),
        Binding(
            "space,backspace,delete",
            "select",
            "Pick or take back",
            show=False,
            id="bank.turn",
            tooltip="Pick the marked question, or take it back",
        ),
    ]

    class Entered(Message):
        """Posted when Enter is pressed on a question."""

        def __init__(self, code: str) -> None:
            super().__init__()
            self.code = code

    def action_pick(self) -> None:
        """Tell which question is marked."""
        if self.highlighted is not None:
            self.post_message(self.Entered(str(self.get_option_at_index(self.highlighted).id)))


class PickPage(Page):
    """Exactly as many questions from the bank as are wanted, each a different one (D25)."""

    STEP = "Your questions"

    def __init__(self, bank: tuple[Question, ...], wanted: int) -> None:
        super().__init__(id="pick-page")
        self.wanted = wanted
        """How many are to be picked."""
        self._bank = {question.code: question for question in bank}
        self.picked: tuple[Question, ...] = ()
        """The picked questions, in the order in which they were picked."""

    def compose(self) -> ComposeResult:
        """A count and the list."""
        words = f"Pick {self.wanted} questions. Your answers are the way back in later."
        yield Static(content(words), classes="lead intro")
        yield Static(Content(""), id="pick-count")
        yield Bank(
            *(Option(self._prompt(question), id=question.code) for question in self._bank.values()), id="pick-list"
        )

    def on_mount(self) -> None:
        """Say how many are picked."""
        self._count()

    def begin(self) -> Widget | None:
        """Start on the list."""
        questions = self.query_one(OptionList)
        questions.highlighted = questions.highlighted or 0
        return questions

    def typed(self) -> bool:
        """Return whether a question was picked."""
        return bool(self.picked)

    def lacking(self) -> tuple[str, Widget | None]:
        """Return how many questions are still to be picked."""
        missing = self.wanted - len(self.picked)
        words = f"Pick {missing} more: Up and Down move, Enter picks, Space takes back." if missing else ""
        return words, self.query_one(OptionList) if missing else None

    @on(Bank.Entered)
    def _enter(self, event: Bank.Entered) -> None:
        """Pick; with nothing left to pick, go on."""
        event.stop()
        question = self._bank[event.code]
        if self.lacking()[1] is None:
            self.post_message(self.Filled(True))
        elif question in self.picked:
            self._count("Picked already: Space takes it back.")
        else:
            self._set((*self.picked, question))

    @on(OptionList.OptionSelected)
    def _turn(self, event: OptionList.OptionSelected) -> None:
        """Pick, or take back what was picked."""
        event.stop()
        question = self._bank[str(event.option_id)]
        if question in self.picked:
            self._set(tuple(each for each in self.picked if each != question))
        elif len(self.picked) < self.wanted:
            self._set((*self.picked, question))
        else:
            self._count("That is enough. Space on a picked one takes it back.")

    def _set(self, picked: tuple[Question, ...]) -> None:
        self.picked = picked
        self._count()
        for each in self._bank.values():
            self.query_one(OptionList).replace_option_prompt(each.code, self._prompt(each))
        if len(self.picked) == self.wanted:
            self.post_message(self.Filled())

    def _prompt(self, question: Question) -> Content:
        mark = f"[{self.picked.index(question) + 1}]" if question in self.picked else "[ ]"
        return joined((mark, "bold" if question in self.picked else ""), " ", question.text)

    def _count(self, words: str = "") -> None:
        full = len(self.picked) == self.wanted
        words = words or ("Press Enter to go on." if full else "Up and Down move, Enter picks, Space takes back.")
        state = f"{len(self.picked)} of {self.wanted} picked."
        self.query_one("#pick-count", Static).update(joined((state, "bold"), " ", words))


class AnswersPage(Page):
    """The answers to the picked questions, with their rules live."""

    STEP = "Your answers"

    def __init__(self, casework: "Casework", pick: PickPage) -> None:
        super().__init__(id="answers-page")
        self._casework = casework
        self._pick = pick
        self.answers = tuple(SecretField("", id=f"answer-{number}", stacked=True) for number in range(pick.wanted))

    def compose(self) -> ComposeResult:
        """A line under each question, and the rules."""
        yield Static(Content("Answer them with words that you will still know next year."), classes="lead intro")
        yield from self.answers
        yield RuleList(id="answer-rules", classes="rules")

    def begin(self) -> Widget | None:
        """Put the picked questions over the lines."""
        for number, (field, question) in enumerate(zip(self.answers, self._pick.picked, strict=True), 1):
            field.relabel(f"{number}. {question.text}")
        self.judge()
        return super().begin()

    @on(Input.Changed)
    def judge(self) -> None:
        """Ask again how the rules stand."""
        typed = tuple(field.input.value for field in self.answers)
        rules = self.query_one(RuleList)
        rules.started = self.typed()
        rules.rules = self._casework.forms.answer_rules(self.codes(), typed)

    def codes(self) -> tuple[str, ...]:
        """Return the codes of the picked questions."""
        return tuple(question.code for question in self._pick.picked)

    def lacking(self) -> tuple[str, Widget | None]:
        """Return the first empty line, or the first rule that is not fulfilled."""
        empty = next((field for field in self.answers if not field.input.value), None)
        if empty:
            return "This question has no answer yet.", empty.input
        self.judge()
        broken = next((rule for rule in self.query_one(RuleList).rules if rule.ok is False), None)
        return (f"Not yet: {broken.words}", self.answers[0].input) if broken else ("", None)


class ClaimHandOver(HandOff):
    """The student claims the account at this keyboard."""

    TITLE = "Claim your account"
    TURN = TURN
    TURN_BACK = TURN_BACK
    RETRY_AT: ClassVar = {"used-before": "password-page"}

    def make_pages(self) -> tuple[Page, ...]:
        """Name, password, three questions, their answers, check."""
        self._names = NamesPage(self.casework)
        self._password = PasswordPage(self.casework.forms.password_rules)
        self._pick = PickPage(self.casework.forms.bank(), self.casework.forms.wanted())
        self._answers = AnswersPage(self.casework, self._pick)
        return self._names, self._password, self._pick, self._answers, CheckPage()

    def form(self) -> ClaimForm:
        """Return what the student typed."""
        password, again = self._password.secrets()
        typed = {name: field.typed for name, field in self._names.fields.items()}
        return ClaimForm(
            last=typed["last"],
            first=typed["first"],
            student_id=typed["id"],
            password=password,
            again=again,
            questions=self._answers.codes(),
            answers=tuple(field.secret for field in self._answers.answers),
        )
