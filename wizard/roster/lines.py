"""From bytes to lines of text, a piece at a time: UTF-8 with or without a mark, UTF-16 from Excel."""

import codecs
import re
from collections.abc import Iterator
from io import StringIO
from itertools import chain
from typing import IO

from wizard.roster.offers import Offer
from wizard.roster.problems import RosterError
from wizard.roster.source import LARGEST, Member, checked_size

PIECE = 1 << 18
"""Bytes decoded at a time."""

LONGEST_LINE = 1 << 20
"""Characters; a row of 500 columns of 2,000 characters."""

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
"""What stands at the beginning of a file -> how it is decoded."""

ENCODINGS = {
    "": "utf-8",
    "utf-8": "utf-8",
    "utf-16": "utf-16-le",
    "windows-1252": "cp1252",
    "latin-1": "latin-1",
    "mac-roman": "mac-roman",
}
"""What --encoding may say about a file without a mark; other than UTF-8 only when a person says so."""

OTHER_KINDS = (
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"{\\rtf", "a rich-text document"),
    (b"<", "a web page or XML"),
    (b"\x1f\x8b", "a gzip file"),
)
"""Beginnings of what is often renamed to .csv."""

OTHER_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
"""Where `str.splitlines` parts a text as well; without them it takes half the time of a stream."""

_END = re.compile(r"\r\n|\r|\n")


def read_lines(member: Member, encoding: str = "") -> Iterator[str]:
    """Return the lines with their ends (CRLF, LF or a bare CR). Raises RosterError, once read, for what is no text."""
    return chain.from_iterable(_blocks(member, encoding))


def _blocks(member: Member, encoding: str) -> Iterator[list[str]]:
    """Yield the lines of a piece at a time."""
    with checked_size(member).open() as stream:
        first = stream.read(PIECE)
        _refuse_other_kinds(first, member.name)
        mark, codec = next((found for found in MARKS if first.startswith(found[0])), (b"", ENCODINGS[encoding]))
        if not mark and codec == "utf-8":
            _refuse_unmarked(first, member.name)
        decoder = codecs.getincrementaldecoder(codec)()
        line, rest = 1, ""
        for piece in chain((first[len(mark) :],), _pieces(stream, member.name), (None,)):
            text = rest + _decoded(decoder, piece, member.name, line, rest)
            _refuse_nul(text, member.name, line)
            cut = _after_last_line(text)
            found = _parted(text[:cut])
            yield found
            line, rest = line + len(found), text[cut:]
            if len(rest) > LONGEST_LINE:
                raise RosterError(f"{member.name}, line {line}: longer than a million characters. Is this a CSV file?")
        if rest:
            yield [rest]


def _pieces(stream: IO[bytes], name: str) -> Iterator[bytes]:
    size = PIECE
    while piece := stream.read(PIECE):
        size += len(piece)
        if size > LARGEST + PIECE:  # it grew, or its zip told a smaller size
            raise RosterError(f"{name} is larger than 64 MiB. Export one school at a time.")
        yield piece


def _after_last_line(text: str) -> int:
    """Return where the last complete line ends; a CR at the very end may be half of a CRLF."""
    return len(text) if text.endswith("\n") else max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1


def _parted(text: str) -> list[str]:
    """Return the lines, parted at CRLF, LF and CR only, each with its end."""
    if any(end in text for end in OTHER_ENDS):
        return list(StringIO(text, newline=""))
    return text.splitlines(keepends=True)


def _decoded(decoder: codecs.IncrementalDecoder, piece: bytes | None, name: str, line: int, rest: str) -> str:
    try:
        return decoder.decode(piece or b"", final=piece is None)
    except UnicodeDecodeError as error:
        before = rest + error.object[: error.start].decode(error.encoding, errors="replace")
        raise RosterError(
            f"{name}, line {line + _ends(before)}: not {'UTF-8' if '8' in error.encoding else 'UTF-16'} text. "
            'Export it as UTF-8; in Excel, save it as "CSV UTF-8".',
            Offer("encoding", "windows-1252"),
        ) from None


def _refuse_unmarked(first: bytes, name: str) -> None:
    begin = first[:200]
    if begin.count(0) * 3 > len(begin):
        raise RosterError(
            f"{name}: every other byte is NUL, as in UTF-16 text without its mark. "
            'Export it as UTF-8; in Excel, save it as "CSV UTF-8".',
            Offer("encoding", "utf-16"),
        )


def _refuse_nul(text: str, name: str, line: int) -> None:
    if "\0" in text:
        at = line + _ends(text[: text.index("\0")])
        raise RosterError(f"{name}, line {at}: holds NUL bytes, so this is not a CSV file. Export it again as CSV.")


def _ends(text: str) -> int:
    return len(_END.findall(text))


def _refuse_other_kinds(first: bytes, name: str) -> None:
    if not first:
        raise RosterError(f"{name} is empty. Export it again.")
    for beginning, kind in OTHER_KINDS:
        if first.startswith(beginning):
            raise RosterError(f"{name} is {kind}, not CSV, whatever its name says. Export the roster as CSV.")
