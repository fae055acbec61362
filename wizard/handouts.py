"""What a call leaves on paper: the summary, the ticket lines and the family's slip, to look at and as files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.case import Case
from wizard import clock, family, papers, qr, slip, slip_text, summary, viewing
from wizard.records import RecordsError
from wizard.setting import Setting
from wizard.slip import Slip
from wizard.views.beside import SlipView
from wizard.views.handover import Refused

SUMMARY = "summary.txt"
"""The summary's name as a paper."""


@dataclass(frozen=True, slots=True)
class Handouts:
    """What can be handed out for a case."""

    setting: Setting
    case: Case

    def summary(self, long: bool) -> str:
        """Return what was said and done: short for a ticket or SIS note, or long with seconds per step.

        A family call has a paragraph for each child, so that each student's note holds only that student.
        """
        form = summary.long if long else summary.short
        with self.setting.records.reading() as tables:
            cases = family.members(tables, self.case)
        views = (viewing.step_view(self.setting, case, self.setting.known(case), "", "") for case in cases)
        return "\n\n".join(form(view, case) for view, case in zip(views, cases, strict=True))

    def ticket_lines(self) -> tuple[str, ...]:
        """Return the exact line of each ticket of the call, one for each child who needs one (D16)."""
        return family.ticket_lines(self.setting, self.case)

    def slip(self) -> SlipView:
        """Return the family's take-home slip, in the language of the call. Raises RecordsError."""
        made = slip.make(self.setting, self.case)
        return SlipView(slip_text.text(made), qr.matrix(made.address))

    def save(self, paper: str, long: bool = False) -> Path | Refused:
        """Write `slip.pdf`, `slip.txt` or `summary.txt` into the data folder, never over another file."""
        try:
            if paper == SUMMARY:
                return _save(self.setting, self.case, paper, f"{self.summary(long)}\n".encode())
            return _save(self.setting, self.case, paper, SLIPS[paper](slip.make(self.setting, self.case)))
        except RecordsError as error:
            return Refused("not-saved", str(error))


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
