"""Lists of words by kind: the .csv lexicons of the columns word, kind and source."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons.load import load


@dataclass(frozen=True, slots=True)
class KindWord:
    """A word of one kind; a word of two kinds has two rows."""

    word: str
    kind: str
    source: str


@cache
def words_by_kind(lexicon: str) -> dict[str, frozenset[str]]:
    """Return the words of each kind in a list: `words_by_kind("actor_words")["honorific"]`."""
    found: dict[str, set[str]] = {}
    for row in load(lexicon, KindWord):
        found.setdefault(row.kind, set()).add(row.word)
    return {kind: frozenset(words) for kind, words in found.items()}
