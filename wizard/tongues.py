"""Looking the languages over: what `check` says about the catalogs of a district's languages."""

from collections.abc import Iterator
from pathlib import Path

from flows import layers, loader
from flows.catalog import ENGLISH
from flows.finding import Finding
from flows.model import Library
from flows.overlay import unreadable
from flows.rules.languages import lint_language
from flows.source import FlowError, Source
from wizard import district as districts
from wizard.district import District
from wizard.phrases import TEXTS


def lint_languages(
    library: Library, district: District, flows: Path | None = None, overlay: Path | None = None, file: str = ""
) -> Iterator[Finding]:
    """Yield what is wrong with the words of the district's languages; `file` is the district's own file."""
    try:
        found = layers.layers(flows, overlay)
    except FlowError as error:
        yield unreadable(error)
        return
    for code in district.languages:
        if code in found:
            yield from lint_language(library, TEXTS, found[code])
        elif code != ENGLISH:
            told = f"the district speaks '{code}', but there are no words for it"
            fix = f"write {code}.toml into the `locale` folder (`translate import {code}`), or take it out of languages"
            yield Finding("missing-catalog", file or str(districts.SHIPPED), _line(file), "", "", told, fix)


def _line(file: str) -> int:
    path = Path(file) if file else districts.SHIPPED
    return Source(str(path), loader.read(path)).line_of(needle="languages")
