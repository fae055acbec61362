"""`play`: scenario files, or a call walked by hand, in a practice school that is thrown away afterwards."""

import argparse
from pathlib import Path

from flows import loader
from flows.scenario import load_scenario
from wizard import libraries
from wizard.console import show


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `play`."""
    play = subparsers.add_parser("play", help="play scenario files, or walk a call by hand at this prompt")
    play.add_argument("files", type=Path, nargs="*", metavar="FILE")
    play.add_argument("--interactive", action="store_true", help="walk a call by hand, in the practice school")
    play.add_argument("--channel", choices=("counter", "phone"), help="with --interactive: where the family is")
    play.add_argument("--flows", type=Path, help="the folder of the flow files (default: the shipped ones)")
    play.add_argument("--overlay", type=Path, help="a folder of a district's own changes, laid over the flows")
    play.set_defaults(run=run_play, misused=play.error)


def run_play(arguments: argparse.Namespace) -> int:
    """Play each file and print how it went; or let somebody walk a call. 1 when a call goes otherwise than written."""
    if bool(arguments.files) == arguments.interactive:
        arguments.misused("name the scenario files to play, or walk a call yourself with --interactive")
    return _walk(arguments) if arguments.interactive else _play(arguments)


def _walk(arguments: argparse.Namespace) -> int:
    from wizard.plain import one_call
    from wizard.practice import practice_desk

    with practice_desk(flows=arguments.flows, overlay=arguments.overlay) as desk:
        return one_call(desk, arguments.channel)


def _play(arguments: argparse.Namespace) -> int:
    from wizard.rehearsal import rehearse

    over = arguments.overlay
    library = libraries.load(arguments.flows, over) if over else loader.library(arguments.flows)
    scenarios = [load_scenario(path) for path in arguments.files]
    differs = False
    for scenario in scenarios:
        played = rehearse(scenario, library)
        differs = differs or not played.ok
        show(f"{scenario.name}: {played.first_difference or 'goes as written'}")
    return int(differs)
