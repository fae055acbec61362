"""The take-home slip over real calls of the practice school: as text, as PDF, and as a file."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from pydantic import SecretStr

from wizard import papers, slip, slip_pdf
from wizard.casework import Casework
from wizard.desk import Desk
from wizard.practice import ANSWERS, PASSWORD, open_practice
from wizard.records import RecordsError
from wizard.views.forms import ReportForm, ResetForm
from wizard.views.handover import Refused

MARY_ANN, JOSE, SIOBHAN, ANA, LE_THI, NOAH, AMARA = (f"010000{number}" for number in range(1, 8))
NOW = datetime(2026, 8, 3, 14, 40, tzinfo=UTC)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_practice(tmp_path / "practice", agent="dana", clock=lambda: NOW)
    yield opened
    opened.close()


def call(desk: Desk, student: str, *choices: str, language: str = "en") -> Casework:
    """Return a counter call about a student with these answers given."""
    call = desk.start("counter")
    call.speak(language)
    call.choose("student-portal")
    call.pick(student)
    call.choose("photo-id")
    for code in choices:
        call.choose(code)
    return call


def rename(desk: Desk, student: str, first: str) -> None:
    with desk.records.transaction() as tables:
        account = tables.accounts.get(student)
        assert account
        renamed = account.student.model_copy(update={"first": first})
        tables.accounts.put(account.model_copy(update={"student": renamed}))


def page_text(pdf: bytes) -> str:
    (page,) = pypdfium2.PdfDocument(pdf)
    return " ".join(page.get_textpage().get_text_bounded().split())


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            ("For Mary Ann", "Username: S0100001", "S as in Sam, zero, one", "opens Tue 8:40 AM EDT", "Back button"),
        ),
        (
            "es",
            ("Para Mary Ann", "Nombre de usuario: S0100001", "se abre el martes a las 8:40", "Cómo activar la cuenta"),
        ),
        ("vi", ("Dành cho em Mary Ann", "Tên đăng nhập: S0100001", "không, một", "8 giờ 40 sáng thứ Ba")),
    ],
)
def test_a_slip_tells_what_comes_next_in_the_language_of_the_family(
    desk: Desk, language: str, told: tuple[str, ...]
) -> None:
    """A new student's family reads when the claim opens, the steps, and the username digit by digit (D03, D20-D25)."""
    text = " ".join(call(desk, MARY_ANN, "come-back", language=language).handouts.slip().text.split())
    assert [words for words in told if words not in text] == []
    assert "{" not in text


@pytest.mark.parametrize(
    ("student", "choices", "told"),
    [
        pytest.param(AMARA, ("not-yet", "later"), 'Click "Claim my Account"', id="claims at home"),
        pytest.param(NOAH, ("nothing-yet",), "Until we call you, the login does not work", id="ticket is open"),
    ],
)
def test_a_slip_holds_the_steps_of_its_state(desk: Desk, student: str, choices: tuple[str, ...], told: str) -> None:
    """Who has to claim reads how; who waits for a ticket reads that trying does not help."""
    assert told in " ".join(call(desk, student, *choices).handouts.slip().text.split())


def test_what_was_done_is_told(desk: Desk) -> None:
    """A receipt becomes one plain sentence for the family."""
    made = call(desk, NOAH, "reset")
    assert not isinstance(made.perform(ReportForm()), Refused)
    made.choose("later")
    text = made.handouts.slip().text
    assert "The account was reset. The old password no longer works." in text, text


def test_a_slip_without_verification_tells_nothing_of_the_student(desk: Desk) -> None:
    """Whoever could not be identified takes home what to bring, and no name, number or school (O6)."""
    refused = desk.start("counter")
    refused.choose("student-portal")
    refused.pick(SIOBHAN)
    refused.choose("cannot")
    text = refused.handouts.slip().text
    assert "A guardian on file comes back with a photo ID." in text
    assert "Siobhan" not in text and SIOBHAN not in text


