"""The pages of a hand-over: one is on screen at a time, and each knows what it still lacks."""

from collections.abc import Callable

from pydantic import SecretStr
from rich.table import Table
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from screens.safe import content, joined, plain
from screens.widgets.rules import RuleList
from screens.widgets.secret import SecretField, SecretInput
from wizard.views.handover import Preview, Rule

RulesOf = Callable[[str, str], tuple[Rule, ...]]
"""Password, and the same typed again -> how the rules stand."""


class Page(Vertical):
    """One page; it scrolls when the terminal is small."""

    STEP = ""
    """What the step indicator calls it; neighbours with the same name count as one step."""

    DEFAULT_CLASSES = "page"

    class Filled(Message):
        """Posted when nothing is left to do on this page: Enter may go on, or was pressed once more to do so."""

        def __init__(self, go_on: bool = False) -> None:
            super().__init__()
            self.go_on = go_on

    def lacking(self) -> tuple[str, Widget | None]:
        """Return what is not in order yet, in words, and the field to go to; no words when all is."""
        return "", None

    def begin(self) -> Widget | None:
        """Make ready, and return where the typing starts: the first empty line, else the first one."""
        lines = list(self.query(Input))
        return next((line for line in lines if not line.value), lines[0] if lines else None)

    def on_resize(self) -> None:
        """Keep the line with the cursor in sight when the room for it changes."""
        self.call_after_refresh(self.show_focused)

    def show_focused(self) -> None:
        """Scroll just so far down that the line with the cursor is in sight, and the words around it if they fit."""
        focused = self.screen.focused
        if focused and self in focused.ancestors:
            # A scroll that is under way was meant for the room there was before.
            self.app.animator.force_stop_animation(self, "scroll_y")
            field = next(part for part in self.children if part in focused.ancestors_with_self)
            self.scroll_home(animate=False, immediate=True)
            for part in (field, focused):
                self.scroll_to_widget(part, animate=False, immediate=True)

    def typed(self) -> bool:
        """Return whether anything was typed here."""
        return any(line.value for line in self.query(Input))

    def mask(self) -> None:
        """Close every eye."""
        for secret in self.query(SecretInput):
            secret.close_eye()

    def forget(self) -> None:
        """Empty every secret line."""
        for secret in self.query(SecretInput):
            secret.forget()


class PasswordPage(Page):
    """The new password, typed twice, with its rules live (D11, D12, D24)."""

    STEP = "Your password"

    def __init__(self, rules: RulesOf) -> None:
        super().__init__(id="password-page")
        self._rules = rules
        self.password = SecretField("Password", id="password")
        self.again = SecretField("Type it again", id="again")

    def compose(self) -> ComposeResult:
        """Two lines and the rules."""
        yield Static(Content("Make up a password that only you know. Keep it to yourself."), classes="lead intro")
        yield self.password
        yield self.again
        yield RuleList(id="password-rules", classes="rules")

    def on_mount(self) -> None:
        """Show the rules before anything is typed."""
        self.judge()

    @on(Input.Changed)
    def judge(self) -> None:
        """Ask again how the rules stand."""
        rules = self.query_one(RuleList)
        rules.started = self.typed()
        rules.rules = self._rules(*self._clear())

    def lacking(self) -> tuple[str, Widget | None]:
        """Return the first rule that is not fulfilled."""
        if not self.password.input.value:
            return "Type a password first.", self.password.input
        if not self.again.input.value:
            return "Type the same password once more, in the second line.", self.again.input
        broken = next((rule for rule in self._rules(*self._clear()) if rule.ok is False), None)
        return (f"Not yet: {broken.words}", self.password.input) if broken else ("", None)

    def secrets(self) -> tuple[SecretStr, SecretStr]:
        """Return the password, and what was typed again."""
        return self.password.secret, self.again.secret

    def _clear(self) -> tuple[str, str]:
        return self.password.input.value, self.again.input.value


class CheckPage(Page):
    """What will happen, before it happens."""

    STEP = "Check"

    def __init__(self) -> None:
        super().__init__(id="check-page")

    def compose(self) -> ComposeResult:
        """A headline and lines, filled by `show`."""
        yield Static(Content(""), id="check-title", classes="headline")
        yield Static(Content(""), id="check-lines")

    def show(self, preview: Preview) -> None:
        """Draw what will happen."""
        self.query_one("#check-title", Static).update(content(preview.title))
        self.query_one("#check-lines", Static).update(bullets(preview.lines))


class WorkingPage(Page):
    """While the store is at work."""

    def __init__(self) -> None:
        super().__init__(id="working-page")

    def compose(self) -> ComposeResult:
        """Words instead of a moving bar."""
        yield Static(Content("Working ..."), classes="headline")
        yield Static(Content("This takes a moment. Nothing else needs to be pressed."))


class OutcomePage(Page):
    """What the store confirmed, or why it did not happen."""

    def __init__(self) -> None:
        super().__init__(id="outcome-page")

    def compose(self) -> ComposeResult:
        """A word, the sentence, and whose turn it is."""
        yield Static(Content(""), id="outcome-title", classes="headline")
        yield Static(Content(""), id="outcome-words")
        yield Static(Content(""), id="outcome-turn")

    def show(self, done: bool, words: str, turn: str) -> None:
        """Draw the result exactly as it came back."""
        title = ("Done", "$good-foreground") if done else ("Not done", "$bad-foreground")
        self.query_one("#outcome-title", Static).update(joined(title))
        self.query_one("#outcome-words", Static).update(content(words))
        self.query_one("#outcome-turn", Static).update(content(turn))


def bullets(lines: tuple[str, ...]) -> Table:
    """Return lines with a dash before each; what wraps stays behind its dash."""
    table = Table.grid(padding=(0, 1, 0, 0))
    for line in lines:
        table.add_row("-", Text(plain(line)))
    return table
