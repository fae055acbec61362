"""Calls in other languages: what families hear, and what stays English for staff."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from flows import layers, loader
from flows.catalog import Catalog, Line
from flows.scenario import load_scenario, scenario_files
from wizard import clock, identifiers, names, spoken
from wizard.casework import Casework
from wizard.desk import Desk
from wizard.district import load
from wizard.languages import speech
from wizard.phrases import ENGLISH, TEXTS
from wizard.practice import practice_desk
from wizard.records import RecordsError
from wizard.rehearsal import CaseworkDriver
from wizard.views.step import StepView

NOW = datetime(2021, 7, 28, 14, 0, tzinfo=UTC)
CCPS = load()
SPANISH, VIETNAMESE = (speech(layers.load()[code]).phrases for code in ("es", "vi"))

ENGLISH_WORDS = re.compile(
    r"\b(the|you|your|type|typed|missing|digit|as in|record|AM|PM|EDT|EST|and|username|password|letter|space)\b"
)
"""Words that would betray an English phrase within another language."""

PORTAL_TERMS = ("Claim my Account", "Forgot my Password", "Next", "Go")


@pytest.fixture
def desk() -> Iterator[Desk]:
    """The practice school."""
    with practice_desk(None, lambda: NOW, agent="dana") as opened:
        yield opened


def identified(desk: Desk, student: str, language: str) -> Casework:
    """Return a call in a language, at the first step after the caller was identified."""
    call = desk.start("counter")
    call.speak(language)
    call.choose("student-portal")
    call.pick(student)
    call.choose("photo-id")
    return call


# -- the call


def test_a_call_goes_on_in_the_language_of_the_family(desk: Desk) -> None:
    """The spoken line changes, everything staff read stays English, and the English line stays beside it."""
    call = desk.start("phone")
    before = call.view
    assert (before.language, before.said, before.fallback) == ("en", before.say, "")
    view = call.speak("es")
    assert view.said.startswith("Gracias por comunicarse")
    assert (view.say, view.do, view.ask, view.choices) == (before.say, before.do, before.ask, before.choices)
    assert [(each.code, each.name) for each in view.languages] == [
        ("en", "English"),
        ("es", "Español"),
        ("vi", "Tiếng Việt"),
    ]


def test_the_language_is_kept_with_the_call(desk: Desk) -> None:
    """Whoever picks the call up goes on in the same language."""
    call = desk.start("phone")
    call.speak("vi")
    call.choose("parent-portal")
    again = desk.resume(call.case.id)
    assert again.view.language == "vi"
    assert again.view.said.startswith("Đó là một cổng thông tin khác")


def test_a_switch_keeps_the_step_its_advice_and_an_earlier_answer_in_view(desk: Desk) -> None:
    """Switching is no answer: the call stays exactly where it is."""
    call = identified(desk, "0100004", "en")
    call.choose("authentication-failed")
    call.enter("  ")
    advice = call.view.advice
    assert advice
    assert call.speak("es").advice == advice
    back = call.back()
    assert call.speak("vi").key == back.key
    assert call.view.revisiting


def test_an_unknown_language_is_refused(desk: Desk) -> None:
    """Only the district's languages are spoken."""
    with pytest.raises(KeyError):
        desk.start("phone").speak("fr")


@pytest.mark.parametrize("trouble", ["The disk is full.", "Not saved: The disk is full."])
def test_the_words_change_even_when_the_store_cannot_save(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, trouble: str
) -> None:
    """A family that waits is spoken to in its language; that it was not saved is said, once."""
    call = desk.start("phone")

    def full(*_: object) -> None:
        raise RecordsError(trouble)

    monkeypatch.setattr("wizard.progress.keep", full)
    view = call.speak("es")
    assert view.said.startswith("Gracias")
    assert view.notice == "Not saved: The disk is full." and not view.saved


def test_a_language_that_is_gone_is_spoken_in_english(desk: Desk) -> None:
    """A call resumed where there are no Spanish words any more goes on in English."""
    call = desk.start("phone")
    call.speak("es")
    without = Desk(desk.records, desk.library, desk.district, desk.clock, desk.agent, catalogs={})
    view = without.resume(call.case.id).view
    assert (view.language, view.said) == ("en", view.say)


