"""The flows a program runs with: the shipped ones or a draft folder, with a district's overlay, all linted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from flows import layers, loader, overlay
from flows.catalog import Catalog, step_at
from flows.finding import Finding
from flows.lint import mistakes
from flows.model import Library
from flows.overlay import Merged
from flows.source import FlowError, Source
from flows.survey import Survey
from wizard import tongues
from wizard.vocabulary import VOCABULARY

CHECK = "portal-wizard-admin check"

ASKING = "forbidden-words"
"""The one mistake in a translation that keeps a library from being used: the line would be spoken as it stands."""


@dataclass(frozen=True)
class Reading:
    """What was read from the folders: a library that can be used, or what is wrong with it."""

    library: Library | None
    """None while there is a mistake."""
    findings: tuple[Finding, ...]
    catalogs: Mapping[str, Catalog] = field(default_factory=dict)
    """The words of each language but English."""
    translations: tuple[Finding, ...] = ()
    """What is wrong with those words; English is spoken instead, so the library can be used all the same."""

    @property
    def mistakes(self) -> tuple[Finding, ...]:
        """Return what keeps the library from being used; a change that no longer fits does not."""
        return tuple(finding for finding in self.findings if not finding.warning and finding.rule != overlay.STALE)

    @property
    def sentence(self) -> str:
        """Return the first mistake with file and line, and how many more there are; empty when there is none."""
        return f"{self.mistakes[0]}{self.more}" if self.mistakes else ""

    @property
    def more(self) -> str:
        """Return how many mistakes there are beside the first; empty when there are none."""
        return f" (and {len(self.mistakes) - 1} more: {CHECK})" if self.mistakes[1:] else ""

    def remarks(self) -> Mapping[str, str]:
        """Return each mistake's sentence under the step it belongs to (`flow/step`; `flow/` for a whole flow).

        A translation that is missing or no longer fits is told there, too, where there is no mistake.
        """
        told = (*self.mistakes, *self.translations)
        return {f"{found.flow}/{found.step}": f"Draft: {found}" for found in reversed(told)}

    @property
    def to_translate(self) -> str:
        """Return how many lines of other languages are to be looked at; empty when there are none."""
        count = len(self.translations)
        return f" To translate: {count} line{'' if count == 1 else 's'}, told at their steps." if count else ""


def parsed(flows: Path | None = None, over: Path | None = None) -> Merged:
    """Return the flows of the folders, parsed and merged but not linted. Raises FlowError for a missing folder."""
    return overlay.merge(loader.sources(flows), _own(over) if over else ())


def _own(over: Path) -> tuple[Source, ...]:
    """Return an overlay's flow files; there may be none when it only has words of other languages."""
    only_words = not any(over.glob("*.toml")) and any(layers.locale(over).glob("*.toml"))
    return () if only_words else loader.sources(over)


def read(flows: Path | None = None, over: Path | None = None) -> Reading:
    """Read, merge and lint the flows of the folders; never raises for what is in them."""
    try:
        merged = parsed(flows, over)
    except FlowError as error:
        return Reading(None, (overlay.unreadable(error),))
    findings = merged.findings
    if any(finding.rule == "unreadable" for finding in findings):
        return Reading(None, tuple(_placed(finding, merged) for finding in findings))
    library = Library(flows=dict(merged.flows))
    survey = Survey.of(library, VOCABULARY, merged.sources)
    return _with_words(survey, (*findings, *mistakes(survey)), flows, over)


def _with_words(survey: Survey, findings: tuple[Finding, ...], flows: Path | None, over: Path | None) -> Reading:
    """Read and lint the catalogs too, and put all of it together."""
    try:
        found = layers.layers(flows, over)
    except FlowError as error:
        return Reading(None, (*findings, _at_its_step(overlay.unreadable(error))))
    spoken = tuple(finding for files in found.values() for finding in tongues.lint_lines(survey, files))
    asking = tuple(finding for finding in spoken if finding.rule == ASKING)
    catalogs = {code: layers.merged(files) for code, files in found.items()}
    reading = Reading(
        survey.library, (*findings, *asking), catalogs, tuple(each for each in spoken if each.rule != ASKING)
    )
    return replace(reading, library=None) if reading.mistakes else reading


def load(flows: Path | None = None, over: Path | None = None) -> Library:
    """Return the library of the folders. Raises FlowError with the first mistake, its file and line."""
    if flows is None and over is None:
        return loader.library()
    reading = read(flows, over)
    if reading.library is None:
        first = reading.mistakes[0]
        raise FlowError(first.file, first.line, f"{first.message}{reading.more}")
    return reading.library


def as_written(flows: Path | None = None, over: Path | None = None) -> Library:
    """Return the library of the folders, to be looked at with its mistakes. Raises FlowError for an unreadable file."""
    if over is None:
        return loader.library(flows)
    merged = parsed(flows, over)
    for finding in merged.findings:
        if finding.rule == "unreadable":
            raise FlowError(finding.file, finding.line, finding.message)
    return Library(flows=dict(merged.flows))


def _at_its_step(finding: Finding) -> Finding:
    """Give a catalog that cannot be read the flow and step its line is about, where the file itself can be read."""
    try:
        flow, _, step = step_at(loader.read(Path(finding.file)), finding.line).partition("/")
    except FlowError:
        return finding
    return replace(finding, flow=flow, step=step)


def _placed(finding: Finding, merged: Merged) -> Finding:
    """Give what cannot be read the flow and step its line lies in, where the file itself can be read."""
    path = Path(finding.file)
    if finding.flow or path.suffix != ".toml":
        return finding
    try:
        source = Source(str(path), loader.read(path))
    except FlowError:
        return finding
    return replace(finding, flow=source.flow, step=source.step_at(finding.line))
