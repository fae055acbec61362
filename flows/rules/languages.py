"""Words in other languages: each spoken line is there, fresh, and with the same placeholders."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from flows import catalog as catalogs
from flows.catalog import Catalog, Line
from flows.finding import Finding
from flows.layers import Layer, merged
from flows.rules.names import near
from flows.rules.promises import broken_promise
from flows.survey import Survey
from flows.text import REPLACEMENT


@dataclass(frozen=True)
class Reading:
    """One language beside the English it translates."""

    survey: Survey
    others: Mapping[str, str]
    """Place -> English of what is said beside the flows: phrases of the program, questions of the district."""
    files: tuple[Layer, ...]

    @cached_property
    def catalog(self) -> Catalog:
        """Return what is spoken."""
        return merged(self.files)

    @cached_property
    def english(self) -> dict[str, str]:
        """Return everything that is spoken: place -> English."""
        return catalogs.spoken(self.survey.library) | dict(self.others)

    def translated(self) -> Iterator[tuple[str, str, Line]]:
        """Return place, English and line of everything that is translated and still spoken."""
        for place, line in self.catalog.entries():
            if line.text and place in self.english:
                yield place, self.english[place], line

    def owned(self) -> Iterator[tuple[Layer, str, Line]]:
        """Return every entry that is the author's to mend."""
        return ((layer, place, line) for layer in self.files if layer.own for place, line in layer.catalog.entries())

    def finding(
        self, rule: str, place: str, told: str, fix: str, layer: Layer | None = None, path: tuple[str, ...] = ()
    ) -> Finding:
        """Return a finding about a place, with its line in the topmost file that has it."""
        flow, _, rest = place.partition("/")
        holding = [each for each in self.files if each.catalog.entry(place)]
        source = (layer or (holding or self.files)[-1]).source
        line = catalogs.line_of(source, place)
        return Finding(rule, source.path, line, flow, rest.partition("/")[0], f"'{place}': {told}", fix, path)


def missing_translation(reading: Reading) -> Iterator[Finding]:
    """A spoken line that the catalog does not have: English is spoken in its place."""
    for place, english in reading.english.items():
        if reading.catalog.said(place, english).status == "missing":
            told = f"not in {reading.catalog.name_in_english} yet: “{_short(english)}”"
            yield reading.finding("missing-translation", place, told, "translate it, by hand or with `translate`")


def stale_translation(reading: Reading) -> Iterator[Finding]:
    """A line whose English was changed after it was translated: English is spoken in its place."""
    for place, english, line in reading.translated():
        if line.english != english:
            was, now = _from_where_they_differ(line.english, english)
            told = f"the English has changed; it was “{was}” and is “{now}”"
            fix = "translate it anew, and put the present English beside it"
            yield reading.finding("stale-translation", place, told, fix)


def placeholders_differ(reading: Reading) -> Iterator[Finding]:
    """A translation that does not use exactly the placeholders of its English."""
    for place, _, line in reading.translated():
        if told := catalogs.unequal(line.english, line.text):
            yield reading.finding("placeholders-differ", place, told, "use the same {names} as the English")


def unknown_place(reading: Reading) -> Iterator[Finding]:
    """A line for a step that does not exist or says nothing, or a phrase or question that there is not."""
    unknown = [(layer, place) for layer, place, _ in reading.owned() if place not in reading.english]
    for number, (layer, place) in enumerate(unknown):
        fix = (near(place, reading.english) if number < MOST_HINTS else "") or "delete it"
        yield reading.finding("unknown-place", place, "nothing is spoken there", fix, layer)


def control_characters(reading: Reading) -> Iterator[Finding]:
    """A character in a translation that could steer a terminal; it was replaced when the file was read."""
    for layer, place, line in reading.owned():
        if REPLACEMENT in line.text:
            yield reading.finding("control-character", place, "it holds a control character", "delete it", layer)


def forbidden_words(reading: Reading) -> Iterator[Finding]:
    """A translation that asks for a secret, or offers what this call may not be offered."""
    for place, _, line in reading.translated():
        for phrase in reading.survey.vocabulary.phrases_in(reading.catalog.language):
            if broken := broken_promise(reading.survey, place.rpartition("/")[0], line.text, phrase):
                yield reading.finding("forbidden-words", place, broken[0], phrase.fix, path=broken[1])


LEFT_OUT, SHOWN_BEFORE = 40, 15
"""Characters two texts begin with alike before their beginning is left out, and how many are shown all the same."""

MOST_HINTS = 20
"""Unknown places that are compared with all known ones; a file with more is one for another library."""


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else f"{text[:limit].rstrip()} ..."


def _from_where_they_differ(was: str, now: str) -> tuple[str, str]:
    """Return the parts of two texts that are not the same, with a few words before them."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(was, now, strict=False))
    same = sum(1 for _ in alike)
    start = 0 if same < LEFT_OUT else was.rfind(" ", 0, same - SHOWN_BEFORE) + 1
    more = "... " if start else ""
    return more + _short(was[start:]), more + _short(now[start:])


RULES: tuple[Callable[[Reading], Iterator[Finding]], ...] = (
    missing_translation,
    stale_translation,
    placeholders_differ,
    unknown_place,
    control_characters,
    forbidden_words,
)

NOT_SPOKEN = frozenset({"missing-translation", "stale-translation"})
"""English is spoken instead, so this is advice; a library that is to be complete (`--strict`) fails over it."""


def lint_language(survey: Survey, others: Mapping[str, str], files: tuple[Layer, ...]) -> tuple[Finding, ...]:
    """Return everything that is wrong with one language, in file order; `others` is what the flows do not hold.

    Shipped catalogs are not compared with flows that have nothing to do with them.
    """
    reading = Reading(survey, others, files)
    if not any(layer.own for layer in files) and not reading.catalog.lines.keys() & reading.english.keys():
        return ()
    findings = (survey.shown(finding) for rule in RULES for finding in rule(reading))
    return tuple(sorted(findings, key=lambda found: (found.file, found.line, found.rule)))
