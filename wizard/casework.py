"""One call in progress: what screens and the admin command talk to.

Every method takes what a person gave and returns the next view. When the store cannot save, nothing changes
and the view says so. One thread at a time; `perform` may run in a worker thread while the screen waits for it.
"""

from collections.abc import Mapping

from flows import engine
from flows.case import Answer, Case, Receipt
from flows.model import ChoiceStep, EntryStep
from wizard import answers, callmap, handover, passwords, revisions, summary, verifying, viewing
from wizard.actions import claim
from wizard.checks import CHECKS, Context
from wizard.keeping import keep
from wizard.placeholders import fill
from wizard.records import RecordsError
from wizard.setting import Setting
from wizard.text import clean
from wizard.views import Comparison, Form, GuardianView, MapRow, Preview, Question, Refused, Rule, StepView

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

    @property
    def case(self) -> Case:
        """The case as last saved."""
        return self._case

    @property
    def view(self) -> StepView:
        """The step on screen, ready to be drawn."""
        known = self._setting.known(self._case)
        notice = " ".join(filter(None, (self._notice, self._remark)))
        return viewing.step_view(self._setting, self._case, known, self._advice, notice)

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
        if self._move(before.model_copy(update={"library": library.version}), what, library.version):
            self._notice = revisions.words(library, before, self._case)
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
        """Answer the student search with the student picked from its results."""
        return self._answer("found", student_id, student_id)

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
        self._case, self._advice, self._notice = case, "", ""
        return self.view

    def _answer(self, code: str, value: str = "", typed: str = "", notice: str = "") -> StepView:
        step, before = self._here.key, self._case
        given = Answer(step=step, code=code, value=value, typed=typed, by="staff", at=self._setting.clock())
        if self._move(engine.answer(self._setting.library, before, given), "answered", f"{step} {code}"):
            lost = viewing.dropped_words(self._setting.library, engine.dropped(before, self._case))
            self._notice = " ".join(filter(None, (notice, lost)))
        return self.view

    def _move(self, case: Case, what: str, result: str) -> bool:
        """Save the case; on trouble with the store nothing changes, the notice says so, and False returns."""
        self._advice = self._notice = ""
        try:
            self._case = keep(self._setting, self._case, case, what, result)
        except RecordsError as error:
            self._notice = f"Not saved: {error}"
            return False
        return True

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
        except RecordsError as error:
            self._notice = f"Not saved: {error}"
        return self.view

    # -- the end

    def summary(self, long: bool) -> str:
        """Return what was said and done: short for a ticket or SIS note, or long with seconds per step."""
        return summary.long(self.view, self._case) if long else summary.short(self.view, self._case)

    def note(self, text: str) -> StepView:
        """Keep one note with the case."""
        self._move(self._case.model_copy(update={"note": clean(text, NOTE_LIMIT).text}), "note", "kept")
        return self.view

    def close(self) -> StepView:
        """End the call: it leaves the list of unfinished ones. The view's notice says when that failed."""
        closed = self._case.model_copy(update={"status": "closed", "ended": self._setting.clock()})
        self._move(closed, "closed", self.view.result)
        return self.view
