"""What is looked at beside a step: the map, who is on file, spelling, a ticket and the take-home slip."""

from typing import Literal, NamedTuple


class MapRow(NamedTuple):
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


class GuardianView(NamedTuple):
    """Someone on file who may speak for the student: to call back, never to read out."""

    name: str
    relation: str
    phone: str


class ReadOut(NamedTuple):
    """Something to be read out character by character."""

    label: str
    """What it is: `Username`."""
    text: str
    rows: tuple[tuple[str, str, str], ...]
    """Each character, how it is said in the language of the call, and in English."""


class TicketView(NamedTuple):
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


class SlipView(NamedTuple):
    """The take-home slip, to be read before it is printed."""

    text: str
    code: tuple[tuple[bool, ...], ...]
    """The QR code of the portal's address with its quiet zone; True is dark."""
