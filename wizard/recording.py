"""A call from the records becomes a scenario: same questions, same answers, with a practice student in it.

Nothing that was typed in the call is copied. Each typed answer is made up anew for the practice student so that
it gets the same code; passwords and challenge answers are those of the practice school. The scenario is made by
carrying the call out once more, so it plays.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flows import engine
from flows.case import Case
from flows.engine import Visit
from flows.model import ActionStep, ChoiceStep, EntryStep, Library, LookupStep
from flows.scenario import ClaimTurn, ResetTurn, Scenario, TicketTurn, Turn
from wizard import practice, usernames
from wizard.accounts import Account, Student
from wizard.checks import CHECKS, Context
from wizard.desk import Desk
from wizard.district import District
from wizard.rehearsal import CaseworkDriver, form_of
from wizard.views.handover import Preview

NOBODY = "Zoe Nobody"
NEW_PASSWORD = "Copper-Lantern-58"  # noqa: S105 - of made-up students
OTHER_ANSWERS = ("green tram", "attic window", "barley soup")
REASON = "The family has to leave."

SURPRISES: Mapping[str, str] = {
    "already-claimed": "claimed",
    "too-new": "too-new",
    "ticket-open": "ticket-open",
    "already-open": "ticket-open",
    "waiting": "answers-waiting",
    "off": "answers-almost-off",
    "not-claimed": "reset-done",
    "not-open": "reset-done",
}
"""Refusal -> what a colleague did meanwhile, so that the practice school refuses in the same way."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A call as a scenario."""

    scenario: Scenario
    stopped: str
    """The step from which on the practice school goes another way; empty: the whole call is in it."""
    exact: bool
    """Whether the records answered alike on the way, too."""


def record(case: Case, library: Library, name: str) -> Recording | None:
    """Return the call as a scenario; None when it has no answer yet."""
    visits = [visit for visit in engine.trail(library, case) if not isinstance(visit.step, LookupStep)]
    if not visits[0].answer:
        return None
    best: Recording | None = None
    for student in practice.STUDENTS:
        recording = _try(case, library, visits, student, name)
        if recording and recording.exact:
            return recording
        if recording and (best is None or _closeness(recording) > _closeness(best)):
            best = recording
    return best


def _closeness(recording: Recording) -> tuple[bool, int]:
    return not recording.stopped, len(recording.scenario.turns)


def _try(case: Case, library: Library, visits: list[Visit], student: Student, name: str) -> Recording | None:
    """Carry the call out with one practice student, as far as it goes the same way."""
    with practice.practice_desk(library=library) as desk:
        again = _Again(desk, case, student)
        stopped = again.go(visits)
        if not again.turns:
            return None
        picked = any(turn.find for turn in again.turns)
        scenario = Scenario(
            name=name,
            about=f"Recorded from a call {'at the counter' if case.channel == 'counter' else 'by phone'}.",
            channel=case.channel,
            student=student.id if picked else "",
            turns=tuple(again.turns),
            ends=again.driver.view.key,
            state=practice.state_of(desk, student.id) if picked else "",
        )
        taken = {(visit.key, visit.answer.code) for visit in engine.trail(library, case) if visit.answer}
        return Recording(scenario, stopped, not stopped and taken == again.call.taken())


