"""Importing a roster on screen: a look first, switches for what is offered, one confirm, all or nothing."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from album import SIZES, Album
from conftest import screen_text, settled
from textual.pilot import Pilot
from textual.widgets import Input

from screens.app import PortalWizard
from screens.confirm import ConfirmScreen
from screens.home import HomeScreen
from screens.roster import RosterScreen
from wizard.accounts import Account
from wizard.desk import Desk
from wizard.practice import practice_desk
from wizard.roster import importing
from wizard.rostering import Rostering

HEADER = "Student_Number,Last_Name,First_Name,School,Grade,Password"


@pytest.fixture
def desk(tmp_path: Path, clock: Callable[[], datetime]) -> Iterator[Desk]:
    """The practice school in front of Dana."""
    with practice_desk(tmp_path / "data", clock, agent="dana") as opened:
        yield opened


def accounts(desk: Desk) -> dict[str, Account]:
    """Return every account by its ID."""
    with desk.records.reading() as tables:
        return {account.student.id: account for account in tables.accounts.all()}


def rows(desk: Desk) -> list[str]:
    """Return the enrolled students of the records as an export lists them."""
    students = [account.student for account in accounts(desk).values() if account.student.active]
    return [f"{one.id},{one.last},{one.first},{one.school},{one.grade},canary-7" for one in students]


def written(path: Path, lines: list[str]) -> Path:
    """Write a CSV."""
    path.write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
    return path


async def look(pilot: Pilot[None], path: Path | str) -> RosterScreen:
    """Open the screen from home, give a path, and look."""
    if not isinstance(pilot.app.screen, RosterScreen):
        await settled(pilot)
        await pilot.press("f8")
    screen = pilot.app.screen
    assert isinstance(screen, RosterScreen)
    screen.query_one("#path", Input).value = str(path)
    await pilot.pause()
    await pilot.press("f5")
    await settled(pilot)
    return screen


async def test_a_look_shows_everything_and_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    """New, changed, gone and refused; which column is which with masked samples; the problem by its line."""
    before = accounts(desk)
    new = "0999001,O'Brien,[b]Siobhan[/b],Practice High,9,canary-7"
    path = written(tmp_path / "own.csv", [*rows(desk), new, "0999002,,Nameless,Practice High,9,canary-7"])
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(120, 40)) as pilot:
        await look(pilot, path)
        shown = screen_text(app)
        assert "+ 1 new" in shown
        assert f"= {len(before)} unchanged" in shown
        assert f"own.csv, line {len(rows(desk)) + 3}, column Last_Name: left out" in shown
        assert "Student_Number" in shown
        assert "•••••" in shown
        assert "dropped unread  Password" in shown
        assert "canary" not in shown
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)
    assert accounts(desk) == before


async def test_import_asks_once_and_the_records_confirm(desk: Desk, tmp_path: Path) -> None:
    """F6, one question whose safe answer is marked; the receipt counts what the records hold afterwards."""
    before = len(accounts(desk))
    path = written(tmp_path / "own.csv", [*rows(desk), "0999001,O’Quill,Maeve,Practice High,9,x"])
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await look(pilot, f'  "{path}" ')
        await pilot.press("f6")
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("enter")
        await settled(pilot)
        assert len(accounts(desk)) == before
        await pilot.press("f6", "right", "enter")
        await settled(pilot)
        assert "✓ Imported: 1 new," in screen_text(app)
        assert f"The records now hold {before + 1} students." in " ".join(screen_text(app).split())
        await pilot.press("f6")
        assert isinstance(app.screen, RosterScreen)
    assert accounts(desk)["0999001"].student.last == "O’Quill"
    assert [hit.student_id for hit in desk.search("Maeve O'Quill")][:1] == ["0999001"]
    with desk.records.reading() as tables:
        last = [*tables.journal.all()][-1]
    assert (last.what, last.agent) == ("roster-import", "dana")


async def test_lost_zeros_are_restored_only_by_a_switch(desk: Desk, tmp_path: Path) -> None:
    """A spreadsheet took the zeros: refused, offered as a switch, and off again when pressed again."""
    path = written(tmp_path / "excel.csv", [row.removeprefix("0") for row in rows(desk)])
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look(pilot, path)
        assert screen.view is not None
        assert screen.view.refusal
        assert "[ ] Restore the zero" in screen_text(app)
        assert "--" not in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "[x] Restore the zero" in screen_text(app)
        assert f"= {len(accounts(desk))} unchanged" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert "[ ] Restore the zero" in screen_text(app)


async def test_many_leavers_need_a_switch(desk: Desk, tmp_path: Path) -> None:
    """When more than 5 % would vanish: either the file is only a part, or they have left; a person says which."""
    students = rows(desk)
    path = written(tmp_path / "half.csv", students[: len(students) // 2])
    lost = len(students) - len(students) // 2
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look(pilot, path)
        assert "would become inactive" in screen_text(app)
        assert [offer.kind for offer in screen.view.offers] == ["part", "loss"] if screen.view else False
        await pilot.press("enter")
        await settled(pilot)
        assert "- 0 gone" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("down", "enter")
        await settled(pilot)
        assert f"- {lost} gone" in screen_text(app)
        assert screen.view is not None
        assert not screen.view.refusal


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type where the export is"),
        ("~/no-such-file.csv", "no-such-file.csv cannot be read: No such file or directory"),
        ("~nobody-of-this-name/x.csv", "home folder"),
        ("x" * 900, "cannot be read"),
    ],
    ids=["nothing", "gone", "nobody", "long"],
)
async def test_what_cannot_be_read_is_said(typed: str, said: str, desk: Desk) -> None:
    """A sentence beside the field, and nothing to import."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look(pilot, typed)
        assert said in " ".join(screen_text(app).split())
        await pilot.press("f6")
        assert app.screen is screen


