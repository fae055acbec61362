"""Where a call stands: on any library, answers stay as long as they fit, and leave nothing behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_library import VOCABULARY, libraries, outcome

from flows import engine
from flows.case import Answer, Case, Receipt
from flows.model import ChoiceStep, Flow, Library, LookupStep, Outcome

NOW = datetime(2026, 8, 3, 11, 30, tzinfo=UTC)
BLANK = Case(id="1", code="ABCD", channel="counter", agent="Pat", started=NOW)


@dataclass(frozen=True)
class Call:
    """A random library, what its records answer, and a call some way into it."""

    library: Library
    coins: Mapping[str, str]
    case: Case


@st.composite
def calls(draw: st.DrawFn) -> Call:
    """Draw a library of two flows and a call that has given some answers."""
    library = draw(libraries())
    keys = [f"{name}/{step}" for name, flow in library.flows.items() for step in flow.steps]
    coins = {key: draw(st.sampled_from(("heads", "tails"))) for key in keys}
    case = settled(library, coins, BLANK)
    for pick in draw(st.lists(st.integers(0, 3), max_size=16)):
        here = engine.current(library, case)
        if isinstance(here.step, Outcome):
            break
        case = staff(library, coins, case, here.key, pick)
    return Call(library, coins, case)


def staff(library: Library, coins: Mapping[str, str], case: Case, key: str, pick: int) -> Case:
    """Let staff give the answer number `pick` at a step, and the records answer what follows."""
    codes = tuple(library.step(key).exits)
    given = Answer(step=key, code=codes[pick % len(codes)], by="staff", at=NOW)
    return settled(library, coins, engine.answer(library, case, given))


def settled(library: Library, coins: Mapping[str, str], case: Case) -> Case:
    """Ask the records until a person is needed, as the casework does."""
    while isinstance((here := engine.current(library, case)).step, LookupStep):
        given = Answer(step=here.key, code=coins[here.key], by="records", at=NOW)
        case = engine.answer(library, case, given)
    return engine.settle(library, case)


def codes(library: Library, case: Case) -> list[tuple[str, str | None]]:
    """Return the trail as (step key, answer code)."""
    return [(visit.key, visit.answer.code if visit.answer else None) for visit in engine.trail(library, case)]


@given(calls())
def test_the_trail_leads_from_the_first_step_to_the_one_that_waits(call: Call) -> None:
    """Each step on the trail is where the answer before it leads; only the last one has no answer."""
    visits = engine.trail(call.library, call.case)
    assert visits[0].key == call.library.first
    assert visits[-1].answer is None
    for before, after in pairwise(visits):
        assert before.answer is not None
        assert call.library.after(before.key, before.answer.code) == after.key
    assert len({visit.key for visit in visits}) == len(visits)


@given(calls(), st.integers(1, 20))
def test_back_keeps_every_answer(call: Call, times: int) -> None:
    """However often Back is pressed, nothing is forgotten and no step that the records answered is shown."""
    case = call.case
    for _ in range(times):
        case = engine.back(call.library, case)
    assert case.answers == call.case.answers
    assert codes(call.library, case) == codes(call.library, call.case)
    shown = engine.current(call.library, case)
    assert not isinstance(shown.step, LookupStep)


@given(calls())
def test_back_goes_step_by_step_to_the_first_question(call: Call) -> None:
    """Back visits every answered question once, last one first, and then stays where it is."""
    asked = [
        visit.key for visit in engine.trail(call.library, call.case) if visit.answer and visit.answer.by == "staff"
    ]
    case, seen = call.case, []
    for _ in asked:
        case = engine.back(call.library, case)
        seen.append(engine.current(call.library, case).key)
    assert seen == asked[::-1]
    assert engine.back(call.library, case) == case


@given(calls(), st.data())
def test_a_step_looked_at_again_can_be_left_again(call: Call, data: st.DataObject) -> None:
    """Looking at an earlier answer and returning to the waiting step changes nothing."""
    waiting = engine.trail(call.library, call.case)[-1].key
    asked = [visit.key for visit in engine.revisitable(call.library, call.case)]
    if asked:
        key = data.draw(st.sampled_from(asked))
        there = engine.revisit(call.library, call.case, key)
        assert engine.current(call.library, there).key == key
        assert engine.revisit(call.library, there, waiting) == call.case


@given(calls(), st.data())
def test_the_same_answer_again_changes_nothing(call: Call, data: st.DataObject) -> None:
    """Confirming an earlier answer loses none of the later ones."""
    asked = [visit for visit in engine.revisitable(call.library, call.case) if visit.answer]
    if asked:
        visit = data.draw(st.sampled_from(asked))
        assert visit.answer
        pick = tuple(visit.step.exits).index(visit.answer.code)
        there = engine.revisit(call.library, call.case, visit.key)
        after = staff(call.library, call.coins, there, visit.key, pick)
        assert engine.current(call.library, after) == engine.trail(call.library, after)[-1]
        assert codes(call.library, after) == codes(call.library, call.case)
        assert engine.dropped(call.case, after) == ()


@given(calls(), st.integers(0, 3), st.data())
def test_a_changed_answer_drops_only_what_left_the_trail(call: Call, pick: int, data: st.DataObject) -> None:
    """After a change, each other answer of staff is kept exactly when its step is still on the trail."""
    asked = [visit.key for visit in engine.revisitable(call.library, call.case)]
    if asked:
        key = data.draw(st.sampled_from(asked))
        after = staff(call.library, call.coins, call.case, key, pick)
        on_trail = {visit.key for visit in engine.trail(call.library, after)}
        others = {given.step: given for given in call.case.answers if given.by == "staff" and given.step != key}
        kept = {given.step: given for given in after.answers if given.step in others}
        assert kept == {step: given for step, given in others.items() if step in on_trail}
        lost = {given.step for given in engine.dropped(call.case, after)}
        assert lost == {given.step for given in call.case.answers} - on_trail


@given(calls(), st.integers(0, 3), st.data())
def test_an_abandoned_branch_leaves_no_facts(call: Call, pick: int, data: st.DataObject) -> None:
    """What is established is what the answers on the present trail establish, and nothing else."""
    asked = [visit.key for visit in engine.revisitable(call.library, call.case)]
    case = call.case
    if asked:
        key = data.draw(st.sampled_from(asked))
        options = tuple(call.library.step(key).exits)
        given = Answer(step=key, code=options[pick % len(options)], by="staff", at=NOW)
        case = engine.answer(call.library, case, given)  # not settled: the records are asked with these facts
    expected: dict[str, str] = {}
    for key, code in codes(call.library, case):
        step = call.library.step(key)
        if isinstance(step, ChoiceStep) and code:
            chosen = next(choice for choice in step.choices if choice.code == code)
            expected |= dict.fromkeys(chosen.gives, code)
        elif isinstance(step, LookupStep) and code:
            expected["coin"] = code
    assert engine.facts(call.library, VOCABULARY, case) == expected


@given(calls())
def test_a_resumed_call_stands_where_it_stood(call: Call) -> None:
    """When the records still answer the same, an interrupted call opens at its step with all its answers."""
    resumed = settled(call.library, call.coins, engine.resume(call.library, call.case))
    assert codes(call.library, resumed) == codes(call.library, call.case)
    assert resumed == call.case


@given(calls(), st.data())
def test_a_resumed_call_follows_what_the_records_say_now(call: Call, data: st.DataObject) -> None:
    """When the records changed meanwhile, the trail follows them and keeps what staff answered on it."""
    coins = {key: data.draw(st.sampled_from(("heads", "tails"))) for key in call.coins}
    resumed = settled(call.library, coins, engine.resume(call.library, call.case))
    before = {given.step: given for given in call.case.answers if given.by == "staff"}
    for visit in engine.trail(call.library, resumed):
        if isinstance(visit.step, LookupStep):
            assert visit.answer
            assert visit.answer.code == coins[visit.key]
        elif visit.key in before:
            assert visit.answer == before[visit.key]


@given(calls(), st.data())
def test_what_led_to_a_done_action_can_no_longer_be_changed(call: Call, data: st.DataObject) -> None:
    """After a receipt only later answers can be looked at again, and Back stops there."""
    answered = [visit.key for visit in engine.trail(call.library, call.case) if visit.answer]
    if answered:
        done = data.draw(st.sampled_from(answered))
        receipt = Receipt(action="claim", step=done, code="done", words="Done.", at=NOW)
        case = call.case.model_copy(update={"receipts": (receipt,)})
        closed = answered[: answered.index(done) + 1]
        assert not {visit.key for visit in engine.revisitable(call.library, case)} & set(closed)
        back = case
        for _ in answered:
            back = engine.back(call.library, back)
        assert engine.current(call.library, back).key not in closed
        for key in closed:
            with pytest.raises(KeyError):
                engine.revisit(call.library, case, key)


@given(calls())
def test_an_answer_that_does_not_exist_is_refused(call: Call) -> None:
    """A code that is not listed, or a step that is not on the trail, never enters a case."""
    here = engine.current(call.library, call.case)
    with pytest.raises(KeyError):
        engine.answer(call.library, call.case, Answer(step=here.key, code="no-such", by="staff", at=NOW))
    off_trail = {f"call/{step}" for step in call.library.flows["call"].steps}
    off_trail -= {visit.key for visit in engine.trail(call.library, call.case)}
    for key in off_trail:
        with pytest.raises(KeyError):
            engine.answer(call.library, call.case, Answer(step=key, code="c0", by="staff", at=NOW))


@given(calls())
def test_a_case_survives_being_stored(call: Call) -> None:
    """A case written as JSON and read again stands at the same step."""
    assert Case.model_validate_json(call.case.model_dump_json()) == call.case


def test_a_renamed_answer_is_asked_again() -> None:
    """When a newer revision of a flow no longer has the answer given, the call waits at that step."""
    ends = {"end": outcome()}
    old, new = (
        Library(flows={"call": Flow(flow="call", title="T", summary="S", revision=1, start="s0", steps=steps)})
        for steps in (
            {"s0": LookupStep(kind="lookup", lookup="coin", exits={"heads": "end"}), **ends},
            {"s0": LookupStep(kind="lookup", lookup="coin", exits={"tails": "end"}), **ends},
        )
    )
    case = engine.answer(old, BLANK, Answer(step="call/s0", code="heads", by="records", at=NOW))
    assert engine.current(old, case).key == "call/end"
    assert engine.current(new, case).key == "call/s0"
