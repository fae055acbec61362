"""Every edit of a kind to the shipped flows, one at a time: what a person in a hurry could do to a flow file."""

import copy
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice, pairwise
from typing import Any

from flows import loader
from flows.words import placeholders
from wizard.vocabulary import VOCABULARY

Table = dict[str, Any]
TABLES: dict[str, Table] = {source.flow: tomllib.loads(source.text) for source in loader.sources()}


@dataclass(frozen=True)
class Mutation:
    """One edit."""

    kind: str
    flow: str
    place: str
    """`step`, or `step: answer`, and what it became."""
    table: Table
    """The flow as it is after the edit."""

    @property
    def name(self) -> str:
        """Return a name for the table of those that are not caught."""
        return f"{self.kind} {self.flow}/{self.place}"

    @property
    def step(self) -> str:
        """Return the key of the step that was edited."""
        return f"{self.flow}/{self.place.partition(':')[0]}"


Edit = tuple[str, Callable[[Table], None]]


def every() -> Iterator[Mutation]:
    """Return every mutation, in the order of the files."""
    for flow, table in TABLES.items():
        for kind, edits in KINDS.items():
            for place, change in edits(flow, table):
                edited = copy.deepcopy(table)
                change(edited)
                if edited != table:
                    yield Mutation(kind, flow, place, edited)


def exits(table: Table) -> Iterator[tuple[str, str, str]]:
    """Return (step, code, target) of each answer that leads on."""
    for step, body in table["steps"].items():
        for code, target in body.get("exits", {}).items():
            yield step, code, target
        for choice in body.get("choices", ()):
            yield step, choice["code"], choice["to"]


def _choice(table: Table, step: str, code: str) -> Table:
    return next(choice for choice in table["steps"][step]["choices"] if choice["code"] == code)


def _point(step: str, code: str, target: str) -> Callable[[Table], None]:
    def change(table: Table) -> None:
        body = table["steps"][step]
        if code in body.get("exits", {}):
            body["exits"][code] = target
        else:
            _choice(table, step, code)["to"] = target

    return change


def drop_exit(flow: str, table: Table) -> Iterator[Edit]:
    """An answer is deleted."""
    for step, code, _ in exits(table):

        def change(edited: Table, step: str = step, code: str = code) -> None:
            body = edited["steps"][step]
            if code in body.get("exits", {}):
                del body["exits"][code]
            else:
                body["choices"] = [choice for choice in body["choices"] if choice["code"] != code]

        yield f"{step}: {code}", change


def retarget(flow: str, table: Table) -> Iterator[Edit]:
    """An answer leads to another step of the flow, back to its first one, to itself, or to another flow."""
    steps, flows = [*table["steps"]], [*TABLES]
    for number, (step, code, target) in enumerate(exits(table)):
        others = [other for other in steps if other not in (step, target)]
        at = steps.index(step)
        chosen = [*others[at % len(others) :][:1], *others[(at + 2) % len(others) :][:1]] if others else []
        elsewhere = next(islice(cycle(flows), number * 5 % len(flows), None))
        for new in dict.fromkeys((*chosen, table["start"], step, f"@{elsewhere}")):
            if new != target:
                yield f"{step}: {code} to {new}", _point(step, code, new)


def swap_targets(flow: str, table: Table) -> Iterator[Edit]:
    """Two answers that stand beside each other lead where the other one should."""
    ways = [*exits(table)]
    for (step, code, target), (other_step, other, other_target) in pairwise(ways):
        if step == other_step and target != other_target:

            def change(edited: Table, args: tuple[str, ...] = (step, code, target, other, other_target)) -> None:
                step, code, target, other, other_target = args
                _point(step, code, other_target)(edited)
                _point(step, other, target)(edited)

            yield f"{step}: {code} and {other}", change


def misspell_target(flow: str, table: Table) -> Iterator[Edit]:
    """A target is written with a letter too many."""
    for step, code, target in exits(table):
        yield f"{step}: {code}", _point(step, code, f"{target}s")


def rename_code(flow: str, table: Table) -> Iterator[Edit]:
    """The code of an answer is changed."""
    for step, code, _ in exits(table):

        def change(edited: Table, step: str = step, code: str = code) -> None:
            body = edited["steps"][step]
            if code in body.get("exits", {}):
                body["exits"] = {(f"{key}-now" if key == code else key): to for key, to in body["exits"].items()}
            else:
                _choice(edited, step, code)["code"] = f"{code}-now"

        yield f"{step}: {code}", change


def rename_step(flow: str, table: Table) -> Iterator[Edit]:
    """A step gets another name, and nothing else follows."""
    for name in table["steps"]:

        def change(edited: Table, name: str = name) -> None:
            edited["steps"] = {(f"{key}-now" if key == name else key): body for key, body in edited["steps"].items()}

        yield name, change


def delete_step(flow: str, table: Table) -> Iterator[Edit]:
    """A step is deleted."""
    for name in table["steps"]:
        yield name, lambda edited, name=name: edited["steps"].pop(name)


def drop_give(flow: str, table: Table) -> Iterator[Edit]:
    """An answer no longer establishes what it did."""
    for step, code, _ in exits(table):
        given = _choice(table, step, code).get("gives", ()) if "choices" in table["steps"][step] else ()
        for fact in given:
            yield (
                f"{step}: {code} gives {fact}",
                lambda edited, args=(step, code, fact): _choice(edited, *args[:2])["gives"].remove(args[2]),
            )


