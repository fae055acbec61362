"""Every language is compared with its English: each mistake is found by one rule, on its line."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from small_library import CALL, VOCABULARY, edited, load

from flows import layers, loader
from flows.catalog import Line, parse, spoken, written
from flows.finding import Finding
from flows.layers import Layer
from flows.lint import rule_words
from flows.rules.languages import RULES, lint_language
from flows.source import Source
from flows.survey import Survey
from flows.vocabulary import Phrase
from wizard import cli, district

ENGLISH = {
    "phrases/now": "now",
    "phrases/after": "after {word}",
    "questions/color": "Which color?",
}
"""The phrases of this test's program, and its district's question."""

WORDS = VOCABULARY._replace(
    phrases=(Phrase("ring twice", ("sure",), "offers the bell", "ask for the card before"),),
    abroad={"es": (Phrase("su contraseña", (), "asks for a secret", "leave it out"),)},
)
"""The words of this test's program, with some that may not stand everywhere."""

TRANSLATED = {
    "call/owner/say": "Bienvenido a {shop}. ¿De quién es la bicicleta?",
    "call/sure/say": "¿Me permite ver su tarjeta?",
    "call/bell/say": "¿Suena el timbre, {name}?",
    "call/wheel/say": "¿De qué tamaño es la rueda?",
    "call/fine/say": "Está bien, {name}.",
    "call/fine/title": "Nada que hacer",
    "call/fine/next": "Puede volver a casa en bicicleta.",
    "call/not-ours/say": "Lo siento, con esto no puedo ayudar.",
    "call/not-ours/title": "No es de aquí",
    "call/not-ours/next": "Traiga la tarjeta otro día.",
    "phrases/now": "ahora",
    "phrases/after": "tras {word}",
    "questions/color": "¿Qué color?",
}


def spanish() -> str:
    """Return a Spanish catalog that fits the small library."""
    library, _ = load({"call": CALL.replace('small = "@repair"', 'small = "fine"').replace("@repair", "fine")})
    texts = spoken(library) | ENGLISH
    top = parse(Source("es.toml", 'language = "es"\nname = "Español"\nname_in_english = "Spanish"\n'))
    return written(top.holding({place: Line(english=texts[place], text=text) for place, text in TRANSLATED.items()}))


SPANISH = spanish()


def findings(catalog: str = SPANISH, call: str = CALL, own: bool = True) -> tuple[Finding, ...]:
    library, _ = load({"call": call})
    source = Source("locale/es.toml", catalog)
    return lint_language(Survey.of(library, WORDS), ENGLISH, (Layer(parse(source), source, own),))


def test_a_complete_catalog_has_no_findings() -> None:
    """The linter is silent about translations that fit."""
    assert findings() == ()


# rule, what is edited, into what, words on the line that is named, words in the message
BROKEN = [
    ("missing-translation", 'text = "¿Me permite ver su tarjeta?"', 'text = ""', '"call/sure/say"', "not in Spanish"),
    ("missing-translation", '[lines."call/sure/say"]', '[lines."call/sura/say"]', "language", "'call/sure/say'"),
    ("missing-translation", "Nada que hacer", "", '"call/fine/title"', "“Nothing to do”"),
    ("missing-translation", "color = { english", "colour = { english", "language", "'questions/color'"),
    ("stale-translation", "Which color?", "Which one?", "color =", "'questions/color'"),
    ("unknown-place", "color = { english", "colour = { english", "colour =", "'questions/colour'"),
    ("unknown-place", '"call/fine/next"', '"call/bell/next"', '"call/bell/next"', "nothing is spoken"),
    ("missing-translation", 'now = { english = "now", text = "ahora" }\n', "", "language", "'phrases/now'"),
    ("stale-translation", "May I see your card?", "May I see it?", '"call/sure/say"', "the English has changed"),
    ("stale-translation", 'english = "now"', 'english = "at once"', "now =", "'phrases/now'"),
    ("placeholders-differ", "timbre, {name}?", "timbre?", '"call/bell/say"', "{name} is not in the translation"),
    (
        "placeholders-differ",
        "timbre, {name}?",
        "timbre, {nombre}?",
        '"call/bell/say"',
        "{nombre} is not in the English",
    ),
    ("placeholders-differ", "timbre, {name}?", "timbre, {name?", '"call/bell/say"', "a brace"),
    ("placeholders-differ", "tras {word}", "tras", "after =", "{word} is not in the translation"),
    ("unknown-place", '[lines."call/sure/say"]', '[lines."call/sura/say"]', '"call/sura/say"', "nothing is spoken"),
    ("unknown-place", '[lines."call/bell/say"]', '[lines."call/state/say"]', '"call/state/say"', "nothing is spoken"),
    ("unknown-place", "now = {", "nou = {", "nou =", "'phrases/nou'"),
    ("forbidden-words", "su tarjeta", "su contraseña", '"call/sure/say"', "'su contraseña' asks for a secret"),
    ("forbidden-words", "Lo siento", "Lo siento, ring twice", '"call/not-ours/say"', "'ring twice' offers the bell"),
    ("forbidden-words", '"ahora"', '"su contraseña"', "now =", "asks for a secret"),
    ("control-character", "¿Me permite", "¿Me\\u001b[31m permite", '"call/sure/say"', "a control character"),
]


@pytest.mark.parametrize(("rule", "old", "new", "words", "message"), BROKEN)
def test_one_edit_of_a_catalog_breaks_one_rule(rule: str, old: str, new: str, words: str, message: str) -> None:
    """Each mistake is found by its rule, on the line where it stands."""
    assert SPANISH.count(old) >= 1
    catalog = SPANISH.replace(old, new, 1)
    found = [each for each in findings(catalog) if each.rule == rule and message in each.message]
    assert found, [str(each) for each in findings(catalog)]
    assert words in catalog.splitlines()[found[0].line - 1]
    assert found[0].fix


