"""`portal-wizard`: reads the arguments, wires the parts together, and ends with a sentence when it cannot start."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wizard.desk import Desk

INTERRUPTED = 130
"""Exit code after Ctrl+C, as shells expect it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the wizard; return the exit code (0 ended, 2 could not start)."""
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
        if options.demo and options.district:
            parser.error("the practice school has its own district; leave out --district, or leave out --demo")
        return _run(options)
    except KeyboardInterrupt:
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="portal-wizard", description="A guided call for families who can't get into the student portal."
    )
    parser.add_argument(
        "--demo", action="store_true", help="open a practice school of made-up students; nothing is kept"
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="the data folder (with --demo: keep the practice school)"
    )
    parser.add_argument("--district", type=Path, metavar="FILE", help="the district file, instead of the one shipped")
    parser.add_argument("--flows", type=Path, metavar="DIR", help="a folder of flow files, instead of those shipped")
    parser.add_argument("--agent", metavar="NAME", help="who takes the calls; otherwise the name of this user")
    parser.add_argument("--no-mouse", action="store_true", help="leave the mouse to the terminal")
    parser.add_argument("--version", action="version", version=_version())
    return parser


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"portal-wizard {version('portal-wizard')}"
    except PackageNotFoundError:
        return "portal-wizard (not installed)"


def _run(options: argparse.Namespace) -> int:
    if not _has_screen():
        print(
            "portal-wizard needs a terminal with a keyboard and a screen. Open a terminal window and start it there.",
            file=sys.stderr,
        )
        return 2
    from screens.app import PortalWizard

    with ExitStack() as stack:
        app = PortalWizard(_opener(options, stack), kept=_keeps(options))
        app.run(mouse=not options.no_mouse)
        return app.return_code or 0


def _has_screen() -> bool:
    # Textual draws on standard error, so that one has to be the terminal as well.
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream.isatty() for stream in streams) and os.environ.get("TERM") != "dumb"


def _keeps(options: argparse.Namespace) -> bool:
    return bool(options.data) or not options.demo


def _opener(options: argparse.Namespace, stack: ExitStack) -> "Callable[[], Desk]":
    """Return what opens the desk, once the first frame is on screen; the stack closes it."""

    def opener() -> "Desk":
        agent = _agent(options.agent)
        if options.demo:
            from wizard.practice import practice_desk

            return stack.enter_context(practice_desk(options.data, agent=agent, flows=options.flows))
        from wizard.desk import open_desk

        desk = open_desk(data=options.data, district=options.district, flows=options.flows, agent=agent)
        stack.callback(desk.close)
        return desk

    return opener


def _agent(named: str | None) -> str:
    from getpass import getuser

    from wizard.text import clean, collapse

    try:
        name = named or getuser()
    except (OSError, KeyError):
        name = ""
    return collapse(clean(name, 40).text) or "agent"
