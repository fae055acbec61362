"""The command palette: every binding of the present screen, found by its words.

The commands are the bindings themselves, so the palette can never offer something that is not there.
"""

from collections.abc import Iterator
from functools import partial

from textual.app import App
from textual.binding import ActiveBinding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import Screen

from screens.help import shown
from screens.safe import content, joined


class Commands(Provider):
    """Offers what the keys of the present screen do."""

    async def discover(self) -> Hits:
        """Offer everything before a letter is typed."""
        for active, name in self._commands():
            words = active.binding.tooltip or name
            yield DiscoveryHit(_display(active, name), partial(self._run, active), text=name, help=words)

    async def search(self, query: str) -> Hits:
        """Offer what matches the letters typed, in the name or in its explanation."""
        matcher = self.matcher(query)
        for active, name in self._commands():
            words = active.binding.tooltip or name
            score = max(matcher.match(name), matcher.match(words))
            if score > 0:
                yield Hit(score, _display(active, name), partial(self._run, active), text=name, help=words)

    def _commands(self) -> Iterator[tuple[ActiveBinding, str]]:
        seen: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            own = isinstance(active.node, Screen | App)  # a list's arrow keys are no commands
            if own and binding.id and binding.id not in seen and active.enabled:
                seen.add(binding.id)
                yield active, binding.description

    async def _run(self, active: ActiveBinding) -> None:
        await self.app.run_action(active.binding.action, active.node)


def _display(active: ActiveBinding, name: str) -> Content:
    return joined(name, (f"  {shown(active.binding.key)}", "$text-muted")) if name else content("")


class Everything(Provider):
    """All providers, one after another: Textual asks several in an order of chance."""

    async def discover(self) -> Hits:
        """Offer the keys' actions first, then languages, colors and settings."""
        for provider in self._providers():
            async for hit in provider.discover():
                yield hit

    async def search(self, query: str) -> Hits:
        """Offer whatever matches, each with its own score."""
        for provider in self._providers():
            async for hit in provider.search(query):
                yield hit

    def _providers(self) -> Iterator[Provider]:
        from textual.system_commands import SystemCommandsProvider

        from screens.languages import Languages
        from screens.seeking import Flows, SettingLines, Students

        spoken = (Languages,) if hasattr(self.screen, "speak") else ()
        for kind in (Commands, *spoken, SystemCommandsProvider, SettingLines, Students, Flows):
            yield kind(self.screen, self.match_style)
