"""Percentages of change against the two figures beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.lexicons.figures import figure_cues
from onrecord.records import Check, Draft, Quantity
from onrecord.stages.checks.read_figures import ends_of, read_figure, show_number
from onrecord.stages.checks.write_percentage import quote_figure, write_percentage

_SIDE = r"(?:(?:about|around|some|roughly|nearly|almost|just|approximately|a|an|the)\s){0,2}"
# "[12 %] to [340] from [300]"  "[12 %] in May to [340 cars], up from [300]"
TO_FROM = re.compile(rf"(?:,?\s[\w.’'-]+){{0,6}}?,?\sto\s{_SIDE}")
FROM = re.compile(rf"(?:\s[\w’'-]+){{0,5}}?(?:,?\s(?:up|down))?,?\sfrom\s{_SIDE}")
# "[12 %] from [300] to [340]"
FROM_TO = re.compile(rf"(?:,?\s[\w.’'-]+){{0,6}}?,?\sfrom\s{_SIDE}")
TO = re.compile(rf"(?:\s[\w’'-]+){{0,5}}?,?\sto\s{_SIDE}")
SLIPPERY = re.compile(
    r"\b(?:adjust\w*|inflation|constant|exclud\w*|including|currency|"
    r"currencies|seasonal\w*|annuali[sz]ed|"
    r"like-for-like|comparable|organic|underlying|average|would|"
    r"per year|a year|annually|respectively|each)\b",
    re.I,
)
"""Words by which a percentage may be reckoned from other figures than those beside it."""
WINDOW = 60
PLAIN, HEDGED = 0.02, 0.05
"""Shares of itself by which a figure, and one with `about`, may be off."""


def check_changes(draft: Draft) -> Iterator[Check]:
    """Yield a check for each percentage beside its two figures: up 12 % to 340 from 300."""
    text = draft.page.text
    for share, one, other in zip(draft.quantities, draft.quantities[1:], draft.quantities[2:], strict=False):
        if share.unit != "%" or share.value is None or len(ends_of(one)) != 1 or len(ends_of(other)) != 1:
            continue
        first = text[share.mention[1] : one.mention[0]]
        second = text[one.mention[1] : other.mention[0]]
        if (
            len(first) > WINDOW
            or len(second) > WINDOW
            or "\n\n" in first + second
            or one.unit in ("%", "pp", "bp")
        ):
            continue
        if TO_FROM.fullmatch(first) and FROM.fullmatch(second) and " from " not in first:
            new, old = one, other
        elif FROM_TO.fullmatch(first) and TO.fullmatch(second) and " to " not in first:
            new, old = other, one
        else:
            continue
        check = _check_change(draft, share, new, old)
        if check is not None:
            yield check


def _check_change(draft: Draft, share: Quantity, new: Quantity, old: Quantity) -> Check | None:
    text = draft.page.text
    sign = _direction(text[max(0, share.mention[0] - 45) : share.mention[0]])
    if new.unit != old.unit and old.unit is not None and new.unit is not None:
        return None
    if sign == 0 or not new.value or not old.value or share.value is None or old.value <= 0:
        return None
    start, end = min(share.mention[0], new.mention[0], old.mention[0]), max(new.mention[1], old.mention[1])
    expected = (new.value - old.value) / old.value * 100
    stated = sign * abs(share.value)
    low, high = _bounds(draft, new, old)
    slack = max(read_figure(abs(share.value), text[slice(*share.mention)]).slack, 0.05)
    if share.modifier is not None:
        slack = max(slack, 0.1 * abs(stated))
    agrees = low - slack - 1e-9 <= stated <= high + slack + 1e-9
    if not agrees:
        loose = SLIPPERY.search(text[max(0, start - 80) : end + 60])
        hedged = any(q.modifier not in (None, "about") for q in (share, new, old))
        # figures of two scales (2.4 to 3 million) or far apart were not meant to be compared
        if loose or hedged or new.unit != old.unit or not 0.1 < new.value / old.value < 10:
            return None
    verb = "rise" if expected > 0 else "fall"
    ends = f"From {quote_figure(text, old)} to {quote_figure(text, new)}"
    reckoned = f"{ends} is a {verb} of {show_number(abs(expected))} %"
    return write_percentage(
        text, share, (new, old), rule="percentage:change", stated=stated, expected=expected, agrees=agrees,
        reckoned=reckoned,
    )  # fmt: skip


def _bounds(draft: Draft, new: Quantity, old: Quantity) -> tuple[float, float]:
    """Return the least and the greatest change in per cent that the rounded figures allow."""
    text = draft.page.text
    one, other = _span_of(new, text), _span_of(old, text)
    low = one[0] / other[1] - 1
    high = one[1] / max(other[0], 1e-9) - 1
    return low * 100, high * 100


def _span_of(quantity: Quantity, text: str) -> tuple[float, float]:
    """Return the least and greatest number that a figure may stand for; plain round ones are nearly exact."""
    value = quantity.value or 0.0
    slack = read_figure(value, text[slice(*quantity.mention)]).slack
    if value >= 10:
        slack = min(slack, (HEDGED if quantity.approximate else PLAIN) * value)
    return value - slack, value + slack


@cache
def _ways() -> tuple[frozenset[str], frozenset[str]]:
    return figure_cues("change-up"), figure_cues("change-down")


def _direction(before: str) -> int:
    """Return 1 for a rise, -1 for a fall by the last word of change before a figure, 0 if there is none."""
    up, down = _ways()
    for word in reversed(re.findall(r"[\w-]+", before.lower())[-5:]):
        if word in up:
            return 1
        if word in down:
            return -1
    return 0
