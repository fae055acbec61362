"""Looking the languages over: what `check` says about the catalogs of a district's languages."""

from collections.abc import Iterator
from pathlib import Path

from flows import layers, loader
from flows.finding import Finding
from flows.language import ENGLISH, PHRASES, QUESTIONS, coded
from flows.layers import Layer
from flows.overlay import unreadable
from flows.rules.languages import lint_language
from flows.source import FlowError, Source
from flows.survey import Survey
from wizard import district as districts
from wizard.district import District
from wizard.languages import beside_flows
from wizard.phrases import TEXTS


def lint_languages(
    survey: Survey, district: District, flows: Path | None = None, overlay: Path | None = None, file: str = ""
) -> Iterator[Finding]:
    """Yield what is wrong with the words of the district's languages; `file` is the district's own file."""
    try:
        found = layers.layers(flows, overlay)
    except FlowError as error:
        yield unreadable(error)
        return
    others = beside_flows(district)
    for code in district.languages:
        if code in found:
            findings = lint_language(survey, others, found[code])
            yield from (finding for finding in findings if not (file and _of_the_shipped_bank(finding)))
        elif code != ENGLISH:
            told = f"the district speaks '{code}', but there are no words for it"
            fix = f"write {code}.toml into the `locale` folder (`translate import {code}`), or take it out of languages"
            yield Finding("missing-catalog", file or str(districts.SHIPPED), _line(file), "", "", told, fix)


def lint_lines(survey: Survey, files: tuple[Layer, ...]) -> Iterator[Finding]:
    """Yield what is wrong with the lines of one language that belong to a step; the other words are `check`'s."""
    others = coded(PHRASES, TEXTS)
    for finding in lint_language(survey, others, files):
        if finding.flow in survey.library.flows:
            yield finding


def _of_the_shipped_bank(finding: Finding) -> bool:
    """Return whether it is about the translation of a shipped question that a district's own bank does not have."""
    shipped = Path(finding.file).parent == layers.shipped()
    return shipped and finding.rule == "unknown-place" and finding.flow == QUESTIONS


def _line(file: str) -> int:
    path = Path(file) if file else districts.SHIPPED
    return Source(str(path), loader.read(path)).line_of(needle="languages")
