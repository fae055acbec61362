"""The linter finds, before anyone calls, what would go wrong in a call."""

import pytest
from small_library import CALL, FILES, REPAIR, VOCABULARY, edited, line_with, load

from flows import loader
from flows.finding import Finding
from flows.lint import RULES, lint, uncovered
from flows.model import Library
from wizard import vocabulary

OUTCOME = """
[steps.lost]
kind = "outcome"
result = "solved"
title = "Lost"
say = "Bye."
do = "Wave."
next = "Nothing."
"""


def findings(files: dict[str, str]) -> tuple[Finding, ...]:
    library, sources = load(files)
    return lint(library, VOCABULARY, sources)


def test_a_sound_library_has_no_findings() -> None:
    """The linter is silent about flows that are right."""
    assert findings(FILES) == ()


# rule, flow, what is edited, into what, words on the line that is named, words in the message
BROKEN = [
    ("unknown-target", "call", 'nobody = "not-ours"', 'nobody = "not-our"', 'nobody = "not-our"', "'not-our'"),
    ("unknown-target", "call", 'small = "@repair"', 'small = "@repairs"', 'small = "@repairs"', "the flow 'repairs'"),
    ("unknown-target", "call", 'small = "@repair"', 'small = "repair"', 'small = "repair"', "is '@repair'"),
    ("unknown-target", "call", 'to = "state"', 'to = "stat"', 'to = "stat"', "'stat'"),
    ("unknown-target", "call", 'start = "owner"', 'start = "ownr"', 'start = "ownr"', "starts at 'ownr'"),
    ("unknown-name", "call", 'check = "owner"', 'check = "ownr"', 'check = "ownr"', "no check 'ownr'"),
    ("unknown-name", "call", 'lookup = "state"', 'lookup = "stat"', 'lookup = "stat"', "no lookup 'stat'"),
    ("unknown-name", "repair", 'action = "repair"', 'action = "mend"', 'action = "mend"', "no action 'mend'"),
    ("unknown-name", "repair", 'of = "bell-tried"', 'of = "bell-heard"', 'of = "bell-heard"', "no fact 'bell-heard'"),
    ("unknown-name", "repair", 'of = "bell-tried"\n', "", 'lookup = "known"', "needs the fact"),
    ("unknown-name", "call", 'gives = ["verified"]', 'gives = ["verifed"]', '"verifed"', "no fact 'verifed'"),
    ("unknown-name", "call", "ring, {name}?", "ring, {nam}?", "{nam}", "no placeholder 'nam'"),
    ("unknown-name", "call", "ring, {name}?", "ring, {name?", "ring, {name?", "a brace in 'say'"),
    ("unreachable", "call", 'whole = "fine"', 'whole = "not-ours"', "[steps.fine]", "no call ever gets here"),
    (
        "unreachable",
        "repair",
        'next = "We call them on Tuesday."\n',
        f"next = 'x'\n{OUTCOME}",
        "[steps.lost]",
        "'lost'",
    ),
    ("cycle", "repair", 'no-parts = "later"', 'no-parts = "@call"', 'no-parts = "@call"', "round and round"),
    ("cycle", "call", 'nobody = "not-ours"', 'nobody = "owner"', 'nobody = "owner"', "leads back to 'call/owner'"),
    ("unhandled-answer", "repair", 'no-parts = "later"\n', "", "[steps.mend.exits]", "'no-parts'"),
    ("unhandled-answer", "call", 'empty = "Please type the size."\n', "", "[steps.wheel.exits]", "'empty'"),
    ("unhandled-answer", "call", 'broken = "bell"\n', "", "[steps.state.exits]", "'broken'"),
    ("impossible-answer", "call", 'large = "@repair"', 'larg = "@repair"', 'larg = "@repair"', "'larg' is never"),
    ("impossible-answer", "call", 'empty = "Please', 'emty = "x"\nempty = "Please', "emty", "'emty' is never"),
    ("impossible-answer", "repair", 'whole = "mended"', 'broken="later"\nwhole="mended"', "broken=", "ruled out"),
    ("impossible-answer", "call", 'to = "wheel" }', 'to = "wheel", gives = ["bell-tried"] }', "", "'no'"),
    ("missing-fact", "call", 'nobody = "not-ours"', 'nobody = "state"', 'lookup = "state"', "'owner'"),
    ("missing-fact", "call", 'whole = "fine"', 'whole = "@repair"', 'action = "repair"', "'state=broken'"),
    (
        "missing-fact",
        "call",
        '"No card"\nto = "not-ours"',
        '"No card"\nto = "state"',
        'action = "repair"',
        "'verified'",
    ),
    ("unverified-data", "call", '"No card"\nto = "not-ours"', '"No card"\nto = "fine"', "It is fine", "{name}"),
    ("unverified-data", "call", "I'm sorry, I", "I'm sorry, {name}, I", "I'm sorry", "{name}"),
    ("unverified-data", "call", "Please type the size.", "Not {wheel}.", "Not {wheel}.", "{wheel}"),
    ("unverified-data", "call", '"No card"', '"No card, {name}"', '"No card, {name}"', "{name}"),
    ("dead-end", "repair", 'do = "Order the parts."\n', "", "[steps.later]", "'do' is empty"),
    ("dead-end", "repair", 'next = "We call them on Tuesday."', 'next = " "', 'next = " "', "'next' is empty"),
    ("empty-words", "call", 'ask = "Is it them?"', 'ask = ""', 'ask = ""', "'ask' is empty"),
    ("empty-words", "call", 'label = "No card"', 'label = ""', 'label = ""', "'label' is empty for 'no-card'"),
    ("empty-words", "call", '"Please type the size."', '""', 'empty = ""', "'stay' is empty for 'empty'"),
    ("empty-words", "call", 'phone = "Call them back."', 'phone = ""', "counter = ", "'phone' is empty"),
    ("empty-words", "call", 'title = "A bicycle"', 'title = ""', 'title = ""', "'title' is empty"),
    ("nothing-to-say", "call", 'say = "May I see your card?"\n', "", "[steps.sure]", "'say' is empty"),
    ("control-character", "call", "Call them back.", "Call\\u001bthem", "Call", "control character"),
]


