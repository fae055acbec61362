"""A library seen from all sides once: what every rule of the linter looks at."""

from collections.abc import Iterator
from dataclasses import dataclass

from flows import shape
from flows.finding import Places
from flows.model import Library, Step
from flows.reach import Reach
from flows.vocabulary import Vocabulary


@dataclass(frozen=True)
class Survey:
    """A library, seen from all sides once, for every rule to look at."""

    library: Library
    vocabulary: Vocabulary
    places: Places
    graph: shape.Graph
    reach: Reach

    def steps(self) -> Iterator[tuple[str, Step]]:
        """Return every step with its key."""
        return ((key, self.library.step(key)) for key in self.graph)
