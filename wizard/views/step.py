"""The step on screen: what is said, done and asked, its answers, and the trail that led to it."""

from datetime import datetime
from typing import Literal, NamedTuple

from wizard.views.card import CaseCard, ChildView, Hit

Kind = Literal["choice", "entry", "action", "outcome"]


class ChoiceView(NamedTuple):
    """One numbered answer."""

    code: str
    label: str
    also: tuple[str, ...] = ()
    likely: bool = False


class TrailEntry(NamedTuple):
    """One answered step, in words."""

    key: str
    ask: str
    answer: str
    by: Literal["staff", "records", "action"]
    seconds: int
    """Seconds from the previous answer to this one."""
    can_change: bool


class Spoken(NamedTuple):
    """A language that families can be spoken to in."""

    code: str
    name: str
    """What it calls itself: `Español`."""
    name_in_english: str


class StepView(NamedTuple):
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
    saved: bool = True
    """Whether the records hold what was last done; the notice says why when they don't."""
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
    offered: tuple[Hit, ...] = ()
    """At the student search of a family call: the siblings, offered before anything is typed."""
    can_add_child: bool = False
    """Whether the call can go on with another child of the family from here."""
    can_go_back: bool = False
    revisiting: bool = False
    waiting: str = ""
    """The key of the step where the call goes on, while an earlier one is looked at again."""

    @property
    def next_language(self) -> str:
        """The code of the language after the one spoken, in the district's order; past the last, the first."""
        codes = [spoken.code for spoken in self.languages] or [self.language]
        here = codes.index(self.language) if self.language in codes else -1
        return codes[(here + 1) % len(codes)]
