"""Findings as SARIF 2.1.0, the form in which editors and CI show them beside the line."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from flows.finding import WARNINGS, Finding

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

Json = dict[str, Any]


def to_sarif(findings: Iterable[Finding], rules: Mapping[str, str], version: str, base: Path) -> Json:
    """Return a SARIF log; `rules` has a sentence for each rule, and files below `base` are named relative to it."""
    names = list(rules)
    results = [_result(finding, names, base) for finding in findings]
    driver = {"name": "portal-wizard-admin", "version": version, "rules": [_rule(name, rules[name]) for name in names]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"uri": base.as_uri().rstrip("/") + "/"}},
        "results": results,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(name: str, words: str) -> Json:
    return {
        "id": name,
        "shortDescription": {"text": words},
        "defaultConfiguration": {"level": "warning" if name in WARNINGS else "error"},
    }


def _result(finding: Finding, names: list[str], base: Path) -> Json:
    fix = finding.fix if finding.fix.endswith("?") else f"{finding.fix.rstrip('.')}."
    sentence = finding.message.rstrip(".") + "." + (f" Mend: {fix}" if finding.fix else "")
    where = {"physicalLocation": _place(finding, base), "logicalLocations": [_logical(_key(finding))]}
    result: Json = {
        "ruleId": finding.rule,
        "level": "warning" if finding.warning else "error",
        "message": {"text": sentence},
        "locations": [where],
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
    }
    if finding.rule in names:
        result["ruleIndex"] = names.index(finding.rule)
    if finding.path:
        steps = [{"location": _step(step)} for step in finding.path]
        result["codeFlows"] = [{"message": {"text": "A call that runs into it"}, "threadFlows": [{"locations": steps}]}]
    return result


def _key(finding: Finding) -> str:
    return "/".join(part for part in (finding.flow, finding.step) if part) or Path(finding.file).stem


def _place(finding: Finding, base: Path) -> Json:
    path = Path(finding.file).absolute()
    inside = path.is_relative_to(base)
    uri = path.as_uri().removeprefix(base.as_uri().rstrip("/") + "/") if inside else path.as_uri()
    artifact = {"uri": uri, "uriBaseId": "SRCROOT"} if inside else {"uri": uri}
    return {"artifactLocation": artifact} | ({"region": {"startLine": finding.line}} if finding.line else {})


def _logical(key: str) -> Json:
    return {"fullyQualifiedName": key, "kind": "member"}


def _step(step: str) -> Json:
    return {"message": {"text": step}, "logicalLocations": [_logical(step.partition(":")[0])]}


def _fingerprint(finding: Finding) -> str:
    """Return what stays the same when lines move, so that an editor knows a finding again."""
    return sha256("\0".join((finding.rule, finding.flow, finding.step, finding.message)).encode()).hexdigest()[:32]
