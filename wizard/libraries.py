"""The flows a program runs with: the shipped ones or a draft folder, with a district's overlay, all linted."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from flows import layers, loader, overlay
from flows.catalog import Catalog
from flows.finding import Finding
from flows.lint import lint
from flows.model import Library
from flows.overlay import Merged
from flows.source import FlowError, Source
from wizard.vocabulary import VOCABULARY

CHECK = "portal-wizard-admin check"


@dataclass(frozen=True)
class Reading:
    """What was read from the folders: a library that can be used, or what is wrong with it."""

    library: Library | None
    """None while there is a mistake."""
    findings: tuple[Finding, ...]
    catalogs: Mapping[str, Catalog] = field(default_factory=dict)
    """The words of each language but English."""

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
        """Return each mistake's sentence under the step it belongs to (`flow/step`; `flow/` for a whole flow)."""
        return {f"{found.flow}/{found.step}": f"Draft: {found}" for found in reversed(self.mistakes)}


def parsed(flows: Path | None = None, over: Path | None = None) -> Merged:
    """Return the flows of the folders, parsed and merged but not linted. Raises FlowError for a missing folder."""
    return overlay.merge(loader.sources(flows), loader.sources(over) if over else ())


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
    findings += lint(library, VOCABULARY, merged.sources)
    try:
        reading = Reading(library, findings, layers.load(flows, over))
    except FlowError as error:
        findings += (overlay.unreadable(error),)
        reading = Reading(library, findings)
    return Reading(None, findings) if reading.mistakes else reading


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
