"""Scenarios played through the casework, each in a fresh practice school that is thrown away afterwards."""

from collections.abc import Mapping, Set

from pydantic import SecretStr

from flows.model import Library
from flows.play import Played, play
from flows.scenario import Scenario, Turn
from wizard import meanwhile, practice
from wizard.casework import Casework
from wizard.deeds import CORRECTABLE
from wizard.desk import Desk
from wizard.views.forms import ClaimForm, Form, ReportForm, ResetForm, TicketForm
from wizard.views.handover import Refused
from wizard.views.step import StepView


def rehearse(scenario: Scenario, library: Library | None = None) -> Played:
    """Play a scenario on a made-up desk; nothing is kept."""
    with practice.practice_desk(library=library) as desk:
        return play(scenario, CaseworkDriver(desk, desk.start(scenario.channel)))


class CaseworkDriver:
    """A call carried out through the casework, as the screens would."""

    def __init__(self, desk: Desk, casework: Casework) -> None:
        self._desk, self._casework = desk, casework

    @property
    def view(self) -> StepView:
        """The step on screen."""
        return self._casework.view

    @property
    def facts(self) -> Mapping[str, str]:
        """What the call has established."""
        return self._casework.facts

    def choose(self, code: str) -> None:
        """Give a listed answer."""
        self._casework.choose(code)

    def enter(self, typed: str) -> None:
        """Give a typed answer."""
        self._casework.enter(typed)

    def pick(self, student_id: str) -> None:
        """Pick a student, who must be found by the search."""
        if student_id not in {hit.student_id for hit in self._desk.search(student_id, 20)}:
            raise KeyError(f"the search does not find {student_id}")
        self._casework.pick(student_id)

    def not_found(self, typed: str) -> None:
        """Say that the search finds nobody."""
        self._casework.not_found(typed)

    def back(self) -> None:
        """Go back one answer."""
        self._casework.back()

    def revisit(self, key: str) -> None:
        """Look at an earlier step."""
        self._casework.revisit(key)

    def perform(self, turn: Turn) -> tuple[str, str]:
        """Do the waiting action; return the code and words of a refusal, or two empty texts."""
        form = form_of(turn)
        shown = self._casework.forms.preview(form)
        if not isinstance(shown, Refused):
            done = self._casework.perform(form)
        else:
            done = shown if shown.code in CORRECTABLE else self._casework.refuse(shown)
        return (done.code, done.reason) if isinstance(done, Refused) else ("", "")

    def cannot_answer(self) -> None:
        """Say that the student cannot answer the challenge questions."""
        self._casework.cannot_answer()

    def meanwhile(self, student_id: str, state: str) -> None:
        """Let something happen to the account behind this call's back."""
        meanwhile.happen(self._desk, student_id, state)

    def taken(self) -> Set[tuple[str, str]]:
        """Return every exit on the trail."""
        return self._casework.taken()

    def state(self, student_id: str) -> str:
        """Return the state of an account."""
        return practice.state_of(self._desk, student_id)

    def ticket_line(self, student_id: str) -> str:
        """Return the line of the open ticket; empty when none is open."""
        with self._desk.records.reading() as tables:
            tickets = tables.tickets.open_for(student_id)
        return tickets[-1].line if tickets else ""


def form_of(turn: Turn) -> Form:
    """Return the form that a turn fills in."""
    if turn.claim:
        typed = turn.claim
        return ClaimForm(
            last=typed.last,
            first=typed.first,
            student_id=typed.student_id,
            password=SecretStr(typed.password),
            again=SecretStr(typed.password if typed.again is None else typed.again),
            questions=typed.questions,
            answers=tuple(map(SecretStr, typed.answers)),
        )
    if turn.reset:
        return ResetForm(
            answers=tuple(map(SecretStr, turn.reset.answers)),
            password=SecretStr(turn.reset.password),
            again=SecretStr(turn.reset.password if turn.reset.again is None else turn.reset.again),
        )
    return TicketForm(reason=turn.ticket.reason) if turn.ticket else ReportForm()
