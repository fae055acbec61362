"""What the admin command prints: text from files and people is inert before it reaches a terminal."""

import json
import sys

from flows.finding import Finding
from flows.text import inert


def show(text: str) -> None:
    """Print lines to standard output."""
    print(inert(text))


def complain(text: str) -> None:
    """Print a sentence to standard error."""
    print(inert(text), file=sys.stderr)


def show_json(value: object) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, indent=2, ensure_ascii=True))


def show_finding(finding: Finding) -> None:
    """Print where a mistake is, how to mend it, and an example of a call that runs into it."""
    show(f"{finding}" + (" (advice)" if finding.warning else ""))
    if finding.fix:
        show(f"    mend: {finding.fix}")
    if finding.path:
        show(f"    on the way: {' > '.join(finding.path)}")


def tidy_output() -> None:
    """Let a terminal that lacks a character show a question mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")
