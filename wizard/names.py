"""Names: what differs between a name as typed and as it stands in the records, character by character (D23, O1)."""

import re
from collections.abc import Sequence
from unicodedata import normalize

from wizard.alignment import align, base
from wizard.differences import in_words
from wizard.district import District
from wizard.identifiers import diagnose_id, has_prefix
from wizard.phrases import ENGLISH, Phrases
from wizard.spoken import clusters
from wizard.views.handover import Comparison

MOST_TOLD = 4
"""Differences told one by one; with more, the name is called a different one."""

LONGEST = 5_000
"""Characters of a typed name that are compared; no record's field is longer."""

MOST_SHOWN = 60
"""Characters of a typed name that are quoted."""

SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "v", "2nd", "3rd", "4th"))


def compare(
    typed: str, record: str, what: str = "last name", other: str = "", phrases: Phrases = ENGLISH
) -> Comparison:
    """Say in words how a typed name differs from the record.

    `other` is the record's other name (the first name, where `what` is the last name), to notice when both were
    typed the other way round.
    """
    ours, theirs = normalize("NFC", typed[:LONGEST]), normalize("NFC", record)
    field = "first-name" if what == "first name" else "last-name"
    if ours == theirs and len(typed) <= LONGEST:
        return Comparison(True, phrases("same", what=phrases(field)))
    return Comparison(False, _told(ours, theirs, field, other, phrases))


def _told(ours: str, theirs: str, field: str, other: str, phrases: Phrases) -> str:
    what = phrases(field)
    if not theirs.strip():
        return phrases("not-in-record", what=what)
    if not ours.strip():
        return phrases("nothing-typed", what=what)
    if _folded(ours) == _folded(other) != _folded(theirs):
        return phrases("other-way-round", what=phrases("first-name" if field == "last-name" else "last-name"))
    differences = _parts(ours, theirs, phrases) or _characters(ours, theirs, phrases)
    if not 0 < len(differences) <= MOST_TOLD:
        shown = ours if len(ours) <= MOST_SHOWN else f"{ours[:MOST_SHOWN]} ..."
        return phrases("different", what=what, typed=shown, record=theirs)
    return phrases("almost-right", what=what, differences="; ".join(differences))


def compare_id(typed: str, student_id: str, district: District, phrases: Phrases = ENGLISH) -> Comparison:
    """Say in words how a typed ID number differs from the record; for the claim it has no letter in front (D23)."""
    if typed == student_id:
        return Comparison(True, phrases("same", what=phrases("id-number")))
    if has_prefix(typed, student_id, district):
        return Comparison(False, phrases("prefix-not-here", prefix=district.student_id.username_prefix))
    return Comparison(False, diagnose_id(typed, district, student_id, phrases).words)


def _folded(name: str) -> str:
    """Return only what stays of a name without case, accents, signs and blanks."""
    return "".join(filter(str.isalnum, map(base, clusters(name))))


def _parts(typed: str, record: str, phrases: Phrases) -> tuple[str, ...]:
    """Return whole parts that are missing, too many or in another order; empty when the parts are the same."""
    ours, theirs = _words(typed), _words(record)
    our_names, their_names = [name for name, _ in ours], [name for name, _ in theirs]
    if not ours or our_names == their_names:
        return ()
    if sorted(our_names) == sorted(their_names):
        return (phrases("parts-order"),)
    if missing := _left_over(theirs, our_names):
        return tuple(phrases("part-missing", part=_part(*part, phrases)) for part in missing)
    if extra := _left_over(ours, their_names):
        return tuple(phrases("part-extra", part=_part(*part, phrases)) for part in extra)
    return ()


def _words(name: str) -> list[tuple[str, str]]:
    """Return each part of a name: folded, and as it stands there."""
    parts = re.split(r"[\s\-‐-―]+", name)
    return [(_folded(part), part) for part in parts if _folded(part)]


def _left_over(longer: Sequence[tuple[str, str]], shorter: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Return what of `longer` is left when `shorter` is found in it, in order; empty when it is not."""
    left, wanted = list[tuple[str, str]](), list(shorter)
    for name, word in longer:
        if wanted and wanted[0] == name:
            wanted.pop(0)
        else:
            left.append((name, word))
    return () if wanted else tuple(left)


def _part(name: str, word: str, phrases: Phrases) -> str:
    return phrases("suffix", part=word) if name in SUFFIXES else word


def _characters(typed: str, record: str, phrases: Phrases) -> tuple[str, ...]:
    """Return each single difference in words; empty when too little is alike to call it the same name."""
    ours, theirs = list(clusters(typed)), list(clusters(record))
    aligned = align(ours, theirs)
    if aligned is None:
        return ()
    edits, slips = aligned
    changed = sum(1 for edit in edits if edit.kind != "replaced" or base(edit.typed) != base(edit.record))
    if changed >= len(theirs) or slips > max(1.5, 0.4 * len(theirs)):
        return ()
    return in_words(edits, ours, theirs, phrases)
