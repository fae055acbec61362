"""The slip as plain text: to be copied, read out, or printed where no PDF can be."""

from collections.abc import Iterator
from textwrap import wrap

from wizard.slip import Block, Section, Slip

WIDTH = 72
"""Characters of a line; fits a letter page in any typewriter font."""


def text(slip: Slip) -> str:
    """Return the slip as lines."""
    parts = [f"{slip.title}\n{slip.date}", *("\n".join(_block(slip, block)) for block in slip.blocks)]
    parts.append("\n".join(_wrapped((*slip.notes, f"{slip.scan} {slip.address}"))))
    return "\n\n".join(parts) + "\n"


def _block(slip: Slip, block: Block) -> Iterator[str]:
    if block.heading:
        yield f"== {block.heading} =="
        yield f"{slip.username}: {block.username}"
        yield from wrap(block.spelled, WIDTH - 2, initial_indent="  ", subsequent_indent="  ")
    for section in block.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[str]:
    if section.title:
        yield ""
        yield section.title
    for number, line in enumerate(section.lines, start=1):
        sign = f"{number}. " if section.numbered else "- "
        yield from wrap(line, WIDTH, initial_indent=sign, subsequent_indent=" " * len(sign))


def _wrapped(lines: tuple[str, ...]) -> Iterator[str]:
    for line in lines:
        yield from wrap(line, WIDTH)
