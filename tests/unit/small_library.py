"""A small valid library about repairing bicycles, with its own vocabulary: material for tests of the flow tools."""

from pathlib import Path

from flows.loader import parse
from flows.model import Library
from flows.source import Source
from flows.vocabulary import KNOWN, Name, Vocabulary

VOCABULARY = Vocabulary(
    checks={
        "owner": Name(("found", "nobody"), gives={"found": {"owner": "*"}}),
        "size": Name(
            ("small", "large", "empty"), needs=("owner",), gives={"small": {"size": "*"}, "large": {"size": "*"}}
        ),
    },
    lookups={
        KNOWN: Name(("yes", "no")),
        "state": Name(("broken", "whole"), needs=("owner",)),
    },
    actions={
        "repair": Name(
            ("done", "no-parts"),
            needs=("owner", "verified", "state=broken"),
            gives={"done": {"state": "whole"}},
        ),
    },
    placeholders={"shop": (), "name": ("owner", "verified"), "wheel": ("owner", "size")},
    facts=frozenset({"verified", "bell-tried"}),
)

CALL = """\
flow = "call"
title = "A bicycle"
summary = "Who brings it, and what is wrong."
revision = 1
start = "owner"

[steps.owner]
kind = "entry"
say = "Welcome to {shop}. Whose bicycle is it?"
ask = "Whose bicycle is it?"
check = "owner"

[steps.owner.exits]
found = "sure"
nobody = "not-ours"

[steps.sure]
kind = "choice"
say = "May I see your card?"
do = { counter = "Look at it.", phone = "Call them back." }
ask = "Is it them?"

[[steps.sure.choices]]
code = "card-seen"
label = "Card seen"
to = "state"
gives = ["verified"]

[[steps.sure.choices]]
code = "no-card"
label = "No card"
to = "not-ours"

[steps.state]
kind = "lookup"
lookup = "state"

[steps.state.exits]
broken = "bell"
whole = "fine"

[steps.bell]
kind = "choice"
say = "Does the bell ring, {name}?"
ask = "Does it ring?"
choices = [
  { code = "rings", label = "It rings", to = "wheel", gives = ["bell-tried"] },
  { code = "silent", label = "Silence", to = "wheel" },
]

[steps.wheel]
kind = "entry"
say = "How large is the wheel?"
ask = "Wheel size"
check = "size"

[steps.wheel.exits]
small = "@repair"
large = "@repair"

[steps.wheel.stay]
empty = "Please type the size."

[steps.fine]
kind = "outcome"
result = "solved"
title = "Nothing to do"
say = "It is fine, {name}."
do = "Hand it back."
next = "They ride home."

[steps.not-ours]
kind = "outcome"
result = "declined"
title = "Not ours"
say = "I'm sorry, I can't help with this one."
do = "Show the way out."
next = "They bring the card another day."
"""

REPAIR = """\
flow = "repair"
title = "Repair"
summary = "It is mended here."
revision = 3
start = "tried"

[steps.tried]
kind = "lookup"
lookup = "known"
of = "bell-tried"

[steps.tried.exits]
yes = "mend"
no = "mend"

[steps.mend]
kind = "action"
say = "We repair the {wheel} wheel now."
ask = "Repair it?"
action = "repair"

[steps.mend.exits]
done = "now"
no-parts = "later"

[steps.now]
kind = "lookup"
lookup = "state"

[steps.now.exits]
whole = "mended"

[steps.mended]
kind = "outcome"
result = "solved"
title = "Mended"
say = "Here you are, {name}."
do = "Hand it over."
next = "They ride home."

[steps.later]
kind = "outcome"
result = "waiting"
title = "Parts are missing"
say = "The parts come on Tuesday."
do = "Order the parts."
next = "We call them on Tuesday."
"""

FILES = {"call": CALL, "repair": REPAIR}


def edited(flow: str, old: str, new: str) -> dict[str, str]:
    """Return the files with one edit, at a text that occurs exactly once."""
    assert FILES[flow].count(old) == 1, f"{old!r} occurs {FILES[flow].count(old)} times in {flow}"
    return {**FILES, flow: FILES[flow].replace(old, new)}


def load(files: dict[str, str]) -> tuple[Library, tuple[Source, ...]]:
    """Return a library and its sources."""
    sources = tuple(Source(f"{name}.toml", text) for name, text in files.items())
    return Library(flows={source.flow: parse(source.text, source.path) for source in sources}), sources


def write(files: dict[str, str], folder: Path) -> Path:
    """Write the files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def line_with(text: str, words: str, after: str = "") -> int:
    """Return the number of the first line that holds these words, below the first line with `after`."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if after in line)
    return next(number for number, line in enumerate(lines, start=1) if words in line and number > start)
