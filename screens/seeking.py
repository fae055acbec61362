"""The command palette beyond keys: every flow, every student, every setting, found by their words.

Students and flows are offered on the screens that can go on with them; a hand-over, where the student sits at the
keyboard, offers neither.
"""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from screens.safe import content, joined, plain

if TYPE_CHECKING:
    from screens.app import PortalWizard
    from wizard.desk import Desk

SHORTEST = 2
"""Letters after which students are looked for."""

STUDENTS = 10
"""Students offered in the palette; `/` lists more."""


STUDENT_SCORE = 10.0
"""Above names that only have the letters somewhere, below those that have the word itself."""


class _AtTheDesk(Provider):
    """What is offered where a student can be looked for."""

    @property
    def _wizard(self) -> "PortalWizard":
        return cast("PortalWizard", self.app)

    @property
    def _desk(self) -> "Desk | None":
        return self._wizard.home.desk if hasattr(self.screen, "take_student") else None


class Students(_AtTheDesk):
    """Offers the students that match, with what a search shows of them and no more."""

    async def search(self, query: str) -> Hits:
        """Offer students by ID, username or any part of the name."""
        if self._desk is None or len(query.strip()) < SHORTEST:
            return
        screen = cast(Any, self.screen)
        for place, hit in enumerate(self._desk.search(query, STUDENTS)):
            grade = f"grade {hit.grade}" if hit.grade else ""
            words = " · ".join(filter(None, (hit.masked_id, grade, hit.school)))
            name = joined((plain(hit.name, 40), "bold"), f"  {plain(words, 70)}")
            take = partial(screen.take_student, hit)
            yield Hit(STUDENT_SCORE - place / 100, name, take, text=plain(hit.name, 40), help=_STUDENT)


class Flows(_AtTheDesk):
    """Offers every flow: to be read, or to go there when one answer of the step on screen leads right into it."""

    async def search(self, query: str) -> Hits:
        """Offer the flows whose titles match."""
        for code, title in self._titles():
            name = plain(f"Flow: {title}", 70)
            if score := _score(query, name):
                way = self._way(code)
                label = f"  {plain(way.label, 60)}" if way else ""
                display = joined(name, (label, "$text-muted"))
                yield Hit(score, display, partial(self._open, code), text=name, help=_INTO if way else _READ)

    def _titles(self) -> Iterator[tuple[str, str]]:
        from wizard import openings

        if self._desk:
            yield from openings.titles(self._desk.library)

    def _way(self, flow: str) -> Any:
        return self.screen.way_into(flow) if hasattr(self.screen, "way_into") else None

    def _open(self, flow: str) -> None:
        from screens.map import MapScreen
        from wizard.callmap import flow_rows

        if self._way(flow):
            cast(Any, self.screen).go_into(flow)
        elif self._desk:
            rows = flow_rows(self._desk, flow)
            self.app.push_screen(MapScreen(rows, f"Flow: {self._desk.library.flows[flow].title}"))


class SettingLines(Provider):
    """Offers every line of the settings: the screen opens there."""

    async def discover(self) -> Hits:
        """Offer the lines before a letter is typed."""
        for line, name in self._lines():
            yield DiscoveryHit(content(name), partial(self._open, line), text=name, help=_SETTING)

    async def search(self, query: str) -> Hits:
        """Offer the lines whose words match."""
        for line, name in self._lines():
            if score := _score(query, name):
                yield Hit(score, content(name), partial(self._open, line), text=name, help=_SETTING)

    def _lines(self) -> Iterator[tuple[str, str]]:
        from screens.settings import LABELS

        if cast("PortalWizard", self.app).home.desk and hasattr(self.screen, "take_student"):
            yield from ((line, f"Setting: {words}") for line, words in LABELS.items())

    def _open(self, line: str) -> None:
        self.app.call_later(self._show, line)

    def _show(self, line: str) -> None:
        cast("PortalWizard", self.app).action_settings()
        screen = self.app.screen
        screen.call_after_refresh(lambda: [each.focus() for each in screen.query(f"#{line}")][:1])


def _score(query: str, name: str) -> float:
    """Return how well a name fits: every word typed has to stand in it."""
    words = name.casefold()
    return STUDENT_SCORE + 1 if all(part in words for part in query.casefold().split()) else 0


# The palette reads help as markup, so it is always one of these sentences and never text from outside.
_STUDENT = "Goes on with this student"
_INTO = "Gives this answer, which leads there"
_READ = "Shows its steps, to be read; nothing is answered"
_SETTING = "Opens the settings at this line"
