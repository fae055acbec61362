"""Random libraries for properties of the engine and the linter."""

from hypothesis import strategies as st

from flows.model import Choice, ChoiceStep, Flow, Library, LookupStep, Outcome, Step
from flows.vocabulary import KNOWN, Name, Vocabulary

FACTS = ("verified", "shared", "tried", "seen")
VOCABULARY = Vocabulary(
    checks={},
    lookups={KNOWN: Name(("yes", "no")), "coin": Name(("heads", "tails"))},
    actions={},
    placeholders={"name": ("verified",), "side": ("coin=heads | seen",)},
    facts=frozenset(FACTS),
)


def outcome(say: str = "Bye") -> Outcome:
    """Return an outcome."""
    return Outcome(kind="outcome", result="solved", title="End", say=say, do="Wave", next="Nothing")


@st.composite
def steps(draw: st.DrawFn, targets: list[str], known: bool) -> Step:
    """Draw a choice, a lookup in the records or, if allowed, a question about the call itself."""
    to = st.sampled_from(targets)
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return LookupStep(kind="lookup", lookup="coin", exits={"heads": draw(to), "tails": draw(to)})
    if kind == 1 and known:
        of = draw(st.sampled_from(FACTS))
        return LookupStep(kind="lookup", lookup=KNOWN, of=of, exits={"yes": draw(to), "no": draw(to)})
    codes = [f"c{number}" for number in range(draw(st.integers(2, 4)))]
    given = st.lists(st.sampled_from(FACTS), max_size=2).map(tuple)
    choices = tuple(Choice(code=code, label=code, to=draw(to), gives=draw(given)) for code in codes)
    say = draw(st.sampled_from(("Hello", "Hello {name}", "It is {side}")))
    return ChoiceStep(kind="choice", say=say, ask="Which?", choices=choices)


@st.composite
def flows(draw: st.DrawFn, name: str, beyond: list[str], known: bool, cyclic: bool) -> Flow:
    """Draw a flow of up to eight steps whose last one is an outcome; `beyond` are flows it may lead to."""
    keys = [f"s{number}" for number in range(draw(st.integers(1, 8)))]
    drawn = {
        key: draw(steps([*(keys if cyclic else keys[number + 1 :]), "end", *beyond], known))
        for number, key in enumerate(keys)
    }
    return Flow(flow=name, title="T", summary="S", revision=1, start="s0", steps={**drawn, "end": outcome()})


@st.composite
def libraries(draw: st.DrawFn, known: bool = False, cyclic: bool = False) -> Library:
    """Draw a library of two flows; without cycles unless asked for."""
    call = draw(flows("call", ["@other"], known, cyclic))
    other = draw(flows("other", ["@call"] if cyclic else [], known, cyclic))
    return Library(flows={"call": call, "other": other})
