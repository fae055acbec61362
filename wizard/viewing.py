"""From a case to what is drawn: the step in words, the trail, the case card."""

from datetime import datetime

from flows import engine
from flows.case import Answer, Case
from flows.engine import Visit
from flows.model import ActionStep, ChoiceStep, EntryStep, Library, LookupStep, Outcome
from wizard import accounts
from wizard.cards import About, card, name
from wizard.languages import Speech
from wizard.phrases import ENGLISH
from wizard.placeholders import Known, fill
from wizard.setting import Setting
from wizard.views.step import ChoiceView, Kind, StepView, TrailEntry

TOLD_LOOKUPS = ("account-state", "reset-answers")
"""The lookups whose answer is worth a line on the trail."""


def step_view(
    setting: Setting, case: Case, known: Known, advice: str, notice: str, around: About | None = None
) -> StepView:
    """Put the step on screen, and everything around it, into words."""
    visit = engine.current(setting.library, case)
    step = visit.step
    if isinstance(step, LookupStep):
        raise TypeError(f"{visit.key} is answered by the records, not shown")
    flow = setting.library.flows[visit.key.partition("/")[0]]
    speech = setting.speech(case)
    line = speech.line(f"{visit.key}/say", step.say)
    visits = engine.trail(setting.library, case)
    order = [earlier.key for earlier in visits]
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
        card=card(setting, case, known, around),
        since=max((case.started, *(visit.answer.at for visit in visits if visit.answer))),
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
        answer=fill(answer_words(visit, answer, known), known) + (" (taken over)" if answer.carried else ""),
        by=answer.by,
        seconds=max(0, round((answer.at - before).total_seconds())) if answer.seconds is None else answer.seconds,
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
    return name(known) or answer.value


def dropped_words(library: Library, lost: tuple[Answer, ...]) -> str:
    """Say which answers a change took off the trail; empty when none."""
    asked = [str(getattr(library.step(answer.step), "ask", "")) for answer in lost if answer.by == "staff"]
    asked = [ask for ask in asked if ask]
    if not asked:
        return ""
    return "That change dropped the answer to: " + "; ".join(asked)
