"""A person in a hurry breaks a shipped flow with one edit: `check --strict` notices at least 98 times in 100.

One edit in thirteen is tried each time; all of them with PORTAL_WIZARD_EVERY_MUTATION=1 (about a minute).
"""

import os
import re
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from mutations import KINDS, TABLES, Mutation, every
from pydantic import ValidationError

from flows import loader, shape
from flows.finding import Places
from flows.lint import RULES
from flows.model import Flow, Library
from flows.reach import Reach, explore
from flows.rules import answers, names, texts
from flows.scenario import Scenario, load_scenario, scenario_files
from flows.survey import Survey
from wizard.rehearsal import rehearse
from wizard.vocabulary import VOCABULARY

PAGE = Path(__file__).parents[2] / "docs" / "authoring.md"
STRIDE = 1 if os.environ.get("PORTAL_WIZARD_EVERY_MUTATION") else 13
LIBRARY = loader.library()
WITHOUT_WALK = (
    names.unknown_target,
    names.unknown_name,
    texts.dead_end,
    texts.empty_words,
    texts.nothing_to_say,
    answers.cycle,
)
"""Rules that do not look at the walk, tried first because they are fast."""


def known_survivors() -> dict[str, str]:
    """Return the edits that the page for authors lists as not noticed, with the reason."""
    part = re.search(r"<!-- survivors -->\n(.*?)<!-- end of survivors -->", PAGE.read_text("utf-8"), re.DOTALL)
    assert part
    return dict(re.findall(r"^\| `(.+?)` \| (.+?) \|$", part[1], re.MULTILINE))


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Return every shipped scenario."""
    return tuple(load_scenario(path) for path in scenario_files())


def likely_scenarios(mutation: Mutation) -> tuple[Scenario, ...]:
    """Return the scenarios that may notice an edit: first those that give the edited answer, or go where it led."""
    code = mutation.place.partition(": ")[2].partition(" ")[0]
    step = LIBRARY.step(mutation.step)
    target = step.exits.get(code)
    led_to = LIBRARY.resolve(mutation.flow, target) if target else ""

    def rank(scenario: Scenario) -> int:
        stops = {turn.step for turn in scenario.turns} | {scenario.ends}
        gives = any(turn.step == mutation.step and turn.choose == code for turn in scenario.turns)
        flows = {stop.partition("/")[0] for stop in stops}
        inside = mutation.flow in flows or led_to.partition("/")[0] in flows
        return 8 * gives + 3 * (led_to in stops) + 2 * (mutation.step in stops) + inside

    ranked = sorted(scenarios(), key=rank, reverse=True)
    return tuple(scenario for scenario in ranked if rank(scenario))


def caught(mutation: Mutation) -> str:
    """Return what notices an edit: reading the file, a rule, or a scenario; nothing when it survives."""
    try:
        flow = Flow.model_validate(mutation.table)
    except ValidationError:
        return "reading"
    if flow.flow != mutation.flow:
        return "reading"
    library = Library(flows={**LIBRARY.flows, mutation.flow: flow})
    return _rule(library) or _scenario(mutation, library)


def _rule(library: Library) -> str:
    """Return the first rule that finds something."""
    graph = shape.graph(library)
    fast = Survey(library, VOCABULARY, Places(()), graph, Reach({}, {}, {}))
    if name := next((rule.__name__ for rule in WITHOUT_WALK if next(iter(rule(fast)), None)), ""):
        return name
    walked = Survey(library, VOCABULARY, Places(()), graph, explore(library, VOCABULARY))
    return next((rule.__name__ for rule in RULES if next(iter(rule(walked)), None)), "")


def _scenario(mutation: Mutation, library: Library) -> str:
    """Return the first scenario through the edited flow that goes otherwise than written."""
    likely = likely_scenarios(mutation)
    return next((scenario.name for scenario in likely if not rehearse(scenario, library).ok), "")


def test_one_edit_to_a_shipped_flow_is_noticed() -> None:
    """What survives is listed on the page for authors, with the reason; nothing else does."""
    tried = [*islice(every(), 0, None, STRIDE)]
    survived = {mutation.name for mutation in tried if not caught(mutation)}
    expected = known_survivors().keys() & {mutation.name for mutation in tried}
    assert survived == expected, (
        f"newly survived: {sorted(survived - expected)}, noticed: {sorted(expected - survived)}"
    )
    assert len(survived) <= 0.02 * len(tried)


def test_at_least_98_in_100_edits_are_noticed() -> None:
    """The list of what survives is short, has only edits that there are, and says why for each."""
    there = [mutation.name for mutation in every()]
    listed = known_survivors()
    assert len(there) == len(set(there)) > 3000
    assert listed.keys() <= set(there)
    assert len(listed) <= 0.02 * len(there)
    assert all(len(reason) > 10 for reason in listed.values())


@pytest.mark.parametrize("flow", sorted(TABLES))
def test_every_flow_is_edited_in_many_ways(flow: str) -> None:
    """No shipped flow is left out, and each kind of edit happens somewhere."""
    assert {kind for kind, edits in KINDS.items() if any(True for _ in edits(flow, TABLES[flow]))} >= {
        "delete-step",
        "delete-words",
        "drop-exit",
        "misspell-target",
        "ask-a-secret",
        "break-file",
    }


def test_each_kind_of_edit_is_made_somewhere() -> None:
    """A kind that edits nothing would prove nothing."""
    assert {mutation.kind for mutation in every()} == KINDS.keys()


def test_a_flow_without_an_edit_is_left_alone() -> None:
    """The edits are noticed, not the flows themselves."""
    assert not _rule(LIBRARY)