class _Again:
    """The call, carried out once more in the practice school."""

    def __init__(self, desk: Desk, case: Case, student: Student) -> None:
        self.desk, self.student = desk, student
        self.call = desk.start(case.channel)
        self.driver = CaseworkDriver(desk, self.call)
        self.turns: list[Turn] = []

    def go(self, visits: list[Visit]) -> str:
        """Take each answer; return the key of the step where the call goes another way, if it does."""
        for visit in visits:
            if self.driver.view.key != visit.key:
                return visit.key
            if visit.answer and not self._take(visit, visit.answer.code):
                return visit.key
        return ""

    def _take(self, visit: Visit, code: str) -> bool:
        turns = self._turns(visit, code)
        for turn in turns:
            self._do(turn)
        self.turns.extend(turns)
        given = self.call.case.answer_to(visit.key)
        return bool(turns) and given is not None and given.code == code

    def _do(self, turn: Turn) -> None:
        if turn.meanwhile:
            self.driver.meanwhile(self.student.id, turn.meanwhile)
        elif turn.what in ("claim", "reset", "ticket", "report"):
            self.driver.perform(turn)
        elif turn.cannot_answer:
            self.driver.cannot_answer()
        elif turn.choose:
            self.driver.choose(turn.choose)
        elif turn.type is not None:
            self.driver.enter(turn.type)
        elif turn.find:
            self.driver.pick(self.student.id)
        else:
            self.driver.not_found(NOBODY)

    def _turns(self, visit: Visit, code: str) -> list[Turn]:
        match visit.step:
            case ChoiceStep():
                return [Turn(step=visit.key, choose=code)]
            case EntryStep(check="student"):
                found = code == "found"
                return [Turn(step=visit.key, find=self.student.id) if found else Turn(step=visit.key, not_found=NOBODY)]
            case EntryStep(check=check):
                typed = self._typed(check, code)
                return [] if typed is None else [Turn(step=visit.key, type=typed)]
            case ActionStep(action=action):
                return self._action(visit.key, action, code)
        return []

    def _typed(self, check: str, code: str) -> str | None:
        """Return made-up text that this check gives the same code."""
        context = Context(self.desk.district, self._account())
        tries = _made_up(self.student, self.desk.district)
        return next((typed for typed in tries if CHECKS[check](typed, context).code == code), None)

    def _account(self) -> Account | None:
        with self.desk.records.reading() as tables:
            return tables.accounts.get(self.student.id)

    def _action(self, key: str, action: str, code: str) -> list[Turn]:
        if code == "cannot-answer":
            return [Turn(step=key, cannot_answer=True)]
        if code in SURPRISES:
            return [Turn(meanwhile=SURPRISES[code]), self._form(key, action, right=code != "off", refused=code)]
        refused = code if code == "wrong-answers" else ""
        return [self._form(key, action, right=not refused, refused=refused)]

    def _form(self, key: str, action: str, *, right: bool, refused: str) -> Turn:
        turn = self._filled(key, action, right)
        return turn.model_copy(update={"refused": refused}) if refused else turn

    def _filled(self, key: str, action: str, right: bool) -> Turn:
        if action == "claim":
            return Turn(step=key, claim=self._claim())
        if action == "reset":
            answers = practice.ANSWERS if right else OTHER_ANSWERS
            return Turn(step=key, reset=ResetTurn(answers=answers, password=NEW_PASSWORD))
        if action == "ticket-draft":
            shown = self.call.forms.preview(form_of(Turn(ticket=TicketTurn())))
            missing = isinstance(shown, Preview) and shown.missing
            return Turn(step=key, ticket=TicketTurn(reason=REASON if missing else ""))
        return Turn(step=key, report=True)

    def _claim(self) -> ClaimTurn:
        questions = tuple(question.code for question in self.desk.district.questions[: self.call.forms.wanted()])
        student = self.student
        return ClaimTurn(
            last=student.last,
            first=student.first,
            student_id=student.id,
            password=NEW_PASSWORD,
            questions=questions,
            answers=practice.ANSWERS,
        )


def _made_up(student: Student, district: District) -> Iterator[str]:
    """Yield what a family could have typed, right or wrong, about a practice student."""
    number, username = student.id, usernames.username_of(student.id, district)
    letter, rest = username[:1], number[1:]
    yield from (username, username.lower(), number, rest, letter + rest, f"{letter}O{rest}", f"5{number}")
    yield from (f"{letter}{number[0]}l{number[2:]}", f"{letter}0{number}", f"{letter} {number}", letter + number[:4])
    yield from (f"{letter.lower()}O{rest}", "jane.doe", f"{username[:-2]}{username[:-3:-1]}", f"{letter}0100099")
    for name in (student.last, student.first):
        yield from (name, name.replace("'", "").replace("’", "").replace("-", " "), name[:-1])
    yield from ("A note.", "Nobody")


def to_toml(scenario: Scenario) -> str:
    """Return a scenario as the file it is kept in."""
    head = scenario.model_dump(exclude={"turns"}, exclude_defaults=True)
    blocks = ["\n".join(f"{key} = {_value(value)}" for key, value in head.items())]
    for turn in scenario.turns:
        lines = turn.model_dump(exclude_defaults=True).items()
        blocks.append("[[turns]]\n" + "\n".join(f"{key} = {_value(value)}" for key, value in lines))
    return "\n\n".join(blocks) + "\n"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
