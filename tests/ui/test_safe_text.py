"""Text from outside is only ever shown."""

import ast
from collections.abc import Iterator
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

import screens
from screens.safe import cell, content, joined, plain

SCREENS = Path(screens.__file__).parent

WIDGETS = {"Static", "Label", "Button", "Option", "Tab", "Checkbox", "RadioButton", "Collapsible", "Content"}
"""What reads a plain string as markup when it is made."""

METHODS = {"update", "notify", "add_column", "add_option"}
"""What reads a plain string as markup when it is called."""

TITLES = {"border_title", "border_subtitle", "tooltip"}
"""What reads a plain string as markup when it is set."""

HOSTILE = (
    "[@click=app.quit]Ann[/]",
    "Ann [/foo]",
    "[red]Ann",
    "\x1b]52;c;ZXZpbA==\x07Ann",
    "\x9b31mAnn",
    "Ann\u202e\u200b\ufeff",
    "Ann\u2028Lee",
    "\ud800Ann",
    "A" * 300,
)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_only_text(name: str) -> None:
    """Brackets stay brackets, and nothing invisible or active is left."""
    shown = content(name).plain
    assert shown.isprintable()
    assert shown.count("[") == name.count("[")
    assert not content(name).spans


@given(st.text(alphabet=st.characters(codec=None), max_size=80))
def test_any_text_is_only_text(text: str) -> None:
    """Whatever the text: one text, one style at most, and no character that a terminal would act on."""
    for drawn in (content(text).plain, joined("a", (text, "bold")).plain, cell(text).plain):
        assert not {category(character) for character in drawn.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert cell(text).plain.count("\n") == 0


@given(st.text(max_size=60), st.integers(min_value=1, max_value=40))
def test_a_cut_is_marked(text: str, limit: int) -> None:
    """Longer text is cut to the limit and ends with an ellipsis."""
    shown = plain(text, limit)
    assert len(shown) <= limit
    if len(plain(text)) > limit:
        assert shown.endswith("…")


def test_no_widget_gets_a_raw_string() -> None:
    """Every dynamic text in every screen passes through `screens.safe` before a widget sees it."""
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SCREENS.rglob("*.py")}
    makers = {"content", "joined", "cell", "printed"} | {
        node.name
        for tree in modules.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and ast.unparse(node.returns or ast.Constant(None)).strip("'\"") in ("Content", "Text", "Table")
    }
    raw = [
        f"{path.relative_to(SCREENS)}:{line}: {text}"
        for path, tree in modules.items()
        if path.name != "safe.py"
        for line, text in _raw_strings(tree, makers)
    ]
    assert raw == []


@pytest.mark.parametrize(
    "line",
    [
        "Static(name)",
        "label.update(f'{name}')",
        "w.border_title = name",
        "app.notify(name)",
        "Content(name)",
        "words = name\nStatic(words)",
        "Static(content(name) if name else name)",
        "Content.from_markup(name)",
        "table.add_row('-', name)",
        "table.add_row(Text(name))",
    ],
)
def test_a_raw_string_would_be_found(line: str) -> None:
    """The search itself bites: each way to hand a widget a raw string is found."""
    assert list(_raw_strings(ast.parse(line), {"content"}))


def _raw_strings(tree: ast.Module, makers: set[str]) -> Iterator[tuple[int, str]]:
    """Find what reaches a widget without having passed through a maker; each function's own variables are followed."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for scope in (tree, *functions):
        variables = {
            target.id: node.value
            for node in ast.walk(scope)
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        inner = {id(node) for function in functions if scope is tree for node in ast.walk(function)}
        for node in ast.walk(scope):
            for text in [] if id(node) in inner else _texts(node):
                if not _is_safe(text, makers, variables):
                    yield text.lineno, ast.unparse(text)


def _texts(node: ast.AST) -> list[ast.expr]:
    match node:
        case ast.Call(func=ast.Name(id=name), args=[text, *_]) if name in WIDGETS:
            return [text]
        case ast.Call(func=ast.Attribute(value=ast.Name(id="Content"), attr=way), args=texts) if way != "join":
            return texts
        case ast.Call(func=ast.Attribute(attr="add_row"), args=texts):
            return texts
        case ast.Call(func=ast.Attribute(attr=name), args=[text, *_], keywords=options) if name in METHODS:
            return [] if any(option.arg == "markup" for option in options) else [text]
        case ast.Assign(targets=[ast.Attribute(attr=name)], value=text) if name in TITLES:
            return [text]
    return []


def _is_safe(text: ast.expr, makers: set[str], variables: dict[str, ast.expr]) -> bool:
    match text:
        case ast.Constant(value=value):
            return not (isinstance(value, str) and "[" in value)
        case ast.Name(id=name) if name in variables:
            return _is_safe(variables[name], makers, {key: value for key, value in variables.items() if key != name})
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.Subscript(value=ast.Name(id=name)) if name.isupper():
            return True  # a constant of the program
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in makers:
            return True
        case ast.Call(func=ast.Name(id="Row")):
            return True  # draws its label as content
        case ast.Call(func=ast.Attribute(attr="join" | "grid")):
            return True  # of Content, or a table; what goes into it is looked at where it goes in
        case (
            ast.Call(func=ast.Name(id="Option" | "Content" | "Text"))
            | ast.Call(func=ast.Attribute(value=ast.Name(id="Content")))
        ):
            inside = text.args[0] if text.args else ast.Constant("")
            return ast.unparse(inside).startswith("plain(") or _is_safe(inside, makers, variables)
        case ast.IfExp(body=one, orelse=other):
            return _is_safe(one, makers, variables) and _is_safe(other, makers, variables)
        case ast.Tuple(elts=[one, _]):
            return _is_safe(one, makers, variables)
    return False


def test_content_is_what_widgets_draw() -> None:
    """The helpers return the type that widgets draw without reading markup."""
    assert isinstance(content("x"), Content)
    assert isinstance(joined("x"), Content)