@pytest.mark.parametrize(("rule", "flow", "old", "new", "words", "message"), BROKEN)
def test_one_edit_breaks_one_rule(rule: str, flow: str, old: str, new: str, words: str, message: str) -> None:
    """Each mistake is found by its rule, on the line where it stands."""
    files = edited(flow, old, new)
    found = [finding for finding in findings(files) if finding.rule == rule and message in finding.message]
    assert found, [str(finding) for finding in findings(files)]
    line = files[found[0].flow].splitlines()[found[0].line - 1]
    assert words in line, f"line {found[0].line}: {line}"
    assert found[0].fix
    assert found[0].path or rule == "unreachable" or "starts at" in message


def test_the_table_covers_every_rule() -> None:
    """No rule goes without a library that it catches; those about promises have tests of their own."""
    proved = {row[0] for row in BROKEN} | {"too-long", "secret-asked", "weak-proof", "forbidden-words"}
    assert {rule.__name__.replace("_", "-") for rule in RULES} == proved


def test_a_mistake_about_facts_shows_the_shortest_call_that_runs_into_it() -> None:
    """Whoever mends a flow sees a call in which it goes wrong."""
    files = edited("call", '"No card"\nto = "not-ours"', '"No card"\nto = "fine"')
    (found,) = (finding for finding in findings(files) if finding.rule == "unverified-data")
    assert found.path == ("call/owner: found", "call/sure: no-card", "call/fine")


def test_a_cycle_shows_its_whole_round_through_several_flows() -> None:
    """A round trip through two flows is shown step by step."""
    (found,) = (f for f in findings(edited("repair", 'no-parts = "later"', 'no-parts = "@call"')) if f.rule == "cycle")
    assert found.path[0].startswith(found.path[-1])
    assert {step.partition("/")[0] for step in found.path} == {"call", "repair"}


ROUND = """
flow = "{0}"
title = "T"
summary = "S."
revision = 1
start = "ask"

[steps.ask]
kind = "choice"
say = "Again?"
ask = "Again?"
choices = [
  {{ code = "yes", label = "Yes", to = "@{1}", gives = ["bell-tried"] }},
  {{ code = "no", label = "No", to = "tried" }},
]

[steps.tried]
kind = "lookup"
lookup = "known"
of = "bell-tried"
exits = {{ {2} = "lost" }}
"""


def test_a_circle_through_three_flows_is_one_finding() -> None:
    """What would be known only in a second round is not told beside the circle, which is the cause."""
    flows = {"call": ("call", "more", "no"), "more": ("more", "most", "yes"), "most": ("most", "call", "yes")}
    (found,) = findings({name: ROUND.format(*words) + OUTCOME for name, words in flows.items()})
    assert (found.rule, found.flow, found.line) == ("cycle", "most", 13)
    assert found.path == ("call/ask: yes", "more/ask: yes", "most/ask: yes", "call/ask")


