"""A call written down turn by turn is played, and the first difference is told in a sentence."""

import contextlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import FILES, VOCABULARY, line_with, load

from flows import engine
from flows.case import Answer, Case
from flows.model import LookupStep
from flows.play import play
from flows.scenario import DOINGS, Scenario, Turn, load_scenario, parse_scenario, scenario_files
from flows.source import FlowError, Source
from flows.words import passages

NOW = datetime(2026, 8, 3, 11, 30, tzinfo=UTC)
LIBRARY, _ = load(FILES)


class Screen:
    """What is shown of a step of the bicycle shop."""

    def __init__(self, key: str, advice: str) -> None:
        self.key, self.advice, self.notice = key, advice, ""
        self.say = next(passage.text for passage in passages(LIBRARY.step(key)) if passage.key == "say")


class Shop:
    """A driver over the small library: typed text is the code it checks to."""

    def __init__(self, state: str = "broken") -> None:
        self.case = Case(id="1", code="ABCD", channel="counter", agent="Pat", started=NOW)
        self.bicycle, self.advice = state, ""
        self.performed: list[Turn] = []

    @property
    def view(self) -> Screen:
        return Screen(engine.current(LIBRARY, self.case).key, self.advice)

    @property
    def facts(self) -> Mapping[str, str]:
        return engine.facts(LIBRARY, VOCABULARY, self.case)

    def choose(self, code: str) -> None:
        self.advice = getattr(engine.current(LIBRARY, self.case).step, "stay", {}).get(code, "")
        if not self.advice:
            here = engine.current(LIBRARY, self.case).key
            given = Answer(step=here, code=code, value=code, by="staff", at=NOW)
            self.case = engine.answer(LIBRARY, self.case, given)
            self.ask_records()

    def ask_records(self) -> None:
        while isinstance((here := engine.current(LIBRARY, self.case)).step, LookupStep):
            code = self.bicycle if here.step.lookup == "state" else ("yes" if "bell-tried" in self.facts else "no")
            self.case = engine.answer(LIBRARY, self.case, Answer(step=here.key, code=code, by="records", at=NOW))
        self.case = engine.settle(LIBRARY, self.case)

    enter = choose

    def pick(self, student_id: str) -> None:
        self.choose("found")

    def not_found(self, typed: str) -> None:
        self.choose("nobody")

    def back(self) -> None:
        self.case = engine.back(LIBRARY, self.case)

    def revisit(self, key: str) -> None:
        self.case = engine.revisit(LIBRARY, self.case, key)

    def perform(self, turn: Turn) -> tuple[str, str]:
        self.performed.append(turn)
        if self.bicycle == "whole":
            return "not-broken", "Nothing is broken."
        self.bicycle = "whole"
        self.choose("done")
        return "", ""

    def cannot_answer(self) -> None:
        self.choose("no-parts")

    def meanwhile(self, student_id: str, state: str) -> None:
        self.bicycle = state

    def taken(self) -> set[tuple[str, str]]:
        return {(visit.key, visit.answer.code) for visit in engine.trail(LIBRARY, self.case) if visit.answer}

    def state(self, student_id: str) -> str:
        return self.bicycle

    def ticket_line(self, student_id: str) -> str:
        return f"Repair {student_id}" if student_id else ""


TURNS = (
    {"step": "call/owner", "find": "7"},
    {"step": "call/sure", "choose": "card-seen"},
    {"choose": "silent"},
    {"back": True},
    {"step": "call/bell", "choose": "rings"},
    {"step": "call/wheel", "type": "empty"},
    {"step": "call/wheel", "change": "call/sure"},
    {"change": "call/wheel"},
    {"type": "small"},
    {"step": "repair/mend", "report": True},
)
GOOD = {
    "name": "mended",
    "about": "A bicycle is mended.",
    "channel": "counter",
    "student": "7",
    "turns": TURNS,
    "ends": "repair/mended",
    "state": "whole",
    "says": "Here you are",
    "facts": ["verified", "state=whole", "bell-tried"],
    "ticket": "Repair 7",
}


