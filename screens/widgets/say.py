"""What is spoken and what staff do: the words of a step."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.safe import content, joined

if TYPE_CHECKING:
    from wizard.views.step import StepView

FELL_BACK = {"missing": "not in {name} yet", "stale": "{name} is out of date"}
"""Why English stands where another language was asked for."""

HOW_TO_SAY = {"phone": "SAY · read it aloud, word for word", "counter": "SAY · tell them"}


def say_title(view: "StepView") -> str:
    """Return the title of the spoken words: how to say them, and in which language unless it is English."""
    how = HOW_TO_SAY[view.card.channel if view.card else "counter"]
    spoken = next((each for each in view.languages if each.code == view.language), None)
    if view.language == "en" or spoken is None:
        return how
    say, _, manner = how.partition(" · ")
    told = FELL_BACK[view.fallback].format(name=spoken.name_in_english) if view.fallback else spoken.name
    return f"{say} · {told} · {manner.removeprefix('read it aloud, ')}"


class Labeled(Vertical):
    """A panel with a short label in its border; hidden while it has nothing to say."""

    def __init__(self, label: str, *, id: str) -> None:
        super().__init__(id=id, classes="labeled")
        self.border_title = content(label)

    def compose(self) -> ComposeResult:
        """Hold the words."""
        yield Static(content(""), classes="words")

    def show(self, words: str) -> None:
        """Draw the words, or nothing at all."""
        self.display = bool(words)
        self.query_one(".words", Static).update(content(words))


class Say(Labeled):
    """The words to say; in large type their lines stand apart, and so do the words in a line."""

    _words = ""
    _fitted = 0

    def on_mount(self) -> None:
        """Follow the user's wish for large type."""
        if hasattr(self.app, "settings"):
            self.watch(self.app, "settings", self._draw, init=False)

    def show(self, words: str) -> None:
        """Draw the words, or nothing at all."""
        self._words = words
        self.display = bool(words)
        self._draw()

    def on_resize(self) -> None:
        """Set large type anew when the lines have become longer or shorter."""
        if self.size.width != self._fitted:
            self._draw()

    def _draw(self) -> None:
        self._fitted = self.size.width
        for line in self.query(".words").results(Static):  # none while the screen is being taken down
            large = self.app.has_class("-large-say")
            line.update(spread(self._words, line.size.width) if large else content(self._words))


def spread(words: str, width: int) -> Content:
    """Return the words in lines of that width with an empty one between each two, and more room between words."""
    wide = content(words.replace(" ", "\N{NO-BREAK SPACE} "))
    return Content("\n\n").join(wide.wrap(width)) if width > 0 else wide


class Instruction(Horizontal):
    """What staff do, beside its label; hidden while there is nothing to do."""

    def compose(self) -> ComposeResult:
        """Lay out label and words."""
        yield Static(content("DO"), classes="do-label")
        yield Static(content(""), classes="words")

    def show(self, words: str) -> None:
        """Draw the words, or nothing at all."""
        self.display = bool(words)
        self.query_one(".words", Static).update(content(words))


class English(Horizontal):
    """What the line says in English, beside another language; hidden while English is spoken."""

    def compose(self) -> ComposeResult:
        """Lay out label and words."""
        yield Static(content("EN"), classes="english-label")
        yield Static(content(""), classes="words")

    def show(self, words: str) -> None:
        """Draw the words, or nothing at all."""
        self.display = bool(words)
        self.query_one(".words", Static).update(content(words))


class Words(VerticalScroll, can_focus=False):
    """Notice, advice, SAY and DO of one step, scrolled together when they are long."""

    def compose(self) -> ComposeResult:
        """Stack what was just said, what to say now and what to do."""
        yield Static(content(""), id="notice")
        with Container(id="spoken"):
            yield Say("SAY", id="say")
            yield English(id="english")
        yield Instruction(id="do")
        yield Static(content(""), id="advice")

    def show(self, view: "StepView") -> None:
        """Draw a step's words from the top."""
        said = view.said or view.say
        self.query_one(Say).border_title = content(say_title(view))
        self.query_one(Say).show(said)
        self.query_one(English).show("" if said == view.say else view.say)
        self.query_one("#spoken").display = bool(said)
        self.query_one("#do", Instruction).show(view.do)
        self.say_notice(view.notice)
        advice = self.query_one("#advice", Static)
        beside_the_line = view.kind == "entry" and view.pane != "student"
        advice.display = bool(view.advice) and not beside_the_line
        advice.update(joined(("! ", "bold"), view.advice))
        self.scroll_home(animate=False)

    def say_notice(self, words: str) -> None:
        """Draw one sentence about what just happened, or nothing."""
        notice = self.query_one("#notice", Static)
        notice.display = bool(words)
        notice.update(joined(("» ", "bold"), words))
