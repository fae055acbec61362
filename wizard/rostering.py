"""Importing a roster on a screen: look at what it would change, say yes to what is offered, then import it.

The sentences of `wizard.roster` name the options of `portal-wizard-admin`; here each of those is a switch.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from wizard.records import Records, RecordsError
from wizard.roster import importing, mapping, planning, report
from wizard.roster.headers import WORDS
from wizard.roster.importing import Progress
from wizard.roster.planning import Plan
from wizard.roster.problems import RosterError
from wizard.roster.reading import Options, read
from wizard.setting import Setting
from wizard.text import clean
from wizard.views import Refused

OfferKind = Literal["zeros", "loss", "part", "column", "encoding"]


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that is never done by itself, only when a person says so."""

    kind: OfferKind
    words: str
    """What happens when it is taken."""
    name: str = ""
    """For a column: what of ours it holds."""
    value: str = ""
    """The column's header, the encoding, or how many students may become inactive."""


@dataclass(frozen=True, slots=True)
class RosterView:
    """What an import would change, ready to be drawn."""

    refusal: str = ""
    """Why it cannot be imported, or not yet; empty: it can."""
    counts: tuple[tuple[str, int], ...] = ()
    """New, changed, ... and how many; empty when nothing could be read."""
    words: str = ""
    """The counts in one line."""
    reading: tuple[str, ...] = ()
    """How it is read: the format, and which column each value is taken from, with masked samples."""
    remarks: tuple[str, ...] = ()
    """What is wrong or worth a look, by file, line and column."""
    offers: tuple[Offer, ...] = ()
    taken: frozenset[Offer] = frozenset()


@dataclass(frozen=True, slots=True)
class Imported:
    """What the records confirmed."""

    words: str
    """One sentence: what was changed, and how many students the records hold now."""


class Stopped(RosterError):
    """A person stopped the import: the records are as they were."""

    def __init__(self) -> None:
        super().__init__("Stopped. Nothing was changed.")


