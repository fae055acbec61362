"""An import in words and as JSON: how the export is read, what is wrong with it, what would change."""

from collections import Counter
from collections.abc import Iterator, Sequence

from wizard.roster import mapping
from wizard.roster.headers import WORDS
from wizard.roster.numbers import masked
from wizard.roster.offers import Offer
from wizard.roster.planning import Plan
from wizard.roster.problems import Problem, RosterError
from wizard.roster.reading import Roster

FIRST = 20
"""Problems shown of each kind; as JSON, all of them."""


def reading_lines(roster: Roster) -> Iterator[str]:
    """Yield how the export is read: its format, and what each of our values is taken from."""
    file = "" if roster.columns.file == roster.name else f" ({roster.columns.file})"
    yield f"{roster.name}{file}: {roster.format}, {len(roster.students):,} students"
    for name, header in mapping.of_roster(roster).items():
        samples = (
            f"   {', '.join(roster.id_column.samples)}; {roster.id_column.share():.1%} fit" if name == "id" else ""
        )
        yield f"  {WORDS[name]:<15} {header or '(left out)'}{samples}"
    if roster.guardians:
        yield f"  {'guardians':<15} {roster.guardians} (kept only to verify callers)"
    if roster.columns.dropped:
        yield f"  {'dropped unread':<15} {', '.join(roster.columns.dropped)}"
    for name, near in roster.columns.offered.items():
        yield f'  no column for the {WORDS[name]}; "{near[0]}" may be meant'


def problem_lines(problems: Sequence[Problem]) -> Iterator[str]:
    """Yield the first problems of each kind, and how many more there are."""
    for kind, more in (("refused", "rows left out"), ("warning", "warnings"), ("note", "remarks")):
        found = [problem for problem in problems if problem.kind == kind]
        yield from (problem.words for problem in found[:FIRST])
        if len(found) > FIRST:
            yield f"... and {len(found) - FIRST:,} more {more}."


def plan_lines(plan: Plan) -> Iterator[str]:
    """Yield what a person should know before the import."""
    roster = plan.roster
    yield from problem_lines((*roster.problems, *plan.warnings))
    for gone in plan.gone[:FIRST]:
        yield f"Gone: {gone.name} ({masked(gone.student_id)}){f', {gone.school}' if gone.school else ''}."
    if len(plan.gone) > FIRST:
        yield f"... and {len(plan.gone) - FIRST:,} more students gone."
    if roster.restored:
        yield f"The ID of {roster.restored:,} rows is restored after what a spreadsheet did to it."
    elif roster.restorable:
        yield f"A spreadsheet damaged the ID of {roster.restorable:,} rows without losing a digit: it can be restored."
    if plan.baseline:
        yield "This is the first import: students without an entry time count as here since before this school year."


def command_lines(plan: Plan) -> Iterator[str]:
    """Yield how the admin command is told to do more."""
    yield from (offer.command for offer in plan.roster.offers)
    kinds = Counter(problem.kind for problem in (*plan.roster.problems, *plan.warnings))
    if max(len(plan.gone), *kinds.values(), 0) > FIRST:
        yield "To see all of them, add --json."


def refused_json(error: RosterError) -> dict[str, object]:
    """Return a refusal as one JSON value."""
    return {"refusal": str(error), "offers": _offers(error.offers), "imported": False}


def _offers(offers: Sequence[Offer]) -> list[dict[str, str]]:
    return [{"kind": one.kind, "name": one.name, "value": one.value, "option": one.option} for one in offers]


def as_json(plan: Plan, refusal: RosterError | None, imported: bool) -> dict[str, object]:
    """Return everything as one JSON value; IDs of students who are gone are masked."""
    roster = plan.roster
    return {
        "file": roster.name,
        "format": roster.format,
        "mapping": mapping.of_roster(roster),
        "id": {"fitting": roster.id_column.fitting, "rows": roster.id_column.rows, "samples": roster.id_column.samples},
        "guardians": roster.guardians,
        "dropped": roster.columns.dropped,
        "offered": roster.columns.offered,
        "students": len(roster.students),
        "counts": counts(plan),
        "restorable": roster.restorable,
        "restored": roster.restored,
        "baseline": plan.baseline,
        "problems": [problem._asdict() for problem in (*roster.problems, *plan.warnings)],
        "gone": [{"name": gone.name, "id": masked(gone.student_id), "school": gone.school} for gone in plan.gone],
        "refusal": str(refusal or ""),
        "offers": _offers((*(refusal.offers if refusal else ()), *roster.offers)),
        "imported": imported,
    }


def counts(plan: Plan) -> dict[str, int]:
    """Return the counts by name."""
    return {
        "new": plan.new,
        "changed": plan.changed,
        "back": plan.back,
        "unchanged": plan.unchanged,
        "gone": len(plan.gone),
        "refused": plan.refused,
    }
