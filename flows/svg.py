"""A flow, or the whole library, as a self-contained SVG: no program is needed to draw it, any browser shows it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from textwrap import wrap
from unicodedata import east_asian_width

from flows.draw import in_words, question
from flows.layout import Edge, Point, Size, layout
from flows.model import ActionStep, EntryStep, Flow, Library, LookupStep, Outcome, Step
from flows.text import inert

LARGEST = 300
"""Boxes; more cannot be read on one page."""
LETTER, SMALL, LINE, AROUND = 13, 11, 17, 24
"""Sizes in pixels: of letters, of small ones, of a line, and of the margin."""
ACROSS, WORDS_ACROSS, WORDS_LINES = 30, 24, 7
"""Characters on a line of a box and of an edge's words; lines that an edge's words may take."""

STYLE = """
text { font-family: "DejaVu Sans", Verdana, Arial, sans-serif; fill: #1b1f24; }
.name, .words, .kind { font-size: 11px; } .name, .kind { fill: #57606a; } .ask { font-size: 13px; }
.title { font-size: 20px; font-weight: bold; }
.box { stroke: #57606a; stroke-width: 1.4; fill: #ffffff; }
.entry { fill: #fff8e1; } .lookup { fill: #eef1f4; stroke-dasharray: 5 3; }
.action { fill: #e3f0ff; stroke-width: 2.6; }
.flow { fill: #f3e8fd; } .solved { fill: #dff5e1; } .waiting { fill: #fdf3c8; } .ticket { fill: #ffe6cc; }
.referred { fill: #e0f4f7; } .declined { fill: #fbe0e0; }
.line { fill: none; stroke: #6e7781; stroke-width: 1.3; } .paper { fill: #ffffff; }
"""

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class TooLarge(Exception):
    """A drawing with more boxes than anybody can read; its text is a sentence."""


@dataclass(frozen=True)
class Box:
    """One box of a drawing."""

    name: str
    kind: str
    """Its look: choice, entry, lookup, action, flow, or the result of an outcome."""
    words: str
    small: str
    """Stands below the words: the step's name, and what kind of step it is."""
    told: str = ""
    """Shown when the pointer rests on it."""

    @property
    def lines(self) -> list[str]:
        """Return the words in lines."""
        return wrap(self.words, ACROSS) or [self.name]

    @property
    def size(self) -> Size:
        """Return width and height."""
        width = max([*(_width(line, LETTER) for line in self.lines), _width(self.small, SMALL)]) + 34
        return width, len(self.lines) * LINE + LINE + 14


def to_svg(library: Library, name: str) -> str:
    """Return a flow as SVG. Raises KeyError for an unknown flow, TooLarge for one that is too large to read."""
    flow = library.flows[name]
    boxes = [_step_box(key, step, start=key == flow.start) for key, step in _start_first(flow)]
    edges: dict[tuple[str, str], list[str]] = {}
    for key, step in flow.steps.items():
        for code, target in step.exits.items():
            edges.setdefault((key, target), []).append(in_words(step, code))
    known = {box.name for box in boxes}
    others = dict.fromkeys(target for _, target in edges if target not in known)
    boxes += [_flow_box(library, target) for target in others]
    return _picture(flow.title, f"{flow.flow}, revision {flow.revision}. {flow.summary}", boxes, edges)


def to_svg_overview(library: Library) -> str:
    """Return how the flows of a library lead to each other. Raises TooLarge when there are too many to read."""
    boxes = [_flow_box(library, f"@{name}") for name in _first_flow_first(library)]
    edges: dict[tuple[str, str], list[str]] = {}
    for name, flow in library.flows.items():
        for step in flow.steps.values():
            for code, target in step.exits.items():
                if target.startswith("@") and target[1:] in library.flows:
                    words = edges.setdefault((f"@{name}", target), [])
                    words += [told] if (told := in_words(step, code)) not in words else []
    steps = sum(len(flow.steps) for flow in library.flows.values())
    return _picture("All flows", f"{len(library.flows)} flows, {steps} steps.", boxes, edges)


def _start_first(flow: Flow) -> Iterable[tuple[str, Step]]:
    return sorted(flow.steps.items(), key=lambda item: item[0] != flow.start)


def _first_flow_first(library: Library) -> Iterable[str]:
    return sorted(library.flows, key=lambda name: name != library.start)


def _step_box(key: str, step: Step, *, start: bool) -> Box:
    kind = step.result if isinstance(step, Outcome) else step.kind
    what = f"ends: {step.result}" if isinstance(step, Outcome) else _kinds(step)
    told = "" if isinstance(step, LookupStep) else step.say
    return Box(key, kind, _asked(step), f"{'start, ' if start else ''}{key} ({what})", told)


def _asked(step: Step) -> str:
    if isinstance(step, LookupStep):
        return f"Known in this call: {step.of.replace('-', ' ')}?" if step.of else step.lookup.replace("-", " ") + "?"
    return question(step)


def _kinds(step: Step) -> str:
    match step:
        case EntryStep(check=name):
            return f"typed: {name}"
        case LookupStep():
            return "the records answer"
        case ActionStep(action=name):
            return f"action: {name}"
    return step.kind


def _flow_box(library: Library, target: str) -> Box:
    flow = library.flows.get(target.removeprefix("@")) if target.startswith("@") else None
    if flow is None:
        return Box(target, "declined", f"there is no {target}", target)
    return Box(target, "flow", flow.title, f"flow {target[1:]}, {len(flow.steps)} steps", flow.summary)


def _picture(title: str, summary: str, boxes: Sequence[Box], words: Mapping[tuple[str, str], Sequence[str]]) -> str:
    if len(boxes) > LARGEST:
        raise TooLarge(f"{len(boxes)} boxes are too many for one drawing; split it (at most {LARGEST} can be read)")
    lines = {pair: _edge_lines(told) for pair, told in words.items()}
    edges = {Edge(*pair, _words_size(told)): told for pair, told in lines.items()}
    placed = layout({box.name: box.size for box in boxes}, [*edges])
    head = [title, *wrap(summary, 110)]
    top = AROUND + 26 + LINE * len(head)
    width = max(placed.width, *(_width(line, LETTER) for line in head), _width(title, 20)) + 2 * AROUND
    body = [
        *(_line(points) for points in placed.lines.values()),
        *(_edge_words(edges[edge], at) for edge, at in placed.words.items()),
        *(_box(box, placed.boxes[box.name]) for box in boxes),
    ]
    height = placed.height + top + AROUND
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{_safe(title)}"'
            f' width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">',
            f"<title>{_safe(title)}</title>",
            f"<style>{STYLE}</style>",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7.4" refY="4" markerWidth="8" markerHeight="8"'
            ' orient="auto"><path d="M0,0.6 L8,4 L0,7.4 z" fill="#6e7781"/></marker></defs>',
            '<rect class="paper" width="100%" height="100%"/>',
            f'<text class="title" x="{AROUND}" y="{AROUND + 16}">{_safe(title)}</text>',
            *(
                f'<text class="ask" x="{AROUND}" y="{AROUND + 22 + LINE * number}">{_safe(line)}</text>'
                for number, line in enumerate(head[1:], start=1)
            ),
            f'<g transform="translate({(width - placed.width) / 2:.1f} {top})">',
            *body,
            "</g>",
            "</svg>",
            "",
        ]
    )


def _edge_lines(words: Sequence[str]) -> list[str]:
    """Return the words of all answers that lead the same way, cut when they are too many to read."""
    lines = [
        line
        for number, told in enumerate(words)
        for line in wrap(told + ("," if number < len(words) - 1 and len(words) > 1 else ""), WORDS_ACROSS)
    ]
    if len(words) > 3:
        lines = wrap(", ".join(words), WORDS_ACROSS + 8)
    if len(lines) <= WORDS_LINES:
        return lines
    return [*lines[: WORDS_LINES - 1], f"… ({len(words)} answers)"]


def _words_size(lines: Sequence[str]) -> Size:
    return max((_width(line, SMALL) for line in lines), default=0) + 8, len(lines) * (LINE - 3) + 6


def _width(text: str, size: float) -> float:
    """Return about how wide a text is; a little more than most letters need."""
    return sum(_letter(character) for character in text) * size


def _letter(character: str) -> float:
    if east_asian_width(character) in "WF":
        return 1.05
    return 0.42 if character in " ,.'|!:;ijl()-" else 0.98 if character in "mwMW@%…" else 0.66


def _safe(text: str) -> str:
    return escape(_ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", inert(text.replace("\n", " "))))


def _box(box: Box, at: Point) -> str:
    (x, y), (width, height) = at, box.size
    top = y - height / 2
    texts = [
        f'<text class="ask" text-anchor="middle" x="{x:.1f}" y="{top + 20 + LINE * number:.1f}">{_safe(line)}</text>'
        for number, line in enumerate(box.lines)
    ]
    name = f'<text class="name" text-anchor="middle" x="{x:.1f}" y="{y + height / 2 - 9:.1f}">{_safe(box.small)}</text>'
    told = f"<title>{_safe(box.told)}</title>" if box.told else ""
    return "".join((f"<g>{told}", _shape(box.kind, x, y, width, height), *texts, name, "</g>"))


def _shape(kind: str, x: float, y: float, width: float, height: float) -> str:
    """Return an outline; each kind has its own, so that a print without colors can be read."""
    left, right, top, bottom = x - width / 2, x + width / 2, y - height / 2, y + height / 2
    cut = 10
    corners = {
        "lookup": (
            (left + cut, top),
            (right - cut, top),
            (right, y),
            (right - cut, bottom),
            (left + cut, bottom),
            (left, y),
        ),
        "entry": ((left + cut, top), (right, top), (right - cut, bottom), (left, bottom)),
        "flow": ((left, top), (right - cut, top), (right, top + cut), (right, bottom), (left, bottom)),
    }
    if kind in corners:
        points = " ".join(f"{at:.1f},{down:.1f}" for at, down in corners[kind])
        return f'<polygon class="box {kind}" points="{points}"/>'
    round_by = {"choice": 4, "action": 0}.get(kind, height / 2)
    return (
        f'<rect class="box {kind}" x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
        f' rx="{round_by:.1f}"/>'
    )


def _line(points: Sequence[Point]) -> str:
    """Return a line that leaves and enters straight down and bends in between."""
    path = f"M{points[0][0]:.1f},{points[0][1]:.1f}"
    for (x, y), (to_x, to_y) in pairwise(points):
        half = (y + to_y) / 2
        path += f" C{x:.1f},{half:.1f} {to_x:.1f},{half:.1f} {to_x:.1f},{to_y:.1f}"
    return f'<path class="line" marker-end="url(#tip)" d="{path}"/>'


def _edge_words(lines: Sequence[str], at: Point) -> str:
    x, y = at
    width, height = _words_size(lines)
    corner = f'x="{x - width / 2:.1f}" y="{y - height / 2:.1f}"'
    under = f'<rect class="paper" {corner} width="{width:.1f}" height="{height:.1f}"/>'
    texts = (
        f'<text class="words" text-anchor="middle" x="{x:.1f}" y="{y - height / 2 + 13 + (LINE - 3) * number:.1f}">'
        f"{_safe(line)}</text>"
        for number, line in enumerate(lines)
    )
    return under + "".join(texts)
