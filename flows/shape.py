"""The shape of a library: which step leads where, whatever the answers; unknown targets lead nowhere."""

from collections.abc import Iterator, Mapping

from flows.model import Library

Graph = Mapping[str, tuple[tuple[str, str], ...]]
"""Step key -> (answer code, key it leads to)."""


def graph(library: Library) -> Graph:
    """Return every exit that leads to a step which exists."""
    return {key: tuple(_known_exits(library, key)) for key in keys(library)}


def keys(library: Library) -> Iterator[str]:
    """Return the key of every step, flow by flow, in file order."""
    return (f"{name}/{step}" for name, flow in library.flows.items() for step in flow.steps)


def exists(library: Library, flow: str, target: str) -> bool:
    """Return whether a target named in `flow` is a step."""
    if target.startswith("@"):
        return target[1:] in library.flows and library.flows[target[1:]].start in library.flows[target[1:]].steps
    return target in library.flows[flow].steps


def _known_exits(library: Library, key: str) -> Iterator[tuple[str, str]]:
    flow = key.partition("/")[0]
    for code, target in library.step(key).exits.items():
        if exists(library, flow, target):
            yield code, library.resolve(flow, target)


def downstream(graph: Graph, start: str) -> frozenset[str]:
    """Return every step that some answers lead to from `start`, itself included."""
    seen, open_ends = {start}, [start]
    while open_ends:
        for _, after in graph[open_ends.pop()]:
            if after not in seen:
                seen.add(after)
                open_ends.append(after)
    return frozenset(seen)


def forward(graph: Graph, first: str) -> Graph:
    """Return the graph without the answers that lead back to a step passed on the way; all steps stay reached."""
    back: set[tuple[str, str]] = set()
    on_way, done = {first}, set[str]()
    way = [(first, iter(graph[first]))]
    while way:
        key, ways = way[-1]
        for code, after in ways:
            if after in on_way:
                back.add((key, code))
            elif after not in done:
                on_way.add(after)
                way.append((after, iter(graph[after])))
                break
        else:
            way.pop()
            on_way.discard(key)
            done.add(key)
    return {key: tuple(exit for exit in exits if (key, exit[0]) not in back) for key, exits in graph.items()}


def cycles(graph: Graph) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Return one round for each knot of steps that lead back to themselves, as (key, answer code) pairs."""
    found: list[tuple[tuple[str, str], ...]] = []
    knotted: set[str] = set()
    for key in graph:
        if key not in knotted and (round_trip := _way_back(graph, key)):
            found.append(round_trip)
            knotted |= {other for other in downstream(graph, key) if key in downstream(graph, other)}
    return tuple(found)


def _way_back(graph: Graph, start: str) -> tuple[tuple[str, str], ...]:
    """Return the shortest round from a step to itself; empty when there is none."""
    ways: dict[str, tuple[tuple[str, str], ...]] = {start: ()}
    queue = [start]
    for key in queue:
        for code, after in graph[key]:
            way = (*ways[key], (key, code))
            if after == start:
                return way
            if after not in ways:
                ways[after] = way
                queue.append(after)
    return ()
