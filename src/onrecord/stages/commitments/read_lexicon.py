from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load


@dataclass(frozen=True, slots=True)
class CommitmentCue:
    """Words that give word about the future, and the constructions that they do it in."""

    name: str
    kind: str
    frames: tuple[str, ...]
    source: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommitmentWord:
    """A word and what it does to a clause: future, reported, duty, need, condition, hostile, ..."""

    word: str
    kinds: tuple[str, ...]
    source: str


@cache
def cues_by_word() -> dict[tuple[str, str], tuple[CommitmentCue, ...]]:
    """Return the cues of each (part of speech, lemma): `("VERB", "order")`."""
    table: dict[tuple[str, str], tuple[CommitmentCue, ...]] = {}
    for cue in load("commitment_cues", CommitmentCue):
        for pos, lemmas in (("VERB", cue.verbs), ("NOUN", cue.nouns), ("ADJ", cue.adjectives)):
            for lemma in lemmas:
                table[pos, lemma] = (*table.get((pos, lemma), ()), cue)
    return table


@cache
def words_of(kind: str) -> frozenset[str]:
    """Return the words of a kind, in lower case."""
    return frozenset(e.word for e in load("commitment_words", CommitmentWord) if kind in e.kinds)
