"""What is wrong with an export, in sentences that say where: file, line and column."""

from typing import Literal, NamedTuple

Kind = Literal["refused", "warning", "note"]


class RosterError(Exception):
    """The export cannot be imported at all: a sentence that names the file, where, and what to do."""


class Problem(NamedTuple):
    """Something about one row: left out (`refused`), imported but worth a look (`warning`), or a remark (`note`)."""

    kind: Kind
    file: str
    line: int
    column: str
    """The header of the column; empty when the whole row is meant."""
    reason: str
    """Never a value of the row, except the two spellings of a changed name: a shifted row may hold anything."""

    @property
    def words(self) -> str:
        """Return one line for people."""
        column = f", column {self.column}" if self.column else ""
        left_out = "left out, " if self.kind == "refused" else ""
        return f"{self.file}, line {self.line}{column}: {left_out}{self.reason}."