@pytest.mark.parametrize(
    ("language", "title", "next_"),
    [
        ("en", "Parent portal: the school office helps", "The parent goes to the school office"),
        ("es", "Portal para padres: le ayudan", "Vaya a la oficina de la escuela"),
        ("vi", "Cổng thông tin cho phụ huynh", "Xin quý vị đến văn phòng nhà trường"),
    ],
)
def test_what_a_family_takes_home_is_in_its_language(desk: Desk, language: str, title: str, next_: str) -> None:
    """The headline and what happens next are there in the family's language; staff still read them in English."""
    call = desk.start("counter")
    assert (call.view.said_title, call.view.said_next) == ("", "")
    call.speak(language)
    view = call.choose("parent-portal")
    assert view.said_title.startswith(title)
    assert view.said_next.startswith(next_)
    assert view.title.startswith("Parent portal")
    assert view.next.startswith("The parent goes")


def test_the_question_bank_is_read_in_the_language_of_the_call(desk: Desk) -> None:
    """A student picks and answers the questions in the family's language, in English where one is not translated."""
    spanish = layers.load()["es"]
    rest = {code: line for code, line in spanish.questions.items() if code != "odd-smell"}
    partly = Desk(
        desk.records,
        desk.library,
        desk.district,
        desk.clock,
        desk.agent,
        catalogs={"es": spanish.model_copy(update={"questions": rest})},
    )
    call = identified(partly, "0100004", "es")
    bank = {question.code: question.text for question in call.forms.bank()}
    assert bank["scary-sound"] == "¿Qué sonido le daba miedo cuando era pequeño o pequeña?"
    assert bank["odd-smell"] == "Which smell reminds you of somewhere you miss?"
    assert {question.text for question in call.forms.own_questions()} <= set(bank.values())
    call.speak("en")
    assert {question.code: question.text for question in call.forms.bank()}["scary-sound"].startswith("Which sound")


def test_a_line_is_wholly_in_one_language(desk: Desk) -> None:
    """Where a line falls back to English, what is put into it is English too, spelling included."""
    spanish = layers.load()["es"]
    place = "claim/names/say"
    lines = spanish.lines | {place: Line(english="Older.", text="Antes.")}
    stale: Catalog = spanish.model_copy(update={"lines": lines})
    partly = Desk(desk.records, desk.library, desk.district, desk.clock, desk.agent, catalogs={"es": stale})
    call = identified(partly, "0100003", "es")
    call.choose("not-yet")
    call.choose("own-device")
    view = call.view
    assert view.key == "claim/names"
    assert (view.fallback, view.said) == ("stale", view.say)
    assert "zero, one, zero" in view.said


def test_spelling_aloud_is_in_the_language_even_in_what_staff_do(desk: Desk) -> None:
    """Staff read spelled names out, so an instruction spells them as the family hears them."""
    call = desk.start("phone")
    call.speak("es")
    call.choose("student-portal")
    call.pick("0100003")
    call.choose("called-back")
    call.choose("not-yet")
    call.choose("boxes")
    assert call.view.do.startswith("Spell the last name: O de oso, un apóstrofo, B de burro")
    assert "cero, uno, cero" in call.view.said
    assert "zero, one, zero" in call.view.say


# -- everything that any call says


def lines_of(path: Path, language: str) -> Iterator[StepView]:
    """Carry a scenario out in a language and yield every step that was on screen."""
    scenario = load_scenario(path)
    with practice_desk(None, lambda: NOW, agent="dana") as desk:
        call = desk.start(scenario.channel)
        call.speak(language)
        driver = CaseworkDriver(desk, call)
        for turn in scenario.turns:
            yield call.view
            play_turn(driver, scenario.student, turn)
        yield call.view


def play_turn(driver: CaseworkDriver, student: str, turn: object) -> None:
    from flows.play import DO

    what = turn.what  # type: ignore[attr-defined]
    DO[what](driver, SimpleScenario(student), turn)  # type: ignore[arg-type]


