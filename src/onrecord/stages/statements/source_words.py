from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load


@dataclass(frozen=True, slots=True)
class SourceWord:
    """A word that tells of a source: an adverb (`reportedly`), a noun for a poll, a verb of who is told."""

    word: str
    kind: str
    source: str


@cache
def words_of(kind: str) -> frozenset[str]:
    """Return the words of a kind, in lower case."""
    return frozenset(entry.word for entry in load("source_words", SourceWord) if entry.kind == kind)
