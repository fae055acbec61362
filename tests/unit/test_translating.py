"""The translator's sheet: out as CSV, back as a catalog, refused by line."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import layers
from flows.catalog import Catalog, Line
from flows.loader import cleaned
from flows.source import FlowError
from wizard import cli
from wizard.translating import COLUMNS, Taken, guarded, rows, take, to_csv, unguarded

TEXTS = {"call/a/say": "Hello {name}.", "call/b/say": "-1 is less.", "call/c/say": "Bye.", "phrases/now": "now"}

SPANISH = Catalog(
    language="es",
    name="Español",
    name_in_english="Spanish",
    lines={
        "call/a/say": Line(english="Hello {name}.", text="Hola, {name}."),
        "call/b/say": Line(english="-1 is small.", text="=-1 es poco"),
    },
    phrases={"now": Line(english="now", text="ahora")},
)


def sheet(*rows_: str, head: str = "place,English,translation,status") -> str:
    return "\n".join((head, *rows_)) + "\n"


def taken(text: str, catalog: Catalog = SPANISH) -> Taken:
    return take(text, "es.csv", TEXTS, catalog)


def test_the_sheet_says_what_is_fresh_stale_and_missing() -> None:
    """A translator sees at once where there is work; a stale row shows the old words beside the new English."""
    assert [(row.place, row.translation, row.status) for row in rows(TEXTS, SPANISH)] == [
        ("call/a/say", "Hola, {name}.", "ok"),
        ("call/b/say", "=-1 es poco", "stale"),
        ("call/c/say", "", "missing"),
        ("phrases/now", "ahora", "ok"),
    ]


def test_no_cell_is_a_formula() -> None:
    """A spreadsheet shows every cell instead of calculating it, and keeps the accents."""
    text = to_csv(rows(TEXTS, SPANISH))
    assert text.startswith("\ufeffplace,English,translation,status\r\n")
    cells = list(csv.reader(text.removeprefix("\ufeff").splitlines()))[2]
    assert cells == ["call/b/say", "'-1 is less.", "'=-1 es poco", "stale"]


@given(st.text(alphabet="'=+-@\t\n ＝a{}\"", max_size=8))
def test_a_guarded_cell_comes_back_as_it_was(cell: str) -> None:
    """Whatever apostrophes a text begins with, guarding and taking the guard off leaves it alone."""
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).lstrip().startswith(tuple("=+-@＝"))


WORDS = st.text(max_size=30).map(lambda text: str(cleaned(text.replace("\t", " "))).strip())
PLAIN = WORDS.map(lambda text: text.replace("{", "").replace("}", "").replace("\ufffd", "").strip())


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,3}/[a-z]{1,3}/say", fullmatch=True), PLAIN.filter(bool), max_size=4),
    st.lists(PLAIN, min_size=4, max_size=4),
    st.sets(st.integers(0, 3)),
)
def test_a_sheet_that_nobody_touched_changes_nothing(texts: dict[str, str], words: list[str], old: set[int]) -> None:
    """Out and back again is the same catalog: fresh stays fresh, stale stays stale, missing stays missing."""
    lines = {
        place: Line(english="Something older." if number in old else english, text=said)
        for number, ((place, english), said) in enumerate(zip(texts.items(), words, strict=False))
        if said
    }
    catalog = SPANISH.model_copy(update={"lines": lines, "phrases": {}})
    text = to_csv(rows(texts, catalog))
    back = take(text, "es.csv", texts, catalog)
    assert (back.catalog, back.refused, back.changed) == (catalog, (), 0)
    assert [row.status for row in rows(texts, back.catalog)] == [row.status for row in rows(texts, catalog)]


def test_what_was_translated_is_taken() -> None:
    """New words count, a stale row that was worked on is fresh again, and what is not in the sheet stays."""
    done = taken(sheet("call/b/say,'-1 is less.,'-1 es menos.,ok", "call/c/say,Bye.,  Adiós.  ,missing"))
    assert done.refused == ()
    assert (done.changed, done.stale) == (2, 0)
    assert done.catalog.lines["call/b/say"] == Line(english="-1 is less.", text="-1 es menos.")
    assert done.catalog.lines["call/c/say"].text == "Adiós."
    assert done.catalog.lines["call/a/say"] == SPANISH.lines["call/a/say"]


def test_old_words_under_new_english_stay_stale_until_somebody_says_they_fit() -> None:
    """An untouched row never makes an outdated translation look fresh; setting its status to ok does."""
    assert taken(sheet("call/b/say,'-1 is less.,'=-1 es poco,stale")).stale == 1
    fits = taken(sheet("call/b/say,'-1 is less.,'=-1 es poco,ok"))
    assert (fits.stale, fits.catalog.lines["call/b/say"].english) == (0, "-1 is less.")


def test_words_made_from_an_english_that_changed_meanwhile_are_kept_as_stale() -> None:
    """A translator's work is not lost when the English changed after the export."""
    done = taken(sheet("call/c/say,Good-bye.,Adiós.,missing"))
    assert done.catalog.lines["call/c/say"].english == "Good-bye."
    assert (done.refused, done.stale) == ((), 2)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("call/d/say,Bye.,Adiós.,ok", "nothing is spoken at 'call/d/say'; did you mean"),
        ("call/a/say,Hello {name}.,Hola.,ok", "'call/a/say': {name} is not in the translation"),
        ("call/a/say,Hello {name}.,Hola {nombre}.,ok", "{nombre} is not in the English"),
        ("call/a/say,Hello {name}.,Hola {name.,ok", "a brace is not closed"),
        ("call/c/say,,Adiós.,ok", "the English is missing"),
        ("call/c/say,Bye.,Adi\x1b[31mós,ok", "holds a character that cannot be shown"),
        (f"call/c/say,Bye.,{'x' * 901},ok", "longer than 900 characters"),
        ("call/a/say,Hello {name}.,Hola {name}.,ok", "'call/a/say' is on line 2 already"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_by_its_line(row: str, told: str) -> None:
    """The translator reads which line is wrong, and why."""
    (error,) = taken(sheet("call/a/say,Hello {name}.,Buenas {name}.,ok", row)).refused
    assert told in error.sentence
    assert error.line == 3


def test_the_line_of_a_row_counts_line_breaks_in_cells() -> None:
    """A cell over three lines does not shift the line numbers that are told."""
    (error,) = taken(sheet('call/c/say,Bye.,"Adi\nó\ns",ok', "call/x/say,A,B,ok")).refused
    assert error.line == 5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "there is no column 'place'"),
        ("place,translation\na,b\n", "there is no column 'English'"),
        ("\ufeffplace;English;status\n", "there is no column 'translation'"),
        ('place,English,translation\na,b,"c', "not a CSV file"),
    ],
)
def test_something_else_than_a_sheet_is_one_sentence(text: str, told: str) -> None:
    """A wrong file is told as such."""
    with pytest.raises(FlowError, match=told):
        taken(text)


