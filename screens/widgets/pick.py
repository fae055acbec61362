"""One value out of a few, on one line: the arrow keys, Space or a click go through them."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from screens.safe import content, joined


class Pick(Static, can_focus=True):
    """Shows one of its values between arrows."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,space", "turn(1)", "Next value", show=False, id="pick.next", tooltip="The next value"),
        Binding("left", "turn(-1)", "Value before", show=False, id="pick.before", tooltip="The value before"),
    ]

    value: reactive[str] = reactive("", init=False)
    """The code of the value shown."""

    class Turned(Message):
        """Posted when another value is shown."""

        def __init__(self, pick: "Pick") -> None:
            super().__init__()
            self.pick = pick

        @property
        def control(self) -> "Pick":
            """Return the line that was turned."""
            return self.pick

    def __init__(self, values: Sequence[tuple[str, str]], value: str, *, id: str) -> None:
        super().__init__(content(""), id=id, classes="pick")
        self._words = dict(values)
        self._words.setdefault(value, value)
        self.set_reactive(Pick.value, value)

    def on_mount(self) -> None:
        """Draw the first value."""
        self._draw()

    def watch_value(self) -> None:
        """Draw the value, and tell."""
        self._draw()
        self.post_message(self.Turned(self))

    def action_turn(self, by: int) -> None:
        """Go on to the next value, around the end."""
        codes = list(self._words)
        self.value = codes[(codes.index(self.value) + by) % len(codes)]

    def on_click(self) -> None:
        """Go on with the mouse."""
        self.action_turn(1)

    def _draw(self) -> None:
        self.update(joined(("‹ ", "$accent"), (self._words[self.value], "bold"), (" ›", "$accent")))
