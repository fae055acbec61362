"""One call in progress: what screens and the admin command talk to.

Every method takes what a person gave and returns the next view. When the store cannot save, nothing changes
and the view says so. One thread at a time; `perform` may run in a worker thread while the screen waits for it.
"""

from collections.abc import Mapping

from flows import engine
from flows.case import Case, Parked, Receipt
from wizard import answering, callmap, deeds, expiry, family, meeting, readout, revisions, verifying, viewing
from wizard.aside import put_aside
from wizard.forms import Forms
from wizard.handouts import Handouts
from wizard.progress import Progress
from wizard.records import Conflict, RecordsError
from wizard.setting import Setting
from wizard.text import clean
from wizard.views.beside import GuardianView, MapRow, ReadOut
from wizard.views.card import ChildView
from wizard.views.forms import Form
from wizard.views.handover import Refused
from wizard.views.step import StepView

NOTE_LIMIT = 2_000
"""Characters kept of the note."""


class Casework:
    """The call on screen."""

    def __init__(self, setting: Setting, case: Case) -> None:
        self._at = Progress(setting, case)

    @property
    def case(self) -> Case:
        """The case as last saved."""
        return self._at.case

    @property
    def view(self) -> StepView:
        """The step on screen, ready to be drawn."""
        at, setting, case = self._at, self._at.setting, self._at.case
        known = setting.known(case)
        notice = " ".join(filter(None, (at.notice, self._remark)))
        view = viewing.step_view(setting, case, known, at.advice, notice, at.around.about(setting, case, known))
        return at.around.with_family(view._replace(since=at.since, saved=at.saved), setting, case)

    @property
    def _remark(self) -> str:
        key, remarks = self._at.here.key, self._at.setting.remarks
        return remarks.get(key) or remarks.get(f"{key.partition('/')[0]}/", "")

    @property
    def facts(self) -> Mapping[str, str]:
        """What the call has established."""
        return self._at.setting.facts(self.case)

    def taken(self) -> set[tuple[str, str]]:
        """Return every exit the trail takes: (step key, code)."""
        visits = engine.trail(self._at.setting.library, self.case)
        return {(visit.key, visit.answer.code) for visit in visits if visit.answer}

    def map(self) -> tuple[MapRow, ...]:
        """Return where the call stands among all steps of its flow, and how it came there."""
        return callmap.rows(self._at.setting, self.case)

    # -- answers

    def begin(self) -> StepView:
        """Ask the records what they can answer, and save: the first thing done with a new or resumed case."""
        return self._under("resumed" if self.case.answers else "opened")

    def renew(self, setting: Setting) -> StepView:
        """Go on under other flows, as an author saves them; the notice says which question changed."""
        self._at.setting = setting
        if self.case.library == setting.library.version or self.case.status == "closed":
            return self.view
        self._at.case = engine.resume(setting.library, self.case)
        return self._under("renewed")

    def _under(self, what: str) -> StepView:
        before, library = self.case, self._at.setting.library
        under = before.model_copy(update={"library": library.version, "parked": None})
        if self._at.move(under, what, library.version):
            self._at.say(meeting.handed_words(self._at.setting, before), revisions.words(library, before, self.case))
        return self.view

    def choose(self, code: str) -> StepView:
        """Give one of the listed answers. Raises KeyError for a code that is not listed."""
        answering.choose(self._at, code)
        return self.view

    def enter(self, typed: str) -> StepView:
        """Give a typed answer; the step's check turns it into a code. Raises KeyError at another kind of step."""
        answering.enter(self._at, typed)
        return self.view

    def pick(self, student_id: str) -> StepView:
        """Answer the student search with the student picked from its results."""
        answering.pick(self._at, student_id)
        return self.view

    def not_found(self, typed: str) -> StepView:
        """Answer the student search: nobody in the list is the student."""
        answering.not_found(self._at, typed)
        return self.view

    def back(self) -> StepView:
        """Look at the previous answer again; nothing is lost."""
        self._at.look(engine.back(self._at.setting.library, self.case))
        return self.view

    def revisit(self, key: str) -> StepView:
        """Look at an earlier answer again; the waiting step's key returns to it."""
        self._at.look(engine.revisit(self._at.setting.library, self.case, key))
        return self.view

    def ask_again(self) -> StepView:
        """Ask the records again, as when the claim has opened meanwhile; the call goes on with what they say now."""
        before = self._at.here.key
        if self._at.move(engine.resume(self._at.setting.library, self.case), "asked again", ""):
            same = "The records say the same as before."
            self._at.say(same if self._at.here.key == before else "The call goes on with what the records say now.")
        return self.view

    def speak(self, language: str) -> StepView:
        """Go on in another language; the call keeps it. Raises KeyError for one that is not offered.

        The family is waiting: when the store cannot save, the words change all the same, and the view says so.
        """
        at = self._at
        if language not in {offered.code for offered in at.setting.languages()}:
            raise KeyError(language)
        advice, notice, saved = at.advice, at.notice, at.saved
        spoken = self.case.model_copy(update={"language": language})
        if at.move(spoken, "language", language):
            at.notice, at.saved = notice, saved
        else:
            at.case = spoken
        at.advice = advice
        return self.view

    # -- whoever else works on the call, and who is calling

    def refresh(self) -> StepView | None:
        """Return the call as somebody else has saved it meanwhile; None when nobody has, or nobody can tell."""
        return self.view if self._at.follow() else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered yet: there is nothing to go on with."""
        return not any(answer.by == "staff" and not answer.carried for answer in self.case.answers)

    def park(self, note: str) -> bool:
        """Leave the call for whoever takes it over, with one line for them; the view's notice says when that failed."""
        parked = Parked(by=self._at.setting.agent, at=self._at.setting.clock(), note=clean(note).text.strip())
        return self._at.move(self.case.model_copy(update={"parked": parked}), "parked", "")

    def tell(self, words: str) -> StepView:
        """Say one sentence more with the step on screen."""
        self._at.add(words)
        return self.view

    def expire(self) -> StepView:
        """Forget who is calling, after a long break in front of the call; it is asked again, here and on disk."""
        before = self.case
        self._at.forget()
        asked = put_aside(self._at.setting, before) != before or self.case.aside
        return self.tell(expiry.again("there was a long break") if asked else "")

    @property
    def asks_who_is_calling(self) -> bool:
        """Tell whether the call stands at the question who the caller is."""
        return verifying.asks_who_is_calling(self._at.setting, self.case)

    def guardians(self) -> tuple[GuardianView, ...]:
        """Return who may speak for the student, only at the step that asks who is calling; each look is journaled."""
        try:
            return verifying.guardians(self._at.setting, self.case)
        except RecordsError:
            return ()

    # -- a family call

    @property
    def can_add_child(self) -> bool:
        """Whether another child can follow this one."""
        return family.can_begin_next(self._at.setting, self.case)

    def unfinished_children(self) -> tuple[ChildView, ...]:
        """Return the other children of the family call who have no outcome yet."""
        return family.unfinished(self._at.setting, self.case)

    def another_child(self) -> StepView:
        """Go on with another child of the same family; this one's case stays as it is until the wrap-up."""
        if self.can_add_child:
            self._at.switch(lambda: family.begin_next(self._at.setting, self.case))
        return self.view

    def turn_to(self, case_id: str) -> StepView:
        """Go to another child of the family call; nothing changes when that case is gone or closed."""
        with self._at.setting.records.reading() as tables:
            case = tables.cases.get(case_id)
        if case is None or case.status == "closed" or case.id not in self.case.family:
            self._at.say("That child's part is closed already.", advice=self._at.advice)
            return self.view
        self._at.turn(case)
        return self._under("resumed")

    # -- the hand-over

    @property
    def forms(self) -> Forms:
        """What is filled in at the action on screen."""
        return Forms(self._at.setting, self.case)

    def perform(self, form: Form) -> Receipt | Refused:
        """Do the waiting action, once per case. Slow (Argon2): call it in a worker thread."""
        return deeds.perform(self._at, form)

    def refuse(self, refused: Refused) -> Refused:
        """Go on when the preview was refused for a state of the records; return what to tell."""
        return deeds.refuse(self._at, refused)

    def cannot_answer(self) -> StepView:
        """Go on when the student cannot answer the challenge questions (D13, O7)."""
        deeds.cannot_answer(self._at)
        return self.view

    # -- the end

    @property
    def handouts(self) -> Handouts:
        """What the call leaves on paper."""
        return Handouts(self._at.setting, self.case)

    def read_out(self) -> tuple[ReadOut, ...]:
        """Return what may be spelled for this caller: nothing before the verification."""
        return readout.read_out(self._at.setting, self.case)

    def note(self, text: str) -> StepView:
        """Keep one note with the case."""
        self._at.move(self.case.model_copy(update={"note": clean(text, NOTE_LIMIT).text}), "note", "kept")
        return self.view

    def close(self) -> StepView:
        """End the call, every child's part of it: it leaves the list of unfinished ones.

        The view's notice says when that failed; then nothing is closed.
        """
        self._at.say()
        try:
            self._at.case = family.close(self._at.setting, self.case)
        except Conflict:
            self.refresh()
            if self.case.status == "open":
                self.tell("It is not closed yet: look, then close it again.")
        except RecordsError as error:
            self._at.not_saved(error)
        return self.view
