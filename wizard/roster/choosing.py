"""Which column holds the student IDs: the one that fits the district's pattern in at least 99 % of the rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wizard.roster.columns import Candidate
from wizard.roster.headers import IdKind
from wizard.roster.numbers import RESTORABLE, Numbers, Reading, masked
from wizard.roster.offers import Offer
from wizard.roster.person import Person
from wizard.roster.problems import RosterError

FEWEST_FITTING = 0.99
"""The share of rows whose ID must fit the district's pattern before a column is taken for the ID (O5)."""

FEWEST_DIGITS, MOST_DIGITS = 4, 20
"""Of the IDs of any district."""

SAMPLES = 3
"""IDs shown, masked, so that a person sees what was taken for the ID."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One column that may hold the ID, and how well it does."""

    header: str
    fitting: int
    """Rows whose ID fits as it stands."""
    restorable: int
    """Rows whose ID fits once what a spreadsheet did to it is undone."""
    rows: int
    samples: tuple[str, ...]
    """The first few, masked."""

    def share(self, restored: bool = False) -> float:
        """Return the share of rows that fit."""
        return (self.fitting + (self.restorable if restored else 0)) / max(1, self.rows)

    @property
    def words(self) -> str:
        """Return the column, its share and its samples."""
        samples = f", such as {', '.join(self.samples)}" if self.samples else ", empty"
        return f"{self.header} ({self.share():.0%} fit{samples})"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The column of the ID, and the reading of it for every person, in order."""

    tried: Tried
    kind: IdKind
    place: int
    """Which of the candidates it is."""
    ids: Sequence[str]
    """Of every person, in order, as it stands."""
    damaged: Mapping[int, Reading]
    """Place of a person -> what is wrong with the ID there."""


def choose(
    candidates: Sequence[Candidate], people: Sequence[Person], numbers: Numbers, file: str, restore: bool
) -> Chosen:
    """Return the surest column that fits. Raises RosterError when none does, and says what was tried."""
    all_tried = []
    for place, candidate in enumerate(candidates):
        chosen = _try(place, candidate, people, numbers)
        if chosen.tried.share(restored=restore) >= FEWEST_FITTING:
            return chosen
        all_tried.append(chosen)
    raise _nothing_fits(file, all_tried, people, numbers)


def _try(place: int, candidate: Candidate, people: Sequence[Person], numbers: Numbers) -> Chosen:
    plain = numbers.plain(candidate.kind)
    ids = [person.numbers[place] for person in people]
    if candidate.kind != "number":
        ids = list(map(plain, ids))
    fits = numbers.fits
    damaged = {at: numbers.read(text) for at, text in enumerate(ids) if not fits(text)}
    restorable = sum(reading.damage in RESTORABLE for reading in damaged.values())
    texts = [person.numbers[place] for person in people[: SAMPLES * 20] if person.numbers[place]]
    samples = tuple(masked(text[:40]) for text in texts[:SAMPLES])
    tried = Tried(candidate.header, len(ids) - len(damaged), restorable, len(people), samples)
    return Chosen(tried, candidate.kind, place, ids, damaged)


def _nothing_fits(file: str, all_tried: Sequence[Chosen], people: Sequence[Person], numbers: Numbers) -> RosterError:
    best = max(all_tried, key=lambda chosen: chosen.tried.share(restored=True))
    lines = [str(people[at].line) for at in list(best.damaged)[:6]]
    tried = "; ".join(chosen.tried.words for chosen in all_tried)
    where = f"lines {', '.join(lines[:5])}{', ...' if len(lines) > 5 else ''}"
    if best.tried.restorable and best.tried.share(restored=True) >= FEWEST_FITTING:
        return RosterError(
            f"{file}: in {best.tried.restorable:,} of {best.tried.rows:,} rows a spreadsheet took the zero from the ID "
            f"in {best.tried.header} or put a mark around it ({where}). "
            "Best export again, and never open the file in a spreadsheet.",
            Offer("zeros", str(best.tried.restorable)),
        )
    return RosterError(
        f"{file}: no column holds this district's IDs ({numbers.rule}) in at least 99 % of the rows: {tried}. "
        f"The first that don't fit are in {where}. {_what_would_fit(all_tried)}"
        "Export the student number as text, or use the district file of these students."
    )


def _what_would_fit(all_tried: Sequence[Chosen]) -> str:
    """Say what the surest column of numbers holds instead, as a district file would say it; empty when none does."""
    for chosen in all_tried:
        lengths = Counter(len(text) for text in chosen.ids if text.isascii() and text.isdigit())
        digits, rows = next(iter(lengths.most_common(1)), (0, 0))
        if rows >= FEWEST_FITTING * len(chosen.ids) and FEWEST_DIGITS <= digits <= MOST_DIGITS:
            zero = all(text.startswith("0") for text in chosen.ids if text.isdigit())
            return (
                f"{chosen.tried.header} holds numbers of {digits} digits: that fits a district file that says, under "
                f"[student_id], digits = {digits} and leading_zero = {'true' if zero else 'false'}. "
            )
        if sum(lengths.values()) >= FEWEST_FITTING * len(chosen.ids) and len(lengths) > 1:
            shortest, longest = min(lengths), max(lengths)
            return f"{chosen.tried.header} holds numbers of {shortest} to {longest} digits; IDs have one length here. "
    return ""
