"""`check` and `list`: the decision trees, looked at without a call."""

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from flows import loader
from flows.finding import Finding
from flows.lint import mistakes, rule_words, uncovered
from flows.model import Flow, Library
from flows.overlay import Merged, unreadable
from flows.rules.languages import NOT_SPOKEN
from flows.sarif import to_sarif
from flows.scenario import parse_scenario, scenarios_over
from flows.source import FlowError, Source
from flows.survey import Survey
from wizard import district as districts
from wizard import libraries, tongues
from wizard.console import show, show_finding, show_json
from wizard.vocabulary import VOCABULARY


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `check` and `list`."""
    check = subparsers.add_parser("check", help="find mistakes in the flows before anyone calls")
    check.add_argument("--flows", type=Path, help="the folder of the flow files (default: the shipped ones)")
    check.add_argument("--overlay", type=Path, help="a folder of a district's own changes, laid over the flows")
    check.add_argument("--district", type=Path, help="check this district file too")
    check.add_argument(
        "--strict",
        action="store_true",
        help="play every scenario; ask that each answer is in one, and each line spoken",
    )
    check.add_argument("--json", action="store_true", help="print the findings as JSON")
    check.add_argument(
        "--sarif", metavar="FILE", help="write the findings as SARIF 2.1.0, for editors and CI; - prints them"
    )
    check.set_defaults(run=run_check)
    listing = subparsers.add_parser("list", help="list the flows")
    listing.add_argument("--flows", type=Path, help="the folder of the flow files (default: the shipped ones)")
    listing.add_argument("--overlay", type=Path, help="a folder of a district's own changes, laid over the flows")
    listing.set_defaults(run=run_list)


def run_check(arguments: argparse.Namespace) -> int:
    """Print every mistake; 1 when there is one that is more than advice."""
    district = districts.load(arguments.district)
    merged = _merged(arguments)
    flows, sources, findings = dict(merged.flows), merged.sources, [*merged.findings]
    scenarios = scenarios_over(arguments.flows, arguments.overlay)
    if all(finding.rule != "unreadable" for finding in findings):
        survey = Survey.of(Library(flows=flows), VOCABULARY, sources)
        findings = [*map(survey.shown, findings), *mistakes(survey)]
        findings += tongues.lint_languages(
            survey, district, arguments.flows, arguments.overlay, str(arguments.district or "")
        )
        if arguments.strict and not _failing(findings):
            findings += map(survey.shown, _rehearsed(survey, scenarios))
    if arguments.sarif:
        _write_sarif(findings, arguments.sarif)
    if arguments.sarif == "-":
        return int(_failing(findings, arguments.strict))
    if arguments.json:
        show_json([asdict(finding) | {"warning": finding.warning} for finding in findings])
    else:
        _print(findings, flows, len(scenarios) if arguments.strict else None)
    return int(_failing(findings, arguments.strict))


def _merged(arguments: argparse.Namespace) -> Merged:
    """Return the flows; a file that cannot be read is a finding, a missing or empty folder is wrong use."""
    try:
        return libraries.parsed(arguments.flows, arguments.overlay)
    except FlowError as error:
        if Path(error.file) in (arguments.flows, arguments.overlay):
            raise
        return Merged({}, (), (unreadable(error),))


def _write_sarif(findings: list[Finding], target: str) -> None:
    log = to_sarif(findings, rule_words(), version("portal-wizard"), Path.cwd())
    if target == "-":
        show_json(log)
    else:
        Path(target).write_text(json.dumps(log, indent=2) + "\n", encoding="utf-8")


def _failing(findings: list[Finding], strict: bool = False) -> bool:
    return any(not finding.warning or (strict and finding.rule in NOT_SPOKEN) for finding in findings)


def _rehearsed(survey: Survey, scenarios: tuple[Path, ...]) -> Iterator[Finding]:
    """Play every scenario; return what went otherwise, and the answers that none of them takes."""
    from wizard.rehearsal import rehearse

    taken: set[tuple[str, str]] = set()
    for path in scenarios:
        try:
            source = Source(str(path), loader.read(path))
            played = rehearse(parse_scenario(source), survey.library)
        except FlowError as error:
            yield unreadable(error)
            continue
        taken |= played.taken
        if not played.ok:
            line = source.choice_line("", played.turn - 1) if played.turn else source.line_of(needle="ends")
            yield Finding("scenario", str(path), line, "", "", played.first_difference, "mend the scenario or the flow")
    for key, code in uncovered(survey.library, taken):
        told, fix = f"no scenario takes the answer '{code}'", "add a turn that takes it to some scenario"
        yield survey.places.finding("uncovered", key, told, fix, code=code)


def _print(findings: list[Finding], flows: dict[str, Flow], scenarios: int | None) -> None:
    for finding in findings:
        show_finding(finding)
    advice = sum(finding.warning for finding in findings)
    steps = sum(len(flow.steps) for flow in flows.values())
    wrong = len(findings) - advice
    found = f"{wrong} mistake{'' if wrong == 1 else 's'}" if wrong else "no mistakes"
    more = f", {advice} piece{'' if advice == 1 else 's'} of advice" if advice else ""
    played = "" if scenarios is None else f", {scenarios} scenarios"
    show(f"{len(flows)} flows, {steps} steps{played}: {found}{more}.")


def run_list(arguments: argparse.Namespace) -> int:
    """Print the name, size and title of each flow."""
    library = libraries.as_written(arguments.flows, arguments.overlay)
    width = max(map(len, library.flows))
    for name, flow in library.flows.items():
        show(f"{name:{width}}  {len(flow.steps):3} steps  {flow.title}")
    return 0
