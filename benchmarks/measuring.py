"""Timing things side by side: alternate, take medians and means, and compare only within one run."""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Times:
    """Seconds of many repetitions."""

    seconds: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def mean(self) -> float:
        return statistics.fmean(self.seconds)

    def percentile(self, percent: float) -> float:
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * percent / 100))]


def side_by_side(works: dict[str, Callable[[int], object]], repeat: int, blocks: int = 10) -> dict[str, Times]:
    """Time each work `repeat` times, in alternating blocks, so that noise of the machine meets all of them.

    Each is called with a number that never comes twice.
    """
    taken: dict[str, list[float]] = {name: [] for name in works}
    order = list(works)
    number = 0
    for _ in range(blocks):
        random.shuffle(order)
        for name in order:
            work, seconds = works[name], taken[name]
            for _ in range(max(1, repeat // blocks)):
                number += 1
                start = time.perf_counter()
                work(number)
                seconds.append(time.perf_counter() - start)
    return {name: Times(seconds) for name, seconds in taken.items()}


def microseconds(seconds: float) -> str:
    """Return a time that reads well: us below 1 ms, ms below 1 s."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.1f} us"
    return f"{seconds * 1e3:.2f} ms" if seconds < 1 else f"{seconds:.1f} s"
