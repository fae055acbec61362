"""The map of a call: the flow it stands in as an outline, its trail lit, and the flows it passed before.

The words hold no student: a map shows steps that come after verification to whoever looks on before it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from flows import draw, engine
from flows.case import Case
from flows.model import LookupStep, Outcome, Step
from wizard import accounts
from wizard.placeholders import Known, fill
from wizard.setting import Setting
from wizard.views.beside import MapRow


def rows(setting: Setting, case: Case) -> tuple[MapRow, ...]:
    """Return the map line by line: what was passed in short, then the present flow with every exit."""
    return tuple(_Map(setting, case).rows())


def flow_rows(setting: Setting, flow: str) -> tuple[MapRow, ...]:
    """Return one flow, to be read: every step below the answer that leads to it, no way taken."""
    outline = _Map(setting, None)
    return (MapRow(0, "flow", setting.library.flows[flow].title), *outline.whole(flow))


def _flow(key: str) -> str:
    return key.partition("/")[0]


@dataclass
class _Map:
    """Walks the flows of one call."""

    setting: Setting
    case: Case | None
    """The call; None: only the flows are drawn."""
    drawn: set[str] = field(default_factory=set)
    """Steps of the present flow that stand on the map."""

    def __post_init__(self) -> None:
        self.library = self.setting.library
        self.trail = engine.trail(self.library, self.case) if self.case else ()
        self.here = engine.current(self.library, self.case).key if self.case else ""
        self.taken = {visit.key: visit.answer.code for visit in self.trail if visit.answer}
        self.lit = {visit.key for visit in self.trail}
        self.known = Known(self.setting.district, {}, self.setting.clock())

    def rows(self) -> Iterator[MapRow]:
        """Yield every flow of the trail in order; only the one the call stands in is drawn whole."""
        for flow in dict.fromkeys(_flow(visit.key) for visit in self.trail):
            yield MapRow(0, "flow", self._title(flow), lit=True)
            yield from self.whole(flow) if flow == _flow(self.here) else self._passed(flow)

    def _title(self, flow: str) -> str:
        return self.library.flows[flow].title

    def _passed(self, flow: str) -> Iterator[MapRow]:
        label = ""
        for visit in self.trail:
            if _flow(visit.key) != flow:
                continue
            yield self._row(1, visit.key, label)
            if visit.answer is None:
                return
            label, after = self._label(visit.step, visit.answer.code), self.library.after(visit.key, visit.answer.code)
            if _flow(after) != flow:
                yield MapRow(1, "jump", self._title(_flow(after)), label=label, lit=True)

    def whole(self, flow: str) -> Iterator[MapRow]:
        """Yield every step of a flow, the way taken lit."""
        start = f"{flow}/{self.library.flows[flow].start}"
        yield from self._below(1, start, "", lit=start in self.lit)

    def _below(self, depth: int, key: str, label: str, lit: bool) -> Iterator[MapRow]:
        """Yield a step and all behind it; one with several ways in is drawn once, on the trail if it is there."""
        yield self._row(depth, key, label)._replace(lit=lit)
        self.drawn.add(key)
        step = self.library.step(key)
        for code in step.exits:
            yield from self._way(depth + 1, key, step, code)

    def _way(self, depth: int, key: str, step: Step, code: str) -> Iterator[MapRow]:
        target, label = self.library.after(key, code), self._label(step, code)
        lit = key in self.lit and self.taken.get(key) == code
        if _flow(target) != _flow(key):
            yield MapRow(depth, "jump", self._title(_flow(target)), label=label, lit=lit)
        elif target in self.drawn or (target in self.lit and not lit):
            yield MapRow(depth, "again", self._words(self.library.step(target)), label=label)
        else:
            yield from self._below(depth, target, label, lit)

    def _row(self, depth: int, key: str, label: str) -> MapRow:
        step = self.library.step(key)
        return MapRow(depth, step.kind, self._words(step), label=label, lit=key in self.lit, here=key == self.here)

    def _words(self, step: Step) -> str:
        if isinstance(step, LookupStep):
            return f"(records: {(step.of or step.lookup).replace('-', ' ')})"
        words = f"{step.title} ({step.result})" if isinstance(step, Outcome) else step.ask
        return fill(words, self.known)

    def _label(self, step: Step, code: str) -> str:
        if isinstance(step, LookupStep) and step.lookup == "account-state":
            return accounts.STATE_WORDS[code]
        return fill(draw.in_words(step, code), self.known)
