"""The slip as one PDF page: embedded font, real text, the QR code as vectors.

DejaVu Sans holds Vietnamese, Latin Extended, Greek and Cyrillic. A first name that it does not hold, as a
Chinese one, becomes a line to write it on by hand: boxes or blanks in its place would look like a mistake.
"""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from wizard import qr
from wizard.slip import BY_HAND, Block, Section, Slip

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).with_name("fonts")
SANS, BOLD = "DejaVuSans", "DejaVuSans-Bold"

SIZES = (11.0, 10.0, 9.0, 8.0, 7.0, 6.0)
"""The first size in points at which a family fits on one page is taken; below the last, a second page begins."""

MARGIN = 54
"""Points around the page: three quarters of an inch."""

TOP = (("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0), ("TOPPADDING", (0, 0), (-1, -1), 0))
"""Everything in the head begins at its upper left."""

CODE = 110
"""Points that the QR code is wide."""


INK: dict[str, Any] = {"strokeWidth": 0}
"""How a dark module is drawn; the filling is black by itself."""


def pdf(slip: Slip) -> bytes:
    """Return the slip as a PDF file."""
    _register()
    pages = b""
    for size in SIZES:
        pages, count = _drawn(slip, size)
        if count == 1:
            break
    return pages


def _drawn(slip: Slip, size: float) -> tuple[bytes, int]:
    from reportlab.lib.pagesizes import letter
    from reportlab.platypus import SimpleDocTemplate

    out = BytesIO()
    page = SimpleDocTemplate(
        out,
        pagesize=letter,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=slip.title,
        lang=slip.language,
        invariant=1,  # the same slip is the same file, and tells nothing of the machine
    )
    page.build(_story(slip, size))
    return out.getvalue(), page.page


def _story(slip: Slip, size: float) -> list[Any]:
    from reportlab.platypus import HRFlowable, Spacer, Table

    head = [_text(slip.title, size * 1.6, bold=True), _text(slip.date, size)]
    scan = [_code(slip.address), _text(slip.scan, size * 0.8), _text(slip.address, size * 0.8, bold=True)]
    table = Table([[head, scan]], colWidths=[None, CODE + 70], style=TOP)
    story: list[Any] = [table]
    for block in slip.blocks:
        story += [HRFlowable(width="100%", color="black", spaceBefore=size / 2, spaceAfter=size / 2)]
        story += _block(slip, block, size)
    story += [HRFlowable(width="100%", color="black", spaceBefore=size, spaceAfter=size / 2)]
    return story + [part for note in slip.notes for part in (_text(note, size), Spacer(1, size / 3))]


def _block(slip: Slip, block: Block, size: float) -> list[Any]:
    story: list[Any] = []
    if block.heading:
        heading = block.heading if _holds(block.name) else block.heading.replace(block.name, BY_HAND)
        story += [_text(heading, size * 1.4, bold=True), _text(f"{slip.username}: {block.username}", size * 1.4)]
        story += [_text(block.spelled, size)]
    for section in block.sections:
        story += _section(section, block, size)
    return story


def _section(section: Section, block: Block, size: float) -> list[Any]:
    from reportlab.platypus import Spacer

    story: list[Any] = [Spacer(1, size / 2)]
    if section.title:
        story.append(_text(section.title, size, bold=True))
    for number, line in enumerate(section.lines, start=1):
        line = line if _holds(block.name) or not block.name else line.replace(block.name, BY_HAND)
        story.append(_text(line, size, sign=f"{number}." if section.numbered else "•"))
    return story


def _text(words: str, size: float, *, bold: bool = False, sign: str = "") -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    indent = size * 1.8 if sign else 0
    style = ParagraphStyle(
        "slip",
        fontName=BOLD if bold else SANS,
        bulletFontName=SANS,
        fontSize=size,
        bulletFontSize=size,
        leading=size * 1.35,
        leftIndent=indent,
        splitLongWords=1,
    )
    return Paragraph(escape(words), style, bulletText=sign or None)


def _holds(words: str) -> bool:
    """Return whether every character of a name can be printed."""
    return all(ord(each) in _glyphs() for each in words)


@cache
def _register() -> "tuple[TTFont, ...]":
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    fonts = tuple(TTFont(name, FONTS / f"{name}.ttf") for name in (SANS, BOLD))
    for font in fonts:
        registerFont(font)
    return fonts


@cache
def _glyphs() -> frozenset[int]:
    """Return the characters that both of our fonts hold."""
    return frozenset(_register()[0].face.charToGlyph) & frozenset(_register()[1].face.charToGlyph)


def _code(address: str) -> Any:
    from reportlab.graphics.shapes import Drawing, Rect

    rows = qr.matrix(address)
    side = CODE / len(rows)
    drawing = Drawing(CODE, CODE)
    for down, row in enumerate(rows):
        for right, dark in enumerate(row):
            if dark:
                drawing.add(Rect(right * side, CODE - (down + 1) * side, side, side, **INK))
    return drawing
