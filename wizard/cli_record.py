"""`record CASE_CODE`: a call from the records becomes a scenario file with made-up names."""

import argparse
import re
from pathlib import Path

from flows.case import Case
from flows.source import FlowError
from wizard import clock, libraries, places
from wizard.console import complain, show
from wizard.records import Missing, Records, opening

NAME = re.compile(r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `record`."""
    record = subparsers.add_parser("record", help="turn a call into a scenario file, with made-up names and secrets")
    record.add_argument("code", help="the call's short code, such as K7Q2")
    record.add_argument("-o", "--output", type=Path, metavar="FILE", help="write a file (default: print it)")
    record.add_argument("--data", type=Path, help="the data folder (default: this user's)")
    record.add_argument("--flows", type=Path, help="the folder of the flow files (default: the shipped ones)")
    record.add_argument("--overlay", type=Path, help="a folder of a district's own changes, laid over the flows")
    record.set_defaults(run=run_record)


def run_record(arguments: argparse.Namespace) -> int:
    """Write the scenario; 1 when only the call's beginning goes the same way in the practice school."""
    from wizard.recording import record, to_toml

    code = arguments.code.strip().upper()
    name = _name(arguments.output) if arguments.output else f"recorded-{code.lower()}"
    library = libraries.load(arguments.flows, arguments.overlay)
    recording = record(_case(arguments, code), library, name)
    if recording is None:
        complain(f"Call {code} has no answer yet; there is nothing to record.")
        return 2
    _write(arguments.output, to_toml(recording.scenario))
    if recording.stopped:
        complain(
            f"In the practice school this call goes another way from {recording.stopped} on; the rest is left out."
        )
    return int(bool(recording.stopped))


def _name(output: Path) -> str:
    if output.suffix != ".toml" or not NAME.match(output.stem):
        raise FlowError(str(output), 0, "name the scenario file such as first-day-claim.toml")
    return output.stem


def _case(arguments: argparse.Namespace, code: str) -> Case:
    folder = arguments.data or places.default_folder()
    if opening.version_on_disk(folder / opening.FILE) is None:
        raise Missing(f"There are no records in {folder}. Name the data folder with --data.")
    records = Records.open(folder, clock=clock.now)
    try:
        with records.reading() as tables:
            case = tables.cases.by_code(code)
    finally:
        records.close()
    if case is None:
        raise Missing(f"There is no call {code} in the records.")
    return case


def _write(output: Path | None, text: str) -> None:
    if output is None:
        show(text.rstrip("\n"))
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise FlowError(str(output), 0, "is there already, and nothing is written over; name another file") from None
    show(f"Recorded: {output}. Play it with: portal-wizard-admin play {output}")
