"""Where a call stands: pure functions over a library and a case.

The trail is replayed from the answers each time. Going back keeps every answer; a changed answer drops
only those that no longer lie on the trail.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from flows.case import Answer, Case
from flows.model import ActionStep, ChoiceStep, EntryStep, Library, LookupStep, Outcome, Step
from flows.vocabulary import KNOWN, Vocabulary


class Visit(NamedTuple):
    """One step on the trail, with the answer it got (None: it waits for one, or the call ends here)."""

    key: str
    step: Step
    answer: Answer | None


def trail(library: Library, case: Case) -> tuple[Visit, ...]:
    """Replay the answers: every step passed, then the one that waits (or the outcome)."""
    return tuple(_walk(library, case))


def _walk(library: Library, case: Case) -> Iterator[Visit]:
    given = {answer.step: answer for answer in case.answers}
    key = library.first
    while True:
        step, answer = library.step(key), given.get(key)
        if answer is None or answer.code not in step.exits:
            yield Visit(key, step, None)
            return
        yield Visit(key, step, answer)
        key = library.after(key, answer.code)


def current(library: Library, case: Case) -> Visit:
    """Return the step on screen: the one looked at again, else the first unanswered one."""
    visits = trail(library, case)
    return next((visit for visit in visits if visit.key == case.at), visits[-1])


def answer(library: Library, case: Case, given: Answer) -> Case:
    """Answer one step on the trail; what the records answered after it is forgotten, to be asked again.

    Staff's other answers stay until `settle`. Raises KeyError when the step has no such exit, or is not on
    the trail.
    """
    order = [visit.key for visit in trail(library, case)]
    if given.step not in order:
        raise KeyError(given.step)
    library.after(given.step, given.code)
    behind = _forget_records(case, set(order[order.index(given.step) + 1 :]))
    others = (kept for kept in behind.answers if kept.step != given.step)
    return behind.model_copy(update={"answers": (*others, given)})


def settle(library: Library, case: Case) -> Case:
    """Drop the answers that no longer lie on the trail, in trail order.

    Called once every lookup the trail meets has been answered again; before that, answers behind
    an unanswered lookup would be lost.
    """
    on_trail = tuple(visit.answer for visit in trail(library, case) if visit.answer)
    return case.model_copy(update={"answers": on_trail})


def dropped(before: Case, after: Case) -> tuple[Answer, ...]:
    """Return the answers that a change took off the trail, so that the screen can say so."""
    kept = {answer.step for answer in after.answers}
    return tuple(answer for answer in before.answers if answer.step not in kept)


def revisitable(library: Library, case: Case) -> tuple[Visit, ...]:
    """Return the answered steps that staff may look at again, in trail order.

    What the records answered is not theirs to change, and a done action cannot be undone by changing
    what led to it: only steps after the last receipt qualify. While answers wait aside, none does once anything is
    done: the receipt's own step may be among them.
    """
    if case.aside and case.receipts:
        return ()
    return tuple(visit for visit in _since_last_receipt(library, case) if visit.answer and visit.answer.by != "records")


def _since_last_receipt(library: Library, case: Case) -> tuple[Visit, ...]:
    visits = trail(library, case)
    done = {receipt.step for receipt in case.receipts}
    last_done = max((index for index, visit in enumerate(visits) if visit.key in done), default=-1)
    return visits[last_done + 1 :]


def back(library: Library, case: Case) -> Case:
    """Look at the previous step that can be answered anew; the first one stays where it is."""
    order = [visit.key for visit in trail(library, case)]
    here = order.index(current(library, case).key)
    earlier = [visit.key for visit in revisitable(library, case) if order.index(visit.key) < here]
    return case.model_copy(update={"at": earlier[-1]}) if earlier else case


def revisit(library: Library, case: Case, key: str) -> Case:
    """Look at an earlier answered step; the waiting step's own key returns to it. Raises KeyError otherwise."""
    if key == trail(library, case)[-1].key:
        return case.model_copy(update={"at": None})
    if any(visit.key == key for visit in revisitable(library, case)):
        return case.model_copy(update={"at": key})
    raise KeyError(key)


def resume(library: Library, case: Case) -> Case:
    """Forget what the records answered since the last receipt, so that they are asked again: hours may have passed.

    What staff answered stays until `settle`, and returns as far as it still fits.
    """
    return _forget_records(case, {visit.key for visit in _since_last_receipt(library, case)})


def _forget_records(case: Case, keys: set[str]) -> Case:
    kept = tuple(answer for answer in case.answers if answer.by != "records" or answer.step not in keys)
    return case.model_copy(update={"answers": kept, "at": None})


def facts(library: Library, vocabulary: Vocabulary, case: Case) -> dict[str, str]:
    """Return what the call has established on its present trail: fact name -> value."""
    established: dict[str, str] = {}
    for visit in trail(library, case):
        if visit.answer:
            established |= gives(visit.step, vocabulary, visit.answer.code, visit.answer.value)
    return established


def gives(step: Step, vocabulary: Vocabulary, code: str, value: str = "*") -> Mapping[str, str]:
    """Return the facts that one answer to one step establishes."""
    match step:
        case ChoiceStep():
            chosen = next(choice for choice in step.choices if choice.code == code)
            return dict.fromkeys(chosen.gives, code)
        case LookupStep(lookup=name) if name != KNOWN:
            return {name: code, **vocabulary.lookups[name].gives.get(code, {})}
        case EntryStep(check=name):
            given = vocabulary.checks[name].gives.get(code, {})
        case ActionStep(action=name):
            given = vocabulary.actions[name].gives.get(code, {})
        case LookupStep() | Outcome():
            return {}
    return {fact: value if said == "*" else said for fact, said in given.items()}
