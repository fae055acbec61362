"""`portal-wizard`: reads the arguments, wires the parts together, and ends with a sentence when it cannot start."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from types import ModuleType

    from screens.personal import Personal
    from wizard.authoring import Draft
    from wizard.desk import Desk
    from wizard.settings import Settings

NO_TERMINAL = "portal-wizard needs a terminal with a keyboard and a screen. Open a terminal window and start it there."
PLAIN_INSTEAD = (
    "portal-wizard needs a terminal that can draw, and this one cannot. Line by line it works here too: "
    "portal-wizard --plain"
)

INTERRUPTED = 130
"""Exit code after Ctrl+C, as shells expect it."""

RECORDERS = ("TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_DEBUG", "TEXTUAL_SCREENSHOT")
"""Developers' switches of the screen library: each would write down keys or screens, passwords among them."""


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
    finally:
        gc.enable()


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
    parser.add_argument("--overlay", type=Path, metavar="DIR", help="a district's own changes, laid over the flows")
    parser.add_argument("--plain", action="store_true", help="line by line, for screen readers and simple terminals")
    parser.add_argument("--agent", metavar="NAME", help="who takes the calls; otherwise the name of this user")
    parser.add_argument("--no-mouse", action="store_true", help="leave the mouse to the terminal")
    parser.add_argument("--version", action=_Version, nargs=0, help="say which version this is, and end")
    return parser


class _Version(argparse.Action):
    """Says the version; it is looked up only when asked for, because that costs as much as the rest of this module."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"portal-wizard {version('portal-wizard')}")
        except PackageNotFoundError:
            print("portal-wizard (not installed)")
        parser.exit()


def _run(options: argparse.Namespace) -> int:
    if options.plain:
        return _run_plain(options)
    if not _is_terminal():
        print(NO_TERMINAL, file=sys.stderr)
        return 2
    if not _can_draw():
        print(PLAIN_INSTEAD, file=sys.stderr)
        return 2
    gc.disable()  # until the desk is open: what is loaded meanwhile stays, and each look through it costs 30 ms
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is wanted near secrets, and looking takes time
    os.environ.setdefault("TEXTUAL_FPS", "120")  # what a letter finds is drawn 10 ms sooner; still screens cost nothing
    for switch in RECORDERS:  # before the library is imported: it reads them once
        os.environ.pop(switch, None)
    with ExitStack() as stack:
        return _run_screens(options, stack)


def _run_screens(options: argparse.Namespace, stack: ExitStack) -> int:
    _load_asyncio()
    from textual._xterm_parser import XTermParser
    from textual.drivers._writer_thread import WriterThread

    from screens import ending, pastes
    from screens.app import PortalWizard
    from screens.themes import has_colors

    pastes.watch(XTermParser)
    ending.watch(WriterThread)
    personal = _personal(options)
    app = PortalWizard(
        _opener(options, stack, personal.settings),
        kept=_keeps(options),
        draft=_draft(options),
        personal=personal,
        colors=has_colors(),
    )
    app.run(mouse=not options.no_mouse)
    return app.return_code or 0


def _load_asyncio() -> None:
    """Load asyncio without TLS, as on a Python that has none: nothing here connects, and TLS takes 4 % of a start."""
    if "asyncio" in sys.modules or "ssl" in sys.modules:
        return
    sys.modules["ssl"] = cast("ModuleType", None)  # not to be found
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]


def _run_plain(options: argparse.Namespace) -> int:
    """Take calls line by line; Textual is never loaded."""
    from wizard.plain import at_the_desk
    from wizard.trouble import TROUBLE

    with ExitStack() as stack:
        try:
            return at_the_desk(_opener(options, stack, _settings(options))())
        except TROUBLE as error:
            from wizard.console import complain

            complain(str(error))
            return 2


def _is_terminal() -> bool:
    # Textual draws on standard error, so that one has to be the terminal as well.
    return all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def _can_draw() -> bool:
    """Return whether the terminal can put text anywhere on its screen, as far as it says."""
    if sys.platform == "win32":
        return True
    name = os.environ.get("TERM", "")
    if name in ("", "dumb", "unknown"):
        return False
    try:
        import curses

        curses.setupterm(name, sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (ImportError, OSError, ValueError):
        return True
    except curses.error:
        return True  # nothing is known of it, so nothing speaks against it
    return bool(curses.tigetstr("cup"))


def _draft(options: argparse.Namespace) -> "Draft | None":
    if options.flows is None and options.overlay is None:
        return None
    from wizard.authoring import Draft

    return Draft(options.flows, options.overlay)


def _keeps(options: argparse.Namespace) -> bool:
    return bool(options.data) or not options.demo


def _personal(options: argparse.Namespace) -> "Personal":
    """Return the user's settings; they are read before the first frame, so that it has their colors."""
    from screens.personal import Personal
    from wizard.places import default_folder
    from wizard.settings_file import SettingsFile

    folder = (options.data or default_folder()) if _keeps(options) else None
    return Personal(SettingsFile(folder), options.agent)


def _settings(options: argparse.Namespace) -> "Settings":
    """Return the settings for the line mode; what is wrong in their file is said before the first question."""
    from wizard.console import complain
    from wizard.places import default_folder
    from wizard.settings_file import SettingsFile

    kept = SettingsFile((options.data or default_folder()) if _keeps(options) else None).read()
    for remark in kept.remarks:
        complain(remark)
    return kept.settings


def _opener(options: argparse.Namespace, stack: ExitStack, settings: "Settings | None" = None) -> "Callable[[], Desk]":
    """Return what opens the desk, once the first frame is on screen; the stack closes it."""

    def opener() -> "Desk":
        from wizard.settings import Settings, agent_name

        chosen = settings or Settings()
        agent = agent_name(options.agent, chosen)
        try:
            return opened(agent).under(chosen, agent)
        finally:
            gc.freeze()  # never looked through again
            gc.enable()

    def opened(agent: str) -> "Desk":
        if options.demo:
            from wizard.practice import practice_desk

            return stack.enter_context(
                practice_desk(options.data, agent=agent, flows=options.flows, overlay=options.overlay)
            )
        from wizard.desk import open_desk

        desk = open_desk(
            data=options.data, district=options.district, flows=options.flows, overlay=options.overlay, agent=agent
        )
        stack.callback(desk.close)
        return desk

    return opener
