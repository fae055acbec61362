"""Known issues in full: the words to say, and on the home screen a line to post or end one."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.safe import content, joined
from screens.widgets.capped import CappedInput

if TYPE_CHECKING:
    from wizard.desk import Desk
    from wizard.views.home import Banner

LABELS = {
    "text": "WHAT IS WRONG · for staff, such as: Portal slow since 8:10",
    "say": "SAY · what to tell families, if anything",
    "until": "UNTIL · 14:30 or 2h from now; empty: until somebody ends it",
}
"""The lines of the form and what belongs into each."""

LENGTHS = {"text": 120, "say": 300, "until": 40}

HELP = (
    "What is posted stands on top of every screen of every desk within a few seconds, with the words to say about it, "
    "until its time is over or somebody ends it. To end one: mark it in the list, then press the button."
)

NONE = "No known issue is posted."


class KnownIssuesScreen(ModalScreen[None]):
    """Shows what runs; with `can_post`, takes a new one and ends old ones."""

    CSS_PATH = "help.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f7", "dismiss", "Close", id="issues.close", tooltip="Return without posting anything"),
        Binding("f1", "help", "Help", id="issues.help", tooltip="What this is for, and all keys"),
    ]

    def __init__(self, desk: "Desk", can_post: bool) -> None:
        super().__init__()
        self._desk = desk
        self._can_post = can_post

    def compose(self) -> ComposeResult:
        """Stack what runs, the three lines, and the buttons."""
        with Vertical(id="panel") as panel:
            panel.border_title = content("Known issues")
            panel.border_subtitle = content("Esc closes")
            with VerticalScroll(can_focus=False):
                yield Static(content(""), id="running")
            if self._can_post:
                yield OptionList(id="running-list")
                for name, label in LABELS.items():
                    line = CappedInput(longest=LENGTHS[name], id=name)
                    line.border_title = content(label)
                    yield line
            yield Static(content(""), id="said")
            with Horizontal(id="buttons"):
                if self._can_post:
                    yield Button(content("Post"), id="post", variant="primary")
                    yield Button(content("End the marked one"), id="end")
                yield Button(content("Close"), id="close")

    def on_mount(self) -> None:
        """Show what runs."""
        self._show(self._desk.banners())
        self.query_one("#text" if self._can_post else "#close").focus()

    def action_help(self) -> None:
        """Say what this is for, and list the keys."""
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen("Known issues", HELP, self.active_bindings.values()))

    @on(Input.Submitted)
    def next_line(self, event: Input.Submitted) -> None:
        """Go on to the next line, or from the last one to the button."""
        event.stop()
        self.focus_next()

    @on(CappedInput.Cut)
    def explain(self, event: CappedInput.Cut) -> None:
        """Say why not everything was taken."""
        event.stop()
        self._say(event.words)

    @on(Button.Pressed, "#close")
    def close(self) -> None:
        """Leave."""
        self.dismiss()

    @on(Button.Pressed, "#post")
    def post(self) -> None:
        """Post what was written; what is wrong with it is said, and nothing is lost."""
        from wizard.trouble import TROUBLE

        text, say, until = (self.query_one(f"#{name}", CappedInput).value for name in LABELS)
        try:
            posted = self._desk.post_notice(text, say, until)
        except TROUBLE as error:
            self._say(str(error))
            return
        for name in LABELS:
            self.query_one(f"#{name}", CappedInput).value = ""
        self._say(f"✓ {posted.code} is posted: it is on every screen within a few seconds.")
        self._refresh()

    @on(Button.Pressed, "#end")
    def end(self) -> None:
        """End the one that is marked."""
        from wizard.trouble import TROUBLE

        listed = self.query_one("#running-list", OptionList)
        if listed.highlighted is None:
            self._say(NONE)
            return
        code = str(listed.get_option_at_index(listed.highlighted).id)
        try:
            self._desk.end_notice(code)
        except TROUBLE as error:
            self._say(str(error))
        else:
            self._say(f"✓ {code} is ended.")
        self._refresh()

    @on(OptionList.OptionSelected, "#running-list")
    def to_the_end_button(self, event: OptionList.OptionSelected) -> None:
        """Enter on one goes to the button that ends it: one key alone ends nothing."""
        event.stop()
        self.query_one("#end", Button).focus()

    def _refresh(self) -> None:
        running = self._desk.banners()
        self._show(running)
        if hasattr(self.app, "issues"):
            self.app.issues = running

    def _show(self, running: "tuple[Banner, ...]") -> None:
        words = Content("\n").join(map(_issue, running)) if running else content(NONE)
        self.query_one("#running", Static).update(words)
        if self._can_post:
            self.query_one("#running", Static).display = not running
            listed = self.query_one("#running-list", OptionList)
            listed.display = bool(running)
            listed.clear_options()
            listed.add_options([Option(_issue(banner), id=banner.code) for banner in running])
            listed.highlighted = 0 if running else None
            self.query_one("#end", Button).disabled = not running

    def _say(self, words: str) -> None:
        self.query_one("#said", Static).update(content(words))


def _issue(banner: "Banner") -> Content:
    say = joined(("\n    SAY ", "bold"), banner.say) if banner.say else content("")
    return joined((f"{banner.code}  ", "bold $accent"), (banner.text, "bold"), say)
