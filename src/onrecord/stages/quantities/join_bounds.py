"""Measures with their hedges; two bounds make a range."""

from __future__ import annotations

from dataclasses import replace

from onrecord.stages.quantities.read_hedge import read_hedge
from onrecord.stages.quantities.read_measure import Measure
from onrecord.stages.quantities.split_tokens import Tokens


def join_bounds(tokens: Tokens, measures: list[Measure]) -> list[tuple[Measure, int]]:
    """Return each measure with its hedge, and the index behind both; two bounds make a range.

    `more than 10 and less than 40`, `at least 20 and at most 100`.
    """
    joined: list[tuple[Measure, int]] = []
    for measure in measures:
        hedge, start, after = read_hedge(tokens, measure.first, measure.after)
        hedged = replace(measure, hedge=hedge)
        if joined and [token.lower for token in tokens.all[joined[-1][1] : start]] == ["and"]:
            one = _join_pair(joined[-1][0], hedged)
            if one is not None:
                joined[-1] = (one, after)
                continue
        joined.append((hedged, after))
    return joined


def _join_pair(left: Measure, right: Measure) -> Measure | None:
    if {left.hedge, right.hedge} != {"more", "less"} or left.value is None or right.value is None:
        return None
    if left.unit not in (None, right.unit):
        return None
    low, high = (left, right) if left.hedge == "more" else (right, left)
    if low.value is None or high.value is None or low.value >= high.value:
        return None
    return replace(
        right,
        first=left.first,
        value=None,
        low=low.value,
        high=high.value,
        is_range=True,
        hedge=None,
        rule="range:bounds",
    )
