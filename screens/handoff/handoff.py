"""What every hand-over does: pages in order, one preview, one confirm, one deed, and what the store says.

Dismissed with True when something happened to the call (the call screen then reads the view again), with
False when it was left without anything having been tried.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual._path import CSSPathType
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Button, ContentSwitcher, Footer, Input, Static
from textual.worker import Worker, WorkerState

from flows.case import Receipt
from screens.confirm import ConfirmScreen
from screens.handoff.pages import CheckPage, OutcomePage, Page, WorkingPage
from screens.safe import content
from wizard.views import Form, Preview, Refused

if TYPE_CHECKING:
    from wizard.casework import Casework

CORRECTABLE = frozenset({"form", "reason", "used-before", "wrong-answers", "busy", "not-saved"})
"""Refusals that something typed, or another try, can put right; every other one is a state of the records."""

STOP = ("Stop here?", "Nothing has been changed. What was typed will be forgotten.", "Stop", "Go on typing")
"""The question before what was typed is dropped."""


class HandOff(ModalScreen[bool]):
    """A hand-over with its pages; a subclass says which, and what form they fill."""

    TITLE = ""
    TURN = ""
    """Who should be at the keyboard, while the pages are filled."""
    TURN_BACK = ""
    """Who should be at the keyboard when it is over."""
    RETRY_AT: ClassVar[Mapping[str, str]] = {}
    """Refusal code -> the id of the page where it is put right; the others stay at the last page."""

    CSS_PATH: ClassVar[CSSPathType | None] = "handoff.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", tooltip="Leave; nothing is changed", id="handoff.cancel"),
        Binding("f2", "back", "Back", tooltip="The page before; what is typed stays", id="handoff.back"),
        Binding("f8", "next", "Next", tooltip="The next page", id="handoff.next"),
        Binding("up", "app.focus_previous", "Line above", show=False, id="handoff.up"),
        Binding("down", "app.focus_next", "Line below", show=False, id="handoff.down"),
        Binding("pageup", "scroll_page(-1)", "Scroll up", show=False, id="handoff.pageup"),
        Binding("pagedown", "scroll_page(1)", "Scroll down", show=False, id="handoff.pagedown"),
    ]

    def __init__(self, casework: "Casework") -> None:
        super().__init__()
        self.casework = casework
        self.pages: tuple[Page, ...] = self.make_pages()
        self._started_at = casework.view.key
        self._tried = False
        """Whether something was attempted: the call may have moved, or has new advice."""
        self._confirm_words: Content | None = None
        """The words on the confirm button, once there was a preview."""

    # -- for subclasses ----------------------------------------------------------------------------------

    def make_pages(self) -> tuple[Page, ...]:
        """Return the pages in order; the last one shows the preview and confirms."""
        return (CheckPage(),)

    def form(self) -> Form:
        """Return what was filled in."""
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
                yield from (*self.pages, WorkingPage(), OutcomePage())
            yield Static(Content(""), id="handoff-notice")
            with Horizontal(id="handoff-buttons"):
                yield Button("Cancel", id="cancel")
                yield Static(id="handoff-gap")
                yield Button("Back", id="back")
                yield Button("Next", id="next", variant="primary")
        yield Footer()

    def on_mount(self) -> None:
        """Begin on the first page."""
        self.open_page(self.pages[0])

    def open_page(self, page: Page) -> None:
        """Put a page on screen; the last one asks for its preview first."""
        self.say("")
        if page is not self.pages[-1] or self._previewed():
            self._show(page)

    def _show(self, page: Page) -> None:
        self._put(page.id)
        self.set_class(page is self.pages[0], "-first")
        self._relabel(self._confirm_words if page is self.pages[-1] else None)
        self.query_one("#handoff-step", Static).update(content(self._step_words(page)))
        # At once, so that no key typed right behind is lost; and again once everything is laid out.
        self._focus(page)
        self.call_after_refresh(self._focus, page)

    def _focus(self, page: Page) -> None:
        if self.page is not page or (self.focused and page in self.focused.ancestors):
            return
        self.set_focus(page.begin() or self.query_one("#next", Button))

    def _put(self, page: str | None) -> None:
        self.query_one(ContentSwitcher).current = page
        self.set_class(page in ("working-page", "outcome-page"), "-over")
        self.refresh_bindings()

    def _relabel(self, words: Content | None) -> None:
        button = self.query_one("#next", Button)
        button.label = words or Content("Next")
        button.refresh(layout=True)

    def _step_words(self, page: Page) -> str:
        steps = list(dict.fromkeys(each.STEP for each in self.pages))
        return f"Step {steps.index(page.STEP) + 1} of {len(steps)}: {page.STEP}" if len(steps) > 1 else ""

    def say(self, words: str) -> None:
        """Show one sentence above the buttons."""
        notice = self.query_one("#handoff-notice", Static)
        notice.update(content(words))
        notice.display = bool(words)
        if words and self.focused:
            self.call_after_refresh(self.focused.scroll_visible, animate=False)

    @property
    def page(self) -> Page | None:
        """Return the page on screen; none while working and when it is over."""
        current = self.query_one(ContentSwitcher).current
        return next((page for page in self.pages if page.id == current), None)

    # -- preview, confirm, deed --------------------------------------------------------------------------

    def _previewed(self) -> bool:
        """Show what would happen. A state that forbids it is recorded by the attempt, and shown."""
        preview = self.casework.preview(self.form())
        if isinstance(preview, Preview):
            self.show_preview(preview)
            return True
        if preview.code in CORRECTABLE:
            self.say(preview.reason)
        else:
            self.perform()
        return False

    def show_preview(self, preview: Preview) -> None:
        """Draw the preview, and put its words on the button."""
        self._confirm_words = content(preview.confirm)
        self.query_one(CheckPage).show(preview)

    def perform(self) -> None:
        """Do it, once, off the screen's thread."""
        self._tried = True
        self.say("")
        self._put("working-page")
        # The button stays and keeps the focus: hidden and shown again at once, it would lose it.
        self._relabel(Content("Working ..."))
        self.query_one("#handoff-step", Static).update(Content(""))
        self._work(self.form())

    @work(thread=True, exclusive=True, group="deed", description="deed")
    def _work(self, form: Form) -> Receipt | Refused:
        return self.casework.perform(form)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show the result when it is there."""
        result = event.worker.result
        if event.state is WorkerState.SUCCESS and isinstance(result, Receipt | Refused):
            self.came_back(result)

    def came_back(self, result: Receipt | Refused) -> None:
        """Show a receipt or a final refusal; after any other refusal, go on where it can be put right."""
        if isinstance(result, Receipt):
            self._over(True, result.words)
        elif self.can_retry(result):
            self.retry(result)
        else:
            self._over(False, result.reason)

    def can_retry(self, refused: Refused) -> bool:
        """Return whether the call stands where it stood, and typing something else may help."""
        stands = self.casework.view.key == self._started_at
        return stands and refused.code in CORRECTABLE and self._confirm_words is not None

    def retry(self, refused: Refused) -> None:
        """Go to the page where the refusal can be put right, with its reason; its secrets are typed anew."""
        where = self.RETRY_AT.get(refused.code, self.pages[-1].id)
        page = next(page for page in self.pages if page.id == where)
        page.forget()
        self._show(page)
        self.say(refused.reason)

    def _over(self, done: bool, words: str) -> None:
        self.forget()
        self.query_one(OutcomePage).show(done, words, self.TURN_BACK)
        self._put("outcome-page")
        self._relabel(Content("Continue"))
        self.query_one("#next", Button).focus()

    def forget(self) -> None:
        """Empty every secret line."""
        for page in self.pages:
            page.forget()

    # -- keys and buttons --------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now; while the store is at work, nothing."""
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
            self._continue()
            return
        words, field = page.lacking()
        self.say(words)
        if field:
            field.focus()
        elif not words and page is self.pages[-1]:
            self.perform()
        elif not words:
            self.open_page(self.pages[self.pages.index(page) + 1])

    def _continue(self) -> None:
        if self.query_one(ContentSwitcher).current == "outcome-page" and self.is_current:
            self.dismiss(True)

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """Go to the page before."""
        if self.page and self.page is not self.pages[0]:
            self.open_page(self.pages[self.pages.index(self.page) - 1])

    @on(Page.Filled)
    def _ready_to_go_on(self) -> None:
        self.query_one("#next", Button).focus()

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        """Enter goes to the next line, and from the last one to the next page."""
        lines: list[Widget] = list(self.page.query(Input)) if self.page else []
        later = lines[lines.index(event.input) + 1 :] if event.input in lines else []
        if later:
            later[0].focus()
        else:
            self.action_next()

    @on(Button.Pressed, "#cancel")
    def action_cancel(self) -> None:
        """Leave; ask first when something was typed."""
        if any(page.typed() for page in self.pages):
            self.app.push_screen(ConfirmScreen(*STOP), self._leave)
        else:
            self.dismiss(self._tried)

    def _leave(self, leave: bool | None) -> None:
        if leave:
            self.dismiss(self._tried)

    def on_screen_suspend(self) -> None:
        """Mask everything when another screen comes in front."""
        for page in self.pages:
            page.mask()

    def action_scroll_page(self, pages: int) -> None:
        """Scroll what is on screen by a page."""
        current = self.query_one(ContentSwitcher).visible_content
        if current:
            current.scroll_relative(y=pages * max(1, current.size.height - 1), animate=False)
