"""The words of the practice tour: what the guide says at each place of a first call."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

WORDS = Path(__file__).with_name("tour.toml")


@dataclass(frozen=True, slots=True)
class Stop:
    """One place of the tour."""

    at: str
    """`home`, `done`, `wrapup`, `outcome`, or the key of a step."""
    step: int
    """Which step of the tour it is; several places may be the same."""
    say: str


@dataclass(frozen=True, slots=True)
class Tour:
    """Every stop, and what is said anywhere else."""

    stops: Mapping[str, Stop]
    elsewhere: str

    @property
    def steps(self) -> int:
        """How many steps it has."""
        return max(stop.step for stop in self.stops.values())

    def words(self, place: str) -> tuple[str, str]:
        """Return how far the tour is at a place, as `2 of 7`, and what the guide says there."""
        stop = self.stops.get(place)
        return (f"{stop.step} of {self.steps}", stop.say) if stop else ("", self.elsewhere)


def load(path: Path = WORDS) -> Tour:
    """Return the tour that comes with the product."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    stops = (Stop(**each) for each in table["stops"])
    return Tour({stop.at: stop for stop in stops}, table["elsewhere"])
