"""The walk over every situation finds exactly what a call can run into: compared with trying every call."""

from collections.abc import Iterator, Mapping

from hypothesis import given, settings
from random_library import VOCABULARY, libraries

from flows import loader, shape
from flows.lint import lint
from flows.model import Library
from flows.reach import established, explore, possible_answers
from flows.vocabulary import met
from flows.words import passages, placeholders
from wizard import vocabulary

Facts = Mapping[str, str]


def every_call(library: Library, key: str, facts: Facts) -> Iterator[tuple[str, Facts]]:
    """Try every answer one after the other, with all facts: each step a call comes to, and what it knows there."""
    yield key, facts
    step = library.step(key)
    for code in sorted(possible_answers(step, VOCABULARY, facts) & step.exits.keys()):
        yield from every_call(library, library.after(key, code), {**facts, **established(step, VOCABULARY, code)})


@settings(max_examples=60)
@given(libraries(known=True))
def test_the_walk_reaches_what_some_call_reaches(library: Library) -> None:
    """A step is reported unreachable exactly when no call gets there."""
    tried = {key for key, _ in every_call(library, library.first, {})}
    assert set(explore(library, VOCABULARY).at) == tried


@settings(max_examples=60)
@given(libraries(known=True))
def test_data_shown_too_early_is_found_exactly_when_some_call_shows_it(library: Library) -> None:
    """`unverified-data` names the steps at which some call lacks what a placeholder needs, and no others."""
    expected = set()
    for key, facts in every_call(library, library.first, {}):
        for passage in passages(library.step(key)):
            for name in placeholders(passage.text):
                if not all(met(need, facts) for need in VOCABULARY.placeholders[name]):
                    expected.add(key)
    found = [finding for finding in lint(library, VOCABULARY) if finding.rule == "unverified-data"]
    assert {f"{finding.flow}/{finding.step}" for finding in found} == expected


@settings(max_examples=60)
@given(libraries(known=True))
def test_the_example_of_a_finding_is_a_call_that_can_happen(library: Library) -> None:
    """Each step of the way shown leads to the next one."""
    for finding in lint(library, VOCABULARY):
        for before, after in zip(finding.path, finding.path[1:], strict=False):
            key, _, code = before.partition(": ")
            assert library.after(key, code) == after.partition(": ")[0]


@given(libraries(known=True, cyclic=True))
def test_the_linter_ends_on_any_library(library: Library) -> None:
    """Cycles are reported, and never hang the check."""
    found = [finding for finding in lint(library, VOCABULARY) if finding.rule == "cycle"]
    round_trips = [finding.path for finding in found]
    for path in round_trips:
        assert path[0].partition(": ")[0] == path[-1]
    assert bool(found) == has_cycle(shape.graph(library))


def has_cycle(graph: shape.Graph) -> bool:
    """Take away steps that lead nowhere, over and over: what remains goes round."""
    left = dict(graph)
    while ends := [key for key, exits in left.items() if not any(after in left for _, after in exits)]:
        for key in ends:
            del left[key]
    return bool(left)


def test_the_shipped_flows_have_few_situations() -> None:
    """The check stays quick: facts that nothing further on reads do not multiply situations."""
    assert len(explore(loader.library(), vocabulary.VOCABULARY).came) < 5_000
