"""The case card: who the call is about, as far as it may be known."""

from textwrap import wrap
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.safe import content, joined, plain

if TYPE_CHECKING:
    from wizard.views import CaseCard

WIDTH = 24
"""Characters of one row of the panel."""

BESIDE = 10
"""Where a short value begins, beside its label."""


def rows(card: "CaseCard") -> tuple[tuple[str, str], ...]:
    """Return label and value of everything the card may show, in order."""
    started = f"{card.started:%I:%M %p}".lstrip("0")
    every = (
        ("Student", card.student or "not found yet"),
        ("Caller", card.verified or "not verified yet"),
        ("Username", card.username),
        ("ID", card.student_id),
        ("School", card.school),
        ("Grade", card.grade),
        ("Account", card.state),
        ("Clock", card.clock),
        ("Ticket", card.ticket),
        ("Call", f"{card.code} · {card.channel}"),
        ("Since", started),
        ("Agent", card.agent),
    )
    return tuple((label, value) for label, value in every if value)


def line(card: "CaseCard") -> Content:
    """Return the card on one line, the most telling first."""
    verified = "verified" if card.verified else "not verified"
    parts = (card.student or "no student yet", verified, card.username, card.state, card.ticket)
    return content("  ·  ".join(part for part in parts if part))


class Card(VerticalScroll, can_focus=False):
    """The card as a panel, for wide terminals."""

    def compose(self) -> ComposeResult:
        """Hold the rows."""
        self.border_title = content("CASE")
        yield Static(content(""), id="card-rows")

    def show(self, card: "CaseCard") -> None:
        """Draw the card."""
        lines = [_row(label, value) for label, value in rows(card)]
        self.query_one("#card-rows", Static).update(Content("\n").join(lines))


def _row(label: str, value: str) -> Content:
    style = "bold" if label == "Student" else ""
    if len(value) <= WIDTH - BESIDE:
        return joined((f"{label:<{BESIDE}}", "$text-muted"), (value, style))
    below = "\n".join(f"  {line}" for line in wrap(plain(value), WIDTH - 2))
    return joined((f"{label}\n", "$text-muted"), (below, style))
