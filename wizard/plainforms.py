"""What is filled in at an action step in plain text: claim, reset, ticket draft, or a report."""

from collections.abc import Callable, Mapping

from pydantic import SecretStr

from wizard.casework import Casework
from wizard.deeds import CORRECTABLE
from wizard.prompt import Prompt
from wizard.views.forms import ClaimForm, Form, ReportForm, ResetForm, TicketForm
from wizard.views.handover import Preview, Refused, Rule

CLAIM_FIELDS = {"last": "Last name", "first": "First name", "id": "ID number"}


def carry_out(casework: Casework, prompt: Prompt, pane: str) -> None:
    """Fill in the form of a step, preview, ask once, do it. Raises Asked when somebody goes back instead."""
    form = FORMS.get(pane, _report)(casework, prompt)
    shown = casework.forms.preview(form)
    if isinstance(shown, Refused):
        prompt.show((shown if shown.code in CORRECTABLE else casework.refuse(shown)).reason)
        return
    if isinstance(form, TicketForm):
        form = _with_reason(prompt, shown, form)
    _show(prompt, shown)
    if prompt.yes(f"{shown.confirm}?"):
        done = casework.perform(form)
        if isinstance(done, Refused):
            prompt.show(done.reason)
    else:
        prompt.show("Nothing was done.")


def _show(prompt: Prompt, shown: Preview) -> None:
    prompt.show(shown.title)
    for line in shown.lines:
        prompt.show(f"  {line}")
    if shown.menu:
        prompt.show(f"  Menu: {' > '.join(shown.menu)}")
    if shown.copyable:
        prompt.show(f"  Text: {shown.copyable}")


def _with_reason(prompt: Prompt, shown: Preview, form: TicketForm) -> TicketForm:
    for line in (shown.warning, *(f"Not done yet: {missing}" for missing in shown.missing)):
        if line:
            prompt.show(f"! {line}")
    if not shown.missing:
        return form
    return TicketForm(reason=prompt.line("Why can't it be done?"))


def _claim(casework: Casework, prompt: Prompt) -> Form:
    typed = {field: _as_in_the_records(casework, prompt, field) for field in CLAIM_FIELDS}
    password = _new_password(casework, prompt)
    questions = _questions(casework, prompt)
    return ClaimForm(
        last=typed["last"],
        first=typed["first"],
        student_id=typed["id"],
        password=SecretStr(password),
        again=SecretStr(password),
        questions=questions,
        answers=_answers(casework, prompt, questions),
    )


def _as_in_the_records(casework: Casework, prompt: Prompt, field: str) -> str:
    while True:
        typed = prompt.line(CLAIM_FIELDS[field])
        compared = casework.forms.compare(field, typed)
        if compared.same:
            return typed
        prompt.show(compared.words)


def _new_password(casework: Casework, prompt: Prompt) -> str:
    while True:
        password = prompt.secret("New password")
        if _broken(prompt, casework.forms.password_rules(password, password)):
            continue
        if prompt.secret("The same password again") == password:
            return password
        prompt.show("The two are not the same. Please type both again.")


def _broken(prompt: Prompt, rules: tuple[Rule, ...]) -> bool:
    broken = [rule for rule in rules if rule.ok is False]
    for rule in broken:
        prompt.show(f"! {rule.words} {rule.reason}")
    return bool(broken)


def _questions(casework: Casework, prompt: Prompt) -> tuple[str, ...]:
    bank, wanted = casework.forms.bank(), casework.forms.wanted()
    prompt.numbered([question.text for question in bank])
    while True:
        picked = prompt.line(f"Pick {wanted} questions, such as {' '.join(map(str, range(1, wanted + 1)))}")
        numbers = dict.fromkeys(number for number in picked.replace(",", " ").split() if number.isascii())
        places = [int(number) for number in numbers if number.isdigit() and len(number) < 4]
        if len(places) == wanted and all(1 <= place <= len(bank) for place in places):
            return tuple(bank[place - 1].code for place in places)
        prompt.show(f"That takes {wanted} different numbers from 1 to {len(bank)}.")


def _answers(casework: Casework, prompt: Prompt, questions: tuple[str, ...]) -> tuple[SecretStr, ...]:
    texts = {question.code: question.text for question in casework.forms.bank()}
    while True:
        given = tuple(prompt.secret(texts[code]) for code in questions)
        if not _broken(prompt, casework.forms.answer_rules(questions, given)):
            return tuple(map(SecretStr, given))


def _reset(casework: Casework, prompt: Prompt) -> Form:
    given = tuple(SecretStr(prompt.secret(question.text)) for question in casework.forms.own_questions())
    password = SecretStr(_new_password(casework, prompt))
    return ResetForm(answers=given, password=password, again=password)


def _ticket(casework: Casework, prompt: Prompt) -> Form:
    return TicketForm()


def _report(casework: Casework, prompt: Prompt) -> Form:
    return ReportForm()


FORMS: Mapping[str, Callable[[Casework, Prompt], Form]] = {"claim": _claim, "reset": _reset, "ticket-draft": _ticket}
"""What is asked before an action can be previewed; the others ask for nothing."""
