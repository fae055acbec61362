"""The bulletin of known issues: posted, shown and ended in the records, each with its line in the journal."""

from datetime import datetime

from wizard import notices
from wizard.clock import Clock
from wizard.notices import Notice, NoticeError
from wizard.records import JournalLine, Records, Tables


class Bulletin:
    """The known issues of one set of records."""

    def __init__(self, records: Records, clock: Clock, agent: str) -> None:
        self._records, self._clock, self._agent = records, clock, agent

    def post(self, text: str, say: str = "", starts: datetime | None = None, until: datetime | None = None) -> Notice:
        """Post a known issue and return it as stored. Raises NoticeError or RecordsError; then nothing is posted."""
        with self._records.transaction() as tables:
            now = self._clock()
            for over in (notice for notice in tables.notices.open() if notice.over(now)):
                tables.notices.put(notices.ended(over, "clock", now))
            notice = notices.draft(tables.notices.count() + 1, text, say, starts, until, self._agent, now)
            tables.notices.put(notice)
            self._note(tables, now, "notice-posted", notice)
        return notice

    def end(self, code: str) -> Notice:
        """End a known issue and return it as stored. Raises NoticeError or RecordsError."""
        with self._records.transaction() as tables:
            now = self._clock()
            notice = tables.notices.get(code.strip().upper())
            if notice is None:
                raise NoticeError(f'There is no notice "{code}". See which run: portal-wizard-admin notice list.')
            if notice.status == "ended" or notice.over(now):
                raise NoticeError(f"Notice {notice.code} is over already.")
            notice = notices.ended(notice, self._agent, now)
            tables.notices.put(notice)
            self._note(tables, now, "notice-ended", notice)
        return notice

    def running(self) -> tuple[Notice, ...]:
        """Return the known issues shown at this moment, newest first."""
        with self._records.reading() as tables:
            return notices.running(tables.notices.open(), self._clock())

    def waiting(self) -> tuple[Notice, ...]:
        """Return those that nobody has ended and whose time is not up: running or still to come, newest first."""
        with self._records.reading() as tables:
            now = self._clock()
            return tuple(notice for notice in reversed(tables.notices.open()) if not notice.over(now))

    def _note(self, tables: Tables, now: datetime, what: str, notice: Notice) -> None:
        tables.journal.append(JournalLine(at=now, agent=self._agent, what=what, result=notice.code, detail=notice.text))
