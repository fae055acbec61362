"""Another district: its own file imports its own export, and a call is made there."""

from pathlib import Path

from roster_files import CLEVER, NINE_DIGITS, NOW, folder

from flows import loader
from wizard.desk import Desk
from wizard.plain import PlainCall
from wizard.prompt import Prompt
from wizard.records import Records
from wizard.roster import importing, planning
from wizard.roster.reading import read


def test_a_call_in_a_district_of_nine_digits(tmp_path: Path) -> None:
    """A Clever export with nine-digit IDs is imported, and the wizard speaks of that district's portal and IDs."""
    records = Records.open(tmp_path / "data")
    roster = read(folder(tmp_path / "clever", CLEVER), NINE_DIGITS)
    importing.apply(records, planning.plan(records, roster, NOW), "it", NOW)
    importing.complete_search(records)
    desk = Desk(records, loader.library(), NINE_DIGITS, lambda: NOW, "maria")
    try:
        (hit,) = desk.search("siobahn obrien")
        assert (hit.student_id, hit.school, hit.masked_id) == ("012345678", "Practice High", "•••••••78")
        call = desk.start("counter")
        assert "Learning Gate" in call.view.say
        assert call.guardians() == ()
        call.choose("student-portal")
        call.pick(hit.student_id)
        assert [guardian.name for guardian in call.guardians()] == ["Mary O'Brien", "Pat O'Brien"]
        assert "Mary" not in repr(call.view)
        view = call.choose("photo-id")
        assert view.card
        assert (view.card.username, view.card.state) == ("012345678", "Here since last school year: logs in as before")
        assert view.key.startswith("situation/")
        assert call.guardians() == ()
        with records.reading() as tables:
            shown = [line for line in tables.journal.of_case(call.case.id) if line.what == "guardians"]
            assert [(line.agent, line.student, line.detail) for line in shown] == [("maria", "012345678", "2 on file")]
            assert "Mary" not in repr(list(tables.journal.all()))
        line_by_line = desk.start("phone")
        line_by_line.choose("student-portal")
        line_by_line.pick(hit.student_id)
        typed, shown = iter(("1", "q")), []
        PlainCall(desk, line_by_line, Prompt(lambda words: next(typed), str, shown.append)).run()
        told = [line for line in shown if "Mary O'Brien" in line]
        assert told == ["ON FILE, never to be read out: Mary O'Brien, Mother, (770) 555-0106"]
    finally:
        desk.close()
