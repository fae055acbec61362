"""What a call leaves on paper: the family's slip and the summary, to look at and as files."""

from collections.abc import Callable, Mapping
from pathlib import Path

from flows.case import Case
from wizard import clock, papers, qr, slip, slip_text
from wizard.setting import Setting
from wizard.slip import Slip
from wizard.views.beside import SlipView

SUMMARY = "summary.txt"
"""The summary's name as a paper."""


def shown(setting: Setting, case: Case) -> SlipView:
    """Return the slip to look at. Raises RecordsError."""
    made = slip.make(setting, case)
    return SlipView(slip_text.text(made), qr.matrix(made.address))


def save_slip(setting: Setting, case: Case, paper: str) -> Path:
    """Write the slip as one of `SLIPS` and return the file. Raises KeyError or RecordsError."""
    return _save(setting, case, paper, SLIPS[paper](slip.make(setting, case)))


def save_summary(setting: Setting, case: Case, summary: str) -> Path:
    """Write the summary and return the file. Raises RecordsError."""
    return _save(setting, case, SUMMARY, f"{summary}\n".encode())


def _save(setting: Setting, case: Case, paper: str, content: bytes) -> Path:
    kind, _, suffix = paper.partition(".")
    now = clock.in_zone(setting.clock(), setting.district)
    path = papers.save(setting.records.folder, kind, case.code, suffix, content, now)
    with setting.records.transaction() as tables:
        student = setting.facts(case).get("student", "")
        tables.journal.append(setting.journal_line(case, "paper", student, paper, path.name))
    return path


def _pdf(made: Slip) -> bytes:
    from wizard import slip_pdf  # reportlab is loaded when the first slip is printed

    return slip_pdf.pdf(made)


SLIPS: Mapping[str, Callable[[Slip], bytes]] = {
    "slip.pdf": _pdf,
    "slip.txt": lambda made: slip_text.text(made).encode(),
}
"""Paper -> the function that makes it."""
