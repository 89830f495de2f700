"""Fits what the rest of a story says of a word, and the confidence, to words judged unseen."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy
from event_examples import CLASSES, Example, Lesson

from onrecord.stages.events.weigh_story import TERMS, story_terms

Judged = tuple[Lesson, Example, Any]
"""A candidate with the probabilities (classes,) that a model gives that has not seen its page."""
OPTIONAL = 0.3
"""Weight of an optional event told rightly: it is neither asked for nor wrong."""
SHRINK, ROUNDS = 1.0, 50
FAINT = 0.06
"""Candidates of a smaller probability of an event teach nothing: there are too many of them."""
EDGES = (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, slots=True)
class Story:
    """The candidates of a page as the linear model of stories sees them."""

    page: str
    fold: int
    examples: tuple[Example, ...]
    wanted: tuple[int, ...]
    """Best type of each."""
    terms: Any
    """(candidates, terms)."""
    right: Any
    """(candidates,): whether the best type is one that the marks allow."""
    weights: Any
    """(candidates,): how much each teaches."""


def tell_stories(judged: Iterable[Judged]) -> list[Story]:
    """Return the pages of the candidates, in the order of their first one."""
    pages: dict[str, list[Judged]] = {}
    for one in judged:
        pages.setdefault(one[0].page, []).append(one)
    return [_tell_story(page, some) for page, some in pages.items()]


def _tell_story(page: str, some: list[Judged]) -> Story:
    shares = numpy.stack([share for _, _, share in some]).astype("d")
    examples = tuple(one for _, one, _ in some)
    wanted = tuple((shares[:, 1:].argmax(axis=1) + 1).tolist())
    right = numpy.array([is_right(one, type_) for one, type_ in zip(examples, wanted, strict=True)])
    optional = numpy.array([one.mark is not None and one.mark["need"] != "core" for one in examples])
    weights = numpy.where(right & optional, OPTIONAL, 1.0) * (1 - shares[:, 0] >= FAINT)
    proposed = [
        frozenset(n for n, name in enumerate(CLASSES) if f"codebook {name}" in one.traits) for one in examples
    ]
    terms = story_terms(shares, [lesson.number for lesson, _, _ in some], proposed)
    return Story(page, some[0][0].fold, examples, wanted, terms, right, weights)


def is_right(one: Example, wanted: int) -> bool:
    """Return whether the marks allow a type at a candidate."""
    return one.mark is not None and CLASSES[wanted] in one.mark["type"]


def fit_story(stories: Sequence[Story]) -> Any:
    """Return the weights (terms,) of a logistic model, by Newton's method."""
    terms = numpy.concatenate([one.terms for one in stories])
    right = numpy.concatenate([one.right for one in stories])
    weights = numpy.concatenate([one.weights for one in stories])
    found = numpy.zeros(len(TERMS))
    for _ in range(ROUNDS):
        shares = 1 / (1 + numpy.exp(-terms @ found))
        slope = terms.T @ (weights * (shares - right)) + SHRINK * found
        bend = (terms * (weights * shares * (1 - shares))[:, None]).T @ terms + SHRINK * numpy.eye(len(TERMS))
        found -= numpy.linalg.solve(bend, slope)
    return numpy.round(found, 4)


Rated = tuple[Story, int, float]
"""A candidate of a story by its place, with the probability that an event of its best type is told."""


def rate_unseen(stories: Sequence[Story]) -> list[Rated]:
    """Return the candidates with probabilities by weights that were fitted without their fold."""
    rated: list[Rated] = []
    for fold in sorted({one.fold for one in stories}):
        weights = fit_story([one for one in stories if one.fold != fold])
        for story in (one for one in stories if one.fold == fold):
            shares = 1 / (1 + numpy.exp(-story.terms @ weights))
            rated += [(story, n, float(share)) for n, share in enumerate(shares)]
    return rated


def calibrate(rated: Sequence[Rated], least: float) -> tuple[float, float]:
    """Return slope and intercept from the log odds of a story to those of having a marked type."""
    told = [(share, story.right[n]) for story, n, share in rated if share >= least]
    odds = numpy.array([[_odds(share), 1.0] for share, _ in told])
    right = numpy.array([one for _, one in told], dtype="d")
    found = numpy.array([1.0, 0.0])
    for _ in range(ROUNDS):
        shares = 1 / (1 + numpy.exp(-odds @ found))
        bend = (odds * (shares * (1 - shares))[:, None]).T @ odds + 1e-6 * numpy.eye(2)
        found -= numpy.linalg.solve(bend, odds.T @ (shares - right))
    return round(float(found[0]), 4), round(float(found[1]), 4)


def rate(share: float, calibration: tuple[float, float]) -> float:
    """Return the confidence of a probability that a story gives."""
    return 1 / (1 + math.exp(-(calibration[0] * _odds(share) + calibration[1])))


def _odds(share: float) -> float:
    share = min(1 - 1e-6, max(1e-6, share))
    return math.log(share / (1 - share))


def write_bins(rated: Sequence[Rated], calibration: tuple[float, float], least: float) -> str:
    """Return table rows: how many events of each confidence are told and right, fold 4 apart."""
    text = ""
    for low, high in pairwise(EDGES):
        cells = []
        for is_last in (False, True):
            inside = [
                bool(story.right[n])
                for story, n, share in rated
                if (story.fold == 4) == is_last and share >= least and low <= rate(share, calibration) < high
            ]
            cells += [str(len(inside)), f"{sum(inside) / len(inside):.2f}" if inside else ""]
        text += f"| {low} to {min(high, 1.0)} | {' | '.join(cells)} |\n"
    return text
