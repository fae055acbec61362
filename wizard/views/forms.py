"""What is typed in a hand-over, as the screens give it to the actions."""

from dataclasses import dataclass

from pydantic import SecretStr


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
