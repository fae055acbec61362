"""Filling in the hand-over: the questions in its forms, the live rules beside them, and the preview."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows.case import Case
from wizard import answers, handover, passwords
from wizard.actions import claim
from wizard.records import RecordsError
from wizard.setting import Setting
from wizard.text import clean
from wizard.views.forms import Form
from wizard.views.handover import Comparison, Preview, Question, Refused, Rule


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a case; filling them in changes nothing."""

    setting: Setting
    case: Case

    def bank(self) -> tuple[Question, ...]:
        """Return the district's challenge questions (D25), in the language of the call."""
        return tuple(Question(code, text) for code, text in self._texts().items())

    def wanted(self) -> int:
        """Return how many questions of the bank are to be answered (D25)."""
        return self.setting.district.claim.questions

    def own_questions(self) -> tuple[Question, ...]:
        """Return the questions this student answered when claiming, in the language of the call."""
        account = self.setting.known(self.case).account
        codes = account.secrets.questions if account and account.secrets else ()
        texts = self._texts()
        return tuple(Question(code, texts.get(code, "A question that has left the bank")) for code in codes)

    def _texts(self) -> Mapping[str, str]:
        speech = self.setting.speech(self.case)
        return {each.code: speech.question(each.code, each.text) for each in self.setting.district.questions}

    def compare(self, field: str, typed: str) -> Comparison:
        """Compare one field of the claim form (`last`, `first` or `id`) with the SIS record, in words (D23)."""
        try:
            return claim.compare(handover.scene(self.setting, self.case), field, clean(typed).text)
        except RecordsError as error:
            return Comparison(False, str(error))

    def password_rules(self, password: str, again: str) -> tuple[Rule, ...]:
        """Return the live rules of a new password, each with its reason."""
        try:
            account = handover.scene(self.setting, self.case).account
        except RecordsError as error:
            return (Rule("records", "The records can be read", str(error), False),)
        return passwords.rules(password, again, account, self.setting.district)

    def answer_rules(self, questions: tuple[str, ...], given: tuple[str, ...]) -> tuple[Rule, ...]:
        """Return the live rules of the challenge answers."""
        return answers.rules(questions, given, self.setting.district)

    def preview(self, form: Form) -> Preview | Refused:
        """Say what the waiting action would do, or why it will not."""
        try:
            return handover.preview(self.setting, self.case, form)
        except RecordsError as error:
            return Refused("not-saved", f"Nothing was changed: {error}")
