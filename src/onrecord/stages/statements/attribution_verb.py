from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load


@dataclass(frozen=True, slots=True)
class AttributionVerb:
    """Verbs that attribute something, and the constructions that they do it in."""

    name: str
    lemmas: tuple[str, ...]
    frames: tuple[str, ...]
    source: str
    attitude: str = "speech"
    preps: tuple[str, ...] = ()
    """Prepositions that introduce the content."""
    completers: tuple[str, ...] = ()
    """Prepositions that complete an object."""
    completed: str | None = None
    """`prep` where an object needs such a preposition (`see X as Y`), `any` where a second object will do."""
    joined: bool = False
    """Whether the completing preposition belongs to the cue: `known as`."""
    helped: str | None = None
    """An auxiliary without which nothing is attributed: `would like to`."""
    subjects: str | None = None
    """`document` where only a poll, a report and the like can be the subject."""
    deed: bool = False
    """Whether the same verb tells of blows: `rebels attacked a post`, `the senator attacked the plan`."""
    intransitive: bool = False
    """Whether an object gives the verb another sense: `called for help`, `called the police for help`."""
    objects: str | None = None
    """Kind of words (source_words.csv) that the object, or the noun after the preposition, must be one of."""


@dataclass(frozen=True, slots=True)
class DocumentNoun:
    """A noun for something that shows or says things without being a person."""

    lemma: str
    source: str


@cache
def verbs_by_lemma() -> dict[str, dict[str, tuple[AttributionVerb, ...]]]:
    """Return, for each lemma and frame, the entries that allow it."""
    table: dict[str, dict[str, tuple[AttributionVerb, ...]]] = {}
    for entry in load("attribution_verbs", AttributionVerb):
        for lemma in entry.lemmas:
            frames = table.setdefault(lemma, {})
            for frame in entry.frames:
                frames[frame] = (*frames.get(frame, ()), entry)
    return table


@cache
def speech_lemmas(*of: str) -> frozenset[str]:
    """Return the lemmas of verbs that carry something said, in one of some frames."""
    return frozenset(
        lemma
        for lemma, frames in verbs_by_lemma().items()
        if any(entry.attitude == "speech" for frame in of for entry in frames.get(frame, ()))
    )


@cache
def document_nouns() -> frozenset[str]:
    """Return the nouns for documents, polls and the like."""
    return frozenset(entry.lemma for entry in load("document_nouns", DocumentNoun))
