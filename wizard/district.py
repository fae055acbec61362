"""The district: every value that differs from one district to the next, read from one TOML file."""

import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from flows.model import Code
from wizard.text import clean

SHIPPED = Path(__file__).with_name("district.toml")
"""The district file that comes with the product."""

LARGEST_FILE = 1 << 20
"""Bytes; a district file is a few kilobytes."""

FEWEST_QUESTIONS = 10


class DistrictError(Exception):
    """The district file cannot be used: a sentence that names the file, the key and what to do."""


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


def _listed(values: object) -> object:
    return tuple(values) if isinstance(values, list) else values


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


Questions = Annotated[tuple[BankQuestion, ...], Field(strict=False, min_length=FEWEST_QUESTIONS, max_length=100)]


class District(_Table):
    """One district."""

    code: Code
    name: Text
    short_name: Text
    time_zone: Annotated[str, AfterValidator(_zone)]
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
    values = _parse(path, _read(path))
    try:
        return District.model_validate(values)
    except ValidationError as error:
        raise _unusable(path, f"cannot be used: {_problem(error)}") from None


def _read(path: Path) -> str:
    try:
        if not path.is_file():
            found = "is not a file" if path.exists() else "does not exist"
            raise _unusable(path, f"{found}. Check where the path leads.")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _unusable(path, f"cannot be read: {reason}. Check its permissions.") from None
    if len(content) > LARGEST_FILE:
        raise _unusable(path, "is larger than 1 MiB. Check that it is the right file.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _unusable(path, f"is not UTF-8 text (line {line}). Save it as UTF-8.") from None


def _parse(path: Path, content: str) -> dict[str, object]:
    try:
        return tomllib.loads(content)
    except RecursionError:
        raise _unusable(path, "is not valid TOML: it is nested too deeply. Check that it is the right file.") from None
    except ValueError as error:
        raise _unusable(path, f"is not valid TOML: {error}. Correct that place.") from None


def _unusable(path: Path, what: str) -> DistrictError:
    return DistrictError(f"The district file {clean(str(path), limit=1000).text} {what}")


def _problem(error: ValidationError) -> str:
    first, *others = error.errors(include_url=False)
    key = _key(first["loc"])
    words = first["msg"].removeprefix("Value error, ").replace("Input should", "the value should")
    if first["type"] == "string_pattern_mismatch":
        words = _PATTERNS.get(str(first["loc"][-1]), words)
    more = f" ({len(others)} more to correct.)" if others else ""
    return f"{key}{_PROBLEMS.get(first['type'], words)}.{more}"


def _key(location: Iterable[int | str]) -> str:
    parts = [f"number {part + 1}" if isinstance(part, int) else part for part in location]
    return f"{'.'.join(parts)}: " if parts else ""


_PROBLEMS = {
    "missing": "this key is missing; add it (the shipped district.toml shows how)",
    "extra_forbidden": "there is no such key; check its spelling or take it out",
    "string_type": "must be text in quotes",
    "int_type": "must be a whole number, without quotes",
    "bool_type": "must be true or false, without quotes",
    "date_type": "must be a date such as 2021-08-02, without quotes",
    "model_type": "must be a table with keys of its own",
    "string_too_short": "must not be empty",
}
_PATTERNS = {
    "username_prefix": "must be at most four capital letters A to Z, or nothing",
    "address": "must be an address without blanks",
    "code": "must be small letters and digits, words joined by hyphens",
}
