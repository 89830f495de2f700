"""What the rest of a story says of a word: news tells several events, and one event several times.

A page of sport or opinion has few words that look like events; a report of a raid names it in its title,
its lead and further down. A linear model over a few such terms, fitted by `tools/fit_events.py`, turns what
a word looks like by itself into how sure it is that an event is told there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy
from numpy.typing import NDArray

NONE = 0
TERMS = (
    "by itself", "share of its type", "rest of the story", "same type in another sentence",
    "events among the words of the story", "in the first sentence", "late in the story",
    "codebook has the type", "codebook has another type", "constant",
)  # fmt: skip
LATE = 20
"""Sentences after which a story is as late as can be."""
REST, DENSE = 0.2, 0.01
"""Added before logarithms: so much of an event counts as none."""
LEAST = 1e-4
"""Probabilities are taken for at least this, and at most 1 less it."""

Floats = NDArray[numpy.float64]


def story_terms(shares: Floats, sentences: Sequence[int], proposed: Sequence[frozenset[int]]) -> Floats:
    """Return the terms (candidates, TERMS) of the candidates of a story.

    `shares` (candidates, classes) are their probabilities of no event and of each type, `sentences` the
    number of the sentence of each, `proposed` the types that the codebook has for each.
    """
    events = 1 - shares[:, NONE]
    best = shares[:, 1:].argmax(axis=1) + 1
    numbers = numpy.array(sentences)
    rest = events.sum() - events
    terms = numpy.zeros((len(shares), len(TERMS)))
    terms[:, 0] = _odds(events)
    terms[:, 1] = _odds(shares[numpy.arange(len(shares)), best] / numpy.maximum(events, LEAST))
    terms[:, 2] = numpy.log(REST + rest)
    terms[:, 3] = _odds(_best_elsewhere(shares, best, numbers))
    terms[:, 4] = numpy.log(DENSE + 10 * rest / len(shares))
    terms[:, 5] = numbers == 0
    terms[:, 6] = numpy.minimum(numbers, LATE) / LATE
    terms[:, 7] = [type_ in types for type_, types in zip(best.tolist(), proposed, strict=True)]
    terms[:, 8] = [
        bool(types) and type_ not in types for type_, types in zip(best.tolist(), proposed, strict=True)
    ]
    terms[:, 9] = 1
    return terms


def _odds(share: Floats) -> Floats:
    clipped = numpy.clip(share, LEAST, 1 - LEAST)
    odds: Floats = numpy.log(clipped / (1 - clipped))
    return odds


def _best_elsewhere(shares: Floats, best: NDArray[numpy.intp], numbers: NDArray[numpy.intp]) -> Floats:
    """Return for each candidate the largest probability of its best type in the other sentences."""
    peaks = numpy.zeros((int(numbers.max()) + 1, shares.shape[1]))
    numpy.maximum.at(peaks, numbers, shares)
    order = numpy.argsort(-peaks, axis=0, kind="stable")
    first = order[0]
    second = peaks[order[min(1, len(order) - 1)], numpy.arange(peaks.shape[1])] * (len(peaks) > 1)
    top = peaks[first, numpy.arange(peaks.shape[1])]
    found: Floats = numpy.where(first[best] == numbers, second[best], top[best])
    return found
