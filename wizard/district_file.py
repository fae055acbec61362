"""The district's file: reading TOML, and saying in a sentence what is wrong with it."""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from flows.loader import MOST_DOTS, endless_name
from wizard.text import clean

LARGEST_FILE = 1 << 20
"""Bytes; a district file is a few kilobytes."""


class DistrictError(Exception):
    """The district file cannot be used: a sentence that names the file, the key and what to do."""


def _content(path: Path) -> str:
    try:
        if not path.is_file():
            found = "is not a file" if path.exists() else "does not exist"
            raise unusable(path, f"{found}. Check where the path leads.")
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise unusable(path, f"cannot be read: {reason}. Check its permissions.") from None
    if len(content) > LARGEST_FILE:
        raise unusable(path, "is larger than 1 MiB. Check that it is the right file.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise unusable(path, f"is not UTF-8 text (line {line}). Save it as UTF-8.") from None


def read(path: Path) -> dict[str, object]:
    """Return the values in the file, not yet checked. Raises DistrictError."""
    content = _content(path)
    if line := endless_name(content):
        raise unusable(path, f"has a name in {MOST_DOTS} parts or more (line {line}). Shorten it.")
    try:
        return tomllib.loads(content)
    except RecursionError:
        raise unusable(path, "is not valid TOML: it is nested too deeply. Check that it is the right file.") from None
    except ValueError as error:
        raise unusable(path, f"is not valid TOML: {error}. Correct that place.") from None


def unusable(path: Path, what: str) -> DistrictError:
    """Return the error that names the file."""
    return DistrictError(clean(f"The district file {path} {what}", limit=2_000).text)


def problem(error: ValidationError) -> str:
    """Return the first thing that is wrong with the values, by its key, and how many more there are."""
    first, *others = error.errors(include_url=False)
    key = _key(first["loc"])
    words = first["msg"].removeprefix("Value error, ").replace("Input should", "the value should")
    if first["type"] == "string_pattern_mismatch":
        named = next((part for part in reversed(first["loc"]) if isinstance(part, str)), "")
        words = _PATTERNS.get(named, words)
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
    "languages": "must be the code of a language, such as es",
    "code": "must be small letters and digits, words joined by hyphens",
}
