"""Where catalogs come from: the shipped `locale` folder, a draft's own, and a district's overlay on top.

A folder of flows may have a `locale` folder in it. That of a draft takes the place of the shipped one, that of an
overlay is laid over it entry by entry. A draft without one still speaks the shipped translations: an entry is only
ever spoken for exactly the English it was made from.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from flows import loader
from flows.source import Source

if TYPE_CHECKING:
    from flows.catalog import Catalog


class Layer(NamedTuple):
    """One catalog file."""

    catalog: "Catalog"
    source: Source
    own: bool = True
    """False: it came with the product, and the flows it is used for did not."""


Layers = Mapping[str, tuple[Layer, ...]]
"""Language -> its files, the lowest first."""


def shipped() -> Path:
    """Return the folder of the catalogs that come with the product."""
    return Path(__file__).parent / "locale"


def layers(flows: Path | None = None, overlay: Path | None = None) -> Layers:
    """Return the catalog files for these folders. Raises FlowError for the first one that cannot be read."""
    found: dict[str, tuple[Layer, ...]] = {}
    draft = flows is not None and locale(flows).is_dir()
    if flows is not None and draft:
        found = {source.flow: (_layer(source),) for source in sources(locale(flows))}
    else:
        own = flows is None and overlay is None
        found = {code: (Layer(layer.catalog, layer.source, own),) for code, layer in _shipped().items()}
    for source in sources(locale(overlay)) if overlay else ():
        found[source.flow] = (*found.get(source.flow, ()), _layer(source))
    return found


def load(flows: Path | None = None, overlay: Path | None = None) -> "Mapping[str, Catalog]":
    """Return the catalogs for these folders, by language. Raises FlowError.

    Those that came with the product are read when the first word of another language is wanted.
    """
    if flows is None and overlay is None:
        return _spoken()
    return {code: merged(files) for code, files in layers(flows, overlay).items()}


def merged(files: tuple[Layer, ...]) -> "Catalog":
    """Return one catalog: what stands in a higher file counts."""
    base = files[0].catalog
    for layer in files[1:]:
        base = layer.catalog.holding(dict(base.entries()) | dict(layer.catalog.entries()))
    return base


def sources(folder: Path) -> tuple[Source, ...]:
    """Return the text of each catalog file in a folder, by name. Raises FlowError."""
    return tuple(Source(str(path), loader.read(path)) for path in sorted(folder.glob("*.toml")))


@cache
def _shipped() -> Mapping[str, Layer]:
    return {source.flow: _layer(source) for source in sources(shipped())}


@cache
def _spoken() -> "Mapping[str, Catalog]":
    return loader.Later(shipped(), lambda source: _layer(source).catalog)


def _layer(source: Source) -> Layer:
    from flows.catalog import parse  # loaded with the first catalog: the home screen speaks no other language

    return Layer(parse(source), source)


def locale(flows: Path) -> Path:
    """Return the folder of the catalogs that belong to a folder of flows."""
    return flows / "locale"
