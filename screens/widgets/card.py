"""The case card: who the call is about, as far as it may be known."""

from datetime import datetime
from textwrap import wrap
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.safe import content, joined, plain
from screens.widgets.ending import RESULTS

if TYPE_CHECKING:
    from wizard.views.card import CaseCard, ChildView, PastCall

WIDTH = 24
"""Characters of one row of the panel."""

BESIDE = 10
"""Where a short value begins, beside its label."""

LONGEST = 80
"""Characters of one value; the whole name of 300 characters stands in the read-out."""

SIBLINGS_SHOWN = 4


def rows(
    card: "CaseCard", now: datetime | None = None, family: "tuple[ChildView, ...]" = ()
) -> tuple[tuple[str, str], ...]:
    """Return label and value of everything the card may show, in order."""
    started = f"{card.started:%I:%M %p}".lstrip("0")
    every = (
        ("Student", card.student or "not found yet"),
        ("Family", "\n".join(map(_child, family))),
        ("Caller", card.verified or "not verified yet"),
        ("Username", card.username),
        ("ID", card.student_id),
        ("School", card.school),
        ("Grade", card.grade),
        ("Account", card.state),
        ("Clock", clock(card, now)),
        ("Ticket", card.ticket),
        ("Siblings", _siblings(card)),
        ("Calls", _calls(card)),
        ("Call", f"{card.code} · {card.channel}"),
        ("Since", started),
        ("Agent", card.agent),
    )
    return tuple((label, value) for label, value in every if value)


def clock(card: "CaseCard", now: datetime | None) -> str:
    """Return the 24-hour clock as it stands at this moment (D03); empty when none runs."""
    if card.opens_at is None or now is None:
        return card.clock
    from wizard.cards import clock_words

    return clock_words(card.opens_at, now)


def opened(card: "CaseCard", now: datetime) -> bool:
    """Return whether the claim has opened since the records were asked."""
    return card.opens_at is not None and card.opens_at <= now


def line(card: "CaseCard", now: datetime | None = None) -> Content:
    """Return the card on one line, the most telling first."""
    verified = "verified" if card.verified else "not verified"
    parts = (card.student or "no student yet", verified, card.username, clock(card, now) or card.state, card.ticket)
    return content("  ·  ".join(plain(part, LONGEST) for part in parts if part))


class Card(VerticalScroll, can_focus=False):
    """The card as a panel, for wide terminals."""

    def compose(self) -> ComposeResult:
        """Hold the rows."""
        self.border_title = content("CASE")
        yield Static(content(""), id="card-rows")

    def show(self, card: "CaseCard", now: datetime | None = None, family: "tuple[ChildView, ...]" = ()) -> None:
        """Draw the card as it stands at this moment."""
        lines = [_row(label, plain(value, LONGEST * 2)) for label, value in rows(card, now, family)]
        self.query_one("#card-rows", Static).update(Content("\n").join(lines))


def _row(label: str, value: str) -> Content:
    style = "bold" if label == "Student" else ""
    if len(value) <= WIDTH - BESIDE and "\n" not in value:
        return joined((f"{label:<{BESIDE}}", "$text-muted"), (value, style))
    wrapped = (piece for each in value.split("\n") for piece in wrap(each, WIDTH - 2))
    below = "\n".join(f"  {piece}" for piece in wrapped)
    return joined((f"{label}\n", "$text-muted"), (below, style))


def _child(child: "ChildView") -> str:
    sign = "▸" if child.here else "✓" if child.result else "·"
    return f"{sign} {plain(child.student, WIDTH) or 'next child'}"


def _siblings(card: "CaseCard") -> str:
    shown = [f"{plain(hit.name, WIDTH)}{f' ({hit.grade})' if hit.grade else ''}" for hit in card.siblings]
    more = len(shown) - SIBLINGS_SHOWN
    return "\n".join((*shown[:SIBLINGS_SHOWN], *([f"+ {more} more"] if more > 0 else [])))


def _calls(card: "CaseCard") -> str:
    more = f"+ {card.more_calls} more" if card.more_calls else ""
    return "\n".join((*map(_call, card.calls), *filter(None, (more,))))


def _call(call: "PastCall") -> str:
    result = RESULTS.get(call.result, "No outcome")
    return f"{call.at.month}/{call.at.day} {result}, {plain(call.agent, 12)}"
