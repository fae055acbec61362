"""A library seen from all sides once: what every rule of the linter looks at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Self

from flows import shape
from flows.finding import Finding, Places
from flows.model import Library, Step
from flows.reach import Node, Reach, explore
from flows.source import Source
from flows.vocabulary import Vocabulary, met


@dataclass(frozen=True)
class Survey:
    """A library, seen from all sides once, for every rule to look at."""

    library: Library
    vocabulary: Vocabulary
    places: Places
    graph: shape.Graph
    reach: Reach

    @classmethod
    def of(cls, library: Library, vocabulary: Vocabulary, sources: Iterable[Source] = ()) -> Self:
        """Walk every call of a library; `sources` give the lines."""
        return cls(library, vocabulary, Places(sources), shape.graph(library), explore(library, vocabulary))

    def steps(self) -> Iterator[tuple[str, Step]]:
        """Return every step with its key."""
        return ((key, self.library.step(key)) for key in self.graph)

    def lacking(self, key: str, need: str) -> Node | None:
        """Return the first situation at a step in which a need is not met."""
        return next((node for node in self.reach.at.get(key, ()) if not met(need, dict(node.facts))), None)

    def shown(self, finding: Finding) -> Finding:
        """Return a finding with the shortest call that gets to its step, when it shows none of its own."""
        key = f"{finding.flow}/{finding.step}" if finding.step else self.start_of(finding.flow)
        return finding if finding.path else replace(finding, path=self.way(key))

    def start_of(self, flow: str) -> str:
        """Return the key of a flow's first step; empty when there is no such flow."""
        return f"{flow}/{self.library.flows[flow].start}" if flow in self.library.flows else ""

    def way(self, key: str) -> tuple[str, ...]:
        """Return the shortest way to a step; empty when no call gets there."""
        nodes = self.reach.at.get(key, ())
        return self.reach.path(nodes[0]) if nodes else ()
