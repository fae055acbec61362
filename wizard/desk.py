"""The desk: where calls are started, found again and resumed. One per running program.

Only what the home screen shows is loaded with it; what a call, a report or a ticket needs is loaded with the first one
(docs/performance.md).
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from flows import layers, loader
from wizard import clock as clocks
from wizard import district as districts
from wizard import homeview, notices, places, preferences, presence, waiting
from wizard.bulletin import Bulletin
from wizard.clock import Clock
from wizard.hits import hit
from wizard.presence import Seat
from wizard.records import Records, RecordsError
from wizard.setting import Setting
from wizard.settings import Settings
from wizard.views.card import Hit
from wizard.views.home import Banner, CaseSummary, Holder, HomeView, PracticeStudent

if TYPE_CHECKING:
    from flows.model import Channel
    from wizard.casework import Casework
    from wizard.report import Report
    from wizard.ticketcare import TicketCare


class CallGone(RecordsError):
    """The call has ended, or is no longer in the records."""


@dataclass(frozen=True)
class Desk(Setting):
    """The records, the trees and the district, with an agent in front of them."""

    practice: tuple[PracticeStudent, ...] = ()
    """In the practice school: whom to try, and for what."""

    def start(self, channel: "Channel") -> "Casework":
        """Begin a call; it is saved at once."""
        from wizard import beginning

        return beginning.start(self, channel)

    def start_about(self, channel: "Channel", student_id: str) -> "Casework":
        """Begin a call about a student who was picked from the follow-ups; who is calling is asked as always."""
        from wizard import beginning

        return beginning.start_about(self, channel, student_id)

    def resume(self, case_id: str) -> "Casework":
        """Take up a call at its step; the records are asked again, and after a break who is calling (O6).

        Raises CallGone, or another RecordsError.
        """
        from wizard import beginning

        return beginning.resume(self, case_id)

    def discard(self, case_id: str) -> None:
        """End a call that nobody goes on with, as it stands. Raises CallGone, or another RecordsError."""
        from wizard import beginning

        beginning.discard(self, case_id)

    def unfinished(self) -> tuple[CaseSummary, ...]:
        """Return the calls that wait, one's own first, newest first."""
        with self.records.reading() as tables:
            return waiting.look(self, tables).calls

    def home(self, wanted: str = "") -> HomeView:
        """Return everything the home screen tells; of the calls, those that fit a code or name that is looked for."""
        return homeview.read(self, wanted)

    def report_of_days(self, before_today: int | None) -> "Report":
        """Return the report about today's calls and those of so many days before; None: all. Raises RecordsError."""
        from wizard import reporting

        return reporting.of_days(self, before_today)

    def write_report(self, made: "Report") -> Path:
        """Write the tables of a report and the call list into a new folder, and return it. Raises RecordsError."""
        from wizard import reporting

        return reporting.write_all(self, made)

    def stamp(self) -> tuple[object, ...]:
        """Return what changes whenever anybody saves anything or sits down at a call; asking takes microseconds."""
        return (*self.records.stamp(), presence.held(self.records.folder))

    def seat(self, case_id: str) -> Seat:
        """Sit down at a call, if nobody else does: colleagues are then told who has it open."""
        return Seat(self.records.folder, case_id, self.agent, self.clock)

    def holder(self, case_id: str) -> Holder | None:
        """Return who has a call open right now, whichever child's part is asked about; None when nobody has."""
        with self.records.reading() as tables:
            case = tables.cases.get(case_id)
        present = presence.who(self.records.folder, case.call if case else case_id)
        if present is None:
            return None
        return Holder(present.agent, clocks.local(present.since, self.district), present.agent == self.agent)

    def under(self, settings: Settings, agent: str) -> "Desk":
        """Return the same desk as an agent's settings want it."""
        return replace(self, settings=settings, agent=agent)

    def unfit_settings(self) -> tuple[str, ...]:
        """Return a sentence for each of the agent's settings that this district cannot follow."""
        return preferences.unfit(self)

    @property
    def bulletin(self) -> Bulletin:
        """The known issues, to be posted and ended."""
        return Bulletin(self.records, self.clock, self.agent)

    def post_notice(self, text: str, say: str, until: str) -> Banner:
        """Post a known issue from now on; `until` as people write it, or empty. Raises NoticeError or RecordsError."""
        end = notices.moment(until, self.clock(), self.district) if until.strip() else None
        return notices.banner(self.bulletin.post(text, say, until=end))

    def end_notice(self, code: str) -> None:
        """End a known issue. Raises NoticeError or RecordsError."""
        self.bulletin.end(code)

    def banners(self) -> tuple[Banner, ...]:
        """Return the known issues that run at this moment, newest first."""
        return tuple(map(notices.banner, self.bulletin.running()))

    def search(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """Find students by ID, username as typed or any part of a name, best first."""
        return tuple(hit(student) for student in preferences.own_school_first(self, text, limit))

    def ticket_of(self, student_id: str) -> str:
        """Return the code of a student's open ticket; empty when there is none."""
        with self.records.reading() as tables:
            account = tables.accounts.get(student_id)
        return (account.ticket if account else None) or ""

    def ticket(self, code: str) -> "TicketCare":
        """Return a ticket to be looked after."""
        from wizard.ticketcare import TicketCare

        return TicketCare(self, code)

    def close(self) -> None:
        """Close the records."""
        self.records.close()


def open_desk(
    *,
    data: Path | None = None,
    district: Path | None = None,
    flows: Path | None = None,
    overlay: Path | None = None,
    agent: str,
    clock: Clock = clocks.now,
) -> Desk:
    """Open the desk of this machine. Raises PlaceError, DistrictError, FlowError or RecordsError with a sentence."""
    values = districts.load(district)
    if flows is None and overlay is None:
        library = loader.library()
    else:
        from wizard import libraries

        library = libraries.load(flows, overlay)
    catalogs = layers.load(flows, overlay)
    folder = places.prepare(data or places.default_folder())
    return Desk(Records.open(folder, clock=clock), library, values, clock, agent, catalogs=catalogs)
