"""Known issues: posted from the command line, shown while they run, kept with the calls made under them."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard import cli, notices
from wizard import district as districts
from wizard.bulletin import Bulletin
from wizard.desk import Desk
from wizard.notices import NoticeError
from wizard.practice import practice_desk

NOW = datetime(2021, 8, 2, 12, 30, tzinfo=UTC)
"""8:30 AM in the district."""


class Hand:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def desk(tmp_path: Path, hand: Hand) -> Iterator[Desk]:
    with practice_desk(tmp_path / "data", hand, agent="dana") as opened:
        yield opened


def admin(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run the admin command as a program of its own."""
    command = [sys.executable, "-m", "wizard.cli", "notice", *arguments, "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_lead_posts_lists_and_ends_one(tmp_path: Path) -> None:
    """The whole life of a notice from the command line, told in sentences."""
    posted = admin("post", "Portal slow since 8:10", "--say", "It is slow for everybody.", data=tmp_path)
    assert posted.returncode == 0, posted.stderr
    assert posted.stdout.startswith("Posted: N1  Portal slow since 8:10  (from ")
    assert "notice end N1" in posted.stdout
    listed = admin("list", data=tmp_path)
    assert "N1  Portal slow since 8:10" in listed.stdout
    assert "    say: It is slow for everybody." in listed.stdout
    assert admin("end", "n1", data=tmp_path).stdout == "Ended: N1 Portal slow since 8:10\n"
    assert admin("list", data=tmp_path).stdout == "No known issue is posted.\n"
    again = admin("end", "N1", data=tmp_path)
    assert (again.returncode, again.stderr) == (2, "Notice N1 is over already.\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("post", " \u202e\x1b "), "says nothing"),
        (("post", "x", "--until", "half past"), '"half past" is not a time'),
        (("post", "x", "--until", "25:00"), '"25:00" is not a time'),
        (("post", "x", "--from", "2h", "--until", "1h"), "over before it is seen"),
        (("post", "x", "--until", "400d"), "90 days at most"),
        (("post", "x", "--until", "9999-12-31"), "90 days at most"),
        (("end", "N77"), 'no notice "N77"'),
    ],
)
def test_what_cannot_be_posted_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    """A mistake is a sentence and exit code 2, and nothing is posted."""
    assert cli.main(["notice", *arguments, "--data", str(tmp_path)]) == 2
    assert sentence in capsys.readouterr().err
    assert cli.main(["notice", "list", "--data", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "No known issue is posted.\n"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("8:10", datetime(2021, 8, 2, 12, 10, tzinfo=UTC)),
        ("14:30", datetime(2021, 8, 2, 18, 30, tzinfo=UTC)),
        ("30min", NOW + timedelta(minutes=30)),
        ("+2 h", NOW + timedelta(hours=2)),
        ("1d", NOW + timedelta(days=1)),
        ("2021-12-01 08:00", datetime(2021, 12, 1, 13, 0, tzinfo=UTC)),
        ("2021-12-01T08:00Z", datetime(2021, 12, 1, 8, 0, tzinfo=UTC)),
    ],
)
def test_times_are_the_districts(text: str, meant: datetime) -> None:
    """A time without a zone is the time on the wall of the district's offices."""
    assert notices.moment(text, NOW, districts.load(None)) == meant


@given(st.text(max_size=60))
def test_any_text_is_a_time_or_a_sentence(text: str) -> None:
    """No text crashes the reader of times."""
    try:
        assert notices.moment(text, NOW, districts.load(None)).tzinfo is UTC
    except NoticeError as error:
        assert "is not a time" in str(error)


def test_it_runs_from_its_beginning_to_its_end(desk: Desk, hand: Hand) -> None:
    """Not a moment before, and not at its end."""
    bulletin = desk.bulletin
    bulletin.post("Maintenance", starts=NOW + timedelta(hours=1), until=NOW + timedelta(hours=2))
    seen = {}
    for minutes in (0, 59, 60, 119, 120):
        hand.now = NOW + timedelta(minutes=minutes)
        seen[minutes] = [banner.text for banner in desk.banners()]
    assert seen == {0: [], 59: [], 60: ["Maintenance"], 119: ["Maintenance"], 120: []}


def test_the_newest_comes_first_and_text_is_cleaned(desk: Desk, hand: Hand) -> None:
    """Control characters, bidi marks and line breaks stay outside; too long a text is cut."""
    desk.bulletin.post("Old one")
    hand.now += timedelta(minutes=1)
    desk.bulletin.post("New \x1b]52;c;AA\x07\u202e\none " + "x" * 500, "say [b]this[/b]\x00")
    first, second = desk.banners()
    assert second.text == "Old one"
    assert first.text.startswith("New \ufffd]52;c;AA\ufffd\ufffdone xxx")
    assert len(first.text) == notices.TEXT_LIMIT
    assert first.say == "say [b]this[/b]\ufffd"


def test_each_is_in_the_journal_with_who_posted_and_ended_it(desk: Desk, hand: Hand) -> None:
    """The journal says who put words on everybody's screen."""
    desk.bulletin.post("Portal slow")
    Bulletin(desk.records, hand, "lee").end("N1")
    with desk.records.reading() as tables:
        lines = [(line.agent, line.what, line.result, line.detail) for line in tables.journal.all()]
    assert lines == [("dana", "notice-posted", "N1", "Portal slow"), ("lee", "notice-ended", "N1", "Portal slow")]


def test_one_that_ran_out_is_put_away_by_the_next(desk: Desk, hand: Hand) -> None:
    """Old notices do not pile up among the open ones, and no code is given twice."""
    desk.bulletin.post("First", until=NOW + timedelta(hours=1))
    hand.now = NOW + timedelta(hours=2)
    assert desk.bulletin.post("Second").code == "N2"
    with desk.records.reading() as tables:
        assert [notice.code for notice in tables.notices.open()] == ["N2"]
        first = tables.notices.get("N1")
    assert first is not None
    assert (first.status, first.ended_by) == ("ended", "clock")


def test_a_call_keeps_what_it_was_made_under(desk: Desk, hand: Hand) -> None:
    """What was posted while the call went on is with the case, once, and in both summaries; the rest is not."""
    desk.bulletin.post("Before and over")
    desk.bulletin.end("N1")
    desk.bulletin.post("Portal slow since 8:10")
    call = desk.start("phone")
    call.choose("student-portal")
    desk.bulletin.post("Phones cut off")
    call.pick("0100003")
    call.close()
    desk.bulletin.post("After the call")
    with desk.records.reading() as tables:
        kept = tables.cases.get(call.case.id)
    assert kept is not None
    assert [(issue.code, issue.text) for issue in kept.issues] == [
        ("N2", "Portal slow since 8:10"),
        ("N3", "Phones cut off"),
    ]
    for summary in (call.handouts.summary(long=False), call.handouts.summary(long=True)):
        assert summary.count("Known issue at the time: Portal slow since 8:10") == 1
        assert "After the call" not in summary
