"""Overlays: a district's own changes, kept in its folder and laid over the shipped flows.

    flow = "call"                        # the file is call.toml, as the shipped one

    [steps.portal]                       # a step that is there: only these words change
    was = "3f9a1c20"                     # the shipped step it was written for (or the old text itself)
    say = "Welcome! Which portal is it about?"

    [steps.school-bus]                   # with a `kind`, a whole step: added, or put in place of a shipped one
    kind = "outcome"
    ...

With `replaces = true` the file takes the place of the whole flow; a file of a new name adds a flow. Exits and
advice are merged answer by answer, choices as `[steps.portal.choices.student-portal]`. `was` says what a change
was written for, so that an upgrade of the shipped flows tells which changes no longer fit.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from flows import loader
from flows.finding import Finding
from flows.loader import Table
from flows.model import Flow
from flows.source import FlowError, Source

STALE, UNMARKED = "overlay-stale", "overlay-unmarked"

_FINGERPRINT = re.compile(r"^[0-9a-f]{8}$")


@dataclass(frozen=True)
class Overlaid(Source):
    """A shipped flow file with a district's file over it: a place is in whichever of the two wrote it."""

    over: Source = field(default=Source("", ""))

    def owner(self, step: str, needle: str = "") -> Source:
        """Return the file that a step, or a word in it, stands in."""
        if not self.over.has(step):
            return Source(self.path, self.text)
        if needle and not self.over.has(step, needle) and self.has(step, needle):
            return Source(self.path, self.text)
        return self.over


@dataclass(frozen=True)
class Merged:
    """The flows of a library with a district's changes in them."""

    flows: Mapping[str, Flow]
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]
    """Files that cannot be read, and changes that no longer fit."""


def merge(shipped: Iterable[Source], overlay: Iterable[Source] = ()) -> Merged:
    """Lay one folder's flows over another's; a mistake in one file leaves the others as they are."""
    over = {source.flow: source for source in overlay}
    flows: dict[str, Flow] = {}
    sources: list[Source] = []
    findings: list[Finding] = []
    for base in shipped:
        try:
            flows[base.flow] = loader.parse(base.text, base.path)
            own = over.pop(base.flow, None)
            sources.append(base if own is None else _lay(base, own, flows, findings))
        except FlowError as error:
            findings.append(unreadable(error))
    for own in over.values():
        try:
            flows[own.flow] = loader.parse(own.text, own.path)
            sources.append(own)
        except FlowError as error:
            findings.append(unreadable(error))
    return Merged(flows, tuple(sources), tuple(findings))


def unreadable(error: FlowError) -> Finding:
    """Return a file that cannot be read as a finding."""
    fix = "mend this file first; the other rules look at all flows together"
    return Finding("unreadable", error.file, error.line, "", "", error.sentence, fix)


def fingerprint(table: object) -> str:
    """Return eight digits that stand for a step, or a whole flow, as it is written; layout does not count."""
    return hashlib.sha256(json.dumps(table, sort_keys=True).encode()).hexdigest()[:8]


def _lay(base: Source, own: Source, flows: dict[str, Flow], findings: list[Finding]) -> Source:
    """Put one file's changes into its flow; return where lines are to be found. Raises FlowError."""
    before, changes = _table(base), _table(own)
    replaces = changes.pop("replaces", False)
    if not isinstance(replaces, bool):
        raise FlowError(own.path, own.line_of(needle="replaces"), "'replaces' must be true or false")
    if replaces:
        findings.extend(_outdated(own, "", changes.pop("was", None), before, ()))
        flows[own.flow] = loader.from_table(changes, own)
        return own
    merged, found = _merged(before, changes, own)
    flows[own.flow] = loader.from_table(merged, own)
    findings.extend(found)
    return Overlaid(base.path, base.text, own)


def _table(source: Source) -> Table:
    table = loader.cleaned(loader.toml(source))
    return table if isinstance(table, dict) else {}


def _merged(before: Table, changes: Table, own: Source) -> tuple[Table, list[Finding]]:
    found: list[Finding] = []
    steps = dict(_sub(before, "steps"))
    for name, change in _sub(changes, "steps").items():
        if not isinstance(change, dict):
            raise FlowError(own.path, own.line_of(needle=name), f"step '{name}' must be a table: [steps.{name}]")
        words = {key: value for key, value in change.items() if key != "was"}
        shipped = steps.get(name)
        found += _outdated(own, name, change.get("was"), shipped, words)
        if "kind" in words or not isinstance(shipped, dict):
            if "kind" in words or "was" not in change:
                steps[name] = words
            continue
        for code, choice in _sub(words, "choices").items():
            if not isinstance(choice, dict):
                told = f"step '{name}': choice '{code}' must be a table: [steps.{name}.choices.{code}]"
                raise FlowError(own.path, own.line_of(name, code), told)
        steps[name] = _with(shipped, words)
    others = {key: value for key, value in changes.items() if key not in ("steps", "was")}
    return {**before, **others, "steps": steps}, found


def _sub(table: Table, key: str) -> Table:
    value = table.get(key, {})
    return value if isinstance(value, dict) else {}


def _with(shipped: Table, words: Table) -> Table:
    """Return a step with some of its words changed."""
    step = dict(shipped)
    for key, value in words.items():
        old = step.get(key)
        if key == "choices" and isinstance(value, dict) and isinstance(old, list):
            step[key] = _choices(old, value)
        elif key in ("exits", "stay") and isinstance(value, dict) and isinstance(old, dict):
            step[key] = {**old, **value}
        else:
            step[key] = value
    return step


def _choices(shipped: list[object], changes: Table) -> list[object]:
    """Return the choices with those changed that are named; a new name is added at the end."""
    choices: list[object] = []
    rest = dict(changes)
    for choice in shipped:
        change = rest.pop(str(choice.get("code")), {}) if isinstance(choice, dict) else {}
        choices.append({**choice, **change} if isinstance(choice, dict) and isinstance(change, dict) else choice)
    added = ({"code": code, **new} if isinstance(new, dict) else new for code, new in rest.items())
    return [*choices, *added]


def _outdated(own: Source, step: str, was: object, shipped: object, words: Iterable[str]) -> Iterator[Finding]:
    """Yield what is to be said when a change is not for the step, or flow, as it is shipped now."""
    what = f"step '{step}'" if step else "this flow"
    if shipped is None:
        if was is not None:
            told = f"{what}: the shipped flow no longer has this step, so the change is left out"
            yield _finding(STALE, own, step, told, "take the step out of the overlay, or give it a kind of its own")
        return
    mark = f'was = "{fingerprint(shipped)}"'
    if was is None:
        told = f"{what}: the overlay does not say which shipped words it was written for"
        yield _finding(UNMARKED, own, step, told, f"write {mark} into it; an upgrade then tells when they change")
    elif not _fits(was, shipped, words):
        told = f"{what}: the shipped words have changed since the overlay was written for them"
        yield _finding(STALE, own, step, told, f"compare the two; when the overlay still fits, write {mark}")


def _fits(was: object, shipped: object, words: Iterable[str]) -> bool:
    if isinstance(was, str) and _FINGERPRINT.match(was):
        return was == fingerprint(shipped)
    changed = [shipped[key] for key in words if key in shipped] if isinstance(shipped, dict) else []
    return any(isinstance(text, str) and text.split() == str(was).split() for text in changed)


def _finding(rule: str, own: Source, step: str, told: str, fix: str) -> Finding:
    return Finding(rule, own.path, own.line_of(step, "was"), own.flow, step, told, fix)