class Rostering:
    """One import, from the path to the receipt. Slow: call it in a worker thread, one call at a time."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._plan: Plan | None = None
        self._accepted = 0

    def look(self, path: str, taken: frozenset[Offer] = frozenset()) -> RosterView:
        """Read an export and compare it with the records; nothing is changed, and a refusal is part of the view."""
        self._plan = None
        try:
            roster = read(_path(path), self._setting.district, _options(taken))
            plan = planning.plan(self._setting.records, roster, self._setting.clock())
        except (RosterError, RecordsError) as error:
            return _refused(str(error), taken)
        self._accepted = max((int(offer.value) for offer in taken if offer.kind == "loss"), default=0)
        self._plan = plan
        return _view(plan, plan.loss_refusal(self._accepted), taken)

    def apply(self, progress: Progress) -> Imported | Refused:
        """Import what was looked at: all of it, or nothing. `progress` may raise Stopped: then nothing is changed."""
        if self._plan is None:
            return Refused("nothing", "Nothing was looked at yet.")
        plan, self._plan = self._plan, None
        try:
            done = self._applied(plan, progress)
            return Imported(f"Imported: {done.words}. The records now hold {_held(self._setting.records):,} students.")
        except (RosterError, RecordsError) as error:
            return Refused("not-imported", on_screen(str(error)))

    def _applied(self, plan: Plan, progress: Progress) -> Plan:
        setting = self._setting
        done = importing.apply(
            setting.records, plan, setting.agent, setting.clock(), accept_loss=self._accepted, progress=progress
        )
        with suppress(RecordsError):  # only typing mistakes in new names are not forgiven until the next import
            importing.complete_search(setting.records)
        return done


def _held(records: Records) -> int:
    with records.reading() as tables:
        return tables.accounts.count()


def _path(typed: str) -> Path:
    """Return the path as people paste it: with blanks and quotes around it, or from `~`. Raises RosterError."""
    text = typed.strip().strip("\"'")
    if not text:
        raise RosterError("Type where the export is: a CSV file, or the zip or folder with all its files.")
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise RosterError(f"{clean(text, 60).text}: nobody here has that home folder. Type the whole path.") from None


def _options(taken: Iterable[Offer]) -> Options:
    offers = list(taken)
    kinds = {offer.kind for offer in offers}
    return Options(
        mapping=mapping.checked({offer.name: offer.value for offer in offers if offer.kind == "column"}, "The columns"),
        restore_zeros="zeros" in kinds,
        part="part" in kinds,
        encoding=next((offer.value for offer in offers if offer.kind == "encoding"), ""),
    )


def _refused(refusal: str, taken: frozenset[Offer]) -> RosterView:
    return RosterView(on_screen(refusal), offers=_offers(refusal, taken), taken=taken)


def _view(plan: Plan, refusal: str, taken: frozenset[Offer]) -> RosterView:
    reading, remarks = list(report.reading_lines(plan.roster)), list(report.plan_lines(plan))
    return RosterView(
        refusal=on_screen(refusal),
        counts=tuple((name, count) for name, count in report.counts(plan).items() if count or name != "back"),
        words=plan.words,
        reading=tuple(map(on_screen, reading)),
        remarks=tuple(map(on_screen, remarks)),
        offers=_offers("\n".join((refusal, *reading, *remarks)), taken),
        taken=taken,
    )


# -- from the options of a command to switches ---------------------------------------------------------------

NAMED: tuple[tuple[OfferKind, re.Pattern[str]], ...] = (
    ("zeros", re.compile(r"for (?P<value>[\d,]+) rows,? add --restore-zeros")),
    ("part", re.compile(r"add --part\b")),
    ("loss", re.compile(r"add --accept-loss (?P<value>\d+)")),
    ("column", re.compile(r'add --map (?P<name>\w+)="(?P<value>[^"\n]*)"')),
    ("column", re.compile(r"add --map (?P<name>\w+)= ")),
    ("encoding", re.compile(r"add --encoding (?P<value>[\w-]+)")),
)
"""What a sentence offers, and how it says so."""

INSTEAD: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"(?:If the file holds only [^,]*, add --part\. )?If they have really left, add --accept-loss \d+\."
        ),
        "If that is right, say why with a switch.",
    ),
    (re.compile(r"add --(?:restore-zeros|part|accept-loss \d+|encoding [\w-]+)"), "use the switch"),
    (re.compile(r'add --map \w+="[^"\n]*"( to use it)?'), "use the switch"),
    (re.compile(r"add --map \w+= to leave it out"), "use the switch"),
    (re.compile(r" (?:with --part|\(--part\)|\(--district\)|\(--json has all of them\))"), ""),
)
"""What such words are on a screen."""


def on_screen(words: str) -> str:
    """Return a sentence without the options of a command."""
    for option, instead in INSTEAD:
        words = option.sub(instead, words)
    return words


def _offers(words: str, taken: frozenset[Offer]) -> tuple[Offer, ...]:
    """Return what was taken and what the words offer, in a steady order: a switch never jumps when it is used."""
    said = dict.fromkeys((*taken, *_named(words)))
    kinds = [kind for kind, _ in NAMED]
    return tuple(sorted(said, key=lambda offer: (kinds.index(offer.kind), offer.name, offer.value)))


def _named(words: str) -> Iterator[Offer]:
    for kind, pattern in NAMED:
        for match in pattern.finditer(words):
            given = match.groupdict()
            yield _offer(kind, given.get("name", ""), given.get("value", ""))


def _offer(kind: OfferKind, name: str, value: str) -> Offer:
    match kind:
        case "zeros":
            return Offer(kind, f"Restore the zero that a spreadsheet took from the ID of {value} rows")
        case "part":
            return Offer(kind, "The file holds only some of the students: nobody has left")
        case "loss":
            return Offer(
                kind, f"The {int(value):,} students who are missing have left: make them inactive", value=value
            )
        case "encoding":
            return Offer(kind, f"Read the file as Windows text ({value})", value=value)
        case "column":
            what = WORDS[name]
            words = f'Take the {what} from the column "{value}"' if value else f"Leave out the column of the {what}"
            return Offer(kind, words, name, value)
