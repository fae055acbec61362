"""What comes from the terminal: keys stay keys, and a paste is never read as keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from screens.pastes import END, START, Pastes, watch


@pytest.mark.parametrize(
    ("came", "read"),
    [
        ("c1", "c1"),
        ("\x1b", "\x1b"),
        ("\x1b[A" * 30, "\x1b[A" * 30),
        ("\x1b[<35;10;12M" * 30, "\x1b[<35;10;12M" * 30),
        ("\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\"),
        (f"{START}1\x1b2{END}3", f"{START}12{END}3"),
        ("11111\r22222\r33333\r", f"{START}11111\r22222\r33333\r{END}"),
        ("1\x1b1" * 9, f"{START}{'11' * 9}{END}"),
    ],
    ids=("keys", "esc", "arrows", "mouse", "color", "esc-inside", "unmarked", "unmarked-esc"),
)
def test_keys_stay_keys_and_a_paste_is_marked(came: str, read: str) -> None:
    """Keys, the mouse and the terminal's answers pass; whatever comes too quickly for fingers is one paste."""
    assert Pastes(lambda: 0.0).marked(came) == read


def test_the_rest_of_an_unmarked_paste_belongs_to_it() -> None:
    """A paste that is read in two parts does not answer with its last letters; a key a moment later does."""
    moments = iter((1.0, 1.01, 1.2))
    pastes = Pastes(lambda: next(moments))
    assert [pastes.marked(part) for part in ("x" * 40, "1\r", "1")] == [
        f"{START}{'x' * 40}{END}",
        f"{START}1\r{END}",
        "1",
    ]


@given(st.lists(st.text("1a\r\x1b[201~é", max_size=30), max_size=4), st.integers(1, 9))
def test_nothing_inside_a_marked_paste_is_a_key(parts: list[str], size: int) -> None:
    """However a paste is cut into pieces and whatever stands in it, it arrives as text, and the key after it as key."""
    text = "".join(parts).replace(END, "").replace("\x1b[201", "")
    came = f"{START}{text}{END}7"

    class Parser(XTermParser):
        pass

    watch(Parser)
    parser = Parser()
    read = [event for at in range(0, len(came), size) for event in parser.feed(came[at : at + size])]
    assert [type(event) for event in read] == [events.Paste, events.Key]
    assert isinstance(read[0], events.Paste)
    assert "\x1b" not in read[0].text
