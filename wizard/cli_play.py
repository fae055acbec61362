"""`play FILE`: a scenario, carried out in a practice school that is thrown away afterwards."""

import argparse
from pathlib import Path

from flows import loader
from flows.scenario import load_scenario
from wizard.console import show


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `play`."""
    play = subparsers.add_parser("play", help="play scenario files; 1 when a call goes otherwise than written")
    play.add_argument("files", type=Path, nargs="+", metavar="FILE")
    play.add_argument("--flows", type=Path, help="the folder of the flow files (default: the shipped ones)")
    play.set_defaults(run=run_play)


def run_play(arguments: argparse.Namespace) -> int:
    """Play each file and print how it went."""
    from wizard.rehearsal import rehearse

    library = loader.library(arguments.flows)
    scenarios = [load_scenario(path) for path in arguments.files]
    differs = False
    for scenario in scenarios:
        played = rehearse(scenario, library)
        differs = differs or not played.ok
        show(f"{scenario.name}: {played.first_difference or 'goes as written'}")
    return int(differs)
