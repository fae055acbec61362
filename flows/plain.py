"""What validation says of a flow file, in plain words for the person who wrote it."""

from collections.abc import Mapping
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from flows import model
from flows.source import Source

KINDS: Mapping[str, type[BaseModel]] = {
    "choice": model.ChoiceStep,
    "entry": model.EntryStep,
    "lookup": model.LookupStep,
    "action": model.ActionStep,
    "outcome": model.Outcome,
}

MOST_ERRORS, LONGEST_WORD = 300, 60
"""Mistakes of one file that are looked at, and characters of a word that are shown."""

A_CODE = "use lower-case letters, digits and single hyphens, such as forgot-password"

SENTENCES: Mapping[str, str] = {
    "missing": "'{key}' is missing",
    "string_type": "'{key}' must be text in quotes",
    "string_too_long": "'{key}' is longer than {max_length} characters",
    "string_pattern_mismatch": "'{input}' is not a name a flow can use; " + A_CODE,
    "union_tag_not_found": "'kind' is missing; it is one of " + ", ".join(KINDS),
    "union_tag_invalid": "'{tag}' is not a kind of step; it is one of " + ", ".join(KINDS),
    "literal_error": "'{key}' must be one of {expected}",
    "too_short": "'{key}' needs at least {min_length}",
    "too_long": "'{key}' may have at most {max_length}",
    "greater_than_equal": "'{key}' must be {ge} or more",
    "dict_type": "'{key}' must be a table of its own",
    "model_type": "'{key}' must be a table of its own",
    "model_attributes_type": "'{key}' must be a table of its own",
    "tuple_type": "'{key}' must be a list in [brackets]",
    "bool_type": "'{key}' must be true or false",
    "bool_parsing": "'{key}' must be true or false",
    "int_type": "'{key}' must be a whole number",
    "int_parsing": "'{key}' must be a whole number",
    "int_from_float": "'{key}' must be a whole number",
}

Loc = tuple[int | str, ...]


def in_plain_words(error: ValidationError, table: Mapping[str, object], source: Source) -> tuple[int, str]:
    """Return the line and one sentence about the first thing that is wrong, and how many more there are."""
    every = error.errors(include_url=False)
    details = _causes([detail for detail in every[:MOST_ERRORS] if _meant(detail, table)] or every[:MOST_ERRORS])
    first = details[0]
    step, choice, key = _place(first["loc"])
    where = f"step '{step}': " if step else ""
    where += f"choice {choice + 1}: " if choice is not None else ""
    more = f" (and {len(details) - 1} more in this file)" if len(details) > 1 else ""
    return _line(source, step, choice, key, first), where + _sentence(first, key, step, choice) + more


def _causes(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """Return the errors without those that only follow from another one, misspelled words first."""
    locs = [detail["loc"] for detail in details]
    own = [
        detail
        for detail in details
        if not any(len(loc) > len(detail["loc"]) and loc[: len(detail["loc"])] == detail["loc"] for loc in locs)
    ]
    return sorted(own, key=lambda detail: detail["type"] != "extra_forbidden")


def _meant(detail: ErrorDetails, table: Mapping[str, object]) -> bool:
    """Return whether this is about what the author meant: `do` is tried both as text and as a table."""
    loc = detail["loc"]
    if "do" not in loc[2:]:
        return True
    step = table["steps"][loc[1]]  # type: ignore[index]
    return ("ByChannel" in loc) == isinstance(step.get("do"), dict)


def _place(loc: Loc) -> tuple[str, int | None, str]:
    """Return step, index of the choice and key of an error; empty, None and the key at the top of the file."""
    if not loc or loc[0] != "steps" or len(loc) < 2:
        return "", None, str(loc[0]) if loc else "file"
    inner = loc[3:] if len(loc) > 2 and loc[2] in KINDS else loc[2:]  # behind the step comes its kind
    inner = tuple(part for part in inner if part not in ("ByChannel", "[key]"))
    words = [str(part) for part in inner if isinstance(part, str) and not part.startswith("constrained")]
    choice = next((part for part in inner if isinstance(part, int)), None) if "choices" in words else None
    return str(loc[1]), choice, words[-1] if words else str(loc[1])


def _line(source: Source, step: str, choice: int | None, key: str, detail: ErrorDetails) -> int:
    needle = None if key == step else key
    if detail["type"] == "missing":
        needle = "do" if "do" in detail["loc"][2:] else None
    if detail["type"].startswith("union_tag"):
        needle = "kind"
    after = source.choice_line(step, choice) - 1 if choice is not None else 0
    line = source.line_of(step, needle, after)
    return line if line > after else after + 1


def _sentence(detail: ErrorDetails, key: str, step: str, choice: int | None) -> str:
    if detail["type"] == "extra_forbidden":
        return _unknown(key, *_owner(detail, step, choice))
    return _told(detail, key)


def _told(detail: ErrorDetails, key: str) -> str:
    values = {**detail.get("ctx", {}), "key": _short(key), "input": str(detail.get("input"))[:60]}
    if detail["type"] in SENTENCES:
        return SENTENCES[detail["type"]].format(**values)
    if detail["type"] == "value_error":
        return detail["msg"].removeprefix("Value error, ")
    return f"'{_short(key)}': {detail['msg'][:1].lower()}{detail['msg'][1:]}"


def _owner(detail: ErrorDetails, step: str, choice: int | None) -> tuple[str, type[BaseModel]]:
    """Return what the unknown word was written in."""
    if "ByChannel" in detail["loc"]:
        return "a 'do' by channel", model.ByChannel
    if choice is not None:
        return "a choice", model.Choice
    if step:
        kind = next((str(part) for part in detail["loc"][2:] if part in KINDS), "choice")
        return f"{'an' if kind[0] in 'aeo' else 'a'} {kind} step", KINDS[kind]
    return "a flow", model.Flow


def _unknown(key: str, owner: str, model_of: type[BaseModel]) -> str:
    known = list(model_of.model_fields)
    near = get_close_matches(key, known, n=1)
    hint = f"did you mean '{near[0]}'?" if near else "it has " + ", ".join(known)
    return f"'{_short(key)}' is not a word {owner} has; {hint}"


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}..."


def scenario_in_plain_words(
    error: ValidationError, source: Source, owners: Mapping[str, type[BaseModel]]
) -> tuple[int, str]:
    """Return the line and one sentence about the first thing that is wrong with a scenario."""
    first = _causes(error.errors(include_url=False)[:MOST_ERRORS])[0]
    loc = first["loc"]
    turn = next((part for part in loc if isinstance(part, int)), None) if loc and loc[0] == "turns" else None
    words = [str(part) for part in loc if isinstance(part, str)] or ["file"]
    key = words[-1]
    after = source.choice_line("", turn) - 1 if turn is not None else 0
    line = max(source.line_of("", None if first["type"] in ("missing", "value_error") else key, after), after + 1)
    where = f"turn {turn + 1}: " if turn is not None else ""
    if first["type"] != "extra_forbidden":
        return line, where + _told(first, key)
    parts = words[:-1]
    owner = f"a {parts[-1].removesuffix('s')}" if parts else "a scenario"
    return line, where + _unknown(key, owner, owners[owner])
