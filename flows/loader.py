"""Flow files become flows: each thing that can be wrong with a file is one sentence with file and line."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from flows.model import ChoiceStep, Flow, Library
from flows.plain import in_plain_words
from flows.source import FlowError, Source
from flows.text import inert

LARGEST = 1024 * 1024
"""Bytes; the largest flow a district needs is a fiftieth of this."""

Table = dict[str, object]
Value = TypeVar("Value")


def library(folder: Path | None = None) -> Library:
    """Return the flows of a folder, or the shipped ones, each read when it is first wanted. Raises FlowError."""
    if folder is None:
        return Library(_shipped())
    return Library({source.flow: parse(source.text, source.path) for source in sources(folder)})


class Later(Mapping[str, Value]):
    """The files of a folder by their names, each read when it is first wanted.

    Only for what came with the product: it was linted before it was shipped, and the home screen wants little of it.
    """

    def __init__(self, folder: Path, read: Callable[[Source], Value]) -> None:
        """Look at the names; `read` makes the value of a file."""
        self._paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
        self._read, self._values = read, dict[str, Value]()

    def __getitem__(self, name: str) -> Value:
        """Raises KeyError for a name that is not there, FlowError for a file that cannot be read."""
        if name not in self._values:
            path = self._paths[name]
            self._values[name] = self._read(Source(str(path), read(path)))
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


@cache
def _shipped() -> Mapping[str, Flow]:
    return Later(shipped(), lambda source: parse(source.text, source.path))


def shipped() -> Path:
    """Return the folder of the flows that come with the product."""
    return Path(__file__).parent / "library"


MOST_DOTS = 32
"""Parts of a name such as `steps.portal.choices`; the time to read one grows with their square."""

_DOTTED = re.compile(rf"(?<![\w\"'.-])(?:[\w\"'-]+[ \t]*\.[ \t]*){{{MOST_DOTS}}}")


def sources(folder: Path | None = None) -> tuple[Source, ...]:
    """Return the text of each flow file in a folder, by name. Raises FlowError."""
    folder = folder or shipped()
    if not folder.is_dir():
        raise FlowError(str(folder), 0, "there is no such folder; name the folder that holds the flow files")
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        raise FlowError(str(folder), 0, "no flow files here; a flow is a file such as call.toml")
    return tuple(Source(str(path), read(path)) for path in paths)


def read(path: Path) -> str:
    """Return the text of a file from outside: UTF-8, at most 1 MiB. Raises FlowError."""
    try:
        if path.exists() and not path.is_file():  # a pipe would keep us waiting forever
            raise FlowError(str(path), 0, "is not a file; name a text file, or move this out of the folder")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise FlowError(str(path), 0, f"cannot be read: {error.strerror or error}") from None
    if len(data) > LARGEST:
        raise FlowError(str(path), 0, "is larger than 1 MiB, so it is not a flow file; split it into several flows")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FlowError(str(path), line, "is not UTF-8 text; save the file as UTF-8") from None


def parse(text: str, name: str) -> Flow:
    """Return the flow written in `text`; `name` is its file's path. Raises FlowError."""
    source = Source(name, text)
    return from_table(toml(source), source)


def from_table(table: Table, source: Source) -> Flow:
    """Return the flow in a parsed table; `source` gives the lines. Raises FlowError."""
    name = source.path
    try:
        flow = Flow.model_validate(cleaned(table))
    except ValidationError as error:
        line, sentence = in_plain_words(error, table, source)
        raise FlowError(name, line, sentence) from None
    if flow.flow != source.flow:
        told = f"the flow is called '{flow.flow}' but its file {source.flow}.toml; give both the same name"
        raise FlowError(name, source.line_of(needle="flow"), told)
    _refuse_twins(flow, source)
    return flow


def toml(source: Source) -> Table:
    """Return the tables of a TOML text. Raises FlowError with the line where it goes wrong."""
    if line := endless_name(source.text):
        raise FlowError(source.path, line, f"a name in {MOST_DOTS} parts or more is none that belongs here; shorten it")
    try:
        return tomllib.loads(source.text)
    except RecursionError:
        raise FlowError(source.path, _deepest(source.text), "brackets are nested far too deeply") from None
    except ValueError as error:
        line, sentence = _syntax(str(error), source)
        raise FlowError(source.path, line, sentence) from None


def endless_name(text: str) -> int:
    """Return the line of a name in so many parts that reading it would take minutes; 0 when there is none."""
    if all(line.count(".") < MOST_DOTS for line in text.split("\n")):
        return 0  # told in a tenth of the time
    dotted = _DOTTED.search(text)
    return text.count("\n", 0, dotted.start()) + 1 if dotted else 0


def _syntax(message: str, source: Source) -> tuple[int, str]:
    if "integer string conversion" in message:
        return _longest_number(source.text), "this number is far too long"
    place = re.search(r"\(at (?:line (\d+), column \d+|end of document)\)", message)
    last = source.text.rstrip("\n").count("\n") + 1
    line = int(place[1]) if place and place[1] else last
    if twice := re.search(r"Cannot declare \('steps', '([^']+)'\) twice", message):
        first = source.line_of(twice[1])
        return line, f"there are two steps called '{twice[1]}' (the first is on line {first}); rename one"
    if place and not place[1]:
        return line, "the file ends in the middle of something; is its end missing?"
    told = message.partition(" (at ")[0]
    return line, f"not valid TOML: {told[:1].lower()}{told[1:]}"


def _longest_number(text: str) -> int:
    lines = text.split("\n")
    return max(range(len(lines)), key=lambda index: max(map(len, re.findall(r"\d+", lines[index])), default=0)) + 1


def _deepest(text: str) -> int:
    """Return the line with the most opening brackets: where the nesting is."""
    lines = text.split("\n")
    return max(range(len(lines)), key=lambda index: lines[index].count("[") + lines[index].count("{")) + 1


def cleaned(value: object) -> object:
    """Return a parsed value with each text in it made inert; line breaks in long texts stay."""
    match value:
        case str():
            return inert(value.replace("\t", " "))
        case list():
            return [cleaned(item) for item in value]
        case dict():
            return {key: cleaned(item) for key, item in value.items()}
    return value


def _refuse_twins(flow: Flow, source: Source) -> None:
    """Two choices of one code: the second would silently take the place of the first."""
    for name, step in flow.steps.items():
        codes = [choice.code for choice in step.choices] if isinstance(step, ChoiceStep) else []
        for index, code in enumerate(codes):
            if code in codes[:index]:
                line = source.choice_line(name, index)
                raise FlowError(source.path, line, f"step '{name}': two choices have the code '{code}'; rename one")
