"""Every fact the district told its families is acted on, and proved, where `docs/facts.md` says so."""

import re
from functools import cache
from pathlib import Path

import pytest

from flows import loader
from flows.loader import library
from flows.model import LookupStep
from flows.words import passages

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs" / "facts.md"
IDS = (*(f"D{number:02}" for number in range(1, 33)), "O1", "O3")
NAMED = re.compile(r"`([^`]+)`")


@cache
def rows() -> dict[str, tuple[str, str, str]]:
    """Return id -> (fact, acted on by, proved by), as the table has it."""
    lines = (line.strip("| ").split(" | ") for line in TABLE.read_text("utf-8").splitlines() if line.startswith("| "))
    return {cells[0]: (cells[1], cells[2], cells[3]) for cells in lines if re.fullmatch(r"[DO]\d+", cells[0])}


def named(cell: str) -> list[str]:
    return NAMED.findall(cell)


def test_every_fact_is_in_the_table() -> None:
    """No fact is forgotten, and none is invented."""
    assert tuple(rows()) == IDS


@pytest.mark.parametrize("fact", IDS)
def test_a_fact_is_acted_on_by_something_that_exists(fact: str) -> None:
    """Each step and file named beside a fact is there."""
    actors = named(rows()[fact][1])
    steps = {f"{name}/{step}" for name, flow in library().flows.items() for step in flow.steps}
    assert actors
    assert [actor for actor in actors if actor not in steps and not (ROOT / actor).is_file()] == []


@pytest.mark.parametrize("fact", IDS)
def test_a_fact_is_proved_by_a_test_that_exists(fact: str) -> None:
    """Each test named beside a fact is there, and so is the scenario it plays."""
    proofs = named(rows()[fact][2])
    assert proofs
    assert [proof for proof in proofs if not exists(proof)] == []


def exists(proof: str) -> bool:
    """Return whether `path::test` or `path::test[scenario]` is there."""
    path, _, test = proof.partition("::")
    name, _, scenario = test.rstrip("]").partition("[")
    if scenario and not (loader.shipped() / "scenarios" / f"{scenario}.toml").is_file():
        return False
    file = ROOT / path
    return file.is_file() and re.search(rf"^(async )?def {name}\(", file.read_text("utf-8"), re.MULTILINE) is not None


@pytest.mark.parametrize(
    ("fact", "step", "words"),
    [
        ("D21", "claim/open", "never click the Back button"),
        ("D21", "claim-trouble/last-name-differs", "don't use the Back button"),
        ("D22", "claim/open", '{portal_address}, and click "Claim my Account"'),
        ("D27", "how-to-log-in/open", "Open the {browser} browser and type at the top: {portal_address}"),
        ("D27", "how-to-log-in/open", "On a school device it opens by itself"),
        ("D28", "how-to-log-in/sign-in", 'Click "Go". Then the password'),
        ("D29", "how-to-log-in/in", "Those are the lessons"),
        ("D30", "how-to-log-in/sign-in", "capitals and small letters matter"),
        ("D30", "password-seen/eye", "click the little eye"),
        ("D32", "cached-credentials/clear", "Press Control, Shift and Delete together"),
        ("D32", "cached-credentials/clear-shared", "log everybody out"),
        ("D32", "cached-credentials/in", "incognito"),
    ],
)
def test_the_family_hears_it(fact: str, step: str, words: str) -> None:
    """What a fact asks of the family is said to them, at a step the table names for it."""
    assert step in named(rows()[fact][1])
    said = library().step(step)
    assert not isinstance(said, LookupStep)
    assert words in said.say


CONSTANTS = re.compile(r"CCPS|clayton|Infinite Campus|Chrome\b|S0123456|Rapid Identity", re.IGNORECASE)


def test_no_district_value_stands_in_a_flow() -> None:
    """Another district's file makes it another district's wizard: flows hold placeholders, never its values."""
    flows = library()
    words = [
        (f"{name}/{key}", passage.text)
        for name, flow in flows.flows.items()
        for key, step in flow.steps.items()
        for passage in passages(step)
    ]
    assert [place for place, text in words if CONSTANTS.search(text)] == []


SECRET_ASKED = re.compile(
    r"(?<!don't )\b(what is|what's|tell me|read me|may I have|give me) (the|your|a) (new )?(password|answer)",
    re.IGNORECASE,
)


def test_nobody_is_asked_for_a_password_or_an_answer() -> None:
    """No step asks a family to say a password or a challenge answer aloud."""
    steps = (step for flow in library().flows.values() for step in flow.steps.values())
    words = [passage.text for step in steps for passage in passages(step)]
    assert words
    assert [text for text in words if SECRET_ASKED.search(text)] == []
