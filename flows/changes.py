"""What changed for callers between two libraries: steps, exits, words, and the paths gained and lost."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flows.model import ChoiceStep, Flow, Library, Step
from flows.paths import MOST, Path, in_path_words, paths
from flows.reach import Reach
from flows.words import passages

MOST_TOLD = 12
"""Paths gained, and lost, that are told for each flow; the rest is counted."""


@dataclass(frozen=True)
class Change:
    """One thing that is different."""

    key: str
    """`flow/step`, or the flow's name."""
    told: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        lines = [f"{self.key}: {self.told}"]
        lines += [f"  - {self.before}"] if self.before else []
        lines += [f"  + {self.after}"] if self.after else []
        return "\n".join(lines)


@dataclass(frozen=True)
class Seen:
    """A library with the situations its calls can be in."""

    library: Library
    reach: Reach


def changes(old: Seen, new: Seen, *, counted: bool = True) -> Iterator[Change]:
    """Return every change, flow by flow; nothing when callers notice none.

    With `counted`, a changed flow is expected to have a higher revision.
    """
    for name in dict.fromkeys((*old.library.flows, *new.library.flows)):
        before, after = old.library.flows.get(name), new.library.flows.get(name)
        if before is None or after is None:
            yield _one_sided(name, before, after)
            continue
        found = [*_in_flow(before, after), *_paths(old, new, name)]
        yield from found
        if counted and found and before.revision == after.revision:
            yield Change(name, f"changed, but still revision {after.revision}; count it up")


def _one_sided(name: str, before: Flow | None, after: Flow | None) -> Change:
    flow = before or after
    steps = len(flow.steps) if flow else 0
    return Change(name, f"flow {'removed' if before else 'added'}, with {steps} steps")


def _in_flow(before: Flow, after: Flow) -> Iterator[Change]:
    for word in ("title", "summary", "start"):
        if getattr(before, word) != getattr(after, word):
            yield Change(before.flow, f"{word} changed", getattr(before, word), getattr(after, word))
    for name in dict.fromkeys((*before.steps, *after.steps)):
        key = f"{before.flow}/{name}"
        if name not in after.steps:
            yield Change(key, "step removed")
        elif name not in before.steps:
            yield Change(key, "step added")
        else:
            yield from _in_step(key, before.steps[name], after.steps[name])


def _in_step(key: str, before: Step, after: Step) -> Iterator[Change]:
    for word, was in _nature(before).items():
        if (now := _nature(after).get(word, "")) != was:
            yield Change(key, f"{word} changed", was, now)
    yield from _entries(key, "the answer", before.exits, after.exits, "leads to")
    yield from _entries(key, "the answer", _gives(before), _gives(after), "establishes")
    yield from _words(key, before, after)


def _nature(step: Step) -> Mapping[str, str]:
    """Return what a step is and asks of the program."""
    named = {word: getattr(step, word, None) or "" for word in ("check", "lookup", "of", "action", "result")}
    return {"kind": step.kind, **named}


def _gives(step: Step) -> Mapping[str, str]:
    if not isinstance(step, ChoiceStep):
        return {}
    return {choice.code: ", ".join(choice.gives) for choice in step.choices if choice.gives}


def _entries(key: str, what: str, before: Mapping[str, str], after: Mapping[str, str], verb: str) -> Iterator[Change]:
    for code in dict.fromkeys((*before, *after)):
        was, now = before.get(code), after.get(code)
        if was == now:
            continue
        if was is None or now is None:
            told = f"{what} '{code}' " + (f"now {verb} '{now}'" if was is None else f"no longer {verb} '{was}'")
            yield Change(key, told)
        else:
            yield Change(key, f"{what} '{code}' {verb} '{now}', no longer '{was}'")


def _words(key: str, before: Step, after: Step) -> Iterator[Change]:
    was = {(passage.key, passage.code): passage.text for passage in passages(before)}
    now = {(passage.key, passage.code): passage.text for passage in passages(after)}
    for place in dict.fromkeys((*was, *now)):
        word, code = place
        if was.get(place, "") != now.get(place, "") and (place in was or now[place]):
            shown = f"{word} of '{code}'" if code else word
            yield Change(key, f"words changed: {shown}", was.get(place, ""), now.get(place, ""))


def _paths(old: Seen, new: Seen, name: str) -> Iterator[Change]:
    before, after = (_some_paths(seen, name) for seen in (old, new))
    for told, seen, own, other in (("path lost", old, before, after), ("path gained", new, after, before)):
        found = [path for key, path in own.items() if key not in other]
        for path in found[:MOST_TOLD]:
            yield Change(name, f"{told}: {in_path_words(seen.library, path)} => {path.end}")
        if len(found) > MOST_TOLD:
            yield Change(name, f"{told}: and {len(found) - MOST_TOLD} more")


def _some_paths(seen: Seen, name: str) -> dict[object, Path]:
    """Return the paths of a flow by what makes them the same; of a flow with more than can be read, the first ones."""
    return {path.key(): path for _, path in zip(range(MOST), paths(seen.library, seen.reach, name), strict=False)}
