"""One call in progress: what screens and the admin command talk to.

Every method takes what a person gave and returns the next view. When the store cannot save, nothing changes
and the view says so. One thread at a time; `perform` may run in a worker thread while the screen waits for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from flows import engine
from flows.case import Answer, Case, Parked, Receipt
from flows.model import ChoiceStep, EntryStep
from wizard import (
    answers,
    callmap,
    cards,
    expiry,
    family,
    handouts,
    handover,
    meeting,
    passwords,
    readout,
    revisions,
    summary,
    verifying,
    viewing,
)
from wizard.actions import claim
from wizard.aside import put_aside
from wizard.cards import About
from wizard.checks import CHECKS, Context
from wizard.keeping import keep
from wizard.placeholders import Known, fill
from wizard.records import Conflict, RecordsError
from wizard.setting import Setting
from wizard.text import clean
from wizard.views.beside import GuardianView, MapRow, ReadOut, SlipView
from wizard.views.card import ChildView, Hit
from wizard.views.handover import Comparison, Form, Preview, Question, Refused, Rule
from wizard.views.step import StepView

TYPED_LIMIT = 200
"""Characters kept of what is typed at a step."""

NOTE_LIMIT = 2_000
"""Characters kept of the note."""


class Casework:
    """The call on screen."""

    def __init__(self, setting: Setting, case: Case) -> None:
        self._setting = setting
        self._case = case
        self._advice = ""
        self._notice = ""
        self._since = setting.clock()
        self._around: About | None = None
        self._offered: tuple[Hit, ...] | None = None

    @property
    def case(self) -> Case:
        """The case as last saved."""
        return self._case

    @property
    def view(self) -> StepView:
        """The step on screen, ready to be drawn."""
        known = self._setting.known(self._case)
        notice = " ".join(filter(None, (self._notice, self._remark)))
        view = viewing.step_view(self._setting, self._case, known, self._advice, notice, self._about(known))
        view = replace(view, since=self._since, can_add_child=view.kind == "outcome" and self.can_add_child)
        if not self._case.family:
            return view
        if view.pane == family.SEARCH and self._offered is None:
            self._offered = family.offered(self._setting, self._case)
        offered = self._offered or () if view.pane == family.SEARCH else ()
        return replace(view, family=family.children(self._setting, self._case), offered=offered)

    def _about(self, known: Known) -> About | None:
        """Return the earlier calls and siblings of the verified student, read once."""
        if known.account is None or "verified" not in known.facts:
            return None
        if self._around is None or self._around.student != known.account.student.id:
            self._around = cards.about(self._setting, self._case, known.account)
        return self._around

    @property
    def _remark(self) -> str:
        key = self._here.key
        return self._setting.remarks.get(key) or self._setting.remarks.get(f"{key.partition('/')[0]}/", "")

    @property
    def facts(self) -> Mapping[str, str]:
        """What the call has established."""
        return self._setting.facts(self._case)

    def taken(self) -> set[tuple[str, str]]:
        """Return every exit the trail takes: (step key, code)."""
        visits = engine.trail(self._setting.library, self._case)
        return {(visit.key, visit.answer.code) for visit in visits if visit.answer}

    # -- answers

    def begin(self) -> StepView:
        """Ask the records what they can answer, and save: the first thing done with a new or resumed case."""
        return self._under("resumed" if self._case.answers else "opened")

    def renew(self, setting: Setting) -> StepView:
        """Go on under other flows, as an author saves them; the notice says which question changed."""
        self._setting = setting
        if self._case.library == setting.library.version or self._case.status == "closed":
            return self.view
        self._case = engine.resume(setting.library, self._case)
        return self._under("renewed")

    def _under(self, what: str) -> StepView:
        before, library = self._case, self._setting.library
        if self._move(before.model_copy(update={"library": library.version, "parked": None}), what, library.version):
            told = meeting.handed_words(self._setting, before), revisions.words(library, before, self._case)
            self._notice = " ".join(filter(None, told))
        return self.view

    def choose(self, code: str) -> StepView:
        """Give one of the listed answers. Raises KeyError for a code that is not listed."""
        if not isinstance(self._here.step, ChoiceStep):
            raise KeyError(code)
        return self._answer(code)

    def enter(self, typed: str) -> StepView:
        """Give a typed answer; the step's check turns it into a code. Raises KeyError at another kind of step."""
        step = self._here.step
        if not isinstance(step, EntryStep):
            raise KeyError(self._here.key)
        known, cleaned = self._setting.known(self._case), clean(typed, TYPED_LIMIT)
        checked = CHECKS[step.check](cleaned.text, Context(self._setting.district, known.account))
        if checked.code in step.stay:
            self._advice, self._notice = fill(step.stay[checked.code], known), viewing.cleaned_words(cleaned)
            return self.view
        return self._answer(checked.code, checked.value, cleaned.text, viewing.cleaned_words(cleaned))

    def pick(self, student_id: str) -> StepView:
        """Answer the student search with the student picked from its results.

        The caller stays identified only where that holds for this student, too.
        """
        if twice := family.picked_already(self._setting, self._case, student_id):
            self._notice = f"{twice} is part of this family call already."
            return self.view
        self._case, before = family.unverified_for(self._setting, self._case, student_id), self._case
        self._answer("found", student_id, student_id)
        if self._case.revision == before.revision:  # not saved: nothing was taken back
            self._case = before
        told = family.verification_words(self._setting, self._case, before)
        self._notice = " ".join(filter(None, (self._notice, told)))
        return self.view

    def not_found(self, typed: str) -> StepView:
        """Answer the student search: nobody in the list is the student."""
        text = clean(typed, TYPED_LIMIT).text
        return self._answer("not-in-roster", text, text)

    def back(self) -> StepView:
        """Look at the previous answer again; nothing is lost."""
        return self._look(engine.back(self._setting.library, self._case))

    def revisit(self, key: str) -> StepView:
        """Look at an earlier answer again; the waiting step's key returns to it."""
        return self._look(engine.revisit(self._setting.library, self._case, key))

    @property
    def _here(self) -> engine.Visit:
        return engine.current(self._setting.library, self._case)

    def _look(self, case: Case) -> StepView:
        self._case, self._advice, self._notice, self._since = case, "", "", self._setting.clock()
        return self.view

    def _answer(self, code: str, value: str = "", typed: str = "", notice: str = "") -> StepView:
        step, before = self._here.key, self._case
        if before.status == "closed":
            self._notice = meeting.OVER
            return self.view
        now = self._setting.clock()
        spent = max(0, round((now - self._since).total_seconds()))
        given = Answer(step=step, code=code, value=value, typed=typed, by="staff", at=now, seconds=spent)
        if self._move(engine.answer(self._setting.library, before, given), "answered", f"{step} {code}", given):
            lost = viewing.dropped_words(self._setting.library, engine.dropped(before, self._case))
            self._notice = " ".join(filter(None, (notice, lost)))
        return self.view

    def _move(self, case: Case, what: str, result: str, given: Answer | None = None) -> bool:
        """Save the case; on trouble with the store nothing changes, the notice says so, and False returns.

        When a colleague has saved the call meanwhile, both are brought together, and the notice says how.
        """
        self._advice = self._notice = ""
        here = self._here.key
        try:
            self._case = keep(self._setting, self._case, case, what, result)
        except Conflict:
            return self._meet(case, given, what, result)
        except RecordsError as error:
            self._notice = f"Not saved: {error}"
            return False
        if self._here.key != here:
            self._since = self._setting.clock()
        return True

    # -- two people at one call, and a call that changes hands

    def _meet(self, case: Case, given: Answer | None, what: str, result: str) -> bool:
        try:
            met = meeting.meet(self._setting, self._case, case, given, what, result)
        except RecordsError as error:
            self._notice = f"Not saved: {error}"
            return False
        self._take(met)
        return met.saved and given is None

    def _take(self, met: meeting.Met) -> None:
        self._case, self._advice, self._notice = met.case, "", met.words
        self._since, self._around, self._offered = self._setting.clock(), None, None

    def refresh(self) -> StepView | None:
        """Return the call as somebody else has saved it meanwhile; None when nobody has, or nobody can tell."""
        try:
            met = meeting.look(self._setting, self._case)
        except RecordsError:
            return None
        if met is None or met.words == self._notice:
            return None
        self._take(met)
        return self.view

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered yet: there is nothing to go on with."""
        return not any(answer.by == "staff" and not answer.carried for answer in self._case.answers)

    def park(self, note: str) -> bool:
        """Leave the call for whoever takes it over, with one line for them; the view's notice says when that failed."""
        parked = Parked(by=self._setting.agent, at=self._setting.clock(), note=clean(note, TYPED_LIMIT).text.strip())
        return self._move(self._case.model_copy(update={"parked": parked}), "parked", "")

    def tell(self, words: str) -> StepView:
        """Say one sentence more with the step on screen."""
        self._notice = " ".join(filter(None, (self._notice, words)))
        return self.view

    def expire(self) -> StepView:
        """Forget who is calling, after a long break in front of the call; it is asked again, here and on disk."""
        before, hidden = self._case, put_aside(self._setting, self._case)
        self._switch(lambda: expiry.expire(self._setting, self._case))
        if self._case.answers != hidden.answers:
            self._case = hidden  # not saved, yet out of sight
        return self.tell(expiry.again("there was a long break") if hidden != before else "")

    def ask_again(self) -> StepView:
        """Ask the records again, as when the claim has opened meanwhile; the call goes on with what they say now."""
        before = self._here.key
        if self._move(engine.resume(self._setting.library, self._case), "asked again", ""):
            same = "The records say the same as before."
            self._notice = same if self._here.key == before else "The call goes on with what the records say now."
        return self.view

    # -- a family call

    @property
    def can_add_child(self) -> bool:
        """Whether another child can follow this one."""
        return family.can_begin_next(self._setting, self._case)

    def unfinished_children(self) -> tuple[ChildView, ...]:
        """Return the other children of the family call who have no outcome yet."""
        return family.unfinished(self._setting, self._case)

    def another_child(self) -> StepView:
        """Go on with another child of the same family; this one's case stays as it is until the wrap-up."""
        if self.can_add_child:
            self._switch(lambda: family.begin_next(self._setting, self._case))
        return self.view

    def turn_to(self, case_id: str) -> StepView:
        """Go to another child of the family call; nothing changes when that case is gone or closed."""
        with self._setting.records.reading() as tables:
            case = tables.cases.get(case_id)
        if case is None or case.status == "closed" or case.id not in self._case.family:
            self._notice = "That child's part is closed already."
            return self.view
        self._switch(lambda: case)
        return self._under("resumed")

    def _switch(self, to: Callable[[], Case]) -> None:
        try:
            self._case = to()
        except RecordsError as error:
            self._notice = f"Not saved: {error}"
            return
        self._advice = self._notice = ""
        self._since, self._around, self._offered = self._setting.clock(), None, None

    def map(self) -> tuple[MapRow, ...]:
        """Return where the call stands among all steps of its flow, and how it came there."""
        return callmap.rows(self._setting, self._case)

    # -- languages

    def speak(self, language: str) -> StepView:
        """Go on in another language; the call keeps it. Raises KeyError for one that is not offered.

        The family is waiting: when the store cannot save, the words change all the same, and the view says so.
        """
        if language not in {offered.code for offered in self._setting.languages()}:
            raise KeyError(language)
        advice, notice = self._advice, self._notice
        spoken = self._case.model_copy(update={"language": language})
        if self._move(spoken, "language", language):
            self._notice = notice
        else:
            self._case = spoken
        self._advice = advice
        return self.view

    @property
    def asks_who_is_calling(self) -> bool:
        """Tell whether the call stands at the question who the caller is."""
        return verifying.asks_who_is_calling(self._setting, self._case)

    def guardians(self) -> tuple[GuardianView, ...]:
        """Return who may speak for the student, only at the step that asks who is calling; each look is journaled."""
        try:
            return verifying.guardians(self._setting, self._case)
        except RecordsError:
            return ()

    # -- hand-over

    def bank(self) -> tuple[Question, ...]:
        """Return the district's challenge questions (D25), in the language of the call."""
        return tuple(Question(code, text) for code, text in self._questions().items())

    def _questions(self) -> Mapping[str, str]:
        speech = self._setting.speech(self._case)
        bank = self._setting.district.questions
        return {question.code: speech.question(question.code, question.text) for question in bank}

    def questions_wanted(self) -> int:
        """Return how many questions of the bank are to be answered (D25)."""
        return self._setting.district.claim.questions

    def own_questions(self) -> tuple[Question, ...]:
        """Return the questions this student answered when claiming, in the language of the call."""
        account = self._setting.known(self._case).account
        codes = account.secrets.questions if account and account.secrets else ()
        texts = self._questions()
        return tuple(Question(code, texts.get(code, "A question that has left the bank")) for code in codes)

    def compare_claim(self, field: str, typed: str) -> Comparison:
        """Compare one field of the claim form (`last`, `first` or `id`) with the SIS record, in words (D23)."""
        try:
            return claim.compare(handover.scene(self._setting, self._case), field, clean(typed, TYPED_LIMIT).text)
        except RecordsError as error:
            return Comparison(False, str(error))

    def password_rules(self, password: str, again: str) -> tuple[Rule, ...]:
        """Return the live rules of a new password, each with its reason."""
        try:
            account = handover.scene(self._setting, self._case).account
        except RecordsError as error:
            return (Rule("records", "The records can be read", str(error), False),)
        return passwords.rules(password, again, account, self._setting.district)

    def answer_rules(self, questions: tuple[str, ...], given: tuple[str, ...]) -> tuple[Rule, ...]:
        """Return the live rules of the challenge answers."""
        return answers.rules(questions, given, self._setting.district)

    def preview(self, form: Form) -> Preview | Refused:
        """Say what the waiting action would do, or why it will not."""
        try:
            return handover.preview(self._setting, self._case, form)
        except RecordsError as error:
            return Refused("not-saved", f"Nothing was changed: {error}")

    def perform(self, form: Form) -> Receipt | Refused:
        """Do the waiting action, once per case. Slow (Argon2): call it in a worker thread."""
        advice = getattr(self._here.step, "stay", {})
        try:
            self._case, done = handover.perform(self._setting, self._case, form)
        except Conflict:
            self.refresh()
            return Refused("moved-on", f"{self._notice} Nothing was changed.")
        except RecordsError as error:
            return Refused("not-saved", f"Nothing was changed: {error}")
        self._advice = self._notice = ""
        if isinstance(done, Receipt):
            self._notice = done.words
        else:
            words = fill(advice.get(done.code, ""), self._setting.known(self._case))
            self._advice = words or done.reason
        return done

    def cannot_answer(self) -> StepView:
        """Go on when the student cannot answer the challenge questions (D13, O7)."""
        refused = Refused("cannot-answer", "The student can't answer the challenge questions.")
        try:
            self._case, self._notice = handover.refuse(self._setting, self._case, refused), ""
        except Conflict:
            self.refresh()
        except RecordsError as error:
            self._notice = f"Not saved: {error}"
        return self.view

    # -- the end

    def summary(self, long: bool) -> str:
        """Return what was said and done: short for a ticket or SIS note, or long with seconds per step.

        A family call has a paragraph for each child, so that each student's note holds only that student.
        """
        form = summary.long if long else summary.short
        with self._setting.records.reading() as tables:
            cases = family.members(tables, self._case)
        views = (viewing.step_view(self._setting, case, self._setting.known(case), "", "") for case in cases)
        return "\n\n".join(form(view, case) for view, case in zip(views, cases, strict=True))

    def slip(self) -> SlipView:
        """Return the family's take-home slip, in the language of the call. Raises RecordsError."""
        return handouts.shown(self._setting, self._case)

    def save(self, paper: str, long: bool = False) -> Path | Refused:
        """Write `slip.pdf`, `slip.txt` or `summary.txt` into the data folder, never over another file."""
        try:
            if paper == handouts.SUMMARY:
                return handouts.save_summary(self._setting, self._case, self.summary(long))
            return handouts.save_slip(self._setting, self._case, paper)
        except RecordsError as error:
            return Refused("not-saved", str(error))

    def read_out(self) -> tuple[ReadOut, ...]:
        """Return what may be spelled for this caller: nothing before the verification."""
        return readout.read_out(self._setting, self._case)

    def ticket_lines(self) -> tuple[str, ...]:
        """Return the exact line of each ticket of this call, one for each child who needs one (D16)."""
        return family.ticket_lines(self._setting, self._case)

    def note(self, text: str) -> StepView:
        """Keep one note with the case."""
        self._move(self._case.model_copy(update={"note": clean(text, NOTE_LIMIT).text}), "note", "kept")
        return self.view

    def close(self) -> StepView:
        """End the call, every child's part of it: it leaves the list of unfinished ones.

        The view's notice says when that failed; then nothing is closed.
        """
        self._advice = self._notice = ""
        try:
            self._case = family.close(self._setting, self._case)
        except Conflict:
            self.refresh()
            if self._case.status == "open":
                self.tell("It is not closed yet: look, then close it again.")
        except RecordsError as error:
            self._notice = f"Not saved: {error}"
        return self.view
