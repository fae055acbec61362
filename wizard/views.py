"""What travels up to the screens: frozen values with everything needed to draw, and nothing to decide."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import SecretStr

from flows.model import Channel

Kind = Literal["choice", "entry", "action", "outcome"]


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One numbered answer."""

    code: str
    label: str
    also: tuple[str, ...] = ()
    likely: bool = False


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One answered step, in words."""

    key: str
    ask: str
    answer: str
    by: Literal["staff", "records", "action"]
    seconds: int
    """Seconds from the previous answer to this one."""
    can_change: bool


@dataclass(frozen=True, slots=True)
class CaseCard:
    """Who the call is about. Fields about the student are empty until the caller is verified."""

    code: str
    channel: Channel
    agent: str
    started: datetime
    """In the district's time zone."""
    student: str = ""
    """The name as picked in the search: known to staff before verification."""
    verified: str = ""
    """How the caller was identified, in words; empty: not yet."""
    username: str = ""
    student_id: str = ""
    school: str = ""
    grade: str = ""
    state: str = ""
    """The account's state in words."""
    clock: str = ""
    """The 24-hour clock in words, when it runs: `Claim opens Tue 10:40 AM EDT, in 3 h 12 min`."""
    opens_at: datetime | None = None
    """When the claim opens, in the district's time zone, while the call goes by an account that was too new."""
    ticket: str = ""
    """The open ticket in words, with its age: `T-7Q2F, drafted 2 days ago`."""
    ticket_code: str = ""
    calls: tuple["PastCall", ...] = ()
    """The latest calls about this student, newest first; a few of them."""
    more_calls: int = 0
    """How many earlier ones there are."""
    siblings: tuple["Hit", ...] = ()
    """Other students with a guardian on file in common."""


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call about this student that is over."""

    at: datetime
    """In the district's time zone."""
    result: str
    """Its outcome's result code; empty when it was closed without one."""
    agent: str


