"""Every situation a call can be in: a step together with the facts established on the way to it.

The walk follows answers from the first step. A lookup whose fact is established already can only give
that answer again; `known` answers yes exactly when its fact is established. Of the facts, only those are
told apart that some step further on reads, so that the number of situations stays small.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from flows import shape
from flows.engine import gives
from flows.model import ActionStep, ChoiceStep, EntryStep, Library, LookupStep, Outcome, Step
from flows.vocabulary import KNOWN, Name, Vocabulary
from flows.words import passages, placeholders

Facts = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Node:
    """One situation."""

    key: str
    facts: Facts


Way = tuple[Node, str]
"""A situation and the answer given in it."""


@dataclass(frozen=True)
class Reach:
    """All situations, each with the first (so the shortest) way that led to it."""

    came: Mapping[Node, Way | None]
    onward: Mapping[Node, tuple[tuple[str, Node], ...]]
    """What each answer leads to."""
    answers: Mapping[str, Set[str]]
    """Step key -> the answer codes that some situation there allows."""

    @cached_property
    def at(self) -> Mapping[str, tuple[Node, ...]]:
        """Return the situations of each step that is reached."""
        by_key: dict[str, list[Node]] = {}
        for node in self.came:
            by_key.setdefault(node.key, []).append(node)
        return {key: tuple(nodes) for key, nodes in by_key.items()}

    def path(self, node: Node) -> tuple[str, ...]:
        """Return an example of how a call gets here: `flow/step: answer`, then this step's key."""
        steps = [node.key]
        came = self.came[node]
        while came:
            steps.append(f"{came[0].key}: {came[1]}")
            came = self.came[came[0]]
        return tuple(reversed(steps))

    def in_order(self) -> list[Node]:
        """Return the situations so that each comes after all that lead to it; not those behind circles."""
        waiting = dict.fromkeys(self.came, 0)
        for ways in self.onward.values():
            for _, after in ways:
                waiting[after] += 1
        order = [node for node, count in waiting.items() if count == 0]
        for node in order:
            for _, after in self.onward[node]:
                waiting[after] -= 1
                if waiting[after] == 0:
                    order.append(after)
        return order


def explore(library: Library, vocabulary: Vocabulary) -> Reach:
    """Walk every answer from the first step; a way that would go round in a circle ends there."""
    if not shape.exists(library, "", f"@{library.start}"):
        return Reach({}, {}, {})
    walk = _Walk(library, vocabulary)
    first = Node(library.first, frozenset())
    came: dict[Node, Way | None] = {first: None}
    onward: dict[Node, tuple[tuple[str, Node], ...]] = {}
    queue = deque([first])
    while queue:
        node = queue.popleft()
        onward[node] = tuple(walk.ways(node))
        for code, after in onward[node]:
            if after not in came:
                came[after] = (node, code)
                queue.append(after)
    return Reach(came, onward, walk.answers)


class _Walk:
    """One step at a time: which answers a situation allows, and the situation after each."""

    def __init__(self, library: Library, vocabulary: Vocabulary) -> None:
        self.library, self.vocabulary = library, vocabulary
        self.graph = shape.forward(shape.graph(library), library.first)
        self.live = _live(library, vocabulary, self.graph)
        self.valued = _valued(vocabulary)
        self.answers: dict[str, set[str]] = {}

    def ways(self, node: Node) -> Iterator[tuple[str, Node]]:
        step, facts = self.library.step(node.key), dict(node.facts)
        possible = possible_answers(step, self.vocabulary, facts)
        self.answers.setdefault(node.key, set()).update(possible)
        for code, key in self.graph[node.key]:
            if code in possible:
                known = {**facts, **established(step, self.vocabulary, code)}
                yield code, Node(key, self._kept(known, key))

    def _kept(self, known: Mapping[str, str], key: str) -> Facts:
        """Return what is worth telling apart from this step on."""
        names = self.live[key] & known.keys()
        return frozenset((name, known[name] if name in self.valued else "") for name in names)


