"""`paths` and `diff`: what a lead signs, and what changed for callers since."""

import argparse
import csv
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from flows.changes import Seen, changes
from flows.model import Library
from flows.paths import HEADINGS, Row, calls, rows
from flows.reach import explore
from flows.text import inert
from wizard import libraries
from wizard.cli_draw import ensure_flow
from wizard.console import show
from wizard.vocabulary import VOCABULARY

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be calculated by a spreadsheet; an apostrophe before it makes it text."""


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `paths` and `diff`."""
    listing = subparsers.add_parser("paths", help="list every path of one flow, or of all flows, to read and sign")
    listing.add_argument("flow", nargs="?", help="its name, such as call; left out: all flows")
    listing.add_argument("--format", choices=sorted(FORMATS), default="markdown")
    listing.add_argument("--output", type=Path, metavar="FILE", help="write to this file (default: print)")
    listing.add_argument("--flows", type=Path, help="the folder of the flow files (default: the shipped ones)")
    listing.add_argument("--overlay", type=Path, help="a folder of a district's own changes, laid over the flows")
    listing.set_defaults(run=run_paths)
    diff = subparsers.add_parser("diff", help="tell what changed for callers between two folders; 1 when something did")
    diff.add_argument("old", type=Path, nargs="?", help="the folder of the flows as they were")
    diff.add_argument(
        "new", type=Path, nargs="?", help="the folder of the flows as they are (default: the shipped ones)"
    )
    diff.add_argument(
        "--overlay",
        type=Path,
        help="a folder of a district's own changes: laid over both, or, when no folder is named, what it changes",
    )
    diff.set_defaults(run=run_diff, misused=diff.error)


def seen(folder: Path | None, overlay: Path | None = None) -> Seen:
    """Return the flows of a folder, with an overlay, and every situation their calls can be in."""
    library = libraries.as_written(folder, overlay)
    return Seen(library, explore(library, VOCABULARY))


def run_paths(arguments: argparse.Namespace) -> int:
    """Print or write the table."""
    looked_at = seen(arguments.flows, arguments.overlay)
    if arguments.flow is not None:
        ensure_flow(looked_at.library, arguments.flow)
    names = [arguments.flow] if arguments.flow else [*looked_at.library.flows]
    table = [row for name in names for row in rows(looked_at.library, looked_at.reach, name)]
    text = FORMATS[arguments.format](looked_at.library, table, calls(looked_at.reach))
    if arguments.output:
        arguments.output.write_text(text, encoding="utf-8", newline="")
        show(f"{arguments.output}: {len(table)} paths.")
    elif arguments.format == "csv" and not sys.stdout.isatty():
        sys.stdout.buffer.write(text.encode())
    else:
        show(text.lstrip("\ufeff").replace("\r\n", "\n").rstrip("\n"))
    return 0


def to_csv(library: Library, table: Iterable[Row], whole_calls: int) -> str:
    """Return the table for a spreadsheet: with the mark by which it knows UTF-8, and nothing it would calculate."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(HEADINGS)
    writer.writerows([_cell(text) for text in row] for row in table)
    return "\ufeff" + sheet.getvalue()


def _cell(text: str) -> str:
    flat = inert(text.replace("\n", " "))
    return f"'{flat}" if flat.startswith(FORMULA) else flat


def to_markdown(library: Library, table: Iterable[Row], whole_calls: int) -> str:
    """Return the table as Markdown, flow by flow, with a line to sign."""
    table = [*table]
    lines = [f"{len(table)} paths; put together, a call can go {whole_calls:,} ways.", ""]
    for name in dict.fromkeys(row[0] for row in table):
        flow = library.flows[name]
        lines += [f"## {_plain(flow.title)} ({name}, revision {flow.revision})", "", _plain(flow.summary), ""]
        lines += ["| " + " | ".join(HEADINGS[1:]) + " |", "|---" * len(HEADINGS[1:]) + "|"]
        lines += ["| " + " | ".join(_plain(text) for text in row[1:]) + " |" for row in table if row[0] == name]
        lines += ["", "Read and agreed: ____________________  Date: __________", ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Return words that Markdown takes as words."""
    flat = inert(text.replace("\n", " "))
    for mark in ("\\", "|", "<", "*", "_", "`", "["):
        flat = flat.replace(mark, "\\" + mark)
    return flat


FORMATS = {"csv": to_csv, "markdown": to_markdown}


def run_diff(arguments: argparse.Namespace) -> int:
    """Print every change; 1 when there is one."""
    if arguments.old is None and arguments.overlay is None:
        arguments.misused("name the folder of the flows as they were, or an --overlay to see what it changes")
    own = arguments.old is None
    old = seen(arguments.old, None if own else arguments.overlay)
    new = seen(arguments.new, arguments.overlay)
    found = [*changes(old, new, counted=not own)]
    for change in found:
        show(str(change))
    before, after = calls(old.reach), calls(new.reach)
    ways = f" A call could go {before:,} ways, and now {after:,}." if before != after else ""
    show((f"{len(found)} change{'' if len(found) == 1 else 's'} for callers." if found else "Nothing changed.") + ways)
    return int(bool(found))
