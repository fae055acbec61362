"""Answers and where they lead: steps nobody gets to, circles, answers forgotten or impossible."""

from collections.abc import Iterator, Mapping

from flows import shape
from flows.finding import Finding
from flows.model import ActionStep, EntryStep, LookupStep, Step
from flows.reach import name_of, possible_answers
from flows.rules.names import near
from flows.survey import Survey


def unreachable(survey: Survey) -> Iterator[Finding]:
    """A flow or step that no call can get to."""
    reached = {key.partition("/")[0] for key in survey.reach.at}
    for name, flow in survey.library.flows.items():
        if name not in reached:
            fix = f"lead some answer to '@{name}', or delete its file"
            yield survey.places.finding(
                "unreachable", f"{name}/", f"no call ever gets to the flow '{name}'", fix, word="flow"
            )
            continue
        for step in flow.steps:
            if f"{name}/{step}" not in survey.reach.at:
                fix = "lead some answer to it, or delete it"
                yield survey.places.finding("unreachable", f"{name}/{step}", "no call ever gets here", fix)


def cycle(survey: Survey) -> Iterator[Finding]:
    """Steps that lead back to themselves."""
    for way in shape.cycles(survey.graph):
        key, code = way[-1]
        path = (*(f"{step}: {answer}" for step, answer in way), way[0][0])
        told = f"answer '{code}' leads back to '{way[0][0]}': a call could go round and round"
        fix = "lead it to a step further on; for 'try again' an entry step stays put with advice, or staff go back"
        yield survey.places.finding("cycle", key, told, fix, code=code, path=path)


def unhandled_answer(survey: Survey) -> Iterator[Finding]:
    """A code that a check, lookup or action can answer, and the step does not say where it leads."""
    for key, step in survey.steps():
        handled = {*step.exits, *_stay(step)}
        missing = sorted(survey.reach.answers.get(key, frozenset()) - handled)
        if missing:
            codes = ", ".join(f"'{code}'" for code in missing)
            told = f"{codes} can be answered here and {'has' if len(missing) == 1 else 'have'} no exit"
            fix = "add an exit for it" + ("" if isinstance(step, LookupStep) else ", or advice under stay")
            path = _path_to(survey, key, missing[0])
            yield survey.places.finding("unhandled-answer", key, told, fix, word="exits", path=path)


def _path_to(survey: Survey, key: str, code: str) -> tuple[str, ...]:
    """Return the shortest way to a step on which it can answer `code`."""
    step = survey.library.step(key)
    ways = survey.reach.at.get(key, ())
    fitting = (node for node in ways if code in possible_answers(step, survey.vocabulary, dict(node.facts)))
    return survey.reach.path(next(fitting)) if ways else ()


def impossible_answer(survey: Survey) -> Iterator[Finding]:
    """An exit or stay for a code that is never answered here."""
    for key, step in survey.steps():
        name = name_of(step, survey.vocabulary)
        if name is None:
            continue
        for code in (*step.exits, *_stay(step)):
            if code not in name.codes:
                fix = near(code, name.codes) or "use a code that it answers: " + ", ".join(name.codes)
                yield survey.places.finding(
                    "impossible-answer", key, f"'{code}' is never answered here", fix, code=code
                )
            elif key in survey.reach.at and code not in survey.reach.answers[key]:
                told = f"on every way here, the answer '{code}' is ruled out by what is already established"
                node = survey.reach.at[key][0]
                fix, path = "remove this exit, or ask earlier", survey.reach.path(node)
                yield survey.places.finding("impossible-answer", key, told, fix, code=code, path=path)


def _stay(step: Step) -> Mapping[str, str]:
    return step.stay if isinstance(step, EntryStep | ActionStep) else {}