@dataclass(frozen=True, slots=True)
class ChildView:
    """One child of a family call."""

    case: str
    """The id of the child's own case."""
    code: str
    student: str
    """The name; empty while no student was picked."""
    at: str
    """The outcome's headline, or the question the child's part stands at."""
    result: str
    """The outcome's result code; empty while there is none."""
    here: bool
    """Whether it is the child on screen."""
    ticket_line: str = ""
    """The exact text of the ticket drafted in this call (D16); empty when none was."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A language that families can be spoken to in."""

    code: str
    name: str
    """What it calls itself: `Español`."""
    name_in_english: str


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of a call, ready to be drawn."""

    key: str
    kind: Kind
    pane: str
    """The name of the check or action that picks the pane; empty for a choice or an outcome."""
    flow_title: str
    say: str
    """In English, whatever language is spoken."""
    do: str
    ask: str
    why: str
    choices: tuple[ChoiceView, ...] = ()
    given: str = ""
    """The answer given earlier at this step (a choice's code or the text as typed), when it is revisited."""
    advice: str = ""
    """What to do after an answer that left the call at this step."""
    title: str = ""
    """An outcome's headline."""
    next: str = ""
    """What happens next, after an outcome."""
    result: str = ""
    """An outcome's result code."""
    notice: str = ""
    """One sentence about what just happened: answers dropped by a change, a receipt."""
    language: str = "en"
    """The code of the language spoken."""
    said: str = ""
    """What is said to the family in that language; the English line where there is none, never less."""
    fallback: Literal["", "missing", "stale"] = ""
    """Why `said` is English in another language: not translated yet, or from an English that has changed."""
    said_title: str = ""
    """An outcome's headline in the language spoken, for what the family takes home; English where there is none."""
    said_next: str = ""
    """What happens next in the language spoken, for what the family takes home; English where there is none."""
    languages: tuple[Spoken, ...] = ()
    """The languages to choose from, English among them."""
    trail: tuple[TrailEntry, ...] = ()
    card: CaseCard | None = None
    since: datetime | None = None
    """Since when this step is on screen, aware UTC."""
    family: tuple[ChildView, ...] = ()
    """Every child of a family call, in order; empty while there is one child."""
    offered: tuple["Hit", ...] = ()
    """At the student search of a family call: the siblings, offered before anything is typed."""
    can_add_child: bool = False
    """Whether the call can go on with another child of the family from here."""
    can_go_back: bool = False
    revisiting: bool = False
    waiting: str = ""
    """The key of the step where the call goes on, while an earlier one is looked at again."""

    @property
    def saved(self) -> bool:
        """Whether the records hold what was last done."""
        return not self.notice.startswith("Not saved")


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket and what became of it."""

    code: str
    line: str
    """Its text, exactly (D16)."""
    menu: tuple[str, ...]
    number: str
    """The ticket system's; empty while it is a draft."""
    told: str
    """How far it is, with its age."""
    history: tuple[str, ...]
    """What happened to it, oldest first."""
    resolved: bool


@dataclass(frozen=True, slots=True)
class SlipView:
    """The take-home slip, to be read before it is printed."""

    text: str
    code: tuple[tuple[bool, ...], ...]
    """The QR code of the portal's address with its quiet zone; True is dark."""


@dataclass(frozen=True, slots=True)
class ReadOut:
    """Something to be read out character by character."""

    label: str
    """What it is: `Username`."""
    text: str
    rows: tuple[tuple[str, str, str], ...]
    """Each character, how it is said in the language of the call, and in English."""


@dataclass(frozen=True, slots=True)
class MapRow:
    """One line on the map of a call: a step, and the answer that leads to it."""

    depth: int
    """0 for a flow's heading, 1 for its first step."""
    kind: Literal["flow", "choice", "entry", "lookup", "action", "outcome", "jump", "again"]
    """`jump`: the answer leads to another flow; `again`: to a step that is drawn elsewhere on the map."""
    words: str
    """What the step asks or comes to."""
    label: str = ""
    """The answer that leads here; empty for a heading and a first step."""
    lit: bool = False
    """Whether the call came this way."""
    here: bool = False
    """Whether it is the step on screen."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One student found by a search: only what staff need to pick the right one before verification."""

    student_id: str
    name: str
    """`Last, First Middle`."""
    school: str
    grade: str
    masked_id: str
    """The ID with all but its last two digits hidden."""


@dataclass(frozen=True, slots=True)
class Banner:
    """A known issue that is shown on top of every screen while it runs."""

    code: str
    text: str
    say: str
    """What to tell families; may be empty."""


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """A line on the home screen: an interrupted call."""

    id: str
    code: str
    channel: Channel
    agent: str
    started: datetime
    student: str
    step: str
    """The question the call stands at."""
    parked: bool = False
    """Left on purpose; otherwise it was interrupted, or is open right now (`holder`)."""
    since: datetime | None = None
    """When it was parked or last worked on."""
    note: str = ""
    """One line for whoever takes it over."""
    holder: str = ""
    """Who has it open at this moment."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A line on the home screen: a student somebody should look after today. It shows no more than a search does."""

    kind: Literal["claim-again", "opens", "ticket"]
    """A reset is done and the claim is open (D18); the claim opens today (D03); a ticket to watch (D17)."""
    student: Hit
    words: str
    """What there is to do, and since when or from when on."""


@dataclass(frozen=True, slots=True)
class SchoolReadiness:
    """How many of a school's students can log in (D02)."""

    school: str
    ready: int
    students: int
    """All active students."""

    @property
    def percent(self) -> int:
        """Return the share in whole percent, 100 only when everybody can."""
        return self.ready * 100 // self.students if self.students else 0


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was counted."""

    words: str
    number: int


@dataclass(frozen=True, slots=True)
class HomeView:
    """Everything the home screen tells, as of one moment."""

    calls: tuple[CaseSummary, ...] = ()
    """The calls that wait, those that fit what was looked for; own ones first, newest first, a few dozen at most."""
    waiting: int = 0
    """How many calls wait in all."""
    matching: int = 0
    """How many of them fit what was looked for."""
    follow_ups: tuple[FollowUp, ...] = ()
    """A few dozen at most."""
    to_follow: int = 0
    """How many there are in all."""
    readiness: tuple[SchoolReadiness, ...] = ()
    deadline: str = ""
    problems: tuple[Count, ...] = ()
    """Today's calls by what brought them, most frequent first."""
    today: int = 0
    """How many calls began today."""

    @property
    def everybody(self) -> SchoolReadiness:
        """Return all schools together."""
        return SchoolReadiness("All schools", *(sum(column) for column in _columns(self.readiness)))


def _columns(schools: tuple[SchoolReadiness, ...]) -> tuple[list[int], list[int]]:
    return [school.ready for school in schools], [school.students for school in schools]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a call open at this moment."""

    agent: str
    since: str
    """In words: `10:41 AM`."""
    me: bool
    """Whether it is another window of the same person."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One live rule of a field, with its reason."""

    code: str
    words: str
    reason: str
    ok: bool | None
    """None: cannot be told yet."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How typed text differs from the record, in words; `same` when it does not."""

    same: bool
    words: str


@dataclass(frozen=True, slots=True)
class GuardianView:
    """Someone on file who may speak for the student: to call back, never to read out."""

    name: str
    relation: str
    phone: str


@dataclass(frozen=True, slots=True)
class Question:
    """A challenge question of the district's bank."""

    code: str
    text: str
    """In the language of the call; in English where it is not translated."""


@dataclass(frozen=True, slots=True)
class ClaimForm:
    """What a student types on the hand-over screen to claim (D23-D25)."""

    last: str
    first: str
    student_id: str
    password: SecretStr
    again: SecretStr
    questions: tuple[str, ...]
    answers: tuple[SecretStr, ...]


@dataclass(frozen=True, slots=True)
class ResetForm:
    """What a student types on the hand-over screen to choose a new password (D10-D12)."""

    answers: tuple[SecretStr, ...]
    password: SecretStr
    again: SecretStr


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The family did it in the portal and says so; there is nothing to type."""


@dataclass(frozen=True, slots=True)
class TicketForm:
    """A ticket draft; the reason is needed when the gate (D06-D10) was not passed or one is already open."""

    reason: str = ""


Form = ClaimForm | ResetForm | ReportForm | TicketForm


@dataclass(frozen=True, slots=True)
class Preview:
    """What will happen, before it happens."""

    title: str
    lines: tuple[str, ...]
    confirm: str
    """The words on the button."""
    missing: tuple[str, ...] = ()
    """Gate steps that were not done, in words; a reason is then needed."""
    warning: str = ""
    copyable: str = ""
    """The exact ticket line (D16)."""
    menu: tuple[str, ...] = ()
    """The ticket system's menu choices, in order (D15)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something will not happen; a value, not an exception."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class PracticeStudent:
    """A line of the practice card: whom to try, and what there is to see."""

    name: str
    student_id: str
    state: str
    try_this: str
