from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load
from onrecord.lexicons.words import words_by_kind


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
    voiced: bool = False
    """Whether it is the speaker's word, not that of the subject: `it is necessary to`."""


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
def commitment_words(kind: str) -> frozenset[str]:
    """Return the words, in lower case, that do something to a clause: future, duty, need, hostile, ..."""
    return words_by_kind("commitment_words")[kind]


def says(token: object, kind: str) -> bool:
    """Return whether the lemma of a word is of a kind; False for no word at all."""
    lemma: str = getattr(token, "lemma_", "")
    return lemma.lower() in commitment_words(kind)
