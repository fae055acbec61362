"""The report of a data folder: read in one look at the records, and written as tables."""

from dataclasses import asdict
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from wizard import accounts, clock, readiness, report, sheets
from wizard.calllog import Reader
from wizard.papers import FOLDER
from wizard.records import JournalLine
from wizard.report import Report, Row
from wizard.setting import Setting

NOT_READY = ("last name", "first name", "student ID", "school", "state")
"""The columns of the call list; guardians are not among them (O6)."""


def read(setting: Setting, since: datetime | None = None, until: datetime | None = None, school: str = "") -> Report:
    """Return all figures about calls that began from `since` on and before `until`. Raises RecordsError."""
    now = setting.clock()
    with setting.records.reading() as tables:
        reader = Reader(setting.library, setting.district, now, tables.accounts.schools())
        calls = [call for call in reader.read(tables.cases.outlines(since, until)) if school in ("", call.school)]
        chosen = {call.id for call in calls} if school else None
        changed = tables.journal.given_anew(since, until, chosen)
        schools = readiness.by_school(tables, now, setting.district)
    shown = tuple(each for each in schools if school in ("", each.school))
    return report.figures(calls, reader, changed, shown, since=since, until=until, school=school)


def of_days(setting: Setting, before_today: int | None) -> Report:
    """Return the figures about today and so many days before; None: all calls. Raises RecordsError."""
    if before_today is None:
        return read(setting)
    day = clock.in_zone(setting.clock(), setting.district).date() - timedelta(days=before_today)
    return read(setting, datetime.combine(day, time.min, setting.district.zone))


def write_tables(made: Report, folder: Path) -> int:
    """Write every table of a report into a new folder, and return how many. Raises Unsuitable."""
    sheets.new_folder(folder)
    for name, (header, rows) in tables(made).items():
        sheets.write(folder / f"{name}.csv", header, rows)
    return len(tables(made))


def write_all(setting: Setting, made: Report) -> Path:
    """Write the tables and the call list into a new folder among this user's papers, and return it."""
    now = clock.in_zone(setting.clock(), setting.district)
    folder = sheets.free_folder(setting.records.folder / FOLDER, f"report-{now:%Y%m%d-%H%M%S}")
    write_tables(made, folder)
    write_not_ready(setting, folder / "not-ready.csv", made.school)
    return folder


def write_not_ready(setting: Setting, path: Path, school: str = "") -> int:
    """Write the call list of students who cannot log in yet, and return how many. Raises Unsuitable or RecordsError.

    The journal has who took it, and how many students are on it.
    """
    with setting.records.reading() as found:
        waiting = [
            (student.last, student.first, student.id, student.school, accounts.STATE_WORDS[state])
            for account, state in readiness.not_ready(found, setting.clock(), setting.district)
            if school in ("", (student := account.student).school)
        ]
    with setting.records.transaction() as kept:
        kept.journal.append(_exported(setting, len(waiting)))
    return sheets.write(path, NOT_READY, sorted(waiting, key=lambda row: (row[3], row[0], row[1], row[2])))


def _exported(setting: Setting, many: int) -> JournalLine:
    return JournalLine(
        at=setting.clock(),
        agent=setting.agent,
        case="",
        what="exported",
        student="",
        result="call list",
        detail=f"{many} students",
    )


def tables(made: Report) -> dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]]:
    """Return every table of a report under its name: its columns and its rows."""
    calls = ("calls", "median minutes", "90 % within minutes")
    return {
        "calls": (("figure", "value"), _figures(made)),
        "problems": (("problem", *calls), _rows(made.problems)),
        "outcomes": (("outcome", *calls), _rows(made.outcomes)),
        "schools": (("school", *calls), _rows(made.schools)),
        "hours": (("hour", "calls"), [(hour.words, hour.number) for hour in made.hours]),
        "steps": (
            ("step", "question", "asked", "median seconds", "90 % within seconds", "answer changed", "stopped here"),
            [(s.step, s.words, s.asked, s.median, s.p90, s.changed, s.stuck) for s in made.steps],
        ),
        "readiness": (
            ("school", "can log in", "students", "percent"),
            [(each.school, each.ready, each.students, each.percent) for each in made.readiness],
        ),
    }


def as_json(made: Report) -> dict[str, Any]:
    """Return a report as plain values, moments in ISO 8601."""
    values = asdict(made)
    values |= {name: [one._asdict() for one in getattr(made, name)] for name in ("hours", "readiness")}
    moments = {name: values[name].isoformat() if values[name] else None for name in ("since", "until")}
    return {**values, **moments, "ticket avoided means": report.AVOIDED}


def _figures(made: Report) -> list[tuple[object, ...]]:
    return [
        ("calls", made.every.calls),
        ("median minutes", round(made.every.median, 1)),
        ("90 % within minutes", round(made.every.p90, 1)),
        ("tickets", made.tickets),
        ("tickets avoided", made.avoided),
    ]


def _rows(rows: tuple[Row, ...]) -> list[tuple[object, ...]]:
    return [(row.words, row.calls, round(row.median, 1), round(row.p90, 1)) for row in rows]