async def test_another_path_is_another_look(desk: Desk, tmp_path: Path) -> None:
    """A report never stands under a path it is not about, and what it is not about cannot be imported."""
    path = written(tmp_path / "own.csv", rows(desk))
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look(pilot, path)
        screen.query_one("#path", Input).value += "x"
        await pilot.pause()
        assert screen.view is None
        await pilot.press("f6")
        assert app.screen is screen


async def test_escape_stops_an_import_and_nothing_is_changed(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped halfway: the records are as they were, to the letter, and the screen says so."""
    monkeypatch.setattr(importing, "EVERY", 1)
    path = written(tmp_path / "own.csv", [*rows(desk), *(f"0999{n:03},Li,Ann,Practice High,9,x" for n in range(50))])
    before = accounts(desk)
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await look(pilot, path)
        told = screen._told

        def pressed_in_time(done: int, total: int) -> None:
            if done == 20:
                app.call_from_thread(screen.action_close)
            told(done, total)

        monkeypatch.setattr(screen, "_told", pressed_in_time)
        await pilot.press("f6", "right", "enter")
        await settled(pilot)
        assert "Stopped. Nothing was changed." in screen_text(app)
        assert screen.at_work == ""
    assert accounts(desk) == before


async def test_leaving_the_program_asks_nothing_about_calls(desk: Desk) -> None:
    """No call is open behind this screen, so Ctrl+Q ends the program at once."""
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("f8", "ctrl+q")
        await pilot.pause()
        assert app.return_code == 0


async def test_a_near_miss_is_a_switch(desk: Desk, tmp_path: Path) -> None:
    """A header that only looks like one of ours is offered as a switch, never assumed, and dashes are nobody's."""
    path = tmp_path / "near.csv"
    path.write_text(
        "\n".join(("Student_Number,Lst_Name,First_Name,School,Grade,Pin", *rows(desk), "")), encoding="utf-8"
    )
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await look(pilot, path)
        assert '[ ] Take the last name from the column "Lst_Name"' in screen_text(app)
        assert "--" not in screen_text(app)
        assert screen.view is not None
        assert screen.view.refusal
        await pilot.press("enter")
        await settled(pilot)
        assert f"= {len(accounts(desk))} unchanged" in screen_text(app)
        assert "last name       Lst_Name" in screen_text(app)
        await pilot.press("f7")
        assert "Saved in " in screen_text(app)
    (kept,) = (tmp_path / "data").glob("roster-*")
    assert (kept.stat().st_mode & 0o77, 'last = "Lst_Name"' in kept.read_text(encoding="utf-8")) == (0, True)
    again = Rostering(desk)
    refused = again.look(str(path))
    (saved,) = (offer for offer in refused.offers if offer.kind == "saved")
    assert (bool(refused.refusal), saved.words) == (True, "Read the columns as they were saved")
    view = again.look(str(path), frozenset({saved}))
    assert (view.refusal, [offer.kind for offer in view.offers]) == ("", ["saved"])
    kept.write_text("[columns", encoding="utf-8")
    assert "not valid TOML" in again.look(str(path), frozenset({saved})).refusal


def prepared(desk: Desk, folder: Path) -> Path:
    """Write an export with something of everything: new, changed on a claimed account, gone, refused."""
    lines = rows(desk)
    claimed = next(n for n, account in enumerate(accounts(desk).values()) if account.claim)
    number, last, first, *rest = lines[claimed].split(",")
    lines[claimed] = ",".join((number, last + "-Lee", first, *rest))
    return written(
        folder / "students.csv", [*lines, "0999001,O'Brien,Siobhan,Practice High,9,x", "0999002,,Nameless,,9,x"]
    )


async def test_forty_by_ten_is_enough(desk: Desk, tmp_path: Path) -> None:
    """On the smallest terminal every part can be reached by keys."""
    path = written(tmp_path / "half.csv", rows(desk)[:3])
    app = PortalWizard(lambda: desk)
    async with app.run_test(size=(40, 10)) as pilot:
        await look(pilot, path)
        await pilot.press("enter")
        await settled(pilot)
        await pilot.press("pagedown", "pagedown", "f6", "right", "enter")
        await settled(pilot)
        assert "✓ Imported: 0 new" in " ".join(screen_text(app).split())


@pytest.mark.parametrize("size", SIZES)
async def test_looks_roster(
    size: tuple[int, int], desk: Desk, tmp_path: Path, album: Album, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pictures a person approved: the empty form, a report, a refusal with its switches, the question."""
    monkeypatch.chdir(tmp_path)
    prepared(desk, tmp_path)
    written(tmp_path / "half.csv", rows(desk)[:3])
    async with PortalWizard(lambda: desk).run_test(size=size) as pilot:
        await settled(pilot)
        await pilot.press("f8")
        await album.take(pilot, "empty")
        await look(pilot, "half.csv")
        await album.take(pilot, "refused")
        await look(pilot, "students.csv")
        await album.take(pilot, "looked")
        await pilot.press("f6")
        await album.take(pilot, "question")
