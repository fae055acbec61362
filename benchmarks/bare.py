"""The yardstick: the smallest Textual app with something to press. `python -m benchmarks.bare` opens it."""

from textual.app import App, ComposeResult
from textual.widgets import OptionList


class Bare(App[None]):
    """Nine lines to choose from, and nothing else."""

    def compose(self) -> ComposeResult:
        yield OptionList(*(f"Answer {number}" for number in range(1, 10)))


if __name__ == "__main__":
    Bare().run()
