"""Where a call stands: its case as last saved, and what there is to say about what just happened.

When the store cannot save, the case stays as it was, and what is said tells so.
"""

from collections.abc import Callable

from flows import engine
from flows.case import Answer, Case
from wizard import expiry, meeting
from wizard.around import Around
from wizard.aside import put_aside
from wizard.keeping import keep
from wizard.records import Conflict, RecordsError
from wizard.setting import Setting


class Progress:
    """One case under way; one thread at a time."""

    def __init__(self, setting: Setting, case: Case) -> None:
        self.setting = setting
        self.case = case
        """As last saved."""
        self.since = setting.clock()
        """Since when this step is on screen."""
        self.around = Around()
        self.advice = ""
        """What to do after an answer that left the call at its step."""
        self.notice = ""
        """What just happened."""
        self.saved = True
        """Whether the records hold what was last done."""
        self._hidden = False
        """Whether it is to be forgotten who is calling, and the records could not be told so yet."""

    @property
    def here(self) -> engine.Visit:
        """The step on screen."""
        return engine.current(self.setting.library, self.case)

    # -- what is said

    def say(self, *words: str, advice: str = "") -> None:
        """Say this and nothing else, about something the records hold."""
        self.notice, self.advice, self.saved = " ".join(filter(None, words)), advice, True

    def add(self, words: str) -> None:
        """Say one sentence more."""
        self.notice = " ".join(filter(None, (self.notice, words)))

    def not_saved(self, error: RecordsError) -> None:
        """Say that the records do not hold what was just done, and why."""
        words = str(error)
        self.notice = words if words.startswith("Not saved:") else f"Not saved: {words}"
        self.saved = False

    # -- where it goes

    def look(self, case: Case) -> None:
        """Look at another step; nothing is saved by looking."""
        self.case, self.since = case, self.setting.clock()
        self.say()

    def turn(self, case: Case, words: str = "") -> None:
        """Go on with a case that was stored elsewhere: a colleague's, or another child's."""
        self.look(case)
        self.say(words)
        self.around = Around()
        if self._hidden:
            self.forget()

    def switch(self, to: Callable[[], Case]) -> None:
        """Go on with the case that this stores and returns; stay when it cannot be stored."""
        try:
            self.turn(to())
        except RecordsError as error:
            self.not_saved(error)

    def move(self, case: Case, what: str, result: str, given: Answer | None = None) -> bool:
        """Save the case; on trouble with the store nothing changes, that is said, and False returns.

        When a colleague has saved the call meanwhile, both are brought together, and it is said how.
        """
        self.say()
        here = self.here.key
        if self._hidden and not self.forget():
            return False
        try:
            self.case = keep(self.setting, self.case, case, what, result)
        except Conflict:
            return self._meet(case, given, what, result)
        except RecordsError as error:
            self.not_saved(error)
            return False
        if self.here.key != here:
            self.since = self.setting.clock()
        return True

    # -- who is calling

    def forget(self) -> bool:
        """Forget who is calling, here and on disk; until that is stored, it is hidden from whatever is loaded."""
        self._hidden = False
        try:
            self.turn(expiry.expire(self.setting, self.case))
        except RecordsError as error:
            self._hidden = True
            self.not_saved(error)
        # A call that a colleague has ended stays as it is on disk, but it is no longer shown who it was about.
        self.case = put_aside(self.setting, self.case)
        return not self._hidden

    # -- two people at one call

    def _meet(self, case: Case, given: Answer | None, what: str, result: str) -> bool:
        try:
            met = meeting.meet(self.setting, self.case, case, given, what, result)
        except RecordsError as error:
            self.not_saved(error)
            return False
        self.turn(met.case, met.words)
        return met.saved and given is None

    def follow(self) -> bool:
        """Go on with the call as somebody else has saved it meanwhile; False when nobody has, or nobody can tell."""
        if self._hidden and self.forget():
            return True
        try:
            met = meeting.look(self.setting, self.case)
        except RecordsError:
            return False
        if met is None or (met.case.revision == self.case.revision and met.words == self.notice):
            return False  # nobody has, or that the records no longer hold it is said already
        here, since = self.here.key, self.since
        self.turn(met.case, met.words)
        if self.here.key == here:
            self.since = since
        return True
