from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.review.settle_cases import Case, Review, type_of

ALL = "all types"
Z = 1.959964
"""Standard normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its Wilson interval of 95 %; None where nothing was counted."""

    hits: int
    total: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Score:
    """How good the coder is at one type of event, as far as persons have looked."""

    type: str
    precision: Share
    """Of the judged events that the coder gives this type: those that have it."""
    exact: Share
    """Of the same: those that are right in every field."""
    recall: Share
    """Of the events of this type on pages that somebody read whole: those that the coder gives this type."""
    disputed: int
    """Events left out because persons differ and nobody has settled them."""


def measure_precision(review: Review) -> tuple[Score, ...]:
    """Return how good the coder is as it codes now, over all types and for each type."""
    kinds = {type_of(case.coded) for case in review.cases} | {type_of(case.account) for case in review.cases}
    found = [_score(review, None)] if review.cases else []
    return (*found, *(_score(review, kind) for kind in sorted(kind for kind in kinds if kind)))


def _score(review: Review, kind: str | None) -> Score:
    """Return the score of one type, or of all if none is given."""
    settled = [case for case in review.cases if case.is_settled and not case.is_lost]
    coded = [case for case in settled if case.coded is not None and _is_of(type_of(case.coded), kind)]
    read = [case for case in settled if case.page in review.readers]
    wanted = [case for case in read if case.account is not None and _is_of(type_of(case.account), kind)]
    return Score(
        kind or ALL,
        rate_share(sum(map(_has_type, coded)), len(coded)),
        rate_share(sum(not case.differences for case in coded), len(coded)),
        rate_share(sum(map(_has_type, wanted)), len(wanted)),
        _count_disputed(review.cases, kind),
    )


def _is_of(found: str | None, kind: str | None) -> bool:
    return found is not None and kind in (None, found)


def _has_type(case: Case) -> bool:
    return case.coded is not None and type_of(case.coded) == type_of(case.account)


def _count_disputed(cases: Iterable[Case], kind: str | None) -> int:
    return sum(case.standing == "disputed" and kind in (None, type_of(case.coded)) for case in cases)


def rate_share(hits: int, total: int) -> Share:
    """Return a share with the interval of Wilson (1927).

    >>> rate_share(8, 10)
    Share(hits=8, total=10, value=0.8, low=0.49, high=0.943)
    """
    if not total:
        return Share(hits, total, None, None, None)
    share = hits / total
    middle = share + Z * Z / (2 * total)
    spread = Z * math.sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    below = 1 + Z * Z / total
    low, high = (middle - spread) / below, (middle + spread) / below
    return Share(hits, total, round(share, 3), round(max(low, 0.0), 3), round(min(high, 1.0), 3))
