"""Pages one after another on one screen: keys, buttons, the step indicator, and leaving with nothing lost unasked."""

from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, ContentSwitcher, Input, Static

from screens.confirm import ConfirmScreen
from screens.handoff.pages import Page
from screens.safe import content
from screens.widgets.keys import Keys
from screens.widgets.secret import SecretInput

STOP = ("Stop here?", "Nothing has been changed. What was typed will be forgotten.", "Stop", "Go on typing")
"""The question before what was typed is dropped."""

HELP = (
    "Enter goes to the next line, and from the last one to the next page. Nothing is changed before the last page, "
    "which shows what will happen and asks once. F2 goes back without losing anything."
)

EMPTIED = "The screen was locked, so passwords and answers were forgotten. Please type them again."


class PagedScreen(ModalScreen[bool]):
    """A screen that leads through its pages; the last one is confirmed."""

    TITLE = ""
    TURN = ""
    """Who should be at the keyboard, while the pages are filled."""

    CSS_PATH: ClassVar[Any] = "handoff.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", tooltip="Leave; nothing is changed", id="handoff.cancel"),
        Binding("f2", "back", "Back", tooltip="The page before; what is typed stays", id="handoff.back"),
        Binding("f8", "next", "Next", tooltip="The next page", id="handoff.next"),
        Binding("f1", "help", "Help", show=False, tooltip="What happens here, and all keys", id="handoff.help"),
        Binding("up", "app.focus_previous", "Line above", show=False, id="handoff.up"),
        Binding("down", "app.focus_next", "Line below", show=False, id="handoff.down"),
        Binding("pageup", "scroll_page(-1)", "Scroll up", show=False, id="handoff.pageup"),
        Binding("pagedown", "scroll_page(1)", "Scroll down", show=False, id="handoff.pagedown"),
    ]

    def __init__(self, pages: tuple[Page, ...], afterwards: tuple[Page, ...] = ()) -> None:
        super().__init__()
        self.pages = pages
        """The pages to fill, in order."""
        self._afterwards = afterwards
        self.changed = False
        """What the screen is dismissed with when it is left: whether anything may have happened."""
        self._emptied = False
        self.confirm_words = ""
        """The words on the last page's button."""

    # -- for subclasses ----------------------------------------------------------------------------------

    def ready(self) -> bool:
        """Make the last page ready; False keeps it from being shown."""
        return True

    def confirm(self) -> None:
        """Do what the last page announced."""
        raise NotImplementedError

    # -- drawing -----------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Heading, the page, a sentence when something is amiss, the buttons."""
        with Vertical(id="handoff"):
            with Horizontal(id="handoff-heading"):
                yield Static(Content(self.TITLE), id="handoff-title")
                yield Static(Content(""), id="handoff-step")
            if self.TURN:
                yield Static(Content(self.TURN), id="handoff-turn")
            with ContentSwitcher(id="handoff-pages"):
                yield from (*self.pages, *self._afterwards)
            yield Static(Content(""), id="handoff-notice")
            with Horizontal(id="handoff-buttons"):
                # In the order in which Tab goes through them: on, back, away.
                yield Button("Next", id="next", variant="primary")
                yield Button("Back", id="back")
                yield Static(id="handoff-gap")
                yield Button("Cancel", id="cancel")
        yield Keys()

    def on_mount(self) -> None:
        """Begin on the first page."""
        self.open_page(self.pages[0])

    def open_page(self, page: Page) -> None:
        """Go to a page; the last one must be ready first."""
        self.say("")
        if page is not self.pages[-1] or self.ready():
            self.show_page(page)

    def show_page(self, page: Page) -> None:
        """Put a page on screen, with the cursor where its typing starts."""
        self._put(page, self.confirm_words if page is self.pages[-1] else "Next")
        self.query_one("#next", Button).remove_class("-active")  # for 0.2 s after a press it would take no other
        # At once, so that no key typed right behind is lost; and again once everything is laid out.
        self._focus(page)
        self.call_after_refresh(self._focus, page)

    def show_afterwards(self, page: Page, button: str) -> None:
        """Put a page on screen that comes after the filling: only one button is left, and it has the focus."""
        self._put(page, button)
        self.query_one("#next", Button).focus()

    def _put(self, page: Page, button: str) -> None:
        self.query_one(ContentSwitcher).current = page.id
        self.set_class(page is self.pages[0], "-first")
        self.set_class(page in self._afterwards, "-over")
        self.query_one("#handoff-step", Static).update(content(self._step_words(page)))
        forward = self.query_one("#next", Button)
        forward.label = content(button)
        forward.refresh(layout=True)
        self.refresh_bindings()

    def _focus(self, page: Page) -> None:
        if self.page is page and not (self.focused and page in self.focused.ancestors):
            self.set_focus(page.begin() or self.query_one("#next", Button))

    def _step_words(self, page: Page) -> str:
        steps = list(dict.fromkeys(each.STEP for each in self.pages))
        numbered = len(steps) > 1 and page.STEP in steps
        return f"Step {steps.index(page.STEP) + 1} of {len(steps)}: {page.STEP}" if numbered else ""

    def say(self, words: str) -> None:
        """Show one sentence above the buttons, with the line it is about still in sight."""
        notice = self.query_one("#handoff-notice", Static)
        notice.update(content(words))
        notice.display = bool(words)
        if words and self.page:
            self.call_after_refresh(self.page.show_focused)

    @property
    def page(self) -> Page | None:
        """Return the page that is being filled; none afterwards."""
        current = self.query_one(ContentSwitcher).current
        return next((page for page in self.pages if page.id == current), None)

    def forget(self) -> None:
        """Empty every secret line."""
        for page in self.pages:
            page.forget()

    # -- keys and buttons --------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now; afterwards, nothing but the one button."""
        if not self.is_mounted or action not in ("cancel", "back", "next"):
            return True
        open_to = {
            "cancel": self.page is not None,
            "back": self.page not in (None, self.pages[0]),
            # The last page is confirmed on its button only: a key pressed twice must not confirm.
            "next": self.page not in (None, self.pages[-1]),
        }
        return open_to[action]

    @on(Button.Pressed, "#next")
    def action_next(self) -> None:
        """Go to the next page, or confirm, or leave when it is over; say what is lacking instead."""
        page = self.page
        if page is None:
            self.finish()
            return
        words, field = page.lacking()
        self.say(words)
        if field:
            field.focus()
        elif not words and page is self.pages[-1]:
            if not self._send_back():
                self.confirm()
        elif not words:
            self.open_page(self.pages[self.pages.index(page) + 1])

    def _send_back(self) -> bool:
        """Go to the first page that lacks something after all, as when the screen was locked in between."""
        for page in self.pages[:-1]:
            words, _ = page.lacking()
            if words:
                self.show_page(page)
                self.say(words)
                return True
        return False

    def finish(self) -> None:
        """Leave from a page that comes afterwards."""
        if self.is_current:
            self.dismiss(self.changed)

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """Go to the page before."""
        if self.page and self.page is not self.pages[0]:
            self.open_page(self.pages[self.pages.index(self.page) - 1])

    @on(Page.Filled)
    def _ready_to_go_on(self, event: Page.Filled) -> None:
        if event.go_on:
            self.action_next()
        else:
            self.query_one("#next", Button).focus()

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        """Enter goes to the next line, and from the last one to the next page."""
        lines: list[Widget] = list(self.page.query(Input)) if self.page else []
        later = lines[lines.index(event.input) + 1 :] if event.input in lines else []
        if later:
            self.set_focus(later[0])
        else:
            self.action_next()

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Leave; ask first when something was typed."""
        if any(page.typed() for page in self.pages):
            self.app.push_screen(ConfirmScreen(*STOP), self._leave)
        else:
            self.dismiss(self.changed)

    def _leave(self, leave: bool | None) -> None:
        if leave:
            self.dismiss(self.changed)

    # -- the lock ----------------------------------------------------------------------------------------

    @property
    def at_work(self) -> bool:
        """Whether the deed is on its way: nothing can be taken back now."""
        return False

    def before_lock(self) -> None:
        """Remember whether the lock is about to empty something."""
        self._emptied = any(line.value for line in self.query(SecretInput))

    def after_lock(self) -> None:
        """Go to the first page whose secrets were emptied, and say why they have to be typed again."""
        page, emptied, self._emptied = self.page, self._emptied, False
        if page is None or not emptied:
            return
        filled = self.pages[: self.pages.index(page) + 1]
        self.show_page(next((each for each in filled if each.lacking()[0]), page))
        self.say(EMPTIED)

    def on_screen_suspend(self) -> None:
        """Mask everything when another screen comes in front."""
        for page in self.pages:
            page.mask()

    def action_help(self) -> None:
        """Say what happens here, and list the keys; what is typed stays, masked."""
        from screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.TITLE, HELP, self.active_bindings.values()))

    def action_scroll_page(self, pages: int) -> None:
        """Scroll what is on screen by a page."""
        current = self.query_one(ContentSwitcher).visible_content
        if current:
            current.scroll_relative(y=pages * max(1, current.size.height - 1), animate=False)
