"""Importing a roster on a screen: look at what it would change, say yes to what is offered, then import it."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from wizard.records import Records, RecordsError
from wizard.roster import importing, mapping, planning, report
from wizard.roster.importing import Progress
from wizard.roster.offers import Offer, OfferKind
from wizard.roster.planning import Plan
from wizard.roster.problems import RosterError
from wizard.roster.reading import Options, read
from wizard.setting import Setting
from wizard.text import clean
from wizard.views.handover import Refused

__all__ = ["Imported", "Offer", "RosterView", "Rostering", "Stopped"]

SAVED = "roster-columns.toml"
"""Where the mapping of the columns is kept, in the data folder."""

ORDER: tuple[OfferKind, ...] = ("zeros", "part", "loss", "saved", "column", "encoding")
"""In which order the switches stand."""


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
            roster = read(_path(path), self._setting.district, self._options(taken))
            plan = planning.plan(self._setting.records, roster, self._setting.clock())
        except RosterError as error:
            return _refused(error, (*error.offers, *self._saved_offer()), taken)
        except RecordsError as error:
            return _refused(RosterError(str(error)), (), taken)
        self._accepted = max((int(offer.value) for offer in taken if offer.kind == "loss"), default=0)
        self._plan = plan
        saved = self._saved_offer(mapping.of_roster(roster))
        return _view(plan, plan.loss_refusal(self._accepted), saved, taken)

    def save_columns(self) -> str:
        """Keep how the columns were read, for the next time; return a sentence."""
        if self._plan is None:
            return "Nothing was looked at yet."
        try:
            self._saved.touch(mode=0o600)
            mapping.save(self._plan.roster, self._saved)
        except (OSError, RosterError) as error:
            return f"The columns cannot be saved: {error}"
        return f"Saved in {self._saved}. A switch reads them so the next time."

    def apply(self, progress: Progress) -> Imported | Refused:
        """Import what was looked at: all of it, or nothing. `progress` may raise Stopped: then nothing is changed."""
        if self._plan is None:
            return Refused("nothing", "Nothing was looked at yet.")
        plan, self._plan = self._plan, None
        try:
            done = self._applied(plan, progress)
            return Imported(f"Imported: {done.words}. The records now hold {_held(self._setting.records):,} students.")
        except RosterError as error:
            return Refused("not-imported", error.words)
        except RecordsError as error:
            return Refused("not-imported", str(error))

    @property
    def _saved(self) -> Path:
        return self._setting.records.folder / SAVED

    def _saved_offer(self, present: Mapping[str, str] | None = None) -> tuple[Offer, ...]:
        """Return the switch for the saved columns; none when there are none, or they are read so already."""
        with suppress(RosterError):
            if self._saved.is_file() and mapping.load(self._saved) != present:
                return (Offer("saved", str(self._saved)),)
        return ()

    def _options(self, taken: frozenset[Offer]) -> Options:
        saved = mapping.load(self._saved) if any(offer.kind == "saved" for offer in taken) else {}
        options = _options(taken)
        return replace(options, mapping={**saved, **options.mapping})

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


def _refused(error: RosterError, offered: Iterable[Offer], taken: frozenset[Offer]) -> RosterView:
    return RosterView(_said(error), offers=_all_offers(offered, taken), taken=taken)


def _said(refusal: RosterError | None) -> str:
    if refusal is None:
        return ""
    return f"{refusal.words} If that is right, say so with a switch." if refusal.offers else refusal.words


def _view(plan: Plan, refusal: RosterError | None, saved: Iterable[Offer], taken: frozenset[Offer]) -> RosterView:
    offered = (*(refusal.offers if refusal else ()), *saved, *plan.roster.offers)
    return RosterView(
        refusal=_said(refusal),
        counts=tuple((name, count) for name, count in report.counts(plan).items() if count or name != "back"),
        words=plan.words,
        reading=tuple(report.reading_lines(plan.roster)),
        remarks=tuple(report.plan_lines(plan)),
        offers=_all_offers(offered, taken),
        taken=taken,
    )


def _all_offers(offered: Iterable[Offer], taken: frozenset[Offer]) -> tuple[Offer, ...]:
    """Return what was taken and what is offered, in a steady order: a switch never jumps when it is used."""
    every = dict.fromkeys((*taken, *offered))
    return tuple(sorted(every, key=lambda offer: (ORDER.index(offer.kind), offer.name, offer.value)))
