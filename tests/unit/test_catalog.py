"""Catalog files: the words of one language, read with one sentence for whatever is wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import FILES, load

from flows import layers
from flows.catalog import Catalog, Line, head_of, line_of, parse, spoken, unequal, written
from flows.loader import cleaned
from flows.source import FlowError, Source

SPANISH = """\
# A line about this file.
language = "es"
name = "Español"
name_in_english = "Spanish"

[lines."call/owner/say"]
english = "Welcome to {shop}. Whose bicycle is it?"
text = "Bienvenido a {shop}. ¿De quién es la bicicleta?"

[lines."call/sure/say"]
english = "May I see your card?"
text = "¿Me permite ver su tarjeta?"

[phrases]
now = { english = "now", text = "ahora" }
"""


def catalog(text: str = SPANISH) -> Catalog:
    return parse(Source("locale/es.toml", text))


def test_a_line_is_found_under_its_place() -> None:
    """A spoken line is keyed by flow, step and `say`; a phrase by its code."""
    read = catalog()
    assert (read.language, read.name, read.name_in_english) == ("es", "Español", "Spanish")
    assert read.lines["call/sure/say"].text == "¿Me permite ver su tarjeta?"
    assert read.entry("phrases/now") == Line(english="now", text="ahora")
    assert read.entry("call/nowhere/say") is None


def test_what_is_spoken_is_never_blank_and_never_out_of_date() -> None:
    """A fresh line is spoken; where there is none, or its English has changed, the English is."""
    read = catalog()
    assert read.said("call/sure/say", "May I see your card?").text == "¿Me permite ver su tarjeta?"
    stale = read.said("call/sure/say", "May I see your ticket?")
    assert (stale.text, stale.status) == ("May I see your ticket?", "stale")
    missing = read.said("call/bell/say", "Does the bell ring?")
    assert (missing.text, missing.status) == ("Does the bell ring?", "missing")
    blank = catalog(SPANISH.replace("¿Me permite ver su tarjeta?", "  "))
    assert blank.said("call/sure/say", "May I see your card?").status == "missing"


def test_a_line_with_other_placeholders_is_not_spoken() -> None:
    """A translator's slip in a {name} cannot reach a family: the English is spoken."""
    read = catalog(SPANISH.replace("Bienvenido a {shop}", "Bienvenido a {shpo}"))
    said = read.said("call/owner/say", "Welcome to {shop}. Whose bicycle is it?")
    assert said.status == "stale"
    assert "Welcome" in said.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hola {b} {a} {a}", ""),
        ("Hola {a}", "{b} is not in the translation"),
        ("Hola {a} {b} {c}", "{c} is not in the English"),
        ("Hola {a} {c}", "{b} is not in the translation; {c} is not in the English"),
        ("Hola {a} {b", "a brace is not closed or not opened"),
    ],
)
def test_placeholders_are_compared_by_name(text: str, told: str) -> None:
    """Order and number are the language's own; the names are not."""
    assert unequal("Hello {a} {b}", text) == told


BROKEN = [
    ("[phrases]", "[phrases", "[phrases", "not valid TOML"),
    ('text = "¿Me permite ver su tarjeta?"', 'text = "¿Me', 'text = "¿Me', "not valid TOML"),
    ('text = "¿Me permite ver su tarjeta?"', 'txt = "x"', "call/sure/say", "'txt' is not a word that belongs here"),
    ('text = "¿Me permite ver su tarjeta?"', "", "call/sure/say", "'text' is missing"),
    ('text = "¿Me permite ver su tarjeta?"', "text = 3", "call/sure/say", "'text' must be text in quotes"),
    ('english = "May I see your card?"', 'english = ""', "call/sure/say", "'english' must not be empty"),
    ("¿Me permite ver su tarjeta?", "x" * 901, "call/sure/say", "'text' is longer than 900 characters"),
    ('text = "ahora"', 'txt = "ahora"', "now =", "'txt' is not a word"),
    ("now = {", "Now_ = {", "Now_ =", "is not a place"),
    ('[lines."call/sure/say"]', '[lines."call/sure"]', '"call/sure"', "'call/sure' is not a place"),
    ('[lines."call/sure/say"]', '[lines."call/owner/say"]', '[lines."call/owner/say"]', "not valid TOML"),
    ('name = "Español"', 'nme = "Español"', "nme", "'nme' is not a word"),
    ('language = "es"', 'language = "Spanish"', "language", "'language' must be a code such as es"),
    ('language = "es"', 'language = "vi"', "language", "the language is 'vi' but the file es.toml"),
    ('name = "Español"', 'name = ""', 'name = ""', "'name' must not be empty"),
    ('language = "es"', "language = " + "[" * 20_000, "language", "brackets are nested far too deeply"),
]


