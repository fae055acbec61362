"""The district: every value that differs from one district to the next, read from one TOML file."""

from datetime import date
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from flows.language import LANGUAGE
from flows.model import Code
from wizard.district_file import DistrictError, problem, read, unusable
from wizard.text import clean

__all__ = ["District", "DistrictError", "load"]

SHIPPED = Path(__file__).with_name("district.toml")
"""The district file that comes with the product."""

FEWEST_QUESTIONS = 10


def _inert(text: str) -> str:
    if clean(text, limit=1000).replaced:
        raise ValueError("holds an invisible or control character; type the text again by hand")
    return text


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is not a known time zone; write one such as America/New_York") from None
    return name


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_inert)]
Address = Annotated[str, StringConstraints(pattern=r"^[!-~]*$", max_length=300)]
"""Without blanks; empty where it may be left out."""
Count = Annotated[int, Field(ge=1, le=1000)]


class _Table(BaseModel):
    # Strict: in TOML the type is part of the value, and an ID in quotes must not become a number unseen.
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Portal(_Table):
    """The students' portal (D01, D27)."""

    name: Text
    address: Annotated[Address, Field(min_length=1)]
    browser: Text
    login_deadline: date
    """Every enrolled student can log in before this day (D02)."""


class Sis(_Table):
    """The student information system, and the portal it has for parents (O3)."""

    name: Text
    parent_portal: Text


class StudentId(_Table):
    """What an ID and a username look like (D07)."""

    digits: Annotated[int, Field(ge=4, le=20)]
    leading_zero: bool
    username_prefix: Annotated[str, StringConstraints(pattern=r"^[A-Z]{0,4}$")]
    example: str

    @property
    def username_length(self) -> int:
        """Return how many characters a username has."""
        return len(self.username_prefix) + self.digits

    @property
    def username_example(self) -> str:
        """Return the username that belongs to the example ID."""
        return self.username_prefix + self.example

    def fits(self, text: str) -> bool:
        """Return whether the text is an ID of this district, digit for digit."""
        if len(text) != self.digits or not (text.isascii() and text.isdigit()):
            return False
        return text.startswith("0") or not self.leading_zero

    @model_validator(mode="after")
    def _example_fits(self) -> Self:
        if not self.fits(self.example):
            zero = ", the first one a zero" if self.leading_zero else ""
            raise ValueError(f"example must be an ID like the others: {self.digits} digits{zero}")
        return self


class ClaimRules(_Table):
    """When an account opens for its claim, and what a claim asks for (D03, D04, D25)."""

    hours: Annotated[int, Field(ge=0, le=1000)]
    questions: Annotated[int, Field(ge=1, le=9)]
    school_year_start: date
    """Entered before this day: a returning student, who does not claim."""


class PasswordRules(_Table):
    """How long a password may be, and how far back none is used again (D11, D12)."""

    minimum: Annotated[int, Field(ge=8, le=64)]
    maximum: Annotated[int, Field(ge=64, le=128)]
    history: Annotated[int, Field(ge=1, le=24)]
    comfortable: Annotated[int, Field(ge=8, le=64)]
    """Below this a hint is given, never a refusal."""


class ResetRules(_Table):
    """How often the challenge questions may be answered wrong."""

    wait_after: Count
    wait_minutes: Count
    off_after: Count
    off_within_hours: Count


class Lockout(_Table):
    """When the portal itself locks an account (O2)."""

    tries: Count
    minutes: Count
    assumed: bool
    """Whether this is only the software's default, because the district's own value is unknown."""


class TicketRules(_Table):
    """How a ticket is filed (D15)."""

    menu: Annotated[tuple[Text, ...], Field(strict=False, min_length=1, max_length=9)]
    """What to click in the ticket system, in order."""


class Video(_Table):
    """A video the district offers to families."""

    title: Text
    address: Address = ""

    @property
    def spoken(self) -> str:
        """Return the title, and where to find the video if that is known."""
        return f"{self.title}, at {self.address}" if self.address else self.title


class Videos(_Table):
    """The three videos (D06, D09, D19)."""

    login: Video
    forgot: Video
    claim: Video


class BankQuestion(_Table):
    """A challenge question that may be chosen."""

    code: Code
    text: Text


def _spoken(languages: tuple[str, ...]) -> tuple[str, ...]:
    if twice := next((code for code in languages if languages.count(code) > 1), None):
        raise ValueError(f"{twice!r} stands there twice; name each language once")
    if "en" not in languages:
        raise ValueError('"en" is missing; staff read English, so it is always among them')
    return languages


Languages = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=LANGUAGE)], ...],
    Field(strict=False, min_length=1, max_length=20),
    AfterValidator(_spoken),
]

Questions = Annotated[tuple[BankQuestion, ...], Field(strict=False, min_length=FEWEST_QUESTIONS, max_length=100)]


class District(_Table):
    """One district."""

    code: Code
    name: Text
    short_name: Text
    time_zone: Annotated[str, AfterValidator(_zone)]
    languages: Languages
    """The codes of the languages that families are spoken to in, in the order in which they are offered."""
    portal: Portal
    sis: Sis
    student_id: StudentId
    claim: ClaimRules
    password: PasswordRules
    reset: ResetRules
    lockout: Lockout
    ticket: TicketRules
    videos: Videos
    questions: Questions

    @property
    def zone(self) -> ZoneInfo:
        """Return the district's time zone."""
        return ZoneInfo(self.time_zone)

    @model_validator(mode="after")
    def _questions_differ(self) -> Self:
        for name in ("code", "text"):
            values = [getattr(question, name) for question in self.questions]
            if twice := next((value for value in values if values.count(value) > 1), None):
                raise ValueError(f"questions: {twice!r} stands there twice; each question needs its own {name}")
        return self


def load(path: Path | None = None) -> District:
    """Read a district file, or the shipped one. Raises DistrictError."""
    path = path or SHIPPED
    values = read(path)
    try:
        return District.model_validate(values)
    except ValidationError as error:
        raise unusable(path, f"cannot be used: {problem(error)}") from None
