from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.review.settle_cases import Case, Review, type_of

ALL = "all types"
NONE = "no event"

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two persons agree on the type of events, one of all types or one type against the rest."""

    first: str
    second: str
    type: str
    events: int
    agreed: int
    observed: float
    expected: float
    """Agreement by chance, given how often each names each type."""
    kappa: float | None
    """Cohen (1960); None where both always say the same thing, so that chance explains all."""


def measure_agreement(review: Review) -> tuple[Agreement, ...]:
    """Return the agreement of each two persons over the events that both have judged.

    What one of them added counts as no event for the other one, if that one has read the page whole.
    Rulings that settle a case leave what the two had said.
    """
    names = sorted({opinion.by for case in review.cases for opinion in case.opinions if not opinion.final})
    found: list[Agreement] = []
    for first, second in itertools.combinations(names, 2):
        pairs = [pair for case in review.cases if (pair := _label_pair(review, case, first, second))]
        if not pairs:
            continue
        found.append(_measure(first, second, ALL, pairs))
        for kind in sorted({label for pair in pairs for label in pair} - {NONE}):
            binary = [(str(one == kind), str(other == kind)) for one, other in pairs]
            found.append(_measure(first, second, kind, binary))
    return tuple(found)


def _label_pair(review: Review, case: Case, first: str, second: str) -> Pair | None:
    one, other = _label(review, case, first), _label(review, case, second)
    return (one, other) if one is not None and other is not None else None


def _label(review: Review, case: Case, name: str) -> str | None:
    """Return what a person takes an event for; None if that person has not judged it."""
    for opinion in case.opinions:
        if opinion.by == name and not opinion.final:
            return type_of(opinion.account) or NONE
    return NONE if case.was_added and name in review.readers.get(case.page, ()) else None


def _measure(first: str, second: str, kind: str, pairs: Sequence[Pair]) -> Agreement:
    agreed = sum(one == other for one, other in pairs)
    observed, expected, kappa = cohen_kappa(pairs)
    return Agreement(first, second, kind, len(pairs), agreed, observed, expected, kappa)


def cohen_kappa(pairs: Sequence[Pair]) -> tuple[float, float, float | None]:
    """Return observed agreement, agreement by chance, and kappa of pairs of labels.

    >>> cohen_kappa([("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")])
    (0.75, 0.5, 0.5)
    """
    total = len(pairs)
    observed = sum(one == other for one, other in pairs) / total
    left, right = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(left[label] * right[label] for label in left) / total**2
    kappa = None if expected == 1 else (observed - expected) / (1 - expected)
    return observed, expected, kappa