def test_a_slip_never_holds_a_secret(desk: Desk) -> None:
    """A new password was chosen here: that stands on the slip; password and answers stand on no paper."""
    made = call(desk, LE_THI, "forgot-password")
    new = "Seven-Green-Kites"
    form = ResetForm(tuple(map(SecretStr, ANSWERS)), SecretStr(new), SecretStr(new))
    assert not isinstance(made.perform(form), Refused)
    text = made.handouts.slip().text + made.handouts.summary(True)
    assert "Lê Thi chose a new password." in text
    assert not [secret for secret in (PASSWORD, new, *ANSWERS) if secret in text]


def test_the_pdf_is_one_page_of_real_text_with_a_code_that_cameras_read(desk: Desk) -> None:
    """Vietnamese is intact when copied out of it, and the QR code opens the portal."""
    made = call(desk, MARY_ANN, "come-back", language="vi")
    pdf = slip_pdf.pdf(slip.make(desk, made.case))
    text = page_text(pdf)
    assert "Dành cho em Mary Ann" in text and "Gõ phần họ, phần tên và mã số học sinh 0100001" in text
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == ["https://my.clayton.k12.ga.us"]


def test_a_family_has_one_page(desk: Desk) -> None:
    """Four children, a block each: the letters shrink before a second page begins."""
    made = call(desk, MARY_ANN, "come-back")
    for student in (JOSE, SIOBHAN, AMARA):
        made.another_child()
        made.pick(student)
        if made.view.key == "call/verify-counter":
            made.choose("photo-id")
        for code in ("come-back",) if student == JOSE else ("not-yet", "later"):
            made.choose(code)
    text = page_text(slip_pdf.pdf(slip.make(desk, made.case)))
    assert [name for name in ("Mary Ann", "José", "Siobhan", "Amara") if f"For {name}" not in text] == []


@pytest.mark.parametrize(
    ("first", "printed"),
    [
        pytest.param("Nguyễn Thế Ễ", "For Nguyễn Thế Ễ", id="stacked accents"),
        pytest.param("Ñandú Ł.", "For Ñandú Ł.", id="latin extended"),
        pytest.param("王小明", f"For {slip.BY_HAND}", id="a name that the font does not hold is written by hand"),
        pytest.param("<b>Ann</b> & Co", "For <b>Ann</b> & Co", id="markup is text"),
        pytest.param("Ann" * 100, "Username: S0100001", id="300 characters"),
    ],
)
def test_names_of_all_kinds_are_printed(desk: Desk, first: str, printed: str) -> None:
    """Nothing in a name makes a page impossible, or shows as boxes."""
    rename(desk, MARY_ANN, first)
    assert printed in page_text(slip_pdf.pdf(slip.make(desk, call(desk, MARY_ANN, "come-back").case)))


def test_a_paper_is_private_and_never_written_over(desk: Desk) -> None:
    """A second one of the same minute gets a number; no name of a person is in a file's name."""
    made = call(desk, MARY_ANN, "come-back")
    first, second, text, summary = (
        made.handouts.save(paper) for paper in ("slip.pdf", "slip.pdf", "slip.txt", "summary.txt")
    )
    assert all(isinstance(each, Path) for each in (first, second, text, summary))
    stem = f"slip-{made.case.code}-20260803-1040"
    assert isinstance(first, Path) and isinstance(second, Path) and isinstance(summary, Path)
    assert [first.name, second.name] == [f"{stem}.pdf", f"{stem}-2.pdf"]
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert summary.read_text(encoding="utf-8") == made.handouts.summary(False) + "\n"
    assert sorted(path.suffix for path in first.parent.iterdir()) == [".pdf", ".pdf", ".txt", ".txt"]
    with desk.records.reading() as tables:
        lines = [line for line in tables.journal.of_case(made.case.id) if line.what == "paper"]
    assert [line.result for line in lines] == ["slip.pdf", "slip.pdf", "slip.txt", "summary.txt"]


def test_a_folder_that_cannot_be_written_is_a_sentence(desk: Desk) -> None:
    """Something else in the folder's place: nothing is saved, and the sentence says where."""
    (desk.records.folder / papers.FOLDER).write_text("in the way")
    refused = call(desk, MARY_ANN, "come-back").handouts.save("slip.pdf")
    assert isinstance(refused, Refused)
    assert "papers" in refused.reason and "nothing was saved" in refused.reason
    with pytest.raises(RecordsError):
        papers.save(desk.records.folder, "slip", "K7Q2", "pdf", b"", NOW)
