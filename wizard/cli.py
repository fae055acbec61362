"""`portal-wizard-admin`: for the help-desk lead and IT. It never loads Textual, and never shows a traceback."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from wizard import (
    cli_diagnose,
    cli_draw,
    cli_flows,
    cli_notice,
    cli_paths,
    cli_play,
    cli_record,
    cli_records,
    cli_report,
    cli_roster,
    cli_translate,
)
from wizard.console import complain, tidy_output
from wizard.roster.reading import RosterError
from wizard.trouble import TROUBLE

WRONG_USE, PIPE_CLOSED, MISTAKE_OF_OURS = 2, 141, 70
"""Exit codes beside 0 (fine) and 1 (something was found)."""

TOLD: tuple[type[Exception], ...] = (*TROUBLE, RosterError)
"""What goes wrong outside the program: `str()` of each is a sentence for people."""

Commands = Callable[["argparse._SubParsersAction[argparse.ArgumentParser]"], None]

COMMANDS: tuple[Commands, ...] = (
    cli_flows.add_commands,
    cli_draw.add_commands,
    cli_paths.add_commands,
    cli_play.add_commands,
    cli_record.add_commands,
    cli_diagnose.add_commands,
    cli_roster.add_commands,
    cli_notice.add_commands,
    cli_records.add_commands,
    cli_report.add_commands,
    cli_translate.add_commands,
)
"""Each adds its commands; a command sets `run`, a function from its arguments to an exit code."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    tidy_output()
    try:
        chosen = parser().parse_args(arguments)
        code: int = chosen.run(chosen)
        sys.stdout.flush()
        return code
    except TOLD as error:
        complain(str(error))
        return WRONG_USE
    except BrokenPipeError:
        _close_quietly()
        return PIPE_CLOSED
    except OSError as error:
        complain(f"{error.filename or 'The computer'}: {error.strerror or 'cannot be used'}")
        return WRONG_USE
    except Exception as error:
        complain(_mistake(error))
        return MISTAKE_OF_OURS


def parser() -> argparse.ArgumentParser:
    """Return the parser with every command."""
    top = argparse.ArgumentParser(prog="portal-wizard-admin", description="Check, draw and play the flows; keep house.")
    top.add_argument("--version", action="version", version=f"%(prog)s {version('portal-wizard')}")
    subparsers = top.add_subparsers(required=True, metavar="COMMAND")
    for add in COMMANDS:
        add(subparsers)
    return top


def _close_quietly() -> None:
    """Nobody reads any more: let Python's last flush at exit go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _mistake(error: Exception) -> str:
    """Name the place of a mistake in the program; never a value, which could be a student's."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    place = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "an unknown place"
    return f"A mistake in the program: {type(error).__name__} at {place}. Please report this line."


if __name__ == "__main__":
    sys.exit(main())