@pytest.mark.parametrize(("old", "new", "words", "sentence"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_catalog_is_one_sentence_with_its_line(old: str, new: str, words: str, sentence: str) -> None:
    """A translator reads where the mistake is and what would be right."""
    text = SPANISH.replace(old, new, 1)
    assert text != SPANISH
    with pytest.raises(FlowError) as caught:
        catalog(text)
    assert sentence in caught.value.sentence
    assert "\n" not in caught.value.sentence
    assert words in text.splitlines()[caught.value.line - 1]


def test_a_catalog_cut_short_names_its_last_line() -> None:
    """A download that broke off is told as such."""
    text = SPANISH[: SPANISH.index("[phrases]")] + '[lines."call/bell/say'
    with pytest.raises(FlowError) as caught:
        catalog(text)
    assert caught.value.line == len(text.splitlines())


@given(cut=st.integers(0, len(SPANISH) - 1))
def test_a_catalog_cut_anywhere_is_refused_or_whole(cut: int) -> None:
    """No place to cut the file makes anything but a catalog or one sentence."""
    try:
        catalog(SPANISH[:cut])
    except FlowError as error:
        assert 1 <= error.line <= SPANISH.count("\n") + 1


@given(start=st.integers(0, len(SPANISH) - 1), length=st.integers(0, 30), text=st.text(max_size=12))
def test_no_edit_crashes_the_reader(start: int, length: int, text: str) -> None:
    """Whatever a translator types into the file, the answer is a catalog or one sentence."""
    try:
        catalog(SPANISH[:start] + text + SPANISH[start + length :])
    except FlowError as error:
        assert error.sentence


def clean(text: str) -> str:
    return str(cleaned(text)).strip()


WORDS = st.text(max_size=40).map(clean)
LINES = st.builds(Line, english=WORDS.filter(bool), text=WORDS)
CODES = st.from_regex(r"[a-z]{1,3}(-[a-z0-9]{1,2})?", fullmatch=True)
CATALOGS = st.builds(
    Catalog,
    language=st.just("es"),
    name=st.just("Español"),
    name_in_english=st.just("Spanish"),
    lines=st.dictionaries(st.from_regex(r"[a-z]{1,3}/[a-z]{1,3}/(say|next)", fullmatch=True), LINES, max_size=4),
    phrases=st.dictionaries(CODES, LINES, max_size=4),
    questions=st.dictionaries(CODES, LINES, max_size=4),
)


@given(CATALOGS)
def test_what_is_written_is_read_back(made: Catalog) -> None:
    """A catalog survives its file, whatever characters stand in it; each entry is found on its line."""
    text = written(made, "# kept\n")
    assert parse(Source("es.toml", text)) == made
    assert head_of(text) == "# kept\n"
    lines = text.splitlines()
    for place, _ in made.entries():
        assert (
            place.removeprefix("phrases/").removeprefix("questions/")
            in lines[line_of(Source("es.toml", text), place) - 1]
        )


def test_only_lines_that_families_hear_or_take_home_need_words() -> None:
    """Lookups and staff instructions do not; the headline of an outcome and what happens next do."""
    places = spoken(load(FILES)[0])
    assert "call/sure/say" in places
    assert "call/state/say" not in places
    assert places["call/fine/title"] == "Nothing to do"
    assert places["call/fine/next"] == "They ride home."
    assert {place.rpartition("/")[2] for place in places} == {"say", "title", "next"}
    assert all(places.values())


# -- where they come from


def test_a_draft_brings_its_own_words_or_speaks_the_shipped_ones(tmp_path: Path) -> None:
    """A draft folder's `locale` takes the place of the shipped one; without it the shipped words are used."""
    assert sorted(layers.load()) == ["es", "vi"]
    assert sorted(layers.load(tmp_path)) == ["es", "vi"]
    (tmp_path / "locale").mkdir()
    (tmp_path / "locale" / "es.toml").write_text(SPANISH, encoding="utf-8")
    assert layers.load(tmp_path) == {"es": catalog()}


def test_an_overlay_changes_single_entries(tmp_path: Path) -> None:
    """A district rewords one Spanish line, and adds a language; the rest stays as shipped."""
    folder = tmp_path / "locale"
    folder.mkdir()
    own = '[lines."call/portal/say"]\nenglish = "Hi."\ntext = "Hola."\n'
    names = 'name = "Español"\nname_in_english = "Spanish"\n'
    (folder / "es.toml").write_text(f'language = "es"\n{names}{own}', encoding="utf-8")
    (folder / "fr.toml").write_text('language = "fr"\nname = "Français"\nname_in_english = "French"\n')
    spanish = layers.load(overlay=tmp_path)["es"]
    assert spanish.lines["call/portal/say"].text == "Hola."
    assert spanish.lines["call/student/say"] == layers.load()["es"].lines["call/student/say"]
    assert "fr" in layers.load(overlay=tmp_path)


def test_the_example_in_the_docs_is_a_catalog() -> None:
    """What docs/languages.md shows can be copied into a locale file."""
    page = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    shipped = layers.load()["es"]
    for place, line in catalog(example).entries():
        assert shipped.entry(place) == line
