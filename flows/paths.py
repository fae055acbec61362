"""Every path through a flow, from its first question to where it ends or hands over: what a lead reads and signs.

Answers that lead to the same next step are one path, and so are calls that differ only in what is known from
before the flow; paths that no call can take are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from flows.draw import in_words, question
from flows.model import Library, LookupStep, Outcome
from flows.reach import Node, Reach

MOST = 500
"""Paths of one flow; a longer table is read by nobody."""


Passed = tuple[tuple[str, tuple[str, ...]], ...]
"""(step, the answers that lead on) for each step passed."""


@dataclass(frozen=True)
class Path:
    """One path through a flow."""

    flow: str
    steps: Passed
    end: str
    """The step it ends with, or `@flow` for the flow it hands over to."""

    def key(self) -> tuple[str, tuple[str, ...], str]:
        """Return what makes it the same path in another version: its steps, not its words."""
        return self.flow, tuple(step for step, _ in self.steps), self.end


def paths(library: Library, reach: Reach, name: str) -> Iterator[Path]:
    """Return the paths of a flow that calls can take, likeliest order of its file first."""
    first = f"{name}/{library.flows[name].start}"
    waiting: list[tuple[str, tuple[Node, ...], Passed]] = []
    if reach.at.get(first):
        waiting.append((first, reach.at[first], ()))
    while waiting:
        key, nodes, steps = waiting.pop()
        here = key.partition("/")[2]
        onward = _onward(library, reach, key, nodes)
        if not onward:
            yield Path(name, steps, here)
        ways = [(target, after, (*steps, (here, codes))) for target, (codes, after) in onward.items()]
        yield from (Path(name, passed, target) for target, _, passed in ways if target.startswith("@"))
        within = [way for way in ways if not way[0].startswith("@") and not _met(way[0], way[2])]
        waiting += reversed(within)


def _met(key: str, passed: Passed) -> bool:
    """Return whether a step was passed before: a circle, of which the linter tells."""
    return any(key.partition("/")[2] == step for step, _ in passed)


def _onward(
    library: Library, reach: Reach, key: str, nodes: tuple[Node, ...]
) -> dict[str, tuple[tuple[str, ...], tuple[Node, ...]]]:
    """Return for each next step, or `@flow`, the answers that lead there and the situations after them."""
    name = key.partition("/")[0]
    codes: dict[str, dict[str, None]] = {}
    after: dict[str, dict[Node, None]] = {}
    possible = [(code, following) for node in nodes for code, following in reach.onward[node]]
    order = [*library.step(key).exits]
    for code, following in sorted(possible, key=lambda way: order.index(way[0])):
        exit_to = library.step(key).exits[code]
        target = exit_to if exit_to.startswith("@") else f"{name}/{exit_to}"
        codes.setdefault(target, {})[code] = None
        after.setdefault(target, {})[following] = None
    return {target: (tuple(codes[target]), tuple(after[target])) for target in codes}


def calls(reach: Reach) -> int:
    """Return how many ways a whole call can go, each answer counted; 0 for a library with circles."""
    counts: dict[Node, int] = {}
    for node in reversed(reach.in_order()):
        counts[node] = sum(counts[after] for _, after in reach.onward[node]) or 1
    return counts[next(iter(reach.came))] if len(counts) == len(reach.came) and counts else 0


Row = tuple[str, str, str, str, str, str]
HEADINGS: Row = ("Flow", "No.", "Path", "Ends with", "Result", "What happens next")


def rows(library: Library, reach: Reach, name: str) -> Iterator[Row]:
    """Return the paths of a flow as a table; after `MOST` of them it ends with a row that says so."""
    for number, path in enumerate(paths(library, reach, name), start=1):
        if number > MOST:
            yield name, "…", f"more than {MOST} paths; the others are left out. Split this flow.", "", "", ""
            return
        yield name, str(number), in_path_words(library, path), *_end(library, path)


def in_path_words(library: Library, path: Path) -> str:
    """Return a path in words: each question with its answer."""
    told = (_answered(library, f"{path.flow}/{step}", codes) for step, codes in path.steps)
    return " > ".join(told) or "(ends at once)"


def _answered(library: Library, key: str, codes: tuple[str, ...]) -> str:
    step = library.step(key)
    asked = question(step)
    if isinstance(step, LookupStep):
        asked = f"known: {step.of}" if step.of else step.lookup
    return f"{asked.rstrip('?')}: {' / '.join(in_words(step, code) for code in codes)}"


def _end(library: Library, path: Path) -> tuple[str, str, str]:
    if path.end.startswith("@"):
        return f"goes on with: {library.flows[path.end[1:]].title}", "", f"see the flow {path.end[1:]}"
    step = library.step(f"{path.flow}/{path.end}")
    return (step.title, step.result, step.next) if isinstance(step, Outcome) else (path.end, "", "")
