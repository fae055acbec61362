"""`diagnose TYPED`: what is wrong with a typed username, and what to say."""

import argparse
from pathlib import Path

from wizard import district as districts
from wizard import identifiers, usernames
from wizard.console import complain, show, show_json
from wizard.text import clean


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `diagnose`."""
    diagnose = subparsers.add_parser("diagnose", help="say what is wrong with a typed username")
    diagnose.add_argument("typed", help="the username as it was typed")
    diagnose.add_argument("--id", dest="student_id", help="the student's ID on record")
    diagnose.add_argument("--district", type=Path, help="the district file (default: the shipped one)")
    diagnose.add_argument("--json", action="store_true", help="print the diagnosis as JSON")
    diagnose.set_defaults(run=run_diagnose)


def run_diagnose(arguments: argparse.Namespace) -> int:
    """Print the code, the username as it should be, and what to say (D07)."""
    district = districts.load(arguments.district)
    if arguments.student_id is not None and not usernames.is_student_id(arguments.student_id, district):
        complain(f"--id: an ID here has {district.student_id.digits} digits, such as {district.student_id.example}")
        return 2
    typed = clean(arguments.typed).text
    found = identifiers.diagnose(typed, district, arguments.student_id)
    if arguments.json:
        told = {"typed": typed, "code": found.code, "problems": list(found.problems)}
        show_json({**told, "normalized": found.normalized, "say": found.words})
        return 0
    show(f"typed:      {typed}\ncode:       {found.code}\nnormalized: {found.normalized}\nsay:        {found.words}")
    return 0
