from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy

from onrecord.records import Actor
from onrecord.stages.comments.read_opinions import Opinion
from onrecord.stages.comments.weigh_opinion import Weighed
from onrecord.words import Token, Tokens

FADE_TREE, FADE_LINE, FADE_OPINION = 0.6, 0.8, 0.7
"""What is left of a word's weight with each arc, and with each word, between it and the actor."""
FARTHEST = 8
"""Arcs beyond which distance counts no more."""
SHORT, FAINT = 12, 0.03
"""Words of a sentence, and a sum of words near the actor, up to which the rules tell all that it says."""
LONGEST = 60
"""Words from which a sentence counts as the longest."""
NAMES = ("PERSON", "ORG", "GPE", "NORP")

Near = tuple[Token, tuple[float, float, float]]
"""A word with its share of all nearness to the actor, in the tree and in the line, and of all words."""


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a sentence holds for or against an actor."""

    traits: dict[str, float]
    """What the rules say of it, by name, most from -1 to 1."""
    words: tuple[Near, ...]
    related: float
    """Sum of what opinion words say that stand in a relation to the actor."""
    is_told: bool
    """Whether the sentence is short, and every opinion word that bears on the actor stands in a relation."""
    vectors: Any
    """(3 x width,): the parser's vectors of the actor, of the words above it, and their mean over the
    sentence; None where the parser gives none."""


def describe_stance(
    tokens: Tokens,
    heads: Sequence[Token],
    actor: Actor,
    opinions: Sequence[Opinion],
    weighed: Sequence[Weighed],
) -> Bearing:
    """Return what a sentence holds for or against an actor whose mentions have these head words."""
    arcs = _count_arcs(tokens, heads)
    values = [one[0] for one in weighed]
    total, near = math.fsum(values), math.fsum(one[0] for one in weighed if one[1] == "near")
    related = total - near
    first = tokens.start
    faded = [(FADE_OPINION ** arcs[one.token.i - first], one) for one in opinions]
    traits = {
        "the words about it": math.tanh(1.8 * total),
        "praise of it": math.tanh(math.fsum(max(0.0, value) for value in values)),
        "blame of it": math.tanh(math.fsum(max(0.0, -value) for value in values)),
        "words near it": math.tanh(near),
        "words in a relation to it": math.tanh(related),
        "any word in a relation to it": math.tanh(3 * related),
        "praise in the sentence": math.tanh(0.5 * math.fsum(max(0.0, one.polarity) for one in opinions)),
        "blame in the sentence": math.tanh(0.5 * math.fsum(max(0.0, -one.polarity) for one in opinions)),
        "opinions by nearness": math.fsum(share * one.polarity for share, one in faded),
        "opinions of doers by nearness": math.fsum(share * one.agent for share, one in faded),
        "opinions of the others by nearness": math.fsum(share * one.patient for share, one in faded),
        "length of the sentence": min(len(tokens), LONGEST) / LONGEST,
        "a person": float(actor.type == "person"),
        "a body": float(actor.type == "organization"),
        "a country": float(actor.type == "country"),
        "said more than once": float(len(heads) > 1),
    }
    # Of an opinion word whose relation to the actor says nothing of it, its nearness says nothing either.
    cleared = {one.token.i for value, relation, one, _ in weighed if relation != "near" and not value}
    is_told = len(tokens) <= SHORT and abs(near) < FAINT and any(one[1] != "near" for one in weighed)
    return Bearing(
        traits, _spread(tokens, heads, arcs, cleared), related, is_told, _stack_vectors(tokens, heads)
    )


def _stack_vectors(tokens: Tokens, heads: Sequence[Token]) -> Any:
    vectors = tokens.doc.vectors
    if vectors is None:
        return None
    own = vectors[[head.i for head in heads]].mean(axis=0, dtype="d")
    above = vectors[[head.head.i for head in heads]].mean(axis=0, dtype="d")
    return numpy.concatenate([own, above, vectors[tokens.start : tokens.end].mean(axis=0, dtype="d")])


def _count_arcs(tokens: Tokens, heads: Sequence[Token]) -> list[int]:
    """Return how many arcs each word of a sentence is away from the nearest of some words."""
    first, size = tokens.start, len(tokens)
    arcs = [FARTHEST] * size
    queue = [head for head in heads if first <= head.i < tokens.end]
    for head in queue:
        arcs[head.i - first] = 0
    for word in queue:  # grows while it is read: breadth first
        steps = arcs[word.i - first] + 1
        for other in (*word.children, word.head):
            place = other.i - first
            if steps < FARTHEST and 0 <= place < size and arcs[place] > steps:
                arcs[place] = steps
                queue.append(other)
    return arcs


def _spread(
    tokens: Tokens, heads: Sequence[Token], arcs: Sequence[int], cleared: set[int]
) -> tuple[Near, ...]:
    """Return the words of a sentence with their shares of nearness; names say nothing of who bears them."""
    places = [head.i for head in heads]
    kept = [
        (word, FADE_TREE**steps, FADE_LINE ** min(abs(word.i - place) for place in places))
        for word, steps in zip(tokens, arcs, strict=True)
        if word.pos_ != "PROPN" and word.ent_type_ not in NAMES and word.i not in cleared
    ]
    tree, line = math.fsum(one[1] for one in kept), math.fsum(one[2] for one in kept)
    return tuple((word, (near / tree, beside / line, 1 / len(kept))) for word, near, beside in kept)