def test_one_edit_of_the_english_makes_its_translation_stale() -> None:
    """A lead who rewords a step is told which translation no longer says the same."""
    reworded = edited("call", "May I see your card?", "Please show me your card.")["call"]
    (found,) = findings(call=reworded)
    assert (found.rule, found.flow, found.step, found.warning) == ("stale-translation", "call", "sure", True)
    assert "it was “May I see your card?” and is “Please show me your card.”" in found.message


def test_the_table_covers_every_rule() -> None:
    """No rule goes without a catalog that it catches, and each has a sentence that explains it."""
    proved = {row[0] for row in BROKEN}
    assert len(RULES) == len(proved)
    assert proved <= set(rule_words())


def test_shipped_words_are_only_compared_with_flows_they_are_about() -> None:
    """A draft hears what of the shipped translation no longer fits, but need not mend the shipped file."""
    assert [each.rule for each in findings(SPANISH.replace("sure", "sura"), own=False)] == ["missing-translation"]
    elsewhere = SPANISH.replace("call/", "other/")
    assert findings(elsewhere, own=False) == ()
    assert findings(elsewhere)


# -- the command


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    """A copy of the shipped flows and their languages."""
    for path in loader.shipped().glob("*.toml"):
        shutil.copy(path, tmp_path)
    shutil.copytree(layers.shipped(), tmp_path / "locale")
    return tmp_path


Check = Callable[..., tuple[int, str]]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Check:
    """Run `check`; return its exit code and what it printed."""

    def run(*arguments: object) -> tuple[int, str]:
        return cli.main(["check", *map(str, arguments)]), capsys.readouterr().out

    return run


def test_the_shipped_library_is_spoken_in_every_language_of_the_district(check: Check) -> None:
    """Nothing is missing or stale in what comes with the product."""
    code, out = check("--strict")
    assert code == 0
    assert out.endswith("no mistakes.\n")


def test_check_names_file_and_line_of_a_translation(check: Check, draft: Path) -> None:
    """A placeholder that the translator lost is a mistake; what is missing is advice."""
    file = draft / "locale" / "vi.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Cảm ơn quý vị đã liên lạc", "{shop}", 1), encoding="utf-8")
    code, out = check("--flows", draft)
    assert code == 1
    line = text[: text.index('[lines."call/portal/say"]')].count("\n") + 1
    assert f"{file}:{line}: placeholders-differ: 'call/portal/say': {{shop}} is not in the English\n" in out


def test_a_missing_translation_is_advice_and_fails_a_strict_check(check: Check, draft: Path) -> None:
    """A lead may reword a line today; a release waits for its translation."""
    file = draft / "password-seen.toml"
    text = file.read_text(encoding="utf-8").replace("You're in! The eye", "Wonderful! The eye", 1)
    file.write_text(text, encoding="utf-8")
    code, out = check("--flows", draft)
    assert code == 0
    assert out.count("stale-translation: 'password-seen/in/say': the English has changed") == 2
    assert "no mistakes, 2 pieces of advice." in out
    shutil.copytree(loader.shipped() / "scenarios", draft / "scenarios")
    assert check("--flows", draft, "--strict")[0] == 1


def test_a_broken_catalog_is_one_finding(check: Check, draft: Path) -> None:
    """A catalog cut short is told with its line, not with a traceback."""
    file = draft / "locale" / "es.toml"
    file.write_text(file.read_text(encoding="utf-8")[:500], encoding="utf-8")
    code, out = check("--flows", draft)
    assert code == 1
    assert f"{file}:" in out
    assert "unreadable: the file ends in the middle of something" in out


def test_a_language_without_words_is_told(check: Check, tmp_path: Path) -> None:
    """A district that lists a language there is no catalog for hears what to do."""
    from wizard.district import SHIPPED

    file = tmp_path / "district.toml"
    text = SHIPPED.read_text(encoding="utf-8").replace('"es", "vi"]', '"es", "ht"]')
    file.write_text(text, encoding="utf-8")
    code, out = check("--district", file)
    assert code == 1
    line = text[: text.index("languages = ")].count("\n") + 1
    assert f"{file}:{line}: missing-catalog: the district speaks 'ht', but there are no words for it" in out


def test_a_language_the_district_does_not_speak_is_not_looked_at(check: Check, draft: Path) -> None:
    """A district without Vietnamese is not told about Vietnamese."""
    (draft / "locale" / "vi.toml").write_text("language = ", encoding="utf-8")
    shutil.rmtree(draft / "locale")
    nine_digits = Path(__file__).parents[1] / "fixtures" / "nine-digits.toml"
    reworded = draft / "call.toml"
    reworded.write_text(reworded.read_text(encoding="utf-8").replace("Thanks for reaching out", "Hello"), "utf-8")
    code, out = check("--flows", draft, "--district", nine_digits)
    assert code == 0
    assert out.count("stale-translation") == 1


def test_a_districts_own_questions_are_asked_to_be_translated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its bank is compared with the words there are; a shipped question that it does not have is no mistake."""
    shipped = district.SHIPPED.read_text("utf-8")
    own = shipped.replace('"odd-smell"', '"best-smell"').replace("Which sound frightened", "Which noise frightened")
    file = tmp_path / "own.toml"
    file.write_text(own, encoding="utf-8")
    assert cli.main(["check", "--district", str(file), "--json"]) == 0
    found = {(each["rule"], each["step"]) for each in json.loads(capsys.readouterr().out)}
    assert found == {("missing-translation", "best-smell"), ("stale-translation", "scary-sound")}
