"""Words of names that resemble a typed one, looked up in the records file."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

from wizard.records.folding import STEMS, keys_of, mistakes
from wizard.records.index import LAST
from wizard.records.storage import SqliteStorage

MOST = 24
"""How many similar words are tried for one typed word."""

LONGEST = STEMS[-1]
"""Longer words are looked up by their beginning of this length."""


class Similar:
    """Looks words up over one connection."""

    def __init__(self, storage: SqliteStorage) -> None:
        """Look up through `storage`, inside whatever transaction is open."""
        self._storage = storage

    def to(self, typed: str, forgiven: int) -> list[str]:
        """Return FTS5 terms for names with at most this many typing mistakes against the typed word."""
        allowed = min(forgiven, mistakes(typed))
        if len(typed) < 3 or not allowed:
            return []
        if len(typed) < 6:  # still short: every word that begins like one of these
            return [start(stem) for stem in _nearest(typed, self._stems(typed), allowed) if stem != typed]
        stems = _nearest(typed[:LONGEST], self._stems(typed), allowed + 1)
        costs = {word: cost_of(typed, word) for stem in stems for word in self._words(stem)}
        near = sorted((cost, word) for word, cost in costs.items() if cost < allowed + 1)
        return [whole(word) for _, word in near[:MOST]]

    def containing(self, typed: str) -> list[str]:
        """Return FTS5 terms for words with the typed one somewhere inside."""
        if len(typed) < 3:
            return []
        sql = (
            "SELECT word FROM search_parts JOIN search_words ON row = search_parts.rowid "
            "WHERE search_parts MATCH ? LIMIT ?"
        )
        return [whole(word) for (word,) in self._storage.ask(sql, (start(typed), MOST))]

    def _stems(self, typed: str) -> list[str]:
        sql = "SELECT stem FROM search_keys JOIN search_stems ON row = search_keys.rowid WHERE search_keys MATCH ?"
        keys = " OR ".join(map(whole, sorted(keys_of(typed[:LONGEST]))))
        return [stem for (stem,) in self._storage.ask(sql, (keys,))]

    def _words(self, stem: str) -> list[str]:
        if len(stem) < LONGEST:
            found = self._storage.ask("SELECT word FROM search_words WHERE word = ?", (stem,))
        else:
            sql = "SELECT word FROM search_words WHERE word >= ? AND word < ?"
            found = self._storage.ask(sql, (stem, stem + LAST))
        return [word for (word,) in found]


def _nearest(typed: str, stems: Iterable[str], allowed: int) -> list[str]:
    costs = ((OSA.distance(typed, stem, score_cutoff=allowed), stem) for stem in stems)
    return [stem for _, stem in sorted(cost for cost in costs if cost[0] <= allowed)[: 4 * MOST]]


def whole(word: str) -> str:
    """Return the FTS5 term for exactly this word."""
    return f'"{word}"'


def start(word: str) -> str:
    """Return the FTS5 term for every word that begins so."""
    return f'"{word}" *'


def cost_of(typed: str, word: str) -> float:
    """Return how far a typed word is from a name's word: 0 the same, 0.5 its beginning, 3 inside it, else mistakes."""
    if typed == word:
        return 0
    if word.startswith(typed):
        return 0.5
    ends = range(len(typed) - 1, min(len(typed) + 2, len(word)))
    begun = (OSA.distance(typed, word[:end]) + 0.5 for end in ends)
    return min(float(OSA.distance(typed, word)), *begun, 3 if typed in word else 9)
