"""A scenario: one call written down turn by turn, as proof and as training material.

    name = "claim-at-the-counter"
    about = "A new student claims the account at the counter."
    channel = "counter"
    student = "0100003"          # whose account `state` and `ticket` speak of
    ends = "new-student/claimed" # the outcome; and, as far as wanted: state, says, facts, ticket

    [[turns]]
    step = "call/which-portal"   # optional: where the call must stand before this turn
    choose = "student-portal"

A turn is exactly one of: choose, type, find, not_found, back, change, claim, reset, ticket, report,
cannot_answer, or meanwhile (what a colleague does to the account between two turns).
The same file runs through the wizard's casework and, turn by turn, through the screens.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator

from flows.loader import cleaned, read, shipped, toml
from flows.model import Channel, Code, Frozen
from flows.plain import scenario_in_plain_words
from flows.source import FlowError, Source

DOINGS = (
    "choose",
    "type",
    "find",
    "not_found",
    "back",
    "change",
    "claim",
    "reset",
    "ticket",
    "report",
    "cannot_answer",
    "meanwhile",
)
"""What a turn can be."""


class ClaimTurn(Frozen):
    """What the student types to claim; made-up secrets only."""

    last: str
    first: str
    student_id: str
    password: str
    again: str | None = None
    """Absent: the password, typed the same."""
    questions: tuple[Code, ...]
    answers: tuple[str, ...]


class ResetTurn(Frozen):
    """What the student types to choose a new password; made-up secrets only."""

    answers: tuple[str, ...]
    password: str
    again: str | None = None
    """Absent: the password, typed the same."""


class TicketTurn(Frozen):
    """Drafting the ticket."""

    reason: str = ""


class Turn(Frozen):
    """One thing that staff, or the student at the keyboard, do."""

    step: str = ""
    """The key (`flow/step`) the call must stand at; empty: anywhere."""
    choose: Code | None = None
    type: str | None = None
    find: str | None = None
    """The ID of the student picked from the search."""
    not_found: str | None = None
    """What was typed when the search found nobody."""
    back: Literal[True] | None = None
    change: str | None = None
    """The key of an earlier step to look at again."""
    claim: ClaimTurn | None = None
    reset: ResetTurn | None = None
    ticket: TicketTurn | None = None
    report: Literal[True] | None = None
    """The family did it in the portal and says so."""
    cannot_answer: Literal[True] | None = None
    meanwhile: Code | None = None
    """The state in which a colleague leaves the account between two turns."""
    refused: Code = ""
    """The code with which the action of this turn is refused; empty: it is done."""

    @property
    def what(self) -> str:
        """Return which one of the things a turn can be this is."""
        return next(name for name in DOINGS if getattr(self, name) is not None)

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        named = [name for name in DOINGS if getattr(self, name) is not None]
        if len(named) != 1:
            raise ValueError(
                "a turn is exactly one of " + ", ".join(DOINGS) + "; this one has " + (" and ".join(named) or "none")
            )
        return self


class Scenario(Frozen):
    """One call, and how it must end."""

    name: Code
    about: str
    channel: Channel
    student: str = ""
    turns: tuple[Turn, ...] = Field(min_length=1)
    ends: str
    """The key (`flow/step`) of the outcome, or of the step where the call is left."""
    state: str = ""
    """The state of the student's account afterwards."""
    says: str = ""
    """Words that the family hears at the end."""
    facts: tuple[str, ...] = ()
    """What must be established at the end, written as a need: `verified`, `account-state=claimed`."""
    ticket: str = ""
    """The exact line of the open ticket (D16)."""


OWNERS: Mapping[str, type[Frozen]] = {
    "a scenario": Scenario,
    "a turn": Turn,
    "a claim": ClaimTurn,
    "a reset": ResetTurn,
    "a ticket": TicketTurn,
}
"""Which words belong where, for messages."""


def parse_scenario(source: Source) -> Scenario:
    """Return the scenario written in a file. Raises FlowError."""
    table = toml(source)
    try:
        scenario = Scenario.model_validate(cleaned(table))
    except ValidationError as error:
        line, sentence = scenario_in_plain_words(error, source, OWNERS)
        raise FlowError(source.path, line, sentence) from None
    if scenario.name != source.flow:
        told = f"the scenario is called '{scenario.name}' but its file {source.flow}.toml; give both the same name"
        raise FlowError(source.path, source.line_of(needle="name"), told)
    return scenario


def scenario_files(folder: Path | None = None) -> tuple[Path, ...]:
    """Return the scenario files beside the flows of a folder, or the shipped ones; there may be none."""
    return tuple(sorted((folder or shipped()).joinpath("scenarios").glob("*.toml")))


def scenarios_over(folder: Path | None, overlay: Path | None) -> tuple[Path, ...]:
    """Return the scenario files of a library with an overlay: one of the same name takes the other's place."""
    files = {path.name: path for path in scenario_files(folder)}
    return tuple((files | {path.name: path for path in scenario_files(overlay)} if overlay else files).values())


def load_scenario(path: Path) -> Scenario:
    """Return the scenario in a file. Raises FlowError."""
    return parse_scenario(Source(str(path), read(path)))