class SimpleScenario:
    """As much of a scenario as a turn needs."""

    def __init__(self, student: str) -> None:
        self.student = student


@pytest.mark.parametrize("path", scenario_files(), ids=lambda path: path.stem)
def test_every_call_is_spoken_in_every_language(path: Path) -> None:
    """Whatever way a call takes, each line is translated, filled, and has no English left in it."""
    for language in ("es", "vi"):
        for view in lines_of(path, language):
            assert view.fallback == ""
            assert view.said, view.key
            assert view.said != view.say
            assert "{" not in view.said
            left = ENGLISH_WORDS.findall(without_proper_names(view.said))
            assert not left, (view.key, left, view.said)


def without_proper_names(said: str) -> str:
    """Return a line without what stays as it is in every language: names, titles, words on the portal."""
    videos = CCPS.videos
    for kept in (videos.login.title, videos.forgot.title, videos.claim.title, "“", "”"):
        said = said.replace(kept, "")
    return re.sub(r'"[^"]*"', "", said)


# -- the shipped words


@pytest.mark.parametrize("code", ["es", "vi"])
def test_words_on_the_portal_stay_as_they_stand_there(code: str) -> None:
    """A family finds on the screen what it hears: names of buttons are not translated."""
    for place, line in layers.load()[code].lines.items():
        for term in PORTAL_TERMS:
            assert f'"{term}"' in line.text or f'"{term}"' not in line.english, place


def test_spanish_is_polite_and_well_formed() -> None:
    """Usted throughout; every question and exclamation is opened as well as closed."""
    familiar = re.compile(r"\b(tú|tu|tus|te|ti|contigo|tienes|puedes|haz|escribe tu)\b", re.IGNORECASE)
    for place, line in layers.load()["es"].entries():
        assert not familiar.search(line.text), place
        assert line.text.count("¿") == line.text.count("?"), place
        assert line.text.count("¡") == line.text.count("!"), place


@pytest.mark.parametrize("code", ["es", "vi"])
def test_every_line_is_written_with_care(code: str) -> None:
    """No double blanks, no blank before a full stop, and each line ends like a sentence."""
    for place, line in layers.load()[code].entries():
        assert "  " not in line.text, place
        assert not re.search(r" [.,;:!?]", line.text), place
        if place.endswith("/say"):
            assert line.text[-1] in ".?!", place
            assert len(line.text) <= 1.6 * len(line.english), place


def test_every_phrase_keeps_its_placeholders_in_english() -> None:
    """Each phrase can be put together with the values it names."""
    for code, text in TEXTS.items():
        assert ENGLISH(code, **dict.fromkeys(re.findall(r"{([a-z]+)}", text), "x")).strip(), code


# -- what is put together


@pytest.mark.parametrize(
    ("typed", "spanish", "vietnamese"),
    [
        ("0123456", "Falta la S de adelante. Escriba una S mayúscula antes del número.", "Thiếu chữ S ở đầu."),
        ("S123456", "Falta el cero que va justo después de la S.", "Thiếu số không ngay sau chữ S."),
        ("SO123456", "Escribió la letra O donde va un cero.", "Chữ O đã được gõ vào chỗ của số không."),
        ("S 0123456", "Hay algo que no va ahí: un espacio.", "Có ký tự thừa: khoảng trắng."),
        ("S012345", "Hay 6 cifras y deben ser 7: falta 1.", "Có 6 chữ số, đúng ra phải có 7: thiếu 1."),
        ("S0123465", "la sexta y la séptima cifra están cambiadas de lugar", "bị đổi chỗ cho nhau"),
    ],
)
def test_a_mistyped_username_is_explained_in_the_language(typed: str, spanish: str, vietnamese: str) -> None:
    """The diagnosis is spoken, so it is in the family's language too (D07)."""
    told = identifiers.diagnose(typed, CCPS, "0123456", SPANISH).words
    assert spanish in told
    assert told.endswith("El nombre de usuario es S0123456.")
    assert vietnamese in identifiers.diagnose(typed, CCPS, "0123456", VIETNAMESE).words


