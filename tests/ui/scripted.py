"""A desk whose calls follow a short script: for looking at the screens, one step after another.

It has the methods of `wizard.desk.Desk` and `wizard.casework.Casework` that the screens use. Whole calls
are tested over the real desk.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace

from flows.case import Case
from flows.model import Channel
from wizard.desk import CallGone
from wizard.settings import Settings
from wizard.text import clean
from wizard.views.card import CaseCard, Hit
from wizard.views.home import Banner, CaseSummary, Holder, HomeView, PracticeStudent
from wizard.views.step import ChoiceView, Spoken, StepView, TrailEntry

PRACTICE = (
    PracticeStudent("Mary Ann Li", "0100001", "entered 2 hours ago", "A new student: when can she claim?"),
    PracticeStudent("Siobhan O'Brien", "0100003", "not claimed yet", "Claim the account here, apostrophe and all."),
    PracticeStudent("José Nguyen-Tran", "0100005", "claimed", "Reset; answers: blue bicycle, oatmeal, grandmas porch."),
)

HITS = (
    Hit("0100003", "O'Brien, Siobhan", "Practice Middle", "6", "•••••03"),
    Hit("0100013", "O’Brien, Seán", "Practice High", "11", "•••••13"),
    Hit("0100014", "Obrien, Jo", "Practice Elementary", "2", "•••••14"),
)

LANGUAGES = (Spoken("en", "English", "English"), Spoken("es", "Español", "Spanish"))

SAY = (
    "Thank you. Please look at the screen of the device your child uses, and read me the words in red under the "
    "username. If there are none, tell me what you see instead. Take your time: I stay on the line."
)


def steps(now: datetime) -> tuple[StepView, ...]:
    """Return one step of each kind, in the order of a call."""
    card = CaseCard(code="K7Q2", channel="phone", agent="dana", started=now - timedelta(minutes=4))
    known = card._replace(
        student="Siobhan O'Brien",
        verified="Guardian on record, called back",
        username="S0100003",
        student_id="0100003",
        school="Practice Middle",
        grade="6",
        state="claimed",
    )
    which = TrailEntry("call/which", "Which portal do they mean?", "The student portal", "staff", 12, True)
    who = TrailEntry("call/student", "Which student?", "O'Brien, Siobhan", "staff", 31, True)
    state = TrailEntry("call/state", "The account", "claimed", "records", 0, False)
    return (
        StepView(
            key="call/student",
            kind="entry",
            pane="student",
            flow_title="Who is calling",
            say="What is your child's name, or the student ID?",
            do="Find the student. Ask for the school when there are several.",
            ask="Which student is it?",
            why="Everything that follows depends on what the records say of this student.",
            trail=(which,),
            card=card,
            can_go_back=True,
        ),
        StepView(
            key="situation/message",
            kind="choice",
            pane="",
            flow_title="What the screen says",
            say=SAY,
            do="Listen for the first words; they are enough.",
            ask="What does the screen say?",
            why="Each message has its own cause, and its own way out.",
            choices=(
                ChoiceView("authentication-failed", "“Authentication Failed”", ("red message",)),
                ChoiceView("invalid", "“Invalid username or Password”", (), True),
                ChoiceView("claim-failed", "“The Account Claim operation failed”", ("claim error",)),
                ChoiceView("locked", "Something about too many tries, or the account being locked for a while"),
                ChoiceView("nothing", "No message: the page stays as it is"),
            ),
            trail=(which, who, state),
            card=known,
            can_go_back=True,
        ),
        StepView(
            key="username/typed",
            kind="entry",
            pane="username",
            flow_title="Wrong username",
            say="Please spell me the username, exactly as you typed it, letter by letter.",
            do="Type what you hear, mistakes included.",
            ask="What was typed as the username?",
            why="Most failed logins are a typing mistake in the username.",
            trail=(which, who, state),
            card=known,
            can_go_back=True,
        ),
        StepView(
            key="reset/do",
            kind="action",
            pane="reset",
            flow_title="Forgotten password",
            say="You will choose a new password now. Nobody but you sees it.",
            do="Turn the keyboard to the student.",
            ask="Choose a new password here",
            why="The three answers prove that it is the student's own account.",
            trail=(which, who, state),
            card=known,
            can_go_back=True,
        ),
        StepView(
            key="reset/done",
            kind="outcome",
            pane="",
            flow_title="Forgotten password",
            say="Your new password works from now on. Please log in once while we are here.",
            do="Watch the first login.",
            ask="",
            why="",
            title="The student has a new password",
            next="Nothing more. The next login is with the new password.",
            result="solved",
            notice="A new password was set at 10:00 AM.",
            trail=(which, who, state),
            card=known,
        ),
    )


@dataclass
class ScriptedCall:
    """Goes one step on with every answer."""

    now: datetime
    at: int = 0
    given: list[str] = field(default_factory=list)
    """What the screen passed on, in order."""
    asks_who_is_calling: bool = False
    advice: str = ""
    case: Case = field(init=False)

    def __post_init__(self) -> None:
        """Open the case."""
        self.case = Case(id="1", code="K7Q2", channel="phone", agent="dana", started=self.now)

    @property
    def view(self) -> StepView:
        return steps(self.now)[self.at]._replace(advice=self.advice, languages=LANGUAGES)

    def _go(self, said: str, by: int = 1) -> StepView:
        self.given.append(said)
        self.advice = ""
        self.at = max(0, min(len(steps(self.now)) - 1, self.at + by))
        return self.view

    def choose(self, code: str) -> StepView:
        return self._go(f"choose {code}")

    def enter(self, typed: str) -> StepView:
        if typed.strip():
            return self._go(f"enter {typed}")
        self.given.append("enter nothing")
        self.advice = "Type what they say, or go back."
        return self.view

    def pick(self, student_id: str) -> StepView:
        return self._go(f"pick {student_id}")

    def not_found(self, typed: str) -> StepView:
        return self._go(f"not found {typed}")

    def renew(self, setting: object) -> StepView:
        return self.view

    def back(self) -> StepView:
        return self._go("back", -1)

    def revisit(self, key: str) -> StepView:
        return self._go(f"revisit {key}", -1)

    @property
    def handouts(self) -> "ScriptedCall":
        return self

    def summary(self, long: bool) -> str:
        lines = ["Call K7Q2. By phone, dana. Student: Siobhan O'Brien, S0100003.", "The student has a new password"]
        asked = [f"{entry.ask} {entry.answer} ({entry.seconds} s)" for entry in self.view.trail] if long else []
        return "\n".join((*lines, *asked, *([f"Note: {self.case.note}"] if self.case.note else [])))

    def refresh(self) -> StepView | None:
        return None

    @property
    def is_empty(self) -> bool:
        return not self.given

    def park(self, note: str) -> bool:
        self.given.append(f"park {note}")
        return True

    can_add_child = False

    def ticket_lines(self) -> tuple[str, ...]:
        return ()

    def unfinished_children(self) -> tuple[str, ...]:
        return ()

    def note(self, text: str) -> StepView:
        self.case = self.case.model_copy(update={"note": clean(text, 500).text})
        return self.view

    def close(self) -> None:
        self.case = self.case.model_copy(update={"status": "closed"})


@dataclass
class ScriptedDesk:
    """Starts scripted calls."""

    clock: Callable[[], datetime]
    agent: str = "dana"
    district: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(short_name="CCPS"))
    practice: tuple[PracticeStudent, ...] = PRACTICE
    deadline: str = "Every student must be able to log in before 8/13/2026: in 10 days."
    waiting: tuple[CaseSummary, ...] = ()
    issues: tuple[Banner, ...] = ()
    call: ScriptedCall | None = None
    told: HomeView = field(default_factory=HomeView)
    held: dict[str, Holder] = field(default_factory=dict)

    def start(self, channel: Channel) -> ScriptedCall:
        self.call = self.call or ScriptedCall(self.clock())
        return self.call

    def resume(self, case_id: str) -> ScriptedCall:
        if case_id == "gone":
            raise CallGone("A colleague has just finished that call.")
        return self.start("phone")

    def home(self, wanted: str = "") -> HomeView:
        sought = wanted.strip().casefold()
        calls = tuple(call for call in self.waiting if sought in f"{call.code} {call.student}".casefold())
        calls = tuple(sorted(calls, key=lambda call: call.agent != self.agent))
        known = self.told._replace(agent=self.agent, deadline=self.deadline)
        return known._replace(calls=calls, waiting=len(self.waiting), matching=len(calls))

    def stamp(self) -> tuple[object, ...]:
        return (self.waiting, self.told)

    def seat(self, case_id: str) -> SimpleNamespace:
        return SimpleNamespace(take=lambda: True, leave=lambda: None)

    def holder(self, case_id: str) -> Holder | None:
        return self.held.get(case_id)

    def discard(self, case_id: str) -> None:
        self.waiting = tuple(call for call in self.waiting if call.id != case_id)

    def start_about(self, channel: Channel, student_id: str) -> ScriptedCall:
        return self.start(channel)

    def under(self, settings: Settings, agent: str) -> "ScriptedDesk":
        return self

    def unfit_settings(self) -> tuple[str, ...]:
        return ()

    def languages(self) -> tuple[Spoken, ...]:
        return LANGUAGES

    def banners(self) -> tuple[Banner, ...]:
        return self.issues

    def search(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        return tuple(hit for hit in HITS if text.casefold() in hit.name.casefold())[:limit]
