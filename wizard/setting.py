"""What every call needs around it: the records, the trees, the district, the clock and the agent."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from flows import engine, layers
from flows.case import Case
from flows.language import ENGLISH
from flows.model import Library
from wizard.clock import Clock
from wizard.district import District
from wizard.languages import Speech, speeches
from wizard.placeholders import Known
from wizard.records import JournalLine, Records, Tables
from wizard.settings import Settings
from wizard.views.step import Spoken
from wizard.vocabulary import VOCABULARY

if TYPE_CHECKING:
    from flows.catalog import Catalog

CODE_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Letters and digits that are hard to mishear or misread."""


def new_code() -> str:
    """Return a short code to say aloud; one of 26^4, about 457,000."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(4))


@dataclass(frozen=True)
class Setting:
    """Where a call takes place."""

    records: Records
    library: Library
    district: District
    clock: Clock
    agent: str
    remarks: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    """In author mode: what is wrong with the draft, under the step it belongs to."""
    catalogs: "Mapping[str, Catalog]" = field(default_factory=layers.load, kw_only=True)
    """The words of each language but English."""
    settings: Settings = field(default_factory=Settings, kw_only=True)
    """What the agent has chosen."""

    @cached_property
    def _speeches(self) -> Mapping[str, Speech]:
        return speeches(self.catalogs)

    def speech(self, case: Case) -> Speech:
        """Return the language the case is carried on in; English when its words are gone."""
        return self._speeches.get(case.language, Speech())

    def languages(self) -> tuple[Spoken, ...]:
        """Return the district's languages that there are words for, in its order."""
        return tuple(
            Spoken(code, catalog.name, catalog.name_in_english) if catalog else Spoken(code, "English", "English")
            for code in self.district.languages
            if (catalog := self.catalogs.get(code)) or code == ENGLISH
        )

    def facts(self, case: Case) -> dict[str, str]:
        """Return what the case has established."""
        return engine.facts(self.library, VOCABULARY, case)

    def known(self, case: Case) -> Known:
        """Read what words about the case may draw on: its facts, the account and its open ticket."""
        with self.records.reading() as tables:
            return self.known_in(tables, case)

    def known_in(self, tables: Tables, case: Case) -> Known:
        """Read the same inside a transaction or snapshot."""
        facts = self.facts(case)
        account = tables.accounts.get(facts["student"]) if "student" in facts else None
        ticket = tables.tickets.get(account.ticket) if account and account.ticket else None
        return Known(self.district, facts, self.clock(), account, ticket, aloud=self.speech(case).phrases)

    def journal_line(self, case: Case, what: str, student: str, result: str, detail: str = "") -> JournalLine:
        """Return a line for the journal: who, when, which case, what, about whom, with what result."""
        return JournalLine(
            at=self.clock(),
            agent=self.agent,
            case=case.id,
            what=what,
            student=student,
            result=result,
            detail=detail,
        )
