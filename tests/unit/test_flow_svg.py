"""A flow, and all flows together, as a drawing that any browser shows: nothing overlaps, every edge has its words."""

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import FILES, edited, load

from flows import loader
from flows.layout import Edge, layout
from flows.model import ChoiceStep, Library
from flows.svg import TooLarge, to_svg, to_svg_overview
from wizard import cli

SVG = "{http://www.w3.org/2000/svg}"
SHIPPED = loader.library()
LIBRARY, _ = load(FILES)


def texts(drawing: str) -> str:
    """Return all words of a drawing, with one blank between lines."""
    return " ".join(element.text or "" for element in Xml.fromstring(drawing).iter(f"{SVG}text"))


@pytest.mark.parametrize("name", sorted(SHIPPED.flows))
def test_every_shipped_flow_is_drawn_with_all_its_steps(name: str) -> None:
    """Each step has a box with its name; each pair of steps with an answer between has a line and words."""
    drawn = to_svg(SHIPPED, name)
    flow = SHIPPED.flows[name]
    words = texts(drawn)
    assert all(f"{key} (" in words for key in flow.steps)
    pairs = {(key, target) for key, step in flow.steps.items() for target in step.exits.values()}
    assert drawn.count('<path class="line"') == len(pairs)


def test_the_words_of_each_answer_stand_on_its_edge() -> None:
    """Labels as staff see them, codes in words; another flow is shown by its title."""
    words = texts(to_svg(LIBRARY, "call"))
    for told in ("Card seen", "No card", "It rings", "small", "Repair", "start, owner"):
        assert told in words


def test_the_drawing_needs_nothing_else() -> None:
    """No script, no picture and no font from elsewhere, so that it can be mailed."""
    for drawn in (to_svg_overview(SHIPPED), to_svg(SHIPPED, "call")):
        assert not re.search(r"<script|<image|href|@import|url\((?!#)|https?://(?!www\.w3\.org/2000/svg)", drawn)


def test_all_flows_together_show_which_words_lead_from_one_to_the_other() -> None:
    """The overview has each flow by its title, and the answers between them."""
    words = texts(to_svg_overview(SHIPPED))
    for flow in SHIPPED.flows.values():
        assert f"flow {flow.flow}, {len(flow.steps)} steps" in words
    assert "The password is forgotten" in words


@given(words=st.text(min_size=1, max_size=80))
def test_any_words_give_a_drawing_that_can_be_read(words: str) -> None:
    """Quotes, angle brackets and characters that XML forbids do not break the file."""
    flow = LIBRARY.flows["call"]
    step = flow.steps["sure"]
    assert isinstance(step, ChoiceStep)
    choices = (step.choices[0].model_copy(update={"label": words}), *step.choices[1:])
    asked = step.model_copy(update={"ask": words, "say": words, "choices": choices})
    changed = flow.model_copy(update={"steps": {**flow.steps, "sure": asked}, "title": words, "summary": words})
    Xml.fromstring(to_svg(Library(flows={"call": changed}), "call"))


def test_a_broken_flow_can_be_drawn() -> None:
    """A target that does not exist and a circle are drawn, so that the mistake can be seen."""
    assert "there is no @nowhere" in texts(
        to_svg(load(edited("call", 'whole = "fine"', 'whole = "@nowhere"'))[0], "call")
    )
    round_trip = to_svg(load(edited("call", 'nobody = "not-ours"', 'nobody = "owner"'))[0], "call")
    assert "Whose bicycle is it?" in texts(round_trip)


names = st.integers(0, 9).map(lambda number: f"n{number}")


@given(
    sizes=st.lists(st.tuples(st.integers(20, 300), st.integers(20, 90)), min_size=10, max_size=10),
    pairs=st.sets(st.tuples(names, names), max_size=24),
)
def test_nothing_lies_on_anything_else(sizes: list[tuple[int, int]], pairs: set[tuple[str, str]]) -> None:
    """Boxes and the words between them never overlap, whatever leads where, and all lie within the page."""
    boxes = {f"n{number}": (float(width), float(height)) for number, (width, height) in enumerate(sizes)}
    edges = [Edge(one, other, (60.0, 30.0)) for one, other in sorted(pairs)]
    placed = layout(boxes, edges)
    everything = [(at, boxes[name]) for name, at in placed.boxes.items()]
    everything += [(at, edge.size) for edge, at in placed.words.items()]
    assert {edge for edge in edges if edge.start != edge.end} == placed.words.keys() == placed.lines.keys()
    for ((x, y), (width, height)), ((other_x, other_y), (other_width, other_height)) in combinations(everything, 2):
        beside = abs(x - other_x) >= (width + other_width) / 2 - 1e-6
        assert beside or abs(y - other_y) >= (height + other_height) / 2 - 1e-6
    for (x, y), (width, height) in everything:
        assert -1e-6 <= x - width / 2 <= x + width / 2 <= placed.width + 1e-6
        assert -1e-6 <= y - height / 2 <= y + height / 2 <= placed.height + 1e-6
    for edge, points in placed.lines.items():
        assert abs(points[0][0] - placed.boxes[edge.start][0]) < 1e-6
        assert abs(points[-1][0] - placed.boxes[edge.end][0]) < 1e-6


def test_a_drawing_too_large_to_read_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Hundreds of boxes are one sentence, not a page that nobody can read."""
    head = 'flow = "{0}"\ntitle = "Long"\nsummary = "Long."\nrevision = 1\nstart = "q"\n'
    step = '[steps.q]\nkind = "lookup"\nlookup = "channel"\nexits = {{ counter = "@f{1}" }}\n'
    for number in range(301):
        name = f"f{number}" if number else "call"
        (tmp_path / f"{name}.toml").write_text((head + step).format(name, number + 1))
    with pytest.raises(TooLarge):
        to_svg_overview(loader.library(tmp_path))
    assert cli.main(["draw", "--format", "svg", "--flows", str(tmp_path)]) == 2
    assert "too many for one drawing" in capsys.readouterr().err


def test_draw_prints_the_drawing_of_one_flow_or_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    """`draw --format svg > all.svg` is the overview; the other forms need a flow."""
    assert cli.main(["draw", "claim", "--format", "svg"]) == 0
    assert texts(capsys.readouterr().out).startswith("Claim the account")
    assert cli.main(["draw", "--format", "svg"]) == 0
    assert texts(capsys.readouterr().out).startswith("All flows")
    assert cli.main(["draw"]) == 2
    assert "name it, or take --format svg" in capsys.readouterr().err
