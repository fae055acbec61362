"""What a person may say yes to while importing a roster; nothing of it is ever done by itself."""

from dataclasses import dataclass
from typing import Literal

from wizard.roster.headers import WORDS

OfferKind = Literal["zeros", "part", "loss", "saved", "column", "encoding"]

ENCODING_WORDS = {"windows-1252": "Windows text", "utf-16": "UTF-16 text"}


@dataclass(frozen=True, slots=True)
class Offer:
    """One such thing: a switch on a screen, an option of the admin command."""

    kind: OfferKind
    value: str = ""
    """How many rows or students, a file, the encoding, or the header of the column; empty: leave the column out."""
    name: str = ""
    """For a column: what of ours it holds."""

    @property
    def words(self) -> str:
        """Return what happens when it is taken."""
        match self.kind:
            case "zeros":
                return f"Restore the zero that a spreadsheet took from the ID of {int(self.value):,} rows"
            case "part":
                return "The file holds only some of the students: nobody has left"
            case "loss":
                return f"The {int(self.value):,} students who are missing have left: make them inactive"
            case "saved":
                return "Read the columns as they were saved"
            case "encoding":
                return f"Read the file as {ENCODING_WORDS[self.value]} ({self.value})"
            case "column" if self.value:
                return f'Take the {WORDS[self.name]} from the column "{self.value}"'
            case "column":
                return f"Leave out the column of the {WORDS[self.name]}"

    @property
    def option(self) -> str:
        """Return how the admin command is told."""
        match self.kind:
            case "zeros":
                return "--restore-zeros"
            case "part":
                return "--part"
            case "loss":
                return f"--accept-loss {self.value}"
            case "saved":
                return f'--mapping "{self.value}"'
            case "encoding":
                return f"--encoding {self.value}"
            case "column":
                return f'--map {self.name}="{self.value}"' if self.value else f"--map {self.name}="

    @property
    def command(self) -> str:
        """Return a sentence for whoever uses the admin command."""
        return f"{self._condition} add {self.option}."

    @property
    def _condition(self) -> str:
        match self.kind:
            case "zeros":
                return f"To restore the zero for {int(self.value):,} rows"
            case "part":
                return "If the file holds only some of the students,"
            case "loss":
                return "If they have really left,"
            case "saved":
                return "To read the columns as they were saved,"
            case "encoding":
                return f"If you know that it is {ENCODING_WORDS[self.value]},"
            case "column" if self.value:
                return f'If the {WORDS[self.name]} is "{self.value}",'
            case "column":
                return f"To leave out the {WORDS[self.name]},"
