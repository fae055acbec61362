"""A flow file as text: which line a step, or a word within it, stands on."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

_HEADER = re.compile(r"""^\s*\[\[?\s*([^\]]+?)\s*\]""")


class FlowError(Exception):
    """A flow file that cannot be read; its text is one sentence with file and line."""

    def __init__(self, file: str, line: int, sentence: str) -> None:
        super().__init__(f"{file}:{line}: {sentence}" if line else f"{file}: {sentence}")
        self.file, self.line, self.sentence = file, line, sentence


@dataclass(frozen=True)
class Source:
    """The text of one flow file."""

    path: str
    text: str

    @property
    def flow(self) -> str:
        """Return the name its flow must have: the file's name without `.toml`."""
        return PurePath(self.path).stem

    @cached_property
    def _lines(self) -> tuple[tuple[int, str, str], ...]:
        """Return (number, step, text) of each line; the step is empty above the first one."""
        return tuple(_numbered(self.text))

    @cached_property
    def _by_step(self) -> dict[str, list[tuple[int, str]]]:
        """Return (number, text) of the lines of each step."""
        grouped: dict[str, list[tuple[int, str]]] = {}
        for number, step, text in self._lines:
            grouped.setdefault(step, []).append((number, text))
        return grouped

    def line_of(self, step: str = "", needle: str | None = None, after: int = 0) -> int:
        """Return the line where a step begins, or where a key, code or word stands in it.

        An empty step means the top of the file. Falls back to the step's first line, then to line 1.
        """
        own = [(number, text) for number, text in self._by_step.get(step, ()) if number > after]
        if needle is not None:
            for pattern in _shapes(needle):
                for number, text in own:
                    if pattern.search(text):
                        return number
        return after or next((number for number, text in own if not step or text.strip()), 1)

    def has(self, step: str, needle: str = "") -> bool:
        """Return whether a step, or a key or word in it, is written in this file."""
        own = [text for _, text in self._by_step.get(step, ())]
        return bool(own) and (not needle or any(re.search(rf"\b{re.escape(needle)}\b", text) for text in own))

    def owner(self, step: str, needle: str = "") -> "Source":
        """Return the file that a step, or a word in it, stands in: this one."""
        return self

    def step_at(self, line: int) -> str:
        """Return the step that a line belongs to; empty above the first one."""
        return next((of for number, of, _ in self._lines if number == line), "")

    def choice_line(self, step: str, index: int) -> int:
        """Return the line where a step's choice number `index` (from 0) begins."""
        own = self._by_step.get(step, [])
        starts = [number for number, text in own if re.match(r"\s*\[\[", text)]
        starts = starts or [number for number, text in own if re.search(r"\bcode\s*=", text)]
        return starts[index] if index < len(starts) else self.line_of(step, "choices")


def _numbered(text: str) -> list[tuple[int, str, str]]:
    lines, step, quoted = [], "", ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not quoted and (header := _HEADER.match(line)):
            parts = [part.strip().strip("\"'") for part in header[1].split(".")]
            step = parts[1] if parts[0] == "steps" and len(parts) > 1 else ""
        lines.append((number, step, line))
        quoted = _open_quotes(line, quoted)
    return lines


def _open_quotes(line: str, quoted: str) -> str:
    """Return the triple quotes that are open after this line, if any: a [header] between them is only text."""
    for mark in re.findall(r'"""|\'\'\'', line):
        quoted = "" if quoted == mark else quoted or mark
    return quoted


def _shapes(needle: str) -> tuple[re.Pattern[str], ...]:
    word = re.escape(needle)
    return tuple(
        re.compile(shape)
        for shape in (
            rf"""^\s*["']?{word}["']?\s*=""",
            rf"""\bcode\s*=\s*["']{word}["']""",
            rf"""[{{,]\s*["']?{word}["']?\s*=""",
            rf"""["']{word}["']""",
            word,
        )
    )