def test_a_flow_without_an_entrance_is_reported_once() -> None:
    """A flow that nobody gets to is one finding, not one for each of its steps."""
    spare = REPAIR.replace('flow = "repair"', 'flow = "spare"')
    (found,) = findings({**FILES, "spare": spare})
    assert (found.rule, found.flow, found.step, found.line) == ("unreachable", "spare", "", 1)


def test_a_library_without_its_first_flow_is_told_so() -> None:
    """When call.toml is missing, that is what is said."""
    found = findings({"repair": REPAIR})
    assert [finding.message for finding in found if finding.rule == "unknown-target"] == [
        "there is no flow 'call', with which every call starts"
    ]


def chain(length: int) -> dict[str, str]:
    """Return a flow of questions, one after the other."""
    steps = [
        f"""
[steps.q{number}]
kind = "choice"
say = "Question {number}."
ask = "And?"
choices = [
  {{ code = "yes", label = "Yes", to = "{f"q{number + 1}" if number < length else "lost"}" }},
  {{ code = "no", label = "No", to = "lost" }},
]
"""
        for number in range(1, length + 1)
    ]
    head = 'flow = "call"\ntitle = "Long"\nsummary = "Long."\nrevision = 1\nstart = "q1"\n'
    return {"call": head + "".join(steps) + OUTCOME}


def test_a_call_with_more_than_twelve_answers_is_too_long() -> None:
    """Twelve answers are fine; thirteen are reported with the way there."""
    assert findings(chain(12)) == ()
    (found,) = findings(chain(13))
    assert (found.rule, found.step) == ("too-long", "lost")
    assert found.line == line_with(chain(13)["call"], "[steps.lost]")
    assert len(found.path) == 14


def test_what_the_records_answer_does_not_make_a_call_longer() -> None:
    """Only answers by staff count."""
    library, sources = load(chain(12))
    assert not [f for f in lint(library, VOCABULARY, sources) if f.rule == "too-long"]
    lookup = '\n[steps.start]\nkind = "lookup"\nlookup = "known"\nof = "verified"\nexits = { no = "q1" }\n'
    longer = {"call": chain(12)["call"].replace('start = "q1"', 'start = "start"') + lookup}
    assert findings(longer) == ()


def test_a_library_of_many_independent_facts_is_walked_quickly() -> None:
    """Facts that nothing further on reads do not multiply the situations."""
    text = chain(12)["call"].replace('label = "Yes"', 'label = "Yes", gives = ["verified"]')
    library, sources = load({"call": text})
    assert lint(library, VOCABULARY, sources) == ()


def test_findings_without_sources_still_name_flow_and_step() -> None:
    """A library that was not read from files can be checked too."""
    library, _ = load(edited("call", 'check = "owner"', 'check = "ownr"'))
    found = next(finding for finding in lint(library, VOCABULARY) if finding.rule == "unknown-name")
    assert (found.file, found.line, found.flow, found.step) == ("call.toml", 0, "call", "owner")


def test_every_exit_that_no_scenario_takes_is_named() -> None:
    """Coverage counts each answer of each step, lookups included."""
    library, _ = load(FILES)
    missing = uncovered(library, {("call/owner", "found"), ("call/state", "whole")})
    assert ("call/owner", "nobody") in missing
    assert ("call/state", "broken") in missing
    assert ("call/wheel", "empty") not in missing
    assert ("call/owner", "found") not in missing
    assert (
        uncovered(
            library, {(f"{f}/{s}", c) for f in FILES for s, step in library.flows[f].steps.items() for c in step.exits}
        )
        == ()
    )


def test_a_check_without_answers_that_stay_may_answer_anything_it_can(tmp_path: object) -> None:
    """Every code a check can answer has an exit or advice."""
    found = findings(edited("call", 'nobody = "not-ours"\n', ""))
    assert [finding.rule for finding in found] == ["unhandled-answer"]
    assert line_with(CALL, "[steps.owner.exits]") == found[0].line


@pytest.fixture(scope="module")
def shipped() -> tuple[Finding, ...]:
    return lint(loader.library(), vocabulary.VOCABULARY, loader.sources())


def test_the_shipped_flows_have_no_mistake(shipped: tuple[Finding, ...]) -> None:
    """The flows that come with the product pass their own linter."""
    assert [str(finding) for finding in shipped] == []


def test_an_empty_library_is_not_a_crash() -> None:
    """Even without any flow the linter has a sentence."""
    assert [finding.rule for finding in lint(Library(flows={}), VOCABULARY)] == ["unknown-target"]
