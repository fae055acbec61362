"""A translator in a hurry breaks a shipped catalog with one edit: `check --strict` notices every one of them.

The rules look at each entry by itself, so that all entries are edited at once, and each must be named.
"""

from collections.abc import Callable, Mapping

import pytest

from flows import catalog, layers, loader
from flows.catalog import Catalog, Line, spoken
from flows.layers import Layer
from flows.rules.languages import lint_language
from flows.source import Source
from flows.survey import Survey
from flows.words import placeholders
from wizard import district
from wizard.languages import beside_flows
from wizard.vocabulary import VOCABULARY

CATALOGS = layers.load()
LIBRARY = loader.library()
BESIDE = beside_flows(district.load())
ENGLISH = spoken(LIBRARY) | BESIDE
SECRET = {"es": "Dígame su contraseña.", "vi": "Xin cho tôi biết mật khẩu."}

Edit = Callable[[str, str, Line], Mapping[str, Line]]
"""Language, place and entry -> what stands in the file instead."""


def delete(language: str, place: str, line: Line) -> Mapping[str, Line]:
    return {}


def empty(language: str, place: str, line: Line) -> Mapping[str, Line]:
    return {place: Line(english=line.english, text="")}


def reword_the_english(language: str, place: str, line: Line) -> Mapping[str, Line]:
    return {place: Line(english=f"{line.english} Really.", text=line.text)}


def misspell_the_place(language: str, place: str, line: Line) -> Mapping[str, Line]:
    first, slash, rest = place.partition("/")
    return {f"{first}{slash}x{rest}": line}


def drop_a_placeholder(language: str, place: str, line: Line) -> Mapping[str, Line]:
    names = placeholders(line.text)
    return {place: Line(english=line.english, text=line.text.replace(f"{{{names[0]}}}", "")) if names else line}


def misspell_a_placeholder(language: str, place: str, line: Line) -> Mapping[str, Line]:
    return {place: Line(english=line.english, text=line.text.replace("{", "{x", 1))}


def leave_a_brace_open(language: str, place: str, line: Line) -> Mapping[str, Line]:
    return {place: Line(english=line.english, text=line.text.replace("}", "", 1))}


def ask_for_a_secret(language: str, place: str, line: Line) -> Mapping[str, Line]:
    return {place: Line(english=line.english, text=f"{line.text.rstrip('.')}. {SECRET[language]}")}


EDITS: tuple[Edit, ...] = (
    delete,
    empty,
    reword_the_english,
    misspell_the_place,
    drop_a_placeholder,
    misspell_a_placeholder,
    leave_a_brace_open,
    ask_for_a_secret,
)


@pytest.fixture(scope="module")
def survey() -> Survey:
    return Survey.of(LIBRARY, VOCABULARY)


def named(survey: Survey, edited: Catalog) -> set[str]:
    """Return the places that the findings name."""
    layer = Layer(edited, Source("locale/xx.toml", catalog.written(edited)))
    return {finding.message.partition("':")[0].lstrip("'") for finding in lint_language(survey, BESIDE, (layer,))}


@pytest.mark.parametrize("language", sorted(CATALOGS))
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__.replace("_", "-"))
def test_each_edited_entry_is_named(survey: Survey, language: str, edit: Edit) -> None:
    """Whatever is done to an entry, `check` names its place; what was not touched is not named."""
    shipped = dict(CATALOGS[language].entries())
    edited: dict[str, Line] = {}
    touched: set[str] = set()
    for place, line in shipped.items():
        made = edit(language, place, line)
        edited.update(made)
        if made != {place: line}:
            touched |= {place, *made}
    assert len(touched) > 50
    assert named(survey, CATALOGS[language].holding(edited)) == touched


@pytest.mark.parametrize("language", sorted(CATALOGS))
def test_untouched_catalogs_have_an_entry_for_everything(survey: Survey, language: str) -> None:
    """The edits start from catalogs without a finding."""
    assert named(survey, CATALOGS[language]) == set()
    assert {place for place, _ in CATALOGS[language].entries()} == ENGLISH.keys()
