"""The line under the top bar while a known issue runs: what is wrong, and the words to say about it."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from screens.safe import content, joined

if TYPE_CHECKING:
    from wizard.views.home import Banner


class KnownIssues(Static):
    """One line, hidden while nothing is posted; it follows the application's `issues`."""

    def __init__(self) -> None:
        super().__init__(content(""), id="known-issues")
        self.display = False

    def on_mount(self) -> None:
        """Follow what the application last read from the records."""
        if hasattr(self.app, "issues"):
            self.watch(self.app, "issues", self.show)

    def show(self, issues: "tuple[Banner, ...]") -> None:
        """Draw the newest one, and how many more there are."""
        self.display = bool(issues)
        self.update(_line(issues) if issues else content(""))


def _line(issues: "tuple[Banner, ...]") -> Content:
    newest = issues[0]
    more = (f"  (+{len(issues) - 1} more: F7)", "bold") if issues[1:] else ""
    say = joined(("  SAY ", "bold"), newest.say) if newest.say else content("")
    return joined((" ! ", "bold reverse"), " ", (newest.text, "bold"), more, say)
