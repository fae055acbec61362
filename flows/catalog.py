"""A catalog: the words of one language, each under its place, beside the English it was translated from.

A place is `flow/step/say` for a line spoken at a step, `flow/step/title` and `flow/step/next` for what a family
takes home from an outcome, `phrases/code` for a phrase that the program puts into such lines by itself, and
`questions/code` for a challenge question of the district's bank. A line whose English has changed since is stale:
it is not spoken any more, because it might say what is no longer true. Where there is no fresh line, the English
one is spoken.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import PurePath
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from flows import loader
from flows.language import LANGUAGE, PHRASES, QUESTIONS, TABLES
from flows.model import Code, Frozen, Library, Words
from flows.source import FlowError, Source
from flows.words import placeholders, stray_brace

Language = Annotated[str, StringConstraints(pattern=LANGUAGE)]

MOST_LINES = 5_000
"""Entries of one table."""

Place = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+/(say|title|next)$", max_length=130)]

Status = Literal["ok", "stale", "missing"]
"""Fresh; no longer right for its English; not there."""


class Line(Frozen):
    """One line in another language."""

    english: Annotated[Words, Field(min_length=1)]
    """What it was translated from, word for word."""
    text: Words
    """Empty: not translated yet."""


class Catalog(Frozen):
    """The words of one language."""

    language: Language
    name: Annotated[Words, Field(min_length=1)]
    """What the language calls itself: `Español`."""
    name_in_english: Annotated[Words, Field(min_length=1)]
    """What staff call it: `Spanish`."""
    lines: dict[Place, Line] = Field(default_factory=dict, max_length=MOST_LINES)
    phrases: dict[Code, Line] = Field(default_factory=dict, max_length=MOST_LINES)
    questions: dict[Code, Line] = Field(default_factory=dict, max_length=MOST_LINES)

    def entry(self, place: str) -> Line | None:
        """Return what stands at a place, if anything."""
        first, _, code = place.partition("/")
        return self._table(first).get(code) if first in TABLES else self.lines.get(place)

    def entries(self) -> Iterator[tuple[str, Line]]:
        """Return every entry with its place, in file order."""
        yield from self.lines.items()
        for table in TABLES:
            yield from ((f"{table}/{code}", line) for code, line in self._table(table).items())

    def holding(self, entries: Mapping[str, Line]) -> "Catalog":
        """Return the catalog with exactly these entries (place -> line) in it."""
        tables = {
            table: {place.partition("/")[2]: line for place, line in entries.items() if place.startswith(f"{table}/")}
            for table in TABLES
        }
        lines = {place: line for place, line in entries.items() if place.partition("/")[0] not in TABLES}
        return self.model_copy(update={"lines": lines, **tables})

    def _table(self, name: str) -> dict[str, Line]:
        return self.phrases if name == PHRASES else self.questions

    def said(self, place: str, english: str) -> "Said":
        """Return what is spoken at a place where the English is `english`."""
        line = self.entry(place)
        if line is None or not line.text:
            return Said(english, "missing")
        fits = line.english == english and not unequal(english, line.text)
        return Said(line.text, "ok") if fits else Said(english, "stale")


class Said(NamedTuple):
    """What is spoken: the translated line, or the English one and why."""

    text: str
    status: Status


def spoken(library: Library) -> dict[str, str]:
    """Return every line that families hear, or take home from an outcome: place -> English."""
    return {
        f"{name}/{key}/{word}": text
        for name, flow in library.flows.items()
        for key, step in flow.steps.items()
        for word in ("say", "title", "next")
        if (text := getattr(step, word, ""))
    }


def unequal(english: str, text: str) -> str:
    """Return how the placeholders of a translation differ from those of its English, in words; or nothing."""
    if stray_brace(text):
        return "a brace is not closed or not opened"
    here, there = set(placeholders(text)), set(placeholders(english))
    missing = ", ".join(f"{{{name}}}" for name in sorted(there - here))
    extra = ", ".join(f"{{{name}}}" for name in sorted(here - there))
    told = (
        f"{missing} is not in the translation" if missing else "",
        f"{extra} is not in the English" if extra else "",
    )
    return "; ".join(filter(None, told))


# -- files


def parse(source: Source) -> Catalog:
    """Return the catalog written in a file that is named like its language. Raises FlowError."""
    try:
        catalog = Catalog.model_validate(loader.cleaned(loader.toml(source)))
    except ValidationError as error:
        raise _unusable(error, source) from None
    if catalog.language != PurePath(source.path).stem:
        told = (
            f"the language is '{catalog.language}' but the file {PurePath(source.path).name}; give both the same code"
        )
        raise FlowError(source.path, source.line_of(needle="language"), told)
    return catalog


def line_of(source: Source, place: str) -> int:
    """Return the line where a place stands in a catalog file; 1 when it is not there."""
    return _lines_of(source.text).get(place, 1)


_HEADER = re.compile(r"""\s*\[\s*(lines|phrases|questions)\s*(?:\.\s*["']?([^"'\]\s]+)["']?\s*)?\]""")
_ENTRY = re.compile(r"""\s*["']?([^"'=\s]+)["']?\s*=""")


@lru_cache(maxsize=8)
def _lines_of(text: str) -> Mapping[str, int]:
    """Return the line of every place in a catalog file, whether it has a header of its own or a line in a table."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.lstrip().startswith("["):
            header = _HEADER.match(line)
            table = header[1] if header and not header[2] else ""
            if header and header[2]:
                lines.setdefault(_place_in(header[1], header[2]), number)
        elif table and (entry := _ENTRY.match(line)):
            lines.setdefault(_place_in(table, entry[1]), number)
    return lines


def _place_in(table: str, code: str) -> str:
    return code if table == "lines" else f"{table}/{code}"


def step_at(text: str, line: int) -> str:
    """Return the step (`flow/step`) whose words stand at a line of a catalog that may be broken; or nothing."""
    lines = text.split("\n")[:line]
    places = (re.match(r"""\s*(?:\[\s*lines\s*\.\s*)?["']([a-z0-9/-]+)/[a-z]+["']""", each) for each in reversed(lines))
    return next((place[1] for place in places if place), "")


_TOLD = {
    "missing": "'{key}' is missing",
    "extra_forbidden": "'{key}' is not a word that belongs here; {has}",
    "string_type": "'{key}' must be text in quotes",
    "string_too_short": "'{key}' must not be empty",
    "too_long": "'{key}' may have at most {max_length} entries",
    "string_too_long": "'{key}' is longer than {max_length} characters",
    "dict_type": "'{key}' must be a table",
    "model_type": "'{key}' must be a table with english and text",
}


def _unusable(error: ValidationError, source: Source) -> FlowError:
    errors = error.errors(include_url=False)
    first, *others = sorted(errors, key=lambda detail: detail["type"] != "extra_forbidden")
    place, key = _where(first)
    line = line_of(source, place) if place else source.line_of(needle=key)
    if first["type"] == "string_pattern_mismatch":
        told = f"'{key}' is not a place; write flow/step/say (or title, next), or the code of a phrase or question"
        told = "'language' must be a code such as es" if key == "language" else told
    else:
        has = "a line has english and text" if place else f"a catalog has {', '.join(Catalog.model_fields)}"
        words = _TOLD.get(first["type"], "'{key}': {msg}")
        told = words.format(key=key, has=has, msg=first["msg"], **first.get("ctx", {}))
    more = f" (and {len(others)} more in this file)" if others else ""
    return FlowError(source.path, line, (f"'{place}': " if place and place != key else "") + told + more)


def _where(detail: ErrorDetails) -> tuple[str, str]:
    """Return the place and the key that an error is about; the place is empty at the top of the file."""
    words = [str(part) for part in detail["loc"] if part != "[key]"] or ["file"]
    if words[0] not in ("lines", *TABLES) or len(words) < 2:
        return "", words[-1]
    return words[1] if words[0] == "lines" else f"{words[0]}/{words[1]}", words[-1]


# -- writing


def written(catalog: Catalog, head: str = "") -> str:
    """Return the text of a catalog file, which `parse` reads back; `head` are comment lines to begin with."""
    top = [
        f"{head}language = {_quoted(catalog.language)}",
        f"name = {_quoted(catalog.name)}",
        f"name_in_english = {_quoted(catalog.name_in_english)}",
    ]
    lines = [
        f'\n[lines."{place}"]\nenglish = {_quoted(line.english)}\ntext = {_quoted(line.text)}'
        for place, line in catalog.lines.items()
    ]
    return "\n".join((*top, *lines, *_table(PHRASES, catalog.phrases), *_table(QUESTIONS, catalog.questions))) + "\n"


def _table(name: str, entries: Mapping[str, Line]) -> list[str]:
    rows = [
        f"{code} = {{ english = {_quoted(line.english)}, text = {_quoted(line.text)} }}"
        for code, line in entries.items()
    ]
    return [f"\n[{name}]", *rows] if rows else []


def head_of(text: str) -> str:
    """Return the comment lines at the top of a file."""
    head = re.match(r"(?:[ \t]*(?:#[^\n]*)?\n)*", text)
    return head[0] if head else ""


_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPED.get(each, each) for each in text) + '"'
