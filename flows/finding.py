"""What the linter has to say: one finding is one mistake in a flow file, with its place and a way to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flows.source import Source

WARNINGS = frozenset({"nothing-to-say", "overlay-unmarked", "missing-translation", "stale-translation"})
"""Rules that only advise: `check` reports them and still succeeds."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake in a library."""

    rule: str
    file: str
    line: int
    flow: str
    step: str
    """Empty: it is about the flow as a whole."""
    message: str
    fix: str
    path: tuple[str, ...] = ()
    """An example of a call that runs into it: `flow/step: answer` for each step, then the step itself."""

    @property
    def warning(self) -> bool:
        """Return whether this is advice, not an error."""
        return self.rule in WARNINGS

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.rule}: {self.message}"


class Places:
    """Where flows, steps and words stand in the files."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._sources = {source.flow: source for source in sources}

    def finding(
        self,
        rule: str,
        key: str,
        message: str,
        fix: str,
        *,
        word: str | None = None,
        code: str = "",
        path: tuple[str, ...] = (),
    ) -> Finding:
        """Return a finding about a step (`flow/step`), or about a flow (`flow/`).

        The line is that of `word` in the step: after the choice or exit `code`, when one is named.
        """
        flow, _, step = key.partition("/")
        source = self._sources.get(flow)
        source = source.owner(step, word or code) if source else None
        file = source.path if source else f"{flow}.toml"
        about = f"step '{step}': {message}" if step else message
        return Finding(rule, file, _line(source, step, word, code), flow, step, about, fix, path)


def _line(source: Source | None, step: str, word: str | None, code: str) -> int:
    if source is None:
        return 0
    after = source.line_of(step, code) - 1 if code else 0
    line = source.line_of(step, word if word is not None else code or None, after)
    return max(line, after + 1)
