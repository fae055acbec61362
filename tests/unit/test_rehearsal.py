"""Scenarios are played in a practice school that is thrown away; a colleague may get in between."""

import pytest

from flows.lint import lint
from flows.loader import parse
from flows.model import Library
from flows.scenario import Scenario
from wizard.meanwhile import MEANWHILE
from wizard.rehearsal import rehearse
from wizard.vocabulary import ACCOUNT_STATES, VOCABULARY

CALL = """\
flow = "call"
title = "Twice asked"
summary = "The records are asked twice for the state of the account."
revision = 1
start = "student"

[steps.student]
kind = "entry"
check = "student"
say = "Who is it about?"
ask = "Which student?"
exits = { found = "channel", not-in-roster = "other" }

[steps.channel]
kind = "lookup"
lookup = "channel"
exits = { counter = "who", phone = "other" }

[steps.who]
kind = "choice"
say = "May I see a photo ID?"
ask = "Who is it?"
choices = [
  { code = "photo-id", label = "Photo ID seen", to = "first", gives = ["verified"] },
  { code = "cannot", label = "Can't tell", to = "other" },
]

[steps.first]
kind = "lookup"
lookup = "account-state"

[steps.first.exits]
unclaimed = "ready"
{others}

[steps.ready]
kind = "choice"
say = "Are you ready?"
ask = "Ready?"
choices = [
  { code = "yes", label = "Yes", to = "second" },
  { code = "no", label = "No", to = "other" },
]

[steps.second]
kind = "lookup"
lookup = "account-state"
exits = { unclaimed = "done" }

[steps.done]
kind = "outcome"
result = "solved"
title = "Done"
say = "Done."
do = "Nothing."
next = "Nothing."

[steps.other]
kind = "outcome"
result = "declined"
title = "Other"
say = "Sorry."
do = "Nothing."
next = "Nothing."
"""


def scenario(**changes: object) -> Scenario:
    """Return a call about Siobhan O'Brien, whose account is not claimed."""
    turns = [{"find": "0100003"}, {"choose": "photo-id"}, {"meanwhile": "claimed"}, {"choose": "yes"}]
    written = {"name": "twice", "about": "Twice asked.", "channel": "counter", "student": "0100003"}
    return Scenario.model_validate({**written, "turns": turns, "ends": "call/done", **changes})


@pytest.fixture(scope="module")
def library() -> Library:
    others = "\n".join(f'{state} = "other"' for state in ACCOUNT_STATES if state != "unclaimed")
    return Library(flows={"call": parse(CALL.replace("{others}", others), "call.toml")})


def test_what_the_call_established_stays_when_the_records_change_meanwhile(library: Library) -> None:
    """The linter counts on it that a second lookup answers as the first did; so it does."""
    assert lint(library, VOCABULARY) == ()
    assert rehearse(scenario(state="claimed", facts=["account-state=unclaimed"]), library).first_difference == ""


def test_each_rehearsal_starts_from_a_fresh_school(library: Library) -> None:
    """What happened in one scenario is not there in the next."""
    assert rehearse(scenario(state="claimed"), library).ok
    untouched = scenario(
        turns=[{"find": "0100003"}, {"choose": "photo-id"}, {"choose": "no"}], ends="call/other", state="unclaimed"
    )
    assert rehearse(untouched, library).first_difference == ""


@pytest.mark.parametrize("event", sorted(MEANWHILE))
def test_everything_that_can_happen_meanwhile_happens(library: Library, event: str) -> None:
    """Each event leaves the account in a state of its own, or as near as it can be told."""
    states = {
        "claimed": "claimed",
        "too-new": "too-new",
        "ticket-open": "ticket-open",
        "reset-done": "reset-done",
        "gone": "not-in-roster",
    }
    turns = [{"find": "0100003"}, {"choose": "photo-id"}, {"meanwhile": event}]
    played = rehearse(scenario(turns=turns, ends="call/ready", state=states.get(event, "unclaimed")), library)
    assert played.first_difference == ""


@pytest.mark.parametrize(
    ("turn", "told"),
    [
        ({"meanwhile": "earthquake"}, "meanwhile 'earthquake'; it is one of claimed, "),
        ({"type": "x"}, "at 'call/ready' this cannot be done: type"),
        ({"report": True}, "at 'call/ready' this cannot be done: report"),
        ({"change": "call/first"}, "this cannot be done: change call/first"),
        ({"find": "0100003"}, "at 'call/ready' this cannot be done: find"),
    ],
)
def test_a_turn_that_the_call_does_not_allow_is_told(library: Library, turn: dict[str, object], told: str) -> None:
    """Whoever writes a scenario learns at which step the turn does not fit."""
    turns = [{"find": "0100003"}, {"choose": "photo-id"}, turn]
    assert told in rehearse(scenario(turns=turns), library).first_difference


def test_a_student_whom_the_search_does_not_find_cannot_be_picked(library: Library) -> None:
    """A scenario cannot pick somebody who is not in the practice school."""
    told = rehearse(scenario(turns=[{"find": "0999999"}]), library).first_difference
    assert "the search does not find 0999999" in told