def name_of(step: Step, vocabulary: Vocabulary) -> Name | None:
    """Return what the vocabulary promises for a step's check, lookup or action; None when it names none it knows."""
    match step:
        case EntryStep(check=name):
            return vocabulary.checks.get(name)
        case LookupStep(lookup=name):
            return vocabulary.lookups.get(name)
        case ActionStep(action=name):
            return vocabulary.actions.get(name)
    return None


def possible_answers(step: Step, vocabulary: Vocabulary, facts: Mapping[str, str]) -> frozenset[str]:
    """Return the codes a step can answer when these facts are established."""
    if isinstance(step, LookupStep) and step.lookup == KNOWN:
        return frozenset({"yes" if step.of in facts else "no"})
    if isinstance(step, LookupStep) and step.lookup in facts:
        return frozenset({facts[step.lookup]})
    name = name_of(step, vocabulary)
    return frozenset(name.codes if name else step.exits)


def established(step: Step, vocabulary: Vocabulary, code: str) -> Mapping[str, str]:
    """Return the facts an answer gives; none when the vocabulary does not know the step's name."""
    if isinstance(step, ChoiceStep) or name_of(step, vocabulary):
        return gives(step, vocabulary, code)
    return {}


def read_here(step: Step, vocabulary: Vocabulary) -> frozenset[str]:
    """Return the names of the facts that this step asks for, directly or in its words."""
    name = name_of(step, vocabulary)
    needs: list[str] = [*name.needs, *([name.secret] if name.secret else [])] if name else []
    for passage in passages(step):
        needs += needs_of_words(passage.text, vocabulary)
    for _, proof in proofs_of(step, vocabulary):
        needs += proof
    return frozenset({*_names(needs), *_own_fact(step)})


def needs_of_words(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Return what must be established where this text is read: for its placeholders, and for its phrases."""
    for placeholder in placeholders(text):
        yield from vocabulary.placeholders.get(placeholder, ())
    for phrase in vocabulary.phrases:
        if phrase.needs and phrase.pattern.search(text):
            yield from phrase.needs


def proofs_of(step: Step, vocabulary: Vocabulary) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return (answer code, what it needs) for each answer that gives a fact which not every answer may give."""
    for choice in step.choices if isinstance(step, ChoiceStep) else ():
        for fact in choice.gives:
            codes = vocabulary.proofs.get(fact, {})
            yield choice.code, codes.get(choice.code, codes.get("*", ()))


def _own_fact(step: Step) -> tuple[str, ...]:
    match step:
        case LookupStep(lookup=lookup, of=of) if lookup == KNOWN:
            return (of,) if of else ()
        case LookupStep(lookup=lookup):
            return (lookup,)
        case ChoiceStep() | EntryStep() | ActionStep() | Outcome() | LookupStep():
            return ()


def _names(needs: Iterable[str]) -> Iterator[str]:
    for need in needs:
        for condition in need.split(" | "):
            yield condition.partition("=")[0]


def _valued(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the facts whose value some need or lookup compares; of the others it matters only that they hold."""
    named = (*vocabulary.checks.values(), *vocabulary.lookups.values(), *vocabulary.actions.values())
    needs = [
        *(need for name in named for need in (*name.needs, name.secret)),
        *(need for needs in vocabulary.placeholders.values() for need in needs),
        *(need for phrase in vocabulary.phrases for need in phrase.needs),
        *(need for codes in vocabulary.proofs.values() for needs in codes.values() for need in needs),
    ]
    compared = {condition.partition("=")[0] for need in needs for condition in need.split(" | ") if "=" in condition}
    return frozenset(compared | vocabulary.lookups.keys())


def _live(library: Library, vocabulary: Vocabulary, graph: shape.Graph) -> dict[str, frozenset[str]]:
    """Return for each step the facts that it, or any step further on, reads."""
    read = {key: read_here(library.step(key), vocabulary) for key in graph}
    return {key: frozenset().union(*(read[later] for later in shape.downstream(graph, key))) for key in graph}
