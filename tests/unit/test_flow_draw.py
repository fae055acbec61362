"""A flow can be drawn: as a picture, and as an outline that a non-programmer can read and sign."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import FILES, edited, load

from flows import loader
from flows.draw import to_mermaid, to_outline
from flows.model import ChoiceStep, Library

LIBRARY, _ = load(FILES)

EDGE = re.compile(r'  \w+ -->\|"[^"|\n]+"\| \w+')
NODE = re.compile(r'  \w+(\[|\[/|\{\{|\[\[|\(\[|\[\()"[^"\n]*"(\]|/\]|\}\}|\]\]|\]\)|\)\])')
STAY = re.compile(r'  (\w+) -\.->\|"[^"|\n]+"\| \1')


def test_the_picture_has_each_step_and_each_answer_in_words() -> None:
    """Every edge carries the words of its answer; another flow is shown by its title."""
    drawn = to_mermaid(LIBRARY, "call")
    assert 's_sure -->|"Card seen"| s_state' in drawn
    assert 's_wheel -->|"small"| f_repair' in drawn
    assert 's_wheel -.->|"empty"| s_wheel' in drawn
    assert 'f_repair[("Repair")]' in drawn
    assert "start((start)) --> s_owner" in drawn
    exits = sum(len(step.exits) for step in LIBRARY.flows["call"].steps.values())
    assert len(EDGE.findall(drawn)) == exits


def test_words_with_quotes_and_brackets_cannot_break_the_picture() -> None:
    """Quotes, brackets, pipes and line breaks in a label are text in the picture."""
    label = 'label = "It \\"rings\\" [loud] | <b>#1</b>\\n100%%{x}"'
    drawn = to_mermaid(load(edited("call", 'label = "Card seen"', label))[0], "call")
    edge = "It #quot;rings#quot; [loud] #124; #lt;b#gt;#35;1#lt;/b#gt; 100#37;#37;{x}"
    assert f'|"{edge}"| s_state' in drawn


@given(words=st.text(min_size=1, max_size=60))
def test_any_words_give_a_picture_of_the_same_shape(words: str) -> None:
    """Whatever is written on an answer, each line of the picture stays a node or an edge."""
    flow = LIBRARY.flows["call"]
    step = flow.steps["sure"]
    assert isinstance(step, ChoiceStep)
    choices = (step.choices[0].model_copy(update={"label": words}), *step.choices[1:])
    asked = step.model_copy(update={"ask": words, "choices": choices})
    changed = flow.model_copy(update={"steps": {**flow.steps, "sure": asked}, "title": words})
    lines = to_mermaid(Library(flows={"call": changed}), "call").split("\n")
    assert len(lines) == len(to_mermaid(Library(flows={"call": flow}), "call").split("\n"))
    for line in lines[5:-1]:
        assert EDGE.fullmatch(line) or NODE.fullmatch(line) or STAY.fullmatch(line), line


def test_the_outline_reads_from_the_first_question_on() -> None:
    """Steps come in the order of a call, with what is said, done and asked, and where each answer leads."""
    outline = to_outline(LIBRARY, "call")
    heads = re.findall(r"^([\w-]+) \[(.*)\]$", outline, re.MULTILINE)
    assert heads[0] == ("owner", "entry: owner, the call starts here")
    assert {name for name, _ in heads} == LIBRARY.flows["call"].steps.keys()
    assert "  SAY   May I see your card?" in outline
    assert "  DO    on the phone: Call them back." in outline
    assert "  small -> Repair (@repair)" in outline
    assert "  empty -> stays, with advice" in outline
    assert "  NEXT  They ride home." in outline


def test_the_outline_shows_also_a_step_that_nobody_gets_to() -> None:
    """A flow with a mistake in it can still be looked at."""
    outline = to_outline(load(edited("call", 'whole = "fine"', 'whole = "not-ours"'))[0], "call")
    assert "fine [outcome: solved]" in outline


def test_a_flow_with_a_target_that_does_not_exist_can_be_drawn() -> None:
    """Drawing helps to find the mistake that the linter reports."""
    library, _ = load(edited("call", 'whole = "fine"', 'whole = "@nowhere"'))
    assert 'f_nowhere[("no flow nowhere")]' in to_mermaid(library, "call")
    assert "no flow nowhere (@nowhere)" in to_outline(library, "call")


@pytest.mark.parametrize("name", sorted(loader.library().flows))
def test_every_shipped_flow_can_be_drawn(name: str) -> None:
    """Each line of each shipped flow's picture is a node or an edge with words."""
    library = loader.library()
    lines = to_mermaid(library, name).split("\n")
    for line in lines[5:-1]:
        assert EDGE.fullmatch(line) or NODE.fullmatch(line) or STAY.fullmatch(line), line
    assert to_outline(library, name).startswith(library.flows[name].title)