def test_a_call_that_goes_as_written_is_ok_and_tells_each_exit_it_took() -> None:
    """Exits count also when the answer was changed later, and when the records gave it."""
    played = play(Scenario.model_validate(GOOD), Shop())
    assert (played.ok, played.first_difference) == (True, "")
    assert {
        ("call/bell", "silent"),
        ("call/bell", "rings"),
        ("call/state", "broken"),
        ("repair/mend", "done"),
    } <= played.taken
    assert ("call/wheel", "empty") not in played.taken


# which key of the good scenario is changed (or which turn), to what, and the difference that is told
DIFFERENCES = [
    ("ends", "call/fine", "it should end at 'call/fine', but ends at 'repair/mended'"),
    ("state", "broken", "the account of 7 should be 'broken', but is 'whole'"),
    ("says", "Goodbye", "the family should hear 'Goodbye', but hears 'Here you are, {name}.'"),
    ("facts", ["verified", "shared-device"], "'shared-device' should be established at the end, but is not"),
    ("facts", ["state=broken"], "'state=broken' should be established at the end, but is not"),
    ("ticket", "Repair 8", "the ticket should read 'Repair 8', but reads 'Repair 7'"),
    (
        1,
        {"step": "call/bell", "choose": "rings"},
        "turn 2: the call should stand at 'call/bell', but stands at 'call/sure'",
    ),
    (1, {"choose": "no-such"}, "turn 2: at 'call/sure' this cannot be done: choose no-such"),
    (6, {"step": "call/bell", "change": "call/sure"}, "but stands at 'call/wheel' and shows: Please type the size."),
    (6, {"change": "repair/mend"}, "turn 7: at 'call/wheel' this cannot be done: change repair/mend"),
    (9, {"report": True, "refused": "not-open"}, "should be refused with 'not-open', but was done"),
]


@pytest.mark.parametrize(("where", "value", "told"), DIFFERENCES, ids=range(len(DIFFERENCES)))
def test_the_first_difference_is_a_sentence(where: str | int, value: object, told: str) -> None:
    """When a call goes otherwise, the player says at which turn and how."""
    changed = {**GOOD, where: value} if isinstance(where, str) else dict(GOOD)
    if isinstance(where, int):
        changed["turns"] = (*TURNS[:where], value, *TURNS[where + 1 :])
    played = play(Scenario.model_validate(changed), Shop())
    assert not played.ok
    assert told in played.first_difference


def test_a_refusal_that_was_expected_is_part_of_the_call() -> None:
    """A colleague was faster: the scenario says so, and the call stays at its step."""
    turns = (*TURNS[:9], {"meanwhile": "whole"}, {"report": True, "refused": "not-broken"}, {"cannot_answer": True})
    scenario = Scenario.model_validate({**GOOD, "turns": turns, "ends": "repair/later", "says": "", "facts": []})
    assert play(scenario, Shop()).first_difference == ""


def test_a_refusal_that_nobody_expected_is_told_with_its_words() -> None:
    """An action that is refused ends the play with the refusal's own words."""
    turns = (*TURNS[:9], {"meanwhile": "whole"}, {"report": True})
    told = play(Scenario.model_validate({**GOOD, "turns": turns}), Shop()).first_difference
    assert (
        told
        == "turn 11: 'report' at 'repair/mend' should be done, but was refused with 'not-broken' (Nothing is broken.)"
    )


def test_the_form_of_an_action_reaches_the_driver_as_written() -> None:
    """What the student types in a scenario arrives unchanged."""
    claim = {
        "last": "O'Brien",
        "first": "Ann",
        "student_id": "7",
        "password": "Made-up-1",
        "questions": [],
        "answers": [],
    }
    shop = Shop()
    play(Scenario.model_validate({**GOOD, "turns": (*TURNS[:9], {"claim": claim})}), shop)
    assert shop.performed[0].claim
    assert shop.performed[0].claim.password == "Made-up-1"


