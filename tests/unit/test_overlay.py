"""Overlays: a district's own words and steps over the shipped flows, and what an upgrade says about them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from flows import loader, overlay
from flows.source import Source
from wizard import libraries

BASE = """\
flow = "call"
title = "Start"
summary = "One question."
revision = 1
start = "which"

[steps.which]
kind = "choice"
say = "Which one?"
ask = "Which?"

[[steps.which.choices]]
code = "one"
label = "The first"
to = "end"

[[steps.which.choices]]
code = "two"
label = "The second"
to = "end"

[steps.end]
kind = "outcome"
result = "referred"
title = "Done"
say = "Somebody calls you back."
do = "Write it down."
next = "A call."
"""

MARK = overlay.fingerprint(loader.cleaned(loader.toml(Source("call.toml", BASE)))["steps"]["which"])  # type: ignore[index,call-overload]


def merged(changes: str, name: str = "call") -> overlay.Merged:
    return overlay.merge([Source("shipped/call.toml", BASE)], [Source(f"ours/{name}.toml", changes)])


def test_single_words_are_reworded() -> None:
    """A change holds only what it changes; everything else stays as shipped."""
    done = merged(f'flow = "call"\n[steps.which]\nwas = "{MARK}"\nsay = "Hello! Which one is it?"\n')
    assert done.findings == ()
    step = done.flows["call"].steps["which"]
    assert (step.say, step.ask) == ("Hello! Which one is it?", "Which?")  # type: ignore[union-attr]


def test_one_answer_is_relabeled_and_one_is_added() -> None:
    """Choices are changed by their code; a new code comes last."""
    text = f"""\
flow = "call"
[steps.which]
was = "{MARK}"
[steps.which.choices.two]
label = "Number two"
[steps.which.choices.bus]
label = "The school bus"
to = "bus"
[steps.bus]
kind = "outcome"
result = "referred"
title = "Bus"
say = "The bus office helps."
do = "Transfer."
next = "The bus office calls."
"""
    done = merged(text)
    assert done.findings == ()
    step = done.flows["call"].steps["which"]
    assert [(c.code, c.label, c.to) for c in step.choices] == [  # type: ignore[union-attr]
        ("one", "The first", "end"),
        ("two", "Number two", "end"),
        ("bus", "The school bus", "bus"),
    ]


def test_a_flow_is_replaced_or_added() -> None:
    """`replaces = true` puts a whole file in place; a new name adds a flow."""
    mark = overlay.fingerprint(loader.cleaned(loader.toml(Source("call.toml", BASE))))
    whole = BASE.replace('title = "Start"', f'title = "Ours"\nreplaces = true\nwas = "{mark}"')
    done = merged(whole)
    assert (done.flows["call"].title, done.findings) == ("Ours", ())
    done = merged(BASE.replace('flow = "call"', 'flow = "extra"'), "extra")
    assert sorted(done.flows) == ["call", "extra"]


@pytest.mark.parametrize(
    ("changes", "rule", "line", "words"),
    [
        ('[steps.which]\nwas = "00000000"\nsay = "x"', "overlay-stale", 3, "shipped words have changed"),
        ('[steps.which]\nwas = "Which was it?"\nsay = "x"', "overlay-stale", 3, "shipped words have changed"),
        ('[steps.gone]\nsay = "x"\nwas = "00000000"', "overlay-stale", 4, "no longer has this step"),
        ('[steps.which]\nsay = "x"', "overlay-unmarked", 2, f'was = "{MARK}"'),
        ('[steps.which]\nsy = "x"', "unreadable", 3, "'sy' is not a word a choice step has"),
        ('[steps.new]\nsay = "x"', "unreadable", 2, "'kind' is missing"),
        ("[steps]\nwhich = 3", "unreadable", 3, "must be a table"),
        ("[steps.which.choices]\none = 3", "unreadable", 3, "choice 'one' must be a table"),
        ("[steps.which", "unreadable", 2, "not valid TOML"),
    ],
)
def test_what_does_not_fit_is_found_at_its_line(changes: str, rule: str, line: int, words: str) -> None:
    """An upgrade, or a slip, is one finding with the overlay's own file and line; the shipped flow stays."""
    done = merged(f'flow = "call"\n{changes}\n')
    told = [(found.rule, found.file, found.line) for found in done.findings]
    assert told == [(rule, "ours/call.toml", line)]
    assert all(words in found.message + found.fix for found in done.findings)


def test_the_old_text_itself_is_a_mark() -> None:
    """Who does not like digits writes the shipped words they replaced."""
    done = merged('flow = "call"\n[steps.which]\nwas = "Which  one?"\nsay = "Hello! Which one?"\n')
    assert done.findings == ()


def check(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "wizard.cli", "check", *arguments], capture_output=True, text=True, check=False
    )


def test_check_lints_the_merged_library_and_points_to_the_right_file(tmp_path: Path) -> None:
    """A mistake in changed words is at the overlay's line; one that the change causes elsewhere at the shipped line."""
    (tmp_path / "call.toml").write_text(
        'flow = "call"\n\n[steps.portal]\nsay = "Is it the {portal_nme}?"\n\n'
        '[steps.portal.choices.parent-portal]\nto = "something-else"\n'
    )
    done = check("--overlay", str(tmp_path), "--json")
    assert done.returncode == 1
    found = {(f["rule"], Path(f["file"]).parent == tmp_path, f["line"]) for f in json.loads(done.stdout)}
    assert ("unknown-name", True, 4) in found
    assert ("overlay-unmarked", True, 3) in found
    (unreachable,) = [f for f in json.loads(done.stdout) if f["rule"] == "unreachable"]
    assert Path(unreachable["file"]) == loader.shipped() / "call.toml"
    lines = Path(unreachable["file"]).read_text().splitlines()
    assert lines[unreachable["line"] - 1] == "[steps.parent-portal]"


def test_a_stale_change_fails_the_check_and_still_starts(tmp_path: Path) -> None:
    """IT hears of it at the upgrade; the desk opens on Monday all the same, with the district's words."""
    (tmp_path / "call.toml").write_text(
        'flow = "call"\n[steps.portal]\nwas = "00000000"\nsay = "Hello! Which portal?"\n'
    )
    done = check("--overlay", str(tmp_path))
    assert done.returncode == 1
    assert f"{tmp_path}/call.toml:3: overlay-stale: step 'portal'" in done.stdout
    step = libraries.load(None, tmp_path).flows["call"].steps["portal"]
    assert step.say == "Hello! Which portal?"  # type: ignore[union-attr]


def test_the_version_tells_libraries_apart(tmp_path: Path) -> None:
    """The same contents have the same version; one changed word another."""
    (tmp_path / "call.toml").write_text('flow = "call"\n[steps.portal]\nsay = "Hello! Which portal?"\n')
    assert libraries.load().version == loader.library().version
    assert libraries.load(None, tmp_path).version != loader.library().version