def give_verified(flow: str, table: Table) -> Iterator[Edit]:
    """An answer claims that the caller is verified."""
    for step, code, _ in exits(table):
        if "choices" in table["steps"][step] and "verified" not in _choice(table, step, code).get("gives", ()):
            yield (
                f"{step}: {code}",
                lambda edited, args=(step, code): _choice(edited, *args).__setitem__(
                    "gives", [*_choice(edited, *args).get("gives", ()), "verified"]
                ),
            )


def drop_advice(flow: str, table: Table) -> Iterator[Edit]:
    """The advice after an answer that stays is deleted, or emptied."""
    for step, body in table["steps"].items():
        for code in body.get("stay", {}):
            yield f"{step}: {code}", lambda edited, at=(step, code): edited["steps"][at[0]]["stay"].pop(at[1])
            yield (
                f"{step}: {code} empty",
                lambda edited, at=(step, code): edited["steps"][at[0]]["stay"].__setitem__(at[1], ""),
            )


def delete_words(flow: str, table: Table) -> Iterator[Edit]:
    """Words are deleted: what is said, done, asked, what comes next; an outcome's title; a label."""
    for step, body in table["steps"].items():
        for word in ("say", "ask", "next", "title", *(("do",) if body["kind"] == "outcome" else ())):
            if word in body:
                yield f"{step}: {word}", lambda edited, at=(step, word): edited["steps"][at[0]].pop(at[1])
                yield (
                    f"{step}: {word} empty",
                    lambda edited, at=(step, word): edited["steps"][at[0]].__setitem__(at[1], ""),
                )
        for choice in body.get("choices", ()):
            yield (
                f"{step}: label of {choice['code']}",
                lambda edited, at=(step, choice["code"]): _choice(edited, *at).__setitem__("label", " "),
            )


def misspell_placeholder(flow: str, table: Table) -> Iterator[Edit]:
    """A {placeholder} loses its last letter, or its closing brace."""
    for step, body in table["steps"].items():
        for word in ("say", "next", "title"):
            for name in dict.fromkeys(placeholders(body.get(word, ""))):
                for new in (f"{{{name[:-1]}}}", f"{{{name}"):

                    def change(edited: Table, args: tuple[str, ...] = (step, word, name, new)) -> None:
                        step, word, name, new = args
                        body = edited["steps"][step]
                        body[word] = body[word].replace(f"{{{name}}}", new)

                    yield f"{step}: {new} in {word}", change


def name_too_early(flow: str, table: Table) -> Iterator[Edit]:
    """The student's name is spoken in a flow where not every caller is verified."""
    if flow == "call":
        for step in ("portal", "student", "not-identified-phone", "not-identified-counter", "number-outdated"):
            yield step, lambda edited, step=step: edited["steps"][step].__setitem__("say", "Is it {full_name}?")


def ask_a_secret(flow: str, table: Table) -> Iterator[Edit]:
    """The family is asked to say a secret."""
    asked = cycle(("Please tell me the password.", "What are your answers to the questions?", "Read me your password."))
    for (step, body), words in zip(table["steps"].items(), asked, strict=False):
        if "say" in body:
            yield (
                step,
                lambda edited, at=(step, words): edited["steps"][at[0]].__setitem__(
                    "say", f"{edited['steps'][at[0]]['say']} {at[1]}"
                ),
            )


def swap_name(flow: str, table: Table) -> Iterator[Edit]:
    """A step names another check, lookup, action or fact."""
    known = {
        "check": [*VOCABULARY.checks],
        "lookup": [*VOCABULARY.lookups],
        "action": [*VOCABULARY.actions],
        "of": sorted(VOCABULARY.facts),
    }
    for step, body in table["steps"].items():
        for word, names in known.items():
            if word in body:
                for new in (names * 2)[names.index(body[word]) + 1 :][:2]:
                    yield (
                        f"{step}: {word} {new}",
                        lambda edited, at=(step, word, new): edited["steps"][at[0]].__setitem__(at[1], at[2]),
                    )


def move_start(flow: str, table: Table) -> Iterator[Edit]:
    """The flow starts at another of its steps."""
    for step in table["steps"]:
        yield f"{step}: start", lambda edited, step=step: edited.__setitem__("start", step)


def break_file(flow: str, table: Table) -> Iterator[Edit]:
    """A word that every flow or step has is missing or unknown."""
    for word in ("flow", "title", "summary", "revision", "start", "steps"):
        yield f": {word}", lambda edited, word=word: edited.pop(word)
    for step, body in table["steps"].items():
        for word in ("kind", "check", "lookup", "action", "exits", "choices", "result"):
            if word in body:
                yield f"{step}: no {word}", lambda edited, at=(step, word): edited["steps"][at[0]].pop(at[1])
        yield f"{step}: unknown word", lambda edited, step=step: edited["steps"][step].__setitem__("sya", "Hello.")


KINDS: dict[str, Callable[[str, Table], Iterator[Edit]]] = {
    "drop-exit": drop_exit,
    "retarget": retarget,
    "swap-targets": swap_targets,
    "misspell-target": misspell_target,
    "rename-code": rename_code,
    "rename-step": rename_step,
    "delete-step": delete_step,
    "drop-give": drop_give,
    "give-verified": give_verified,
    "drop-advice": drop_advice,
    "delete-words": delete_words,
    "misspell-placeholder": misspell_placeholder,
    "name-too-early": name_too_early,
    "ask-a-secret": ask_a_secret,
    "swap-name": swap_name,
    "move-start": move_start,
    "break-file": break_file,
}
