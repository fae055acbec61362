"""Where the boxes of a drawing go: layers from top to bottom, with a place of its own for the words of each edge.

The usual four stages (Sugiyama): layers by the longest way, order within a layer by neighbors, places by least
squares without overlap, edges through the gaps. Words on an edge are a box in the layer between; that is why
words never lie on each other.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Size = tuple[float, float]
Point = tuple[float, float]

BESIDE, BELOW = 26.0, 22.0
"""Gap between boxes of a layer, and between layers."""
SWEEPS = 24
"""Times the order is improved from above and from below; more changes nothing on the flows that are shipped."""


@dataclass(frozen=True)
class Edge:
    """One line from box to box, with the size of its words."""

    start: str
    end: str
    size: Size


@dataclass(frozen=True)
class Layout:
    """Middle points of boxes and words, and the points each edge passes through."""

    boxes: Mapping[str, Point]
    words: Mapping[Edge, Point]
    lines: Mapping[Edge, tuple[Point, ...]]
    width: float
    height: float


@dataclass
class _Grid:
    """The layers while they are worked on; a cell is a box, the words of an edge, or an edge passing by."""

    sizes: dict[str, Size]
    layer: dict[str, int]
    above: dict[str, list[str]] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=dict)
    rows: list[list[str]] = field(default_factory=list)
    x: dict[str, float] = field(default_factory=dict)

    def link(self, upper: str, lower: str) -> None:
        self.below.setdefault(upper, []).append(lower)
        self.above.setdefault(lower, []).append(upper)


def layout(boxes: Mapping[str, Size], edges: Sequence[Edge]) -> Layout:
    """Return a drawing of boxes and edges; the first box is on top, edges that lead back up are turned around."""
    down = {edge: _downward(edge, order) for order in [_order(boxes, edges)] for edge in edges}
    grid = _Grid(dict(boxes), _layers(boxes, down.values()))
    chains = {edge: _chain(grid, number, edge, *down[edge]) for number, edge in enumerate(edges)}
    grid.rows = [[] for _ in range(max(grid.layer.values(), default=0) + 1)]
    for cell, layer in grid.layer.items():
        grid.rows[layer].append(cell)
    _arrange(grid)
    _place(grid)
    return _drawn(grid, boxes, chains)


def _order(boxes: Mapping[str, Size], edges: Sequence[Edge]) -> Mapping[str, int]:
    """Return an order in which no edge leads back, save those that close a circle."""
    after: dict[str, list[str]] = {}
    for edge in edges:
        after.setdefault(edge.start, []).append(edge.end)
    done: dict[str, None] = {}
    for first in boxes:
        path = [(first, iter(after.get(first, ())))] if first not in done else []
        on_path = {first}
        while path:
            box, rest = path[-1]
            following = next((other for other in rest if other not in done and other not in on_path), None)
            if following is None:
                done[box] = None
                path.pop()
            else:
                on_path.add(following)
                path.append((following, iter(after.get(following, ()))))
    return {box: -index for index, box in enumerate(done)}


def _downward(edge: Edge, order: Mapping[str, int]) -> tuple[str, str]:
    return (edge.start, edge.end) if order[edge.start] < order[edge.end] else (edge.end, edge.start)


def _layers(boxes: Mapping[str, Size], down: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return the layer of each box: two below the lowest that leads to it, so that words fit between."""
    layer = dict.fromkeys(boxes, 0)
    pairs = [pair for pair in down if pair[0] != pair[1]]
    moved = True
    while moved:
        moved = False
        for upper, lower in pairs:
            if layer[lower] < layer[upper] + 2:
                layer[lower] = layer[upper] + 2
                moved = True
    return layer


def _chain(grid: _Grid, number: int, edge: Edge, upper: str, lower: str) -> tuple[str, ...]:
    """Put the words and the passing cells of an edge into the layers between its boxes."""
    if upper == lower:
        return ()
    cells = [upper]
    for layer in range(grid.layer[upper] + 1, grid.layer[lower]):
        cell = f"\0{number}:{layer}"
        grid.layer[cell] = layer
        grid.sizes[cell] = edge.size if len(cells) == 1 else (6.0, 0.0)
        cells.append(cell)
    cells.append(lower)
    for one, other in pairwise(cells):
        grid.link(one, other)
    return tuple(cells) if upper == edge.start else tuple(reversed(cells))


def _arrange(grid: _Grid) -> None:
    """Order each layer so that few edges cross."""
    _by_first_neighbor(grid)
    best, fewest = [list(row) for row in grid.rows], _crossings(grid)
    for sweep in range(SWEEPS):
        near, rows = (grid.above, grid.rows[1:]) if sweep % 2 == 0 else (grid.below, grid.rows[-2::-1])
        for row in rows:
            place = {cell: index for other in grid.rows for index, cell in enumerate(other)}
            own = {cell: index for index, cell in enumerate(row)}
            row.sort(key=lambda cell: (_mean([place[n] for n in near.get(cell, ())], own[cell]), own[cell]))
        if (crossed := _crossings(grid)) < fewest:
            best, fewest = [list(row) for row in grid.rows], crossed
    grid.rows = best


