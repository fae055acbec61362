"""The line of keys at the foot of a screen.

One widget that draws all keys as one line. Textual's own Footer mounts a widget per key and builds all of them
anew whenever the focus moves; that was a third of the time between a key and its repaint (docs/performance.md).
Keys that do not fit are left out whole, with a mark; the help lists them all.
"""

from typing import NamedTuple

from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from screens.safe import content, joined

MORE = "…"
"""Stands where keys were left out."""


class Key(NamedTuple):
    """One key of the line."""

    key: str
    """As Textual names it."""
    label: str
    """As people read it, with what it does."""
    split: int
    """How many characters of the label name the key."""
    tooltip: str
    enabled: bool


class Keys(Widget):
    """The keys that do something now, the command palette's at the right end."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Keys { dock: bottom; height: 1; color: $footer-foreground; background: $footer-background; text-wrap: nowrap; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] = ()
        self._palette: Key | None = None
        self._spans: list[tuple[int, int, Key]] = []
        self._under: Key | None = None

    def on_mount(self) -> None:
        """Follow what the keys do."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def on_unmount(self) -> None:
        """Stop following."""
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _bindings_changed(self, screen: "Screen[object]") -> None:
        if self.is_attached and screen is self.screen and self.app.app_focus:
            self.call_after_refresh(self._read)

    def _read(self) -> None:
        if not self.is_attached or not self.app.screen_stack:
            return  # the screen was left meanwhile, or the program is ending
        active = self.screen.active_bindings
        shown: dict[str, Key] = {}
        for bound in active.values():
            if bound.binding.show and bound.binding.action not in shown:
                shown[bound.binding.action] = self._key(bound)
        palette = active.get(self.app.COMMAND_PALETTE_BINDING)
        keys, at_the_end = tuple(shown.values()), self._key(palette, "") if palette else None
        if (keys, at_the_end) != (self._keys, self._palette):
            self._keys, self._palette = keys, at_the_end
            self.refresh()

    def _key(self, bound: ActiveBinding, before: str = " ") -> Key:
        binding, name = bound.binding, self.app.get_key_display(bound.binding)
        tooltip = bound.tooltip or binding.tooltip or binding.description
        return Key(
            binding.key, f"{before}{name} {binding.description} ", len(f"{before}{name} "), tooltip, bound.enabled
        )

    def render(self) -> Content:
        """Draw the keys that fit, and remember where each stands."""
        end = self._palette.label if self._palette else ""
        room, x = self.size.width - len(end) - 1, 0
        parts: list[Content] = []
        self._spans = []
        for number, key in enumerate(self._keys):
            last = number == len(self._keys) - 1
            if x + len(key.label) > room - (0 if last else 1):
                parts.append(joined((MORE, "$footer-description-foreground")))
                x += 1
                break
            parts.append(self._draw(key))
            self._spans.append((x, x + len(key.label), key))
            x += len(key.label)
        if self._palette:
            parts.append(joined(" " * max(0, room - x)))
            parts.append(joined(("▏", "$foreground 20%")))
            parts.append(self._draw(self._palette))
            self._spans.append((room + 1, self.size.width, self._palette))
        return Content("").join(parts)

    def _draw(self, key: Key) -> Content:
        name, words = key.label[: key.split], key.label[key.split :]
        on = " on $block-hover-background" if key is self._under else ""
        dim = "" if key.enabled else " dim"
        return joined(
            (name, f"bold $footer-key-foreground{on}{dim}"), (words, f"$footer-description-foreground{on}{dim}")
        )

    # -- the mouse ---------------------------------------------------------------------------------------

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light the key under the mouse, and say what it does."""
        self._light(self._key_at(event.x))

    def on_leave(self) -> None:
        """Put the light out."""
        self._light(None)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key under the mouse."""
        key = self._key_at(event.x)
        if key and key.enabled:
            self.app.simulate_key(key.key)

    def _key_at(self, x: int) -> Key | None:
        return next((key for start, end, key in self._spans if start <= x < end), None)

    def _light(self, key: Key | None) -> None:
        if key != self._under:
            self._under = key
            self.tooltip = content(key.tooltip) if key else None
            self.refresh()
