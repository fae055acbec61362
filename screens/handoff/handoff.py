"""What every hand-over does: one preview, one confirm, one deed, and what the store says about it.

Dismissed with True when something happened to the call (the call screen then reads the view again), with
False when it was left without anything having been tried.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.worker import Worker, WorkerState

from flows.case import Receipt
from screens.handoff.pages import CheckPage, OutcomePage, Page, WorkingPage
from screens.handoff.paging import PagedScreen
from wizard.deeds import CORRECTABLE
from wizard.views.forms import Form
from wizard.views.handover import Preview, Refused

if TYPE_CHECKING:
    from wizard.casework import Casework


class HandOff(PagedScreen):
    """The pages of one action; a subclass says which, and what form they fill."""

    TURN_BACK = ""
    """Who should be at the keyboard when it is over."""
    RETRY_AT: ClassVar[Mapping[str, str]] = {}
    """Refusal code -> the id of the page where it is put right; the others stay at the last page."""

    def __init__(self, casework: "Casework") -> None:
        self.casework = casework
        self._started_at = casework.view.key
        self._working, self._outcome = WorkingPage(), OutcomePage()
        super().__init__(self.make_pages(), (self._working, self._outcome))

    def make_pages(self) -> tuple[Page, ...]:
        """Return the pages in order; the last one shows the preview and confirms."""
        return (CheckPage(),)

    def form(self) -> Form:
        """Return what was filled in."""
        raise NotImplementedError

    def ready(self) -> bool:
        """Show what would happen. A state of the records that forbids it is noted with the call, and shown."""
        preview = self.casework.forms.preview(self.form())
        if isinstance(preview, Preview):
            self.show_preview(preview)
            return True
        if preview.code in CORRECTABLE:
            self.say(preview.reason)
        else:
            self.changed = True
            self._tell(self.casework.refuse(preview))
        return False

    def show_preview(self, preview: Preview) -> None:
        """Draw the preview, and put its words on the button."""
        self.confirm_words = preview.confirm
        self.query_one(CheckPage).show(preview)

    def confirm(self) -> None:
        """Do it, once, off the screen's thread."""
        self.changed = True
        self.say("")
        # The button stays and keeps the focus: hidden and shown again at once, it would lose it.
        self.show_afterwards(self._working, "Working ...")
        self._work(self.form())

    @work(thread=True, exclusive=True, group="deed", description="deed")
    def _work(self, form: Form) -> Receipt | Refused:
        return self.casework.perform(form)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show a receipt or a final refusal; after any other refusal, go on where it can be put right."""
        if event.state is not WorkerState.SUCCESS:
            return
        if event.worker.result is not None:
            self._tell(event.worker.result)

    def _tell(self, done: Receipt | Refused) -> None:
        if isinstance(done, Receipt):
            self._over(True, done.words)
        elif self._can_retry(done):
            self.retry(done)
        else:
            self._over(False, done.reason)

    def _can_retry(self, refused: Refused) -> bool:
        """Return whether the call stands where it stood, and typing something else may help."""
        stands = self.casework.view.key == self._started_at
        return stands and refused.code in CORRECTABLE and bool(self.confirm_words)

    def retry(self, refused: Refused) -> None:
        """Go to the page where the refusal can be put right, with its reason; its secrets are typed anew."""
        where = self.RETRY_AT.get(refused.code, self.pages[-1].id)
        page = next(page for page in self.pages if page.id == where)
        page.forget()
        self.show_page(page)
        self.say(refused.reason)

    def _over(self, done: bool, words: str) -> None:
        self.forget()
        self._outcome.show(done, words, self.TURN_BACK)
        self.show_afterwards(self._outcome, "Continue")

    @property
    def at_work(self) -> bool:
        """Whether the store is asked right now."""
        return bool(self._working.display)

    def finish(self) -> None:
        """Leave when it is over; while the store is at work, stay."""
        if self._outcome.display:
            super().finish()