def test_a_sheet_with_semicolons_is_read() -> None:
    """Spreadsheets in other countries save with semicolons, other letter case and empty rows."""
    done = taken("PLACE;english;Translation;Note\ncall/c/say;Bye.;Adiós.;x\n;;;\n")
    assert done.catalog.lines["call/c/say"].text == "Adiós."


@given(st.text(max_size=60))
def test_no_file_crashes_the_import(text: str) -> None:
    """Whatever stands in the file, the answer is a catalog, refused rows, or one sentence."""
    try:
        taken("place,English,translation,status\n" + text)
    except FlowError as error:
        assert error.sentence


# -- the command


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def translate(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `translate`; return its exit code and what it printed."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main(["translate", *map(str, arguments)])
        out, err = capsys.readouterr()
        return code, out, err

    return run


@pytest.mark.parametrize("language", ["es", "vi"])
def test_the_shipped_catalogs_survive_a_spreadsheet(translate: Run, tmp_path: Path, language: str) -> None:
    """Exported and imported again, the shipped file is the same, comments at its top included."""
    sheet_, target = tmp_path / "sheet.csv", tmp_path / "locale" / f"{language}.toml"
    target.parent.mkdir()
    shipped = (layers.shipped() / target.name).read_text(encoding="utf-8")
    target.write_text(shipped, encoding="utf-8")
    code, out, _ = translate("export", language, sheet_)
    assert code == 0
    assert "0 stale, 0 missing" in out
    assert sheet_.read_text(encoding="utf-8-sig").splitlines()[0] == ",".join(COLUMNS)
    code, out, _ = translate("import", language, sheet_, "--flows-locale", target.parent)
    assert code == 0
    assert out.endswith("0 changed, 0 stale, 0 missing.\n")
    assert target.read_text(encoding="utf-8") == shipped


def test_a_refused_row_leaves_the_locale_file_as_it_is(translate: Run, tmp_path: Path) -> None:
    """All of a sheet is taken, or nothing; each refused row is told with file and line."""
    sheet_, target = tmp_path / "sheet.csv", tmp_path / "es.toml"
    sheet_.write_text(sheet("call/portal/say,A,Hola,ok", "call/portol/say,A,B,ok"), encoding="utf-8")
    code, out, _ = translate("import", "es", sheet_, "--output", target)
    assert code == 1
    assert f"{sheet_}:3: nothing is spoken at 'call/portol/say'; did you mean 'call/portal/say'" in out
    assert "1 refused; nothing was written." in out
    assert not target.exists()


def test_an_export_never_writes_over_a_file(translate: Run, tmp_path: Path) -> None:
    """A sheet that a translator has worked on cannot be lost to a second export."""
    sheet_ = tmp_path / "sheet.csv"
    sheet_.write_text("work")
    code, _, err = translate("export", "es", sheet_)
    assert (code, sheet_.read_text()) == (2, "work")
    assert "nothing is written over" in err


def test_an_import_asks_where_to(translate: Run, tmp_path: Path) -> None:
    """The shipped files are never changed unasked."""
    code, _, err = translate("import", "es", tmp_path / "sheet.csv")
    assert code == 2
    assert "Where to?" in err


def test_a_new_language_starts_from_an_empty_sheet(translate: Run, tmp_path: Path) -> None:
    """Haitian Creole is exported with everything missing, and comes back as its own locale file."""
    sheet_, target = tmp_path / "ht.csv", tmp_path / "locale"
    assert "0 ok, 0 stale" in translate("export", "ht", sheet_)[1]
    assert translate("import", "ht", sheet_, "--flows-locale", target)[0] == 0
    assert 'name = "Kreyòl ayisyen"' in (target / "ht.toml").read_text(encoding="utf-8")
    assert translate("export", "xx", tmp_path / "xx.csv")[0] == 0
    code, _, err = translate("import", "xx", tmp_path / "xx.csv", "--flows-locale", target)
    assert code == 2
    assert "'xx' is new here; say what it is called" in err


@pytest.mark.parametrize("language", ["Spanish", "../es", "e\x1b"])
def test_a_language_that_is_none_is_a_sentence(
    translate: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path, language: str
) -> None:
    """A language is named by its code, and by nothing that leads elsewhere."""
    with pytest.raises(SystemExit) as ended:
        translate("export", language, tmp_path / "sheet.csv")
    assert ended.value.code == 2
    err = capsys.readouterr().err
    assert "is not the code of a language; write one such as es" in err
    assert "\x1b" not in err


def test_an_overlays_locale_keeps_only_its_own(translate: Run, tmp_path: Path) -> None:
    """A district's file holds what the district says otherwise or says itself; shipped words come with the upgrade."""
    over, sheet_ = tmp_path / "ours", tmp_path / "sheet.csv"
    over.mkdir()
    (over / "call.toml").write_text('flow = "call"\n[steps.portal]\nsay = "Good morning! Which portal?"\n')
    assert "1 stale, 0 missing" in translate("export", "es", sheet_, "--overlay", over)[1]
    text = sheet_.read_text(encoding="utf-8-sig")
    (row,) = (row for row in csv.reader(text.splitlines()) if row[0] == "call/portal/say")
    text = text.replace(row[2], "¡Buenos días! ¿Cuál portal?")
    text = text.replace("La solicitud ya está enviada", "La solicitud ya va en camino")
    sheet_.write_text(text, encoding="utf-8-sig")
    code, out, _ = translate("import", "es", sheet_, "--overlay", over)
    assert (code, out) == (0, f"{over / 'locale' / 'es.toml'}: 2 changed, 0 stale, 0 missing.\n")
    kept = (over / "locale" / "es.toml").read_text(encoding="utf-8")
    assert kept.count("\n[lines.") == 2
    assert "[phrases]" not in kept
    spoken = layers.load(overlay=over)["es"]
    assert spoken.said("call/portal/say", "Good morning! Which portal?").text == "¡Buenos días! ¿Cuál portal?"
    assert spoken.lines["call/student/say"] == layers.load()["es"].lines["call/student/say"]
    assert translate("import", "es", sheet_, "--overlay", over, "--flows-locale", over / "locale")[0] == 0
    assert (over / "locale" / "es.toml").read_text(encoding="utf-8") == kept
