"""Playing a scenario: each turn is carried out by a driver, and the first difference is told."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Protocol

from flows.scenario import Scenario, Turn
from flows.vocabulary import met


class Shown(Protocol):
    """What a driver shows of the step on screen."""

    @property
    def key(self) -> str:
        """Return the key of the step, `flow/step`."""

    @property
    def say(self) -> str:
        """Return what the family hears."""

    @property
    def advice(self) -> str:
        """Return what to do after an answer that left the call here."""

    @property
    def notice(self) -> str:
        """Return what just happened."""


class Driver(Protocol):
    """Something that can carry out a call: the casework, or the screens."""

    @property
    def view(self) -> Shown:
        """The step on screen."""

    @property
    def facts(self) -> Mapping[str, str]:
        """What the call has established."""

    def choose(self, code: str) -> object:
        """Give a listed answer; KeyError when it is not listed."""

    def enter(self, typed: str) -> object:
        """Give a typed answer; KeyError when nothing can be typed here."""

    def pick(self, student_id: str) -> object:
        """Pick a student from the search."""

    def not_found(self, typed: str) -> object:
        """Say that the search finds nobody."""

    def back(self) -> object:
        """Go back one answer."""

    def revisit(self, key: str) -> object:
        """Look at an earlier step; KeyError when it cannot be changed."""

    def perform(self, turn: Turn) -> tuple[str, str]:
        """Do the action with what the turn holds; return the code and words of a refusal, or two empty texts."""

    def cannot_answer(self) -> object:
        """Say that the student cannot answer the challenge questions."""

    def meanwhile(self, student_id: str, state: str) -> object:
        """Let a colleague leave the account in a state."""

    def taken(self) -> Set[tuple[str, str]]:
        """Return every exit on the trail: (step key, answer code)."""

    def state(self, student_id: str) -> str:
        """Return the state of an account."""

    def ticket_line(self, student_id: str) -> str:
        """Return the line of the open ticket; empty when none is open."""


@dataclass(frozen=True)
class Played:
    """How a scenario went."""

    scenario: str
    first_difference: str
    """One sentence; empty when it went as written."""
    taken: frozenset[tuple[str, str]]
    """Every exit that was taken: (step key, answer code)."""
    turn: int = 0
    """The turn, from 1, at which it went otherwise; 0: at the end, or not at all."""

    @property
    def ok(self) -> bool:
        """Return whether the call went as written."""
        return not self.first_difference


def play(scenario: Scenario, driver: Driver) -> Played:
    """Carry out a scenario and compare; it stops at the first difference."""
    taken: set[tuple[str, str]] = set(driver.taken())
    for number, turn in enumerate(scenario.turns, start=1):
        trouble = _take(scenario, turn, driver)
        taken |= driver.taken()
        if trouble:
            return Played(scenario.name, f"turn {number}: {trouble}", frozenset(taken), number)
    return Played(scenario.name, _compare(scenario, driver), frozenset(taken))


def _take(scenario: Scenario, turn: Turn, driver: Driver) -> str:
    """Carry out one turn; return what went differently, or nothing."""
    here = driver.view.key
    if turn.step and turn.step != here:
        return f"the call should stand at '{turn.step}', but stands at '{here}'{_shown(driver)}"
    try:
        code, words = DO[turn.what](driver, scenario, turn) or ("", "")
    except KeyError as error:
        return f"at '{here}' this cannot be done: {turn.what} {error.args[0] if error.args else ''}".rstrip()
    if code != turn.refused:
        expected = f"refused with '{turn.refused}'" if turn.refused else "done"
        got = f"refused with '{code}' ({words})" if code else "done"
        return f"'{turn.what}' at '{here}' should be {expected}, but was {got}"
    return ""


def _shown(driver: Driver) -> str:
    words = driver.view.advice or driver.view.notice
    return f" and shows: {words}" if words else ""


def _compare(scenario: Scenario, driver: Driver) -> str:
    """Return the first way in which the end differs from what the scenario expects."""
    if driver.view.key != scenario.ends:
        return f"it should end at '{scenario.ends}', but ends at '{driver.view.key}'{_shown(driver)}"
    if scenario.says not in driver.view.say:
        return f"the family should hear '{scenario.says}', but hears '{driver.view.say}'"
    for need in scenario.facts:
        if not met(need, driver.facts):
            return f"'{need}' should be established at the end, but is not"
    return _compare_account(scenario, driver)


def _compare_account(scenario: Scenario, driver: Driver) -> str:
    if scenario.state and (state := driver.state(scenario.student)) != scenario.state:
        return f"the account of {scenario.student} should be '{scenario.state}', but is '{state}'"
    if scenario.ticket and (line := driver.ticket_line(scenario.student)) != scenario.ticket:
        return f"the ticket should read '{scenario.ticket}', but reads '{line}'"
    return ""


Refusal = tuple[str, str] | None
Doing = Callable[[Driver, Scenario, Turn], Refusal]


def _perform(driver: Driver, scenario: Scenario, turn: Turn) -> Refusal:
    return driver.perform(turn)


def _plain(method: str) -> Doing:
    """Return a doing that calls one method of the driver with what the turn holds."""

    def doing(driver: Driver, scenario: Scenario, turn: Turn) -> Refusal:
        value = getattr(turn, turn.what)
        call = getattr(driver, method)
        call() if value is True else call(value)
        return None

    return doing


def _meanwhile(driver: Driver, scenario: Scenario, turn: Turn) -> Refusal:
    driver.meanwhile(scenario.student, turn.meanwhile or "")
    return None


DO: Mapping[str, Doing] = {
    "choose": _plain("choose"),
    "type": _plain("enter"),
    "find": _plain("pick"),
    "not_found": _plain("not_found"),
    "back": _plain("back"),
    "change": _plain("revisit"),
    "claim": _perform,
    "reset": _perform,
    "ticket": _perform,
    "report": _perform,
    "cannot_answer": _plain("cannot_answer"),
    "meanwhile": _meanwhile,
}
"""How each thing that a turn can be is carried out."""
