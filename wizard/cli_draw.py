"""`draw`: one flow, or how all of them hang together, to look at and to sign."""

import argparse
from pathlib import Path

from flows import draw, svg
from flows.model import Library
from flows.rules.names import near
from flows.source import FlowError
from wizard import libraries
from wizard.console import show

FORMATS = {"mermaid": draw.to_mermaid, "outline": draw.to_outline, "svg": svg.to_svg}


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `draw`."""
    drawing = subparsers.add_parser("draw", help="draw one flow, or how all flows hang together")
    drawing.add_argument("flow", nargs="?", help="its name, such as call; left out: all flows, as svg")
    drawing.add_argument("--format", choices=sorted(FORMATS), default="outline")
    drawing.add_argument("--flows", type=Path, help="the folder of the flow files (default: the shipped ones)")
    drawing.add_argument("--overlay", type=Path, help="a folder of a district's own changes, laid over the flows")
    drawing.set_defaults(run=run_draw)


def run_draw(arguments: argparse.Namespace) -> int:
    """Print one flow, or how all of them hang together."""
    library = libraries.as_written(arguments.flows, arguments.overlay)
    if arguments.flow is None and arguments.format != "svg":
        raise FlowError(arguments.format, 0, "draws one flow; name it, or take --format svg for all flows")
    try:
        show(_drawn(library, arguments.flow, arguments.format).rstrip("\n"))
    except svg.TooLarge as error:
        raise FlowError(arguments.flow or "all flows", 0, str(error)) from None
    return 0


def _drawn(library: Library, name: str | None, form: str) -> str:
    if name is None:
        return svg.to_svg_overview(library)
    ensure_flow(library, name)
    return FORMATS[form](library, name)


def ensure_flow(library: Library, name: str) -> None:
    """Raise a FlowError when a library has no such flow."""
    if name not in library.flows:
        hint = near(name, library.flows) or "there are " + ", ".join(sorted(library.flows))
        raise FlowError(name, 0, f"there is no flow of this name; {hint}")
