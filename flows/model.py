"""A flow: a decision tree as it stands in its file.

Every kind of step shows its ways out through one property, `exits` (answer code -> target); engine,
linter, drawing and coverage all read that one view. A target is a step of the same flow (`typed`) or,
with an @, the start of another flow (`@cached-credentials`). Conditions do not exist in a flow file:
whatever is conditional is a check, a lookup or another step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=60)]
"""A kebab-case name that never changes once cases refer to it."""

Target = Annotated[str, StringConstraints(pattern=r"^@?[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=61)]
"""Where an exit leads: `step` in this flow, or `@flow` for the start of another."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=900)]
"""Text for people; may hold {placeholders} from the vocabulary."""

MANY, MOST_STEPS = 50, 300
"""Entries of one list or table, and steps of one flow: beyond these it is no flow that anybody could look over."""

Channel = Literal["counter", "phone"]
"""Where the call takes place: the family stands at the counter, or is far away."""


class Frozen(BaseModel):
    """A value: never changed in place, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ByChannel(Frozen):
    """Staff instructions that differ between the counter and the phone."""

    counter: Words
    phone: Words


class Choice(Frozen):
    """One answer on a number key."""

    code: Code
    label: Words
    to: Target
    gives: Annotated[tuple[Code, ...], Field(max_length=MANY)] = ()
    """Facts this answer establishes; each gets the choice's code as its value."""
    also: Annotated[tuple[Words, ...], Field(max_length=MANY)] = ()
    """Other words people use for it, found when staff type to narrow the list."""
    likely: bool = False
    """The answer marked beforehand, taken by Enter."""


class _Spoken(Frozen):
    say: Words = ""
    """Spoken to the family, word for word on the phone."""
    do: Words | ByChannel = ""
    """Instructs the staff member; never spoken."""
    why: Words = ""
    """Why this step is asked: shown on `?`."""

    def instruction(self, channel: Channel) -> str:
        """Return what staff do on this channel."""
        return getattr(self.do, channel) if isinstance(self.do, ByChannel) else self.do


class ChoiceStep(_Spoken):
    """A question whose answers are listed."""

    kind: Literal["choice"]
    ask: Words
    choices: tuple[Choice, ...] = Field(min_length=2, max_length=9)

    @property
    def exits(self) -> Mapping[str, str]:
        """Return answer code -> target."""
        return {choice.code: choice.to for choice in self.choices}


class _Answered(_Spoken):
    exits: dict[Code, Target] = Field(min_length=1, max_length=MANY)
    """Answer code -> target."""
    stay: Annotated[dict[Code, Words], Field(max_length=MANY)] = {}
    """Answer codes that leave the call at this step, each with the advice that is then shown."""


class EntryStep(_Answered):
    """A question answered by typing; a check of the vocabulary turns the text into a code."""

    kind: Literal["entry"]
    check: Code
    ask: Words


class ActionStep(_Answered):
    """Something is done here (claim, reset, ticket draft); its receipt or refusal is the answer."""

    kind: Literal["action"]
    action: Code
    ask: Words


class LookupStep(Frozen):
    """A question that the records answer by themselves; nobody sees this step."""

    kind: Literal["lookup"]
    lookup: Code
    of: Code | None = None
    """The fact asked about, for the lookup `known`."""
    exits: dict[Code, Target] = Field(min_length=1, max_length=MANY)


class Outcome(_Spoken):
    """Where a call ends: what to say, what staff do, what happens next."""

    kind: Literal["outcome"]
    result: Literal["solved", "waiting", "ticket", "referred", "declined"]
    """For the wrap-up and the reports."""
    title: Words
    next: Words

    @property
    def exits(self) -> Mapping[str, str]:
        """Return no exits: the call ends here."""
        return {}


Step = Annotated[ChoiceStep | EntryStep | ActionStep | LookupStep | Outcome, Field(discriminator="kind")]


class Flow(Frozen):
    """One decision tree: a few steps about one problem."""

    flow: Code
    title: Words
    summary: Words
    revision: int = Field(ge=1)
    start: Code
    steps: dict[Code, Step] = Field(min_length=1, max_length=MOST_STEPS)


@dataclass(frozen=True)
class Library:
    """All flows of one district, and the one every call starts with."""

    flows: Mapping[str, Flow]
    start: str = "call"

    @cached_property
    def version(self) -> str:
        """Return twelve digits that stand for the contents of all flows."""
        flows = ",".join(f'"{name}":{flow.model_dump_json()}' for name, flow in self.flows.items())
        return sha256(f'{{"flows":{{{flows}}},"start":"{self.start}"}}'.encode()).hexdigest()[:12]

    @property
    def first(self) -> str:
        """Return the key (`flow/step`) where every call starts."""
        return self.resolve("", f"@{self.start}")

    def resolve(self, flow: str, target: str) -> str:
        """Return the key `flow/step` of a target named in `flow`. Raises KeyError for an unknown flow."""
        if target.startswith("@"):
            return f"{target[1:]}/{self.flows[target[1:]].start}"
        return f"{flow}/{target}"

    def step(self, key: str) -> Step:
        """Return the step at `flow/step`. Raises KeyError when either is unknown."""
        flow, _, step = key.partition("/")
        return self.flows[flow].steps[step]

    def after(self, key: str, code: str) -> str:
        """Return the key that answer `code` at step `key` leads to. Raises KeyError for an unknown code."""
        flow, _, _ = key.partition("/")
        return self.resolve(flow, self.step(key).exits[code])