def _by_first_neighbor(grid: _Grid) -> None:
    for upper, row in pairwise(grid.rows):
        place = {cell: index for index, cell in enumerate(upper)}
        row.sort(key=lambda cell: min((place[n] for n in grid.above.get(cell, ())), default=0))


def _mean(numbers: Sequence[float], otherwise: float) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


def _crossings(grid: _Grid) -> int:
    total = 0
    for row, lower in pairwise(grid.rows):
        place = {cell: index for index, cell in enumerate(lower)}
        seen: list[int] = []
        for cell in row:
            for end in sorted(place[n] for n in grid.below.get(cell, ())):
                total += len(seen) - bisect_right(seen, end)
                insort(seen, end)
    return total


def _place(grid: _Grid) -> None:
    """Give each cell a place: as near to its neighbors as the cells beside it allow."""
    for row in grid.rows:
        for cell, at in zip(row, _apart(grid, row, [0.0] * len(row), [1.0] * len(row)), strict=True):
            grid.x[cell] = at
    for sweep in range(2 * SWEEPS):
        for row in grid.rows if sweep % 2 == 0 else grid.rows[::-1]:
            near = [_near(grid, cell, sweep) for cell in row]
            weights = [sum(pull.values()) or 1.0 for pull in near]
            wanted = [
                sum(grid.x[other] * pull for other, pull in pulls.items()) / weight if pulls else grid.x[cell]
                for cell, pulls, weight in zip(row, near, weights, strict=True)
            ]
            for cell, at in zip(row, _apart(grid, row, wanted, weights), strict=True):
                grid.x[cell] = at


def _near(grid: _Grid, cell: str, sweep: int) -> dict[str, float]:
    """Return the cells this one is drawn to, and how strongly: an edge passing by should run straight."""
    upper, lower = grid.above.get(cell, []), grid.below.get(cell, [])
    one_side = (upper if sweep % 2 == 0 else lower) or upper or lower
    near = one_side if sweep < SWEEPS else upper + lower
    return {other: 8.0 if other.startswith("\0") and cell.startswith("\0") else 1.0 for other in near}


def _apart(grid: _Grid, row: Sequence[str], wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the places nearest to those wanted that keep the order and the gaps (pooled neighbors, least squares)."""
    offsets, total = [], 0.0
    for index, cell in enumerate(row):
        total += (grid.sizes[row[index - 1]][0] + grid.sizes[cell][0]) / 2 + BESIDE if index else 0.0
        offsets.append(total)
    pools: list[tuple[float, float, int]] = []
    for want, weight, offset in zip(wanted, weights, offsets, strict=True):
        pool = (want - offset, weight, 1)
        while pools and pools[-1][0] >= pool[0]:
            at, heavy, count = pools.pop()
            both = heavy + pool[1]
            pool = ((at * heavy + pool[0] * pool[1]) / both, both, count + pool[2])
        pools.append(pool)
    starts = [at for at, _, count in pools for _ in range(count)]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


def _drawn(grid: _Grid, boxes: Mapping[str, Size], chains: Mapping[Edge, tuple[str, ...]]) -> Layout:
    left = min((grid.x[cell] - grid.sizes[cell][0] / 2 for cell in grid.x), default=0.0)
    right = max((grid.x[cell] + grid.sizes[cell][0] / 2 for cell in grid.x), default=0.0)
    heights = [max((grid.sizes[cell][1] for cell in row), default=0.0) for row in grid.rows]
    tops = [sum(heights[:index]) + BELOW * index for index in range(len(heights) + 1)]
    middle = {cell: (grid.x[cell] - left, tops[layer] + heights[layer] / 2) for cell, layer in grid.layer.items()}
    words, lines = {}, {}
    for edge, cells in chains.items():
        if not cells:
            continue
        turned = grid.layer[cells[0]] > grid.layer[cells[-1]]
        words[edge] = middle[cells[-2] if turned else cells[1]]
        lines[edge] = _points(grid, cells, middle, heights)
    return Layout({box: middle[box] for box in boxes}, words, lines, right - left, tops[-1] - BELOW)


def _points(
    grid: _Grid, cells: tuple[str, ...], middle: Mapping[str, Point], heights: Sequence[float]
) -> tuple[Point, ...]:
    """Return the points of an edge: out of one box, straight through each layer between, into the other."""
    sign = 1 if grid.layer[cells[-1]] > grid.layer[cells[0]] else -1
    (x, y), (last_x, last_y) = middle[cells[0]], middle[cells[-1]]
    points = [(x, y + sign * grid.sizes[cells[0]][1] / 2)]
    for cell in cells[1:-1]:
        half = heights[grid.layer[cell]] / 2
        points += [(middle[cell][0], middle[cell][1] - sign * half), (middle[cell][0], middle[cell][1] + sign * half)]
    return (*points, (last_x, last_y - sign * grid.sizes[cells[-1]][1] / 2))
