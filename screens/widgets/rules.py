"""The live list of rules: each with its state in words, and its reason as long as it is not fulfilled."""

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.reactive import reactive
from textual.widgets import Static

from screens.safe import plain
from wizard.views.handover import Rule

STATES = {True: "ok", False: "not yet", None: "-"}
"""How a rule stands, in words; colour only repeats them. A dash: it cannot be told yet."""


class RuleList(Static):
    """Which rules are fulfilled."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"rule--ok", "rule--not-yet", "rule--open", "rule--reason"}

    rules: reactive[tuple[Rule, ...]] = reactive(tuple, init=False)
    """The rules as they stand now."""
    started: reactive[bool] = reactive(False, init=False)
    """Whether anything is typed: before that, rules that cannot be told yet keep their reasons to themselves."""

    def on_mount(self) -> None:
        """Wear the colors of another theme when there is one."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._draw())

    def watch_rules(self) -> None:
        """Draw them again."""
        self._draw()

    def watch_started(self) -> None:
        """Draw them again."""
        self._draw()

    def _draw(self) -> None:
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(width=len("not yet"), no_wrap=True)
        table.add_column()
        for rule in self.rules:
            table.add_row(Text(STATES[rule.ok], self._style(rule)), self._words(rule))
        self.update(table)

    def _style(self, rule: Rule) -> str:
        name = {True: "rule--ok", False: "rule--not-yet", None: "rule--open"}[rule.ok]
        return str(self.get_component_rich_style(name, partial=True))

    def _words(self, rule: Rule) -> Text:
        words = Text(plain(rule.words))
        if rule.reason and (rule.ok is False or (rule.ok is None and self.started)):
            words.append(f" - {plain(rule.reason)}", self.get_component_rich_style("rule--reason", partial=True))
        return words
