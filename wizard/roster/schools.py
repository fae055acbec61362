"""orgs.csv of OneRoster and School Data Sync v2: the schools' names, and which organizations are schools at all."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from wizard.roster.listing import Reading, cell, named_column, needed_column


@dataclass(frozen=True, slots=True)
class Schools:
    """The organizations of an export; nothing when it has no such file."""

    names: dict[str, str] = field(default_factory=dict)
    """Organization's sourcedId -> its name."""
    others: frozenset[str] = frozenset()
    """Districts, departments and the like."""

    @classmethod
    def read(cls, reading: Reading) -> "Schools":
        """Read orgs.csv, if there is one."""
        if "orgs.csv" not in reading.source:
            return cls()
        sheet = reading.sheet("orgs.csv")
        org, name, kind = needed_column(sheet, "sourcedid"), needed_column(sheet, "name"), named_column(sheet, "type")
        rows = [row for _, row in sheet.rows if cell(row, org)]
        others = frozenset(cell(row, org) for row in rows if cell(row, kind).casefold() not in ("", "school"))
        return cls({cell(row, org): cell(row, name) for row in rows}, others)

    def of(self, orgs: Iterable[str]) -> tuple[str, ...]:
        """Return the names of a student's schools, each once; a district counts only for whoever has no school."""
        known = [org for org in orgs if org in self.names]
        schools = [org for org in known if org not in self.others] or known
        return tuple(dict.fromkeys(filter(None, map(self.names.__getitem__, schools))))
