"""A line of text that holds only so much, and says in words what it left out."""

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Input

from wizard.text import clean


class CappedInput(Input):
    """An input that takes the first line of a paste, up to its length, and tells when that was not all."""

    TOO_LONG = "That was too long: only as much was taken as fits, {longest} characters in all."
    """What is said about a paste that does not fit."""

    virtual_size = reactive(Size(0, 0))
    """Another letter changes what is drawn, not where anything stands: no layout for every letter."""

    class Cut(Message):
        """Posted when only part of a paste, or no more typing, was taken."""

        def __init__(self, field: "CappedInput", words: str) -> None:
            super().__init__()
            self.field = field
            self.words = words
            """One sentence for the person who pasted."""

        @property
        def control(self) -> "CappedInput":
            """Return the field that took only part."""
            return self.field

    def __init__(self, *, longest: int = 200, id: str | None = None, masked: bool = False) -> None:
        super().__init__(max_length=longest, id=id, password=masked, select_on_focus=not masked)
        self.longest = longest
        """Characters it can hold."""

    def restricted(self) -> None:
        """Say in words that the line is full."""
        self.post_message(self.Cut(self, f"This line is full: it holds {self.longest} characters."))

    def action_paste(self) -> None:
        """Take the first line of the program's own clipboard."""
        self.take(self.app.clipboard)

    def take(self, text: str) -> None:
        """Put pasted text at the cursor: its first line, as far as there is room."""
        lines = text[: self.longest * 100].splitlines() or [""]
        line = self.at_the_door(lines[0])
        start, end = sorted(self.selection)
        room = self.longest - len(self.value) + (end - start)
        self.replace(self.fitting(line, room), start, end)
        if len(line) > room:
            self.post_message(self.Cut(self, self.TOO_LONG.format(longest=self.longest)))
        elif len(lines) > 1:
            self.post_message(self.Cut(self, "That had several lines: only the first one was taken."))

    def fitting(self, line: str, room: int) -> str:
        """Return what is taken of a pasted line when there is room for so many characters."""
        return line[:room]

    def at_the_door(self, line: str) -> str:
        """Return the line without characters that could do anything but be shown."""
        return clean(line, self.longest + 1).text

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.take(event.text)