@pytest.mark.parametrize(
    ("typed", "record", "spanish", "vietnamese"),
    [
        ("NguyenTran", "Nguyen-Tran", "falta un guion después de Nguyen", "thiếu dấu gạch nối sau Nguyen"),
        ("Jose", "José", "a la e le falta la tilde: en el registro es é", "chữ e thiếu dấu: trong hồ sơ là é"),
        ("Smith", "Smith Jr.", "falta el sufijo Jr. en lo que escribió", "thiếu phần đuôi Jr. so với hồ sơ"),
        ("Tran", "Smith", "y en el registro dice “Smith”", "trong hồ sơ là “Smith”"),
    ],
)
def test_a_difference_in_a_name_is_told_in_the_language(typed: str, record: str, spanish: str, vietnamese: str) -> None:
    """What the portal stumbles over is said so that the family understands it (O1)."""
    assert spanish in names.compare(typed, record, "last name", phrases=SPANISH).words
    assert vietnamese in names.compare(typed, record, "last name", phrases=VIETNAMESE).words


@pytest.mark.parametrize(
    ("at", "spanish", "vietnamese"),
    [
        ("2021-08-03T14:40", "martes a las 10:40 de la mañana, hora del este", "10 giờ 40 sáng thứ Ba, giờ miền Đông"),
        ("2021-08-03T17:05", "martes a la 1:05 de la tarde, hora del este", "1 giờ 05 chiều thứ Ba, giờ miền Đông"),
        ("2021-08-03T17:00", "martes a la 1 de la tarde, hora del este", "1 giờ chiều thứ Ba, giờ miền Đông"),
        ("2021-08-02T03:59", "domingo a las 11:59 de la noche, hora del este", "11 giờ 59 đêm Chủ Nhật"),
    ],
)
def test_a_time_is_said_as_the_language_says_it(at: str, spanish: str, vietnamese: str) -> None:
    """The 24-hour rule is told in the family's own words for times (D03)."""
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert clock.local(moment, CCPS, SPANISH) == spanish
    assert clock.local(moment, CCPS, VIETNAMESE).startswith(vietnamese)


def test_a_wait_is_said_as_the_language_says_it() -> None:
    """Waits have their own words in each language, one as well as many."""
    assert clock.duration(timedelta(hours=1, minutes=1), SPANISH) == "1 hora y 1 minuto"
    assert clock.duration(timedelta(days=2, hours=3, minutes=4), SPANISH) == "2 días, 3 horas y 4 minutos"
    assert clock.duration(timedelta(hours=3, minutes=12), VIETNAMESE) == "3 tiếng 12 phút"


def test_ids_and_names_are_spelled_in_the_language() -> None:
    """Letters have words the family knows, and digits their own names."""
    assert spoken.spell_id("S012", SPANISH) == "S de sol, cero, uno, dos"
    assert spoken.spell_id("S012", VIETNAMESE) == "S như sông, không, một, hai"
    assert spoken.spell_name("Ñu-é", SPANISH) == "letra eñe, U de uva, un guion, E de elefante con acento en minúscula"
    assert spoken.spell_name("Đỗ", VIETNAMESE).startswith("Đ như đá, O như ong có dấu mũ và dấu ngã")


@pytest.mark.parametrize("phrases", [SPANISH, VIETNAMESE], ids=["es", "vi"])
def test_each_letter_is_spelled_with_a_word_that_begins_with_it(phrases: object) -> None:
    """A word for a letter begins with that letter, and no word stands for two letters."""
    words = [spoken.spell_id(letter, phrases).split()[-1] for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]  # type: ignore[arg-type]
    assert len(set(words)) == 26
    for letter, word in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", words, strict=True):
        plain = word[0].upper()
        assert plain in {letter, {"U": "Ú"}.get(letter)}


def test_the_shipped_flows_have_nothing_left_to_translate() -> None:
    """The catalogs have the lines of the library, the phrases of the program and the bank: no more and no less."""
    from wizard.translating import english, rows

    texts = english(loader.library(), load())
    for catalog in layers.load().values():
        assert {row.place: row.status for row in rows(texts, catalog)} == dict.fromkeys(texts, "ok")
        assert {place for place, _ in catalog.entries()} == set(texts)
