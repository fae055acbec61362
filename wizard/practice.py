"""The practice school: made-up students in every state, so that a newcomer can try each kind of call."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from flows import layers, loader
from flows.catalog import Catalog
from flows.model import Library
from wizard import accounts, answers, libraries, passwords, places
from wizard import clock as clocks
from wizard import district as districts
from wizard.accounts import Account, Claim, Guardian, Secrets, Student
from wizard.clock import Clock
from wizard.desk import Desk
from wizard.district import District
from wizard.records import Records, Tables
from wizard.tickets import Ticket, line
from wizard.views.home import PracticeStudent

PASSWORD = "Purple-Kettle-42"  # noqa: S105 - of made-up students; told on the practice card
ANSWERS = ("blue bicycle", "grandmas porch", "oatmeal")

ELEMENTARY, MIDDLE, HIGH = "Practice Elementary", "Practice Middle", "Practice High"

STUDENTS = (
    Student(id="0100001", last="Li", first="Mary Ann", school=ELEMENTARY, grade="1"),
    Student(id="0100002", last="Nguyen-Tran", first="José", school=ELEMENTARY, grade="3"),
    Student(id="0100003", last="O'Brien", first="Siobhan", school=MIDDLE, grade="6"),
    Student(id="0100004", last="Garcia Lopez", first="Ana", school=MIDDLE, grade="8"),
    Student(id="0100005", last="De La Cruz", first="Lê Thi", school=HIGH, grade="10"),
    Student(id="0100006", last="Smith Jr.", first="Noah", school=HIGH, grade="9"),
    Student(id="0100007", last="D’Angelo", first="Amara", school=MIDDLE, grade="7"),
    Student(id="0100008", last="Garcia", first="Jose", school=ELEMENTARY, grade="4"),
    Student(id="0100009", last="Li", first="Lena", school=HIGH, grade="12"),
    Student(id="0100010", last="Haddad", first="Omar", school=HIGH, grade="11"),
    Student(id="0100011", last="Le", first="Ruth", school=ELEMENTARY, grade="2"),
    Student(id="0100012", last="Lê", first="Tam", school=MIDDLE, grade="6"),
    Student(id="0100013", last="Lopez", first="Pia", school=HIGH, grade="12", active=False),
)

GUARDIANS = {
    "0100001": (Guardian(name="Grace Li", relation="mother", phone="(770) 555-0131"),),
    "0100009": (Guardian(name="Grace Li", relation="mother", phone="(770) 555-0131"),),
    "0100004": (
        Guardian(name="Rosa Garcia", relation="mother", phone="(770) 555-0142"),
        Guardian(name="Luis Lopez", relation="father", phone="(770) 555-0143"),
    ),
    "0100008": (Guardian(name="Rosa Garcia", relation="mother", phone="(770) 555-0142"),),
}
"""Two families with two children each: one with the same guardian on file, one with one more for one child."""

CARD = (
    PracticeStudent("Mary Ann Li", "0100001", "entered 2 hours ago", "A new student: when can she claim?"),
    PracticeStudent("José Nguyen-Tran", "0100002", "entered 23 h 59 min ago", "Wait a minute; then the claim opens."),
    PracticeStudent("Siobhan O'Brien", "0100003", "not claimed yet", "Claim the account here, apostrophe and all."),
    PracticeStudent("Ana Garcia Lopez", "0100004", "here last year", "Never claims again; try a wrong username."),
    PracticeStudent(
        "Lê Thi De La Cruz",
        "0100005",
        "claimed",
        f"Reset: {PASSWORD} is the old password; answers: {', '.join(ANSWERS)}.",
    ),
    PracticeStudent("Noah Smith Jr.", "0100006", "ticket open", "The family asks how the ticket is going."),
    PracticeStudent("Amara D’Angelo", "0100007", "reset by ticket", "Claims again, exactly once."),
    PracticeStudent("Jose Garcia", "0100008", "claimed in the portal", "Forgot the password: guide the family."),
    PracticeStudent("Zoe Nobody", "", "not in the roster", "Nobody finds her: what now?"),
)


@cache
def _hash(text: str) -> str:
    """Hash once per process; Argon2 is slow on purpose and these secrets are on the card anyway."""
    return passwords.hash_secret(text)


def seed(records: Records, district: District, now: datetime) -> None:
    """Fill an empty store with the practice students. Does nothing when students are there already."""
    with records.transaction() as tables:
        if not tables.accounts.count():
            _fill(tables, district, now)


def _fill(tables: Tables, district: District, now: datetime) -> None:
    summer = now - timedelta(days=5)
    for student in STUDENTS:
        tables.accounts.put(_account(student, district, now, summer))
    noah = next(student for student in STUDENTS if student.id == "0100006")
    draft = Ticket(
        code="T-0006",
        case="practice",
        student_id=noah.id,
        line=line(noah),
        menu=district.ticket.menu,
        reason="",
        opened_at=now - timedelta(days=2),
        by="practice",
    )
    tables.tickets.put(draft)


def _account(student: Student, district: District, now: datetime, earlier: datetime) -> Account:
    """Return the account of one practice student, in the state its row of the card promises."""
    new = {"0100001": timedelta(hours=2), "0100002": timedelta(hours=23, minutes=59)}
    ages = new | dict.fromkeys(("0100003", "0100011"), timedelta(days=2))
    entered = student.model_copy(update={"entered_at": now - ages[student.id] if student.id in ages else None})
    account = Account(student=entered, guardians=GUARDIANS.get(student.id, ()))
    here = Claim(generation=1, at=earlier, how="here", by="practice", case="practice")
    match student.id:
        case "0100005":
            return account.model_copy(update={"claim": here, "secrets": _secrets(district)})
        case "0100006":
            return account.model_copy(update={"claim": here, "secrets": _secrets(district), "ticket": "T-0006"})
        case "0100007":
            return account.model_copy(update={"generation": 2})
        case "0100008":
            return account.model_copy(update={"claim": here.model_copy(update={"how": "reported"})})
        case "0100009" | "0100010":
            wrong = 5 if student.id == "0100009" else 3
            attempts = tuple(now - timedelta(minutes=wrong - each) for each in range(wrong))
            return account.model_copy(update={"claim": here, "secrets": _secrets(district), "attempts": attempts})
    return account


def _secrets(district: District) -> Secrets:
    return Secrets(
        password_hash=_hash(PASSWORD),
        answers_hash=_hash(answers.joint(ANSWERS)),
        questions=tuple(question.code for question in district.questions[: len(ANSWERS)]),
    )


def practice_district(district: District, now: datetime) -> District:
    """Return the district with its date in the near future, so that the countdown can be seen (D02)."""
    soon = (now + timedelta(days=10)).astimezone(district.zone).date()
    return district.model_copy(update={"portal": district.portal.model_copy(update={"login_deadline": soon})})


def open_practice(
    folder: Path,
    *,
    agent: str,
    clock: Clock = clocks.now,
    library: Library | None = None,
    district: Path | None = None,
    catalogs: Mapping[str, Catalog] | None = None,
) -> Desk:
    """Open the practice school in a folder, filling it the first time."""
    now = clock()
    values = practice_district(districts.load(district), now)
    records = Records.open(places.prepare(folder), clock=clock)
    seed(records, values, now)
    spoken = layers.load() if catalogs is None else catalogs
    return Desk(records, library or loader.library(), values, clock, agent, CARD, catalogs=spoken)


@contextmanager
def practice_desk(
    folder: Path | None = None,
    clock: Clock = clocks.now,
    *,
    agent: str = "practice",
    library: Library | None = None,
    flows: Path | None = None,
    overlay: Path | None = None,
) -> Iterator[Desk]:
    """Yield the practice school's desk; without a folder, in a temporary one that is removed afterwards."""
    with ExitStack() as stack:
        if folder is None:
            folder = Path(tempfile.mkdtemp(prefix="portal-wizard-practice-"))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
        flows_read, spoken = library or libraries.load(flows, overlay), layers.load(flows, overlay)
        desk = open_practice(folder, agent=agent, clock=clock, library=flows_read, catalogs=spoken)
        stack.callback(desk.close)
        yield desk


def state_of(desk: Desk, student_id: str) -> str:
    """Return the present state of a student's account: what a scenario compares with."""
    with desk.records.reading() as tables:
        account = tables.accounts.get(student_id)
    return accounts.state(account, desk.clock(), desk.district) if account else "not-in-roster"
