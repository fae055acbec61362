"""The languages of the call in the command palette: each one by its own name."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from screens.safe import content

if TYPE_CHECKING:
    from wizard.views.step import Spoken, StepView


class Speaking(Protocol):
    """A screen whose words can be said in several languages."""

    view: "StepView | None"

    def speak(self, language: str) -> None:
        """Say it in a language."""


class Languages(Provider):
    """Offers to say it in each language of the district."""

    async def discover(self) -> Hits:
        """Offer every language before a letter is typed."""
        for spoken, name in self._offered():
            yield DiscoveryHit(content(name), partial(self._speak, spoken.code), text=name, help=_HELP)

    async def search(self, query: str) -> Hits:
        """Offer the languages that match the letters typed."""
        matcher = self.matcher(query)
        for spoken, name in self._offered():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, content(name), partial(self._speak, spoken.code), text=name, help=_HELP)

    def _offered(self) -> "Iterator[tuple[Spoken, str]]":
        view = self._call.view
        several = view.languages if view and len(view.languages) > 1 else ()
        return ((spoken, _name(spoken)) for spoken in several)

    @property
    def _call(self) -> Speaking:
        return cast(Speaking, self.screen)

    def _speak(self, code: str) -> None:
        self._call.speak(code)


def _name(spoken: "Spoken") -> str:
    own = "" if spoken.name == spoken.name_in_english else f" · {spoken.name}"
    return f"Language: {spoken.name_in_english}{own}"


_HELP = "Say it to the family in this language; the English stays beside it"
