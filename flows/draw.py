"""A flow as a picture (Mermaid) and as an outline to read and sign; every edge carries the words of its answer."""

from collections.abc import Iterator, Mapping

from flows.model import ActionStep, ByChannel, ChoiceStep, EntryStep, Flow, Library, LookupStep, Outcome, Step

_MERMAID = str.maketrans(
    {
        "#": "#35;",
        "&": "#amp;",
        '"': "#quot;",
        "<": "#lt;",
        ">": "#gt;",
        "`": "#96;",
        "|": "#124;",
        "%": "#37;",
        "\\": "#92;",
        "\n": " ",
    }
)
"""Mermaid writes such characters by number; in quotes, brackets and braces are plain."""

SHAPES: Mapping[str, tuple[str, str]] = {
    "choice": ("[", "]"),
    "entry": ("[/", "/]"),
    "lookup": ("{{", "}}"),
    "action": ("[[", "]]"),
    "outcome": ("([", "])"),
}


def to_mermaid(library: Library, name: str) -> str:
    """Return a flow as a Mermaid flowchart. Raises KeyError for an unknown flow."""
    flow = library.flows[name]
    lines = ["---", f"title: {_title(flow.title)}", "---", "flowchart TD", f"  start((start)) --> {_id(flow.start)}"]
    lines += [f"  {_node(step, key)}" for key, step in flow.steps.items()]
    for key, step in flow.steps.items():
        lines += [f"  {_id(key)} -->|{_quoted(words)}| {_id(target)}" for words, target in _edges(step)]
        if stays := _stays(step):
            lines.append(f"  {_id(key)} -.->|{_quoted(', '.join(stays))}| {_id(key)}")
    lines += [f"  {_id(target)}[({_quoted(_flow_title(library, target))})]" for target in _other_flows(flow)]
    return "\n".join(lines) + "\n"


def _title(title: str) -> str:
    """Return a title safe in the YAML head of a Mermaid file."""
    return '"' + title.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _id(target: str) -> str:
    """Return a node's name; `end` alone is a Mermaid keyword, so each gets a first letter."""
    return ("f_" if target.startswith("@") else "s_") + target.removeprefix("@").replace("-", "_")


def _quoted(words: str) -> str:
    return '"' + words.translate(_MERMAID) + '"'


def _node(step: Step, key: str) -> str:
    before, after = SHAPES[step.kind]
    return f"{_id(key)}{before}{_quoted(question(step) or key)}{after}"


def _other_flows(flow: Flow) -> tuple[str, ...]:
    targets = (target for step in flow.steps.values() for target in step.exits.values())
    return tuple(dict.fromkeys(target for target in targets if target.startswith("@")))


def _flow_title(library: Library, target: str) -> str:
    flow = library.flows.get(target[1:])
    return flow.title if flow else f"no flow {target[1:]}"


def _edges(step: Step) -> Iterator[tuple[str, str]]:
    """Return (words of the answer, target) of each exit."""
    for code, target in step.exits.items():
        yield in_words(step, code), target


def _stays(step: Step) -> tuple[str, ...]:
    return tuple(in_words(step, code) for code in step.stay) if isinstance(step, EntryStep | ActionStep) else ()


def in_words(step: Step, code: str) -> str:
    """Return an answer in words: a choice's label, or a code with blanks for hyphens."""
    if isinstance(step, ChoiceStep):
        return next(choice.label for choice in step.choices if choice.code == code)
    return code.replace("-", " ")


def question(step: Step) -> str:
    """Return what a step asks, or what it comes to."""
    match step:
        case LookupStep(lookup=name, of=of):
            return f"records: {name}" + (f" {of}" if of else "")
        case Outcome(title=title):
            return title
        case ChoiceStep(ask=ask) | EntryStep(ask=ask) | ActionStep(ask=ask):
            return ask


def to_outline(library: Library, name: str) -> str:
    """Return a flow as text, in the order in which a call meets its steps. Raises KeyError for an unknown flow."""
    flow = library.flows[name]
    lines = [f"{flow.title} ({flow.flow}, revision {flow.revision})", flow.summary]
    for key in _in_order(flow):
        lines += ["", *_entry(library, flow, key)]
    return "\n".join(lines) + "\n"


def _in_order(flow: Flow) -> tuple[str, ...]:
    """Return the steps as a call meets them, each answer's branch in turn; then those nobody gets to."""
    order: dict[str, None] = {}
    waiting = [flow.start] if flow.start in flow.steps else []
    while waiting:
        key = waiting.pop()
        if key not in order:
            order[key] = None
            waiting += [target for target in reversed([*flow.steps[key].exits.values()]) if target in flow.steps]
    return tuple({**order, **dict.fromkeys(flow.steps)})


def _entry(library: Library, flow: Flow, key: str) -> Iterator[str]:
    step = flow.steps[key]
    mark = ", the call starts here" if key == flow.start else ""
    yield f"{key} [{_named(step)}{mark}]"
    for head, words in _words(step):
        if words:
            yield f"  {head:5} " + words.replace("\n", "\n        ")
    edges = [*_edges(step)]
    width = max((len(words) for words, _ in edges), default=0)
    for words, target in edges:
        yield f"  {words:{width}} -> {_destination(library, target)}"
    for code in _stays(step):
        yield f"  {code} -> stays, with advice"


def _named(step: Step) -> str:
    match step:
        case EntryStep(check=name):
            return f"entry: {name}"
        case LookupStep():
            return f"lookup: {question(step).removeprefix('records: ')}"
        case ActionStep(action=name):
            return f"action: {name}"
        case Outcome(result=result):
            return f"outcome: {result}"
        case ChoiceStep():
            return "choice"


def _words(step: Step) -> Iterator[tuple[str, str]]:
    if isinstance(step, LookupStep):
        return
    if isinstance(step, Outcome):
        yield "TITLE", step.title
    yield "SAY", step.say
    if isinstance(step.do, ByChannel):
        yield "DO", f"at the counter: {step.do.counter}"
        yield "DO", f"on the phone: {step.do.phone}"
    else:
        yield "DO", step.do
    yield ("NEXT", step.next) if isinstance(step, Outcome) else ("ASK", step.ask)


def _destination(library: Library, target: str) -> str:
    return f"{_flow_title(library, target)} ({target})" if target.startswith("@") else target
