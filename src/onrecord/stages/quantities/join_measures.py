"""Compound measures and ranges: 5 ft 2 in, $15 and 50 cents, 10 to 15."""

from __future__ import annotations

from dataclasses import replace

from onrecord.lexicons.figures import figure_cues
from onrecord.stages.quantities.read_measure import HYPHENS, Measure
from onrecord.stages.quantities.split_tokens import Tokens

DASHES = ("-", "–", "—", "‑", "~", "−")
SMALLER = {("ft", "in"): 12.0, ("yd", "ft"): 3.0, ("st", "lb"): 14.0, ("lb", "oz"): 16.0}
"""How many of the second unit make one of the first, for figures such as 5 feet 2 inches."""


def join_measures(tokens: Tokens, measures: list[Measure]) -> list[Measure]:
    """Return the measures with compounds and ranges made one: 5 ft 2 in, $15 and 50 cents, 10 to 15."""
    joined: list[Measure] = []
    for measure in measures:
        if joined:
            one = _join_compound(tokens, joined[-1], measure) or _join_range(tokens, joined[-1], measure)
            if one is not None:
                joined[-1] = one
                continue
            joined[-1] = _lend_unit(tokens, joined[-1], measure)
        joined.append(measure)
    return joined


def _join_compound(tokens: Tokens, left: Measure, right: Measure) -> Measure | None:
    between = [token.lower for token in tokens.all[left.after : right.first]]
    if (
        left.value is None
        or right.value is None
        or left.is_range
        or between not in ([], [","], ["and"], [",", "and"], ["-"])
    ):
        return None
    if not all(tokens.is_near(k) for k in range(left.after, right.first + 1)):
        return None
    size = SMALLER.get((left.unit or "", right.unit or ""))
    if (
        left.dimension == "money"
        and right.unit in ("cent", "penny")
        and between in ([], ["and"])
        and right.value < 100
    ):
        size = 100.0
    if size is None or right.value >= size or left.value != int(left.value):
        return None
    whole = left.value + right.value / size
    return replace(left, after=right.after, value=whole, rule=f"{left.rule}+{right.unit}")


def _join_range(tokens: Tokens, left: Measure, right: Measure) -> Measure | None:
    """Return the range that two measures with a dash, `to` or `and` between them make."""
    between = [token.lower for token in tokens.all[left.after : right.first]]
    if left.is_range or right.is_range or left.value is None or right.value is None:
        return None
    before = tokens.lower(left.first - 1)
    if not _is_link(tokens, left, right, between, before):
        return None
    if right.value < 0 and between == [] and tokens.all[right.first].text in DASHES:
        right = replace(right, value=-right.value)
    low, unit = _lend_scale(left, right), right.unit
    if left.unit is not None and right.unit is not None and left.unit != right.unit.split("/")[0]:
        return None
    if left.unit is not None and right.unit is None:
        unit = left.unit
        if left.dimension != "money" and between == ["to"]:
            # "up 0.4 % to 13,176", "5 km to 10 soldiers"
            return None
    return _finish(left, right, low, unit)


def _finish(left: Measure, right: Measure, low: float, unit: str | None) -> Measure | None:
    high = right.value or 0.0
    if low == high:
        return None
    dimension = right.dimension or left.dimension
    return replace(
        right,
        first=left.first,
        value=None,
        low=min(low, high),
        high=max(low, high),
        unit=unit,
        dimension=dimension,
        is_range=True,
        rule=f"range:{unit or 'count'}",
        of=right.of or left.of,
    )


def _is_link(tokens: Tokens, left: Measure, right: Measure, between: list[str], before: str) -> bool:
    """Return whether a dash, `to`, or `and` after `between` joins two figures to a range."""
    if _is_year(tokens, left) and not _is_year(tokens, right) and between == ["to"]:
        # "rose in 2018 to 3.9 million"
        return False
    if not all(tokens.is_near(k) for k in range(left.after, right.first + 1)):
        return False
    dash = (
        right.value is not None
        and right.value < 0
        and between == []
        and tokens.all[right.first].text in DASHES
    )
    if dash or (len(between) == 1 and between[0] in DASHES):
        return _is_dash_range(left, right)
    if between in (["to"], ["through"], ["-", "to", "-"], ["to", "-"], ["-", "to"]):
        return not _is_change(tokens, left)
    return between == ["and"] and before == "between"


def _is_year(tokens: Tokens, measure: Measure) -> bool:
    text = tokens.all[measure.number.first].text
    return measure.unit is None and len(text) == 4 and text.isdecimal() and 1500 <= int(text) <= 2199


def _is_dash_range(left: Measure, right: Measure) -> bool:
    """Return whether figures with a dash between them are a range and no score or name."""
    if left.value is None or right.value is None:
        return False
    rising = _lend_scale(left, right) < abs(right.value)
    return rising and left.number.form in ("digits", "words", "fraction")


def _is_change(tokens: Tokens, left: Measure) -> bool:
    """Return whether `X to Y` tells a change from one value to the other: it fell from X to Y."""
    i = left.first - 1
    if tokens.lower(i) != "from":
        return False
    words = figure_cues("change-up") | figure_cues("change-down") | figure_cues("change-other")
    return any(tokens.lower(k) in words for k in range(max(0, i - 6), i))


def _lend_scale(left: Measure, right: Measure) -> float:
    """Return the value of the left end, with the scale of the right one if it has none: $1 to $2 billion."""
    value, high = left.value or 0.0, abs(right.value or 0.0)
    scale = right.number.scale
    if scale > 1 and left.number.scale == 1.0 and value * scale <= high and value < 1000:
        return value * scale
    if scale == 1.0 and _lacks_thousands(value, high):
        return value * 1000
    return value


def _lacks_thousands(low: float, high: float) -> bool:
    """Return whether the low end of a range leaves its thousands to the high one: 15 to 20,000.

    A range is seldom wider than a hundred times its low end, and then its ends are round.
    """
    return low.is_integer() and 1 <= low < 1000 and high % 1000 == 0 and low * 1000 < high <= low * 10_000


def _lend_unit(tokens: Tokens, left: Measure, right: Measure) -> Measure:
    """Return the left measure with the unit of the right one: 8 or $9, 7- or 8-inch, 5, 6 and 7 km."""
    between = [token.lower for token in tokens.all[left.after : right.first]]
    if left.unit is not None or right.unit is None or left.value is None or right.value is None:
        return left
    links = (
        ["or"],
        ["-", "or"],
        ["and"],
        [","],
        [",", "or"],
        [",", "and"],
        ["to"],
        ["-", "and"],
        ["/"],
        ["x"],
        ["×"],
        ["by"],
    )
    if between not in links or not all(tokens.is_near(k) for k in range(left.after, right.first + 1)):
        return left
    if between in ([","], ["and"], [",", "and"], ["/"]) and right.dimension in (
        "money",
        "share",
        "age",
        "duration",
    ):
        return left
    if right.dimension == "money" and between not in (["or"], ["to"]):
        return left
    value = _lend_scale(left, right) if between in (["or"], ["to"]) else left.value
    after = left.after + 1 if between[0] in HYPHENS else left.after
    return replace(
        left,
        after=after,
        value=value,
        unit=right.unit,
        dimension=right.dimension,
        rule=right.rule,
        of=right.of,
    )
