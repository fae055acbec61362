"""The hand-over: what is typed there, the live rules beside it, and what will happen, or why it will not."""

from dataclasses import dataclass

from pydantic import SecretStr


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
    """A ticket draft; the reason is needed when the gate (D06-D10) was not passed. A second ticket is refused."""

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
