"""From a case to what is drawn: the step in words, the trail, the case card."""

from datetime import datetime

from flows import engine
from flows.case import Answer, Case
from flows.engine import Visit
from flows.model import ActionStep, ChoiceStep, EntryStep, Library, LookupStep, Outcome
from wizard import accounts, clock, identifiers
from wizard.languages import Speech
from wizard.phrases import ENGLISH
from wizard.placeholders import Known, fill
from wizard.setting import Setting
from wizard.text import Cleaned
from wizard.views import CaseCard, ChoiceView, Kind, StepView, TrailEntry

TOLD_LOOKUPS = ("account-state", "reset-answers")
"""The lookups whose answer is worth a line on the trail."""


def step_view(setting: Setting, case: Case, known: Known, advice: str, notice: str) -> StepView:
    """Put the step on screen, and everything around it, into words."""
    visit = engine.current(setting.library, case)
    step = visit.step
    if isinstance(step, LookupStep):
        raise TypeError(f"{visit.key} is answered by the records, not shown")
    flow = setting.library.flows[visit.key.partition("/")[0]]
    speech = setting.speech(case)
    line = speech.line(f"{visit.key}/say", step.say)
    order = [earlier.key for earlier in engine.trail(setting.library, case)]
    open_to_change = engine.revisitable(setting.library, case)
    return StepView(
        key=visit.key,
        kind=_kind(step),
        pane=_pane(step),
        flow_title=flow.title,
        say=fill(step.say, known.speaking(ENGLISH)),
        do=fill(step.instruction(case.channel), known),
        ask=fill(getattr(step, "ask", ""), known),
        why=fill(step.why, known),
        choices=_choices(step, known),
        given=_given(visit.answer),
        advice=advice,
        title=fill(getattr(step, "title", ""), known),
        next=fill(getattr(step, "next", ""), known),
        result=getattr(step, "result", ""),
        notice=notice,
        language=speech.phrases.language,
        said=fill(line.text, known.speaking(line.phrases)),
        fallback=line.fallback,
        said_title=_taken_home(speech, visit, "title", known),
        said_next=_taken_home(speech, visit, "next", known),
        languages=setting.languages(),
        trail=_trail(setting, case, known),
        card=_card(setting, case, known),
        can_go_back=any(order.index(earlier.key) < order.index(visit.key) for earlier in open_to_change),
        revisiting=case.at is not None,
        waiting=order[-1] if case.at is not None else "",
    )


def _taken_home(speech: Speech, visit: Visit, word: str, known: Known) -> str:
    """Return an outcome's words as the family reads them at home; empty at other steps."""
    line = speech.line(f"{visit.key}/{word}", getattr(visit.step, word, ""))
    return fill(line.text, known.speaking(line.phrases))


def _kind(step: ChoiceStep | EntryStep | ActionStep | Outcome) -> Kind:
    return step.kind


def _pane(step: ChoiceStep | EntryStep | ActionStep | Outcome) -> str:
    match step:
        case EntryStep(check=name) | ActionStep(action=name):
            return name
        case _:
            return ""


def _choices(step: object, known: Known) -> tuple[ChoiceView, ...]:
    if not isinstance(step, ChoiceStep):
        return ()
    return tuple(
        ChoiceView(choice.code, fill(choice.label, known), choice.also, choice.likely) for choice in step.choices
    )


def _given(answer: Answer | None) -> str:
    return "" if answer is None else answer.typed or answer.code


def _trail(setting: Setting, case: Case, known: Known) -> tuple[TrailEntry, ...]:
    can_change = {visit.key for visit in engine.revisitable(setting.library, case)}
    entries, before = [], case.started
    for visit in engine.trail(setting.library, case):
        if visit.answer is None:
            break
        if isinstance(visit.step, LookupStep) and visit.step.lookup not in TOLD_LOOKUPS:
            continue
        entries.append(_entry(visit, visit.answer, before, visit.key in can_change, known))
        before = max(before, visit.answer.at)
    return tuple(entries)


