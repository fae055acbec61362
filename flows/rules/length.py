"""How many answers a call can take."""

from collections.abc import Iterator

from flows import shape
from flows.finding import Finding
from flows.model import LookupStep
from flows.reach import Node
from flows.survey import Survey

LONGEST = 12
"""Answers by staff on one path; a longer call loses the family."""


def too_long(survey: Survey) -> Iterator[Finding]:
    """A call in which staff have to answer more than twelve questions."""
    if shape.cycles(survey.graph):
        return
    reported: set[str] = set()
    for node, (count, path) in sorted(_longest(survey).items(), key=lambda item: -item[1][0]):
        if count > LONGEST and not survey.reach.onward[node] and node.key not in reported:
            reported.add(node.key)
            told = f"a call can take {count} answers to end here; {LONGEST} is the most a family should sit through"
            yield survey.places.finding(
                "too-long", node.key, told, "let the records answer more, or ask less", path=path
            )


def _longest(survey: Survey) -> dict[Node, tuple[int, tuple[str, ...]]]:
    """Return for each situation the most answers staff may have given before it, and on which way."""
    longest: dict[Node, tuple[int, tuple[str, ...]]] = {}
    for node in survey.reach.in_order():
        count, path = longest.setdefault(node, (0, (node.key,)))
        count += not isinstance(survey.library.step(node.key), LookupStep)
        for code, after in survey.reach.onward[node]:
            if count > longest.get(after, (-1, ()))[0]:
                longest[after] = (count, (*path[:-1], f"{node.key}: {code}", after.key))
    return longest
