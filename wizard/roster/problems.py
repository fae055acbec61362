"""What is wrong with an export, in sentences that say where: file, line and column."""

from typing import Literal, NamedTuple

from wizard.roster.offers import Offer

Kind = Literal["refused", "warning", "note"]


class RosterError(Exception):
    """The export cannot be imported, or not yet: a sentence that names the file, where, and what to do.

    As text, it also says how the admin command is told to take what is offered.
    """

    def __init__(self, words: str, *offers: Offer) -> None:
        super().__init__(" ".join((words, *(offer.command for offer in offers))))
        self.words = words
        """The sentence alone."""
        self.offers = offers
        """What would let it be imported, if a person says so."""


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
