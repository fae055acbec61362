"""Calls as the report counts them: read from stored documents without validating each, so that 50,000 are quick."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from flows import engine
from flows.model import Library, Outcome
from wizard.district import District
from wizard.placeholders import Known, fill
from wizard.views.home import Count
from wizard.vocabulary import GATE, VOCABULARY

SORTING = ("situation",)
"""Flows that, like the first one, only find out what it is about."""

NOT_SAID = "Not said yet"
OTHER_FLOWS = "Under other flows"

UNFINISHED = "open"
"""Stands for the result of a call that has no outcome yet."""

BEFORE_A_TICKET = {part for need in GATE for part in need.split(" | ")} - {"gate-excused"}
"""Facts that stand for a step the district wants before a ticket is written (D06-D10)."""

_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")


class Asked(NamedTuple):
    """A step of one call, with the seconds it took."""

    step: str
    seconds: int


class Call(NamedTuple):
    """One call, as far as the report goes."""

    id: str
    started: datetime
    """In the district's time zone."""
    minutes: float
    """From its beginning to its last answer."""
    problem: str
    """What it was about: the title of the first flow that does more than sort."""
    outcome: str
    """The outcome's title; what was asked last while there is none."""
    result: str
    """The outcome's result code, or `open`."""
    student: str
    school: str
    asked: tuple[Asked, ...]
    stands_at: str
    """The key of the step it stopped at without an outcome; empty otherwise."""
    ticket_avoided: bool


class Reader:
    """Reads the documents of calls under one library."""

    def __init__(self, library: Library, district: District, now: datetime, schools: Mapping[str, str]) -> None:
        """Read under `library`; `schools` tells the school of each student ID."""
        self._library, self._zone, self._schools = library, district.zone, schools
        self._known = Known(district, {}, now)
        self._sorting = {library.start, *SORTING}
        self._titles: dict[str, str] = {}
        self._after: dict[tuple[str, str], str] = {}

    @cached_property
    def _gate(self) -> frozenset[tuple[str, str]]:
        return _gate(self._library)

    def read(self, documents: Iterable[Mapping[str, Any]]) -> Iterator[Call]:
        """Yield each call in which anything was answered."""
        return (self._call(document) for document in documents if document["answers"])

    def problem(self, document: Mapping[str, Any]) -> str:
        """Return what a call was about."""
        answers = self._answers(document)
        return self._problem(answers, self._end(answers))

    def ask(self, step: str) -> str:
        """Return what a step asks, or how its call ends, without anything about a student."""
        if step not in self._titles:
            self._titles[step] = self._words(step)
        return self._titles[step]

    def _call(self, document: Mapping[str, Any]) -> Call:
        answers = self._answers(document)
        started = datetime.fromisoformat(document["started"])
        last = max(started, *(datetime.fromisoformat(answer["at"]) for answer in answers))
        end = self._end(answers)
        result = self._result(end)
        student = next((answer["value"] for answer in answers if answer["code"] == "found"), "")
        return Call(
            id=document["id"],
            started=started.astimezone(self._zone),
            minutes=(last - started).total_seconds() / 60,
            problem=self._problem(answers, end),
            outcome=self.ask(end) if end else OTHER_FLOWS,
            result=result,
            student=student,
            school=self._schools.get(student, ""),
            asked=tuple(_asked(answers, started)),
            stands_at=end if result == UNFINISHED else "",
            ticket_avoided=result == "solved" and self._avoided(answers, document["receipts"]),
        )

    def _answers(self, document: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
        """Return a call's answers; one that had an outcome before it asked again who is calling counts by that one."""
        answers: Sequence[Mapping[str, Any]] = document["answers"]
        aside = document.get("aside")
        if not aside or self._result(self._end(aside)) == UNFINISHED:
            return answers
        steps = {answer["step"] for answer in aside}
        return [*(answer for answer in answers if answer["step"] not in steps), *aside]

    def _end(self, answers: Sequence[Mapping[str, Any]]) -> str:
        """Return the key of the step behind the last answer (they are stored in the order of the trail)."""
        if not answers:
            return self._library.first
        last = answers[-1]["step"], answers[-1]["code"]
        if last not in self._after:
            self._after[last] = self._behind(*last)
        return self._after[last]

    def _behind(self, step: str, code: str) -> str:
        try:
            return self._library.after(step, code)
        except KeyError:  # these flows have no such answer any more
            return ""

    def _problem(self, answers: Iterable[Mapping[str, Any]], end: str) -> str:
        for key in (*(answer["step"] for answer in answers), end):
            name = key.partition("/")[0]
            if name not in self._sorting and name in self._library.flows:
                return self._library.flows[name].title
        if not end:
            return OTHER_FLOWS
        return NOT_SAID if self._result(end) == UNFINISHED else self.ask(end)

    def _result(self, end: str) -> str:
        step = self._library.step(end) if end else None
        return step.result if isinstance(step, Outcome) else UNFINISHED

    def _avoided(self, answers: Iterable[Mapping[str, Any]], receipts: Iterable[Mapping[str, Any]]) -> bool:
        """A step that comes before a ticket was done, and no ticket was written in the call."""
        if any(receipt["action"] == "ticket-draft" for receipt in receipts):
            return False
        return any((answer["step"], answer["code"]) in self._gate for answer in answers)

    def _words(self, key: str) -> str:
        try:
            step = self._library.step(key)
        except KeyError:
            return OTHER_FLOWS
        words = str(getattr(step, "title", "") or getattr(step, "ask", "") or key)
        return _PLACEHOLDER.sub("…", fill(words, self._known))


def problems(documents: Iterable[Mapping[str, object]], reader: Reader) -> tuple[Count, ...]:
    """Return how many calls there were about each problem, most frequent first."""
    counted = Counter(reader.problem(document) for document in documents if document["answers"])
    return tuple(Count(words, number) for words, number in counted.most_common())


def _gate(library: Library) -> frozenset[tuple[str, str]]:
    """Return the answers, as step and code, that stand for a step done before a ticket (D06-D10)."""
    steps = ((f"{flow.flow}/{name}", step) for flow in library.flows.values() for name, step in flow.steps.items())
    return frozenset(
        (key, code)
        for key, step in steps
        for code in step.exits
        if BEFORE_A_TICKET & set(engine.gives(step, VOCABULARY, code))
    )


def _asked(answers: Iterable[Mapping[str, Any]], started: datetime) -> Iterator[Asked]:
    """Yield what people answered; what the records answered takes no time."""
    before = started
    for answer in answers:
        at = datetime.fromisoformat(answer["at"])
        if answer["by"] != "records" and not answer.get("carried"):
            spent = answer.get("seconds")
            yield Asked(answer["step"], max(0, round((at - before).total_seconds())) if spent is None else spent)
        before = max(before, at)