TEXT = """\
name = "short"
about = "Short."
channel = "phone"
ends = "call/not-ours"

[[turns]]
not_found = "Zoe"

[[turns]]
[turns.reset]
answers = ["a", "b", "c"]
password = "Made-up-1"
"""

LITERALS = ("5", "true", "[]", "{}", "[1]", '""', "{ a = 1 }", "1979-05-27", "nan", '["x"]', "[{}]", "[{ x = 1 }]")

BROKEN = [
    (
        'not_found = "Zoe"',
        'not_fuond = "Zoe"',
        "not_fuond",
        "turn 1: 'not_fuond' is not a word a turn has; did",
    ),
    ('not_found = "Zoe"', 'not_found = "Zoe"\nback = true', "[[turns]]", "this one has not_found and back"),
    ('not_found = "Zoe"', 'step = "call/owner"', "[[turns]]", "this one has none"),
    (
        'password = "Made-up-1"',
        'pasword = "Made-up-1"',
        "pasword",
        "turn 2: 'pasword' is not a word a reset has; did",
    ),
    ('about = "Short."\n', "", "name =", "'about' is missing"),
    ('channel = "phone"', 'channel = "fax"', "channel", "'channel' must be one of 'counter' or 'phone'"),
    ('name = "short"', 'name = "other"', "name", "the scenario is called 'other' but its file short.toml"),
    ('ends = "call/not-ours"', 'ends = "call', "ends", "not valid TOML"),
    (
        'ends = "call/not-ours"',
        'end = "call/not-ours"',
        "end =",
        "'end' is not a word a scenario has; did you mean 'ends'",
    ),
]


@pytest.mark.parametrize(("old", "new", "words", "sentence"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_scenario_is_one_sentence_with_its_line(old: str, new: str, words: str, sentence: str) -> None:
    """Whoever writes scenarios learns what is wrong and where."""
    text = TEXT.replace(old, new)
    assert text != TEXT
    with pytest.raises(FlowError) as caught:
        parse_scenario(Source("short.toml", text))
    assert sentence in caught.value.sentence
    assert caught.value.line == line_with("\n" + text, words) - 1


@given(start=st.integers(0, len(TEXT) - 1), length=st.integers(0, 30), words=st.text(max_size=12))
def test_no_edit_crashes_the_reader(start: int, length: int, words: str) -> None:
    """Whatever is typed into a scenario file, the answer is a scenario or one sentence."""
    try:
        parse_scenario(Source("short.toml", TEXT[:start] + words + TEXT[start + length :]))
    except FlowError as error:
        assert error.sentence


@given(key=st.sampled_from(sorted({*Scenario.model_fields, *Turn.model_fields})), literal=st.sampled_from(LITERALS))
def test_a_value_of_any_kind_is_understood_or_refused(key: str, literal: str) -> None:
    """A number, list or table in place of a text is told as such."""
    for place in ("", "[[turns]]\n"):
        text = f'name = "short"\nabout = "x"\nchannel = "phone"\nends = "x"\n{place}{key} = {literal}\n'
        with contextlib.suppress(FlowError):
            parse_scenario(Source("short.toml", text))


def test_a_turn_is_one_thing() -> None:
    """Every thing a turn can be is one of its words, so that none is forgotten."""
    assert set(DOINGS) == set(Turn.model_fields) - {"step", "refused"}


def test_scenarios_are_read_from_beside_the_flows(tmp_path: Path) -> None:
    """A folder of flows may have scenarios, or none."""
    assert scenario_files(tmp_path) == ()
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "short.toml").write_text(TEXT)
    (file,) = scenario_files(tmp_path)
    assert load_scenario(file).turns[0].not_found == "Zoe"