def _entry(visit: Visit, answer: Answer, before: datetime, can_change: bool, known: Known) -> TrailEntry:
    return TrailEntry(
        key=visit.key,
        ask=fill(_ask_words(visit), known),
        answer=fill(answer_words(visit, answer, known), known),
        by=answer.by,
        seconds=max(0, round((answer.at - before).total_seconds())),
        can_change=can_change,
    )


def _ask_words(visit: Visit) -> str:
    match visit.step:
        case LookupStep(lookup="account-state"):
            return "The records say"
        case LookupStep():
            return "Challenge answers on file"
        case step:
            return str(getattr(step, "ask", ""))


RESET_ANSWERS = {
    "on-file": "yes",
    "none": "no",
    "waiting": "yes, but a wait is running",
    "off": "switched off after wrong attempts",
}


def answer_words(visit: Visit, answer: Answer, known: Known) -> str:
    """Return an answer in words: a choice's label, what was typed, or what the records or an action said."""
    match visit.step:
        case ChoiceStep(choices=choices):
            return next((choice.label for choice in choices if choice.code == answer.code), answer.code)
        case LookupStep(lookup="account-state"):
            return accounts.STATE_WORDS[answer.code]
        case LookupStep():
            return RESET_ANSWERS.get(answer.code, answer.code)
        case EntryStep(check="student"):
            return _student_words(answer, known)
        case ActionStep():
            return answer.code.replace("-", " ")
        case _:
            return answer.typed or answer.code.replace("-", " ")


def _student_words(answer: Answer, known: Known) -> str:
    if answer.code != "found":
        return f"Not in the list: {answer.typed}"
    return _name(known) or answer.value


def _name(known: Known) -> str:
    student = known.account.student if known.account else None
    return f"{student.first} {student.last}" if student else ""


def dropped_words(library: Library, lost: tuple[Answer, ...]) -> str:
    """Say which answers a change took off the trail; empty when none."""
    asked = [str(getattr(library.step(answer.step), "ask", "")) for answer in lost if answer.by == "staff"]
    asked = [ask for ask in asked if ask]
    if not asked:
        return ""
    return "That change dropped the answer to: " + "; ".join(asked)


def cleaned_words(cleaned: Cleaned) -> str:
    """Say what had to be done to typed text at the door; empty when nothing."""
    shortened = "The text was too long; the rest was left out." if cleaned.shortened else ""
    replaced = "Characters that cannot be shown were replaced." if cleaned.replaced else ""
    return " ".join(filter(None, (shortened, replaced)))


def _card(setting: Setting, case: Case, known: Known) -> CaseCard:
    card = CaseCard(
        code=case.code,
        channel=case.channel,
        agent=case.agent,
        started=clock.in_zone(case.started, setting.district),
        student=_name(known),
    )
    account = known.account
    if account is None or "verified" not in known.facts:
        return card
    state = accounts.state(account, known.now, setting.district)
    return CaseCard(
        code=card.code,
        channel=card.channel,
        agent=card.agent,
        started=card.started,
        student=card.student,
        verified=_verified_words(setting, case),
        username=identifiers.username_of(account.student.id, setting.district),
        student_id=account.student.id,
        school=account.student.school,
        grade=account.student.grade,
        state=accounts.STATE_WORDS[state],
        clock=fill("Claim opens {claim_opens}, in {claim_opens_in}", known) if state == "too-new" else "",
        ticket=account.ticket or "",
    )


def _verified_words(setting: Setting, case: Case) -> str:
    """Return the label of the choice that established `verified`."""
    for visit in engine.trail(setting.library, case):
        if isinstance(visit.step, ChoiceStep) and visit.answer:
            chosen = next(choice for choice in visit.step.choices if choice.code == visit.answer.code)
            if "verified" in chosen.gives:
                return chosen.label
    return ""
