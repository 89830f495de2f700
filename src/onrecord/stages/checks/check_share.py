"""Percentages against the part and the whole beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.records import Check, Draft, Quantity
from onrecord.stages.checks.read_figures import read_figure, show_number
from onrecord.stages.checks.write_percentage import quote_figure, write_percentage

# "[340] of the [400 members]"  "[340] out of [400]"
OF = re.compile(r"(?:\s[a-z]+){0,2}?\s(?:out\s)?of\s(?:the|its|their|all|a total of)?\s?(?:[a-z]+\s)?")
# ", or [85 %]"  " ([85 %])"
OR = re.compile(
    r"(?:\s[a-z-]+){0,3}?(?:,\sor|,|\s\(|\s[–—-])\s?(?:about|around|some|roughly|nearly|almost|just\sover|just\sunder)?\s?"
)
CLOSE = re.compile(r"\s?[,.;)]|\s[–—-]|\sof\s(?:them|the total|the whole)|$")


def check_shares(draft: Draft) -> Iterator[Check]:
    """Yield a check for each percentage in apposition to `X of Y`: 340 of the 400 members, or 85 %."""
    text = draft.page.text
    for part, whole, share in zip(draft.quantities, draft.quantities[1:], draft.quantities[2:], strict=False):
        if share.unit != "%" or share.value is None or part.unit is not None or whole.unit is not None:
            continue
        if not part.value or not whole.value or part.value > whole.value or whole.value < 3:
            continue
        first, second = text[part.mention[1] : whole.mention[0]], text[whole.mention[1] : share.mention[0]]
        if len(first) > 40 or len(second) > 50 or not OF.fullmatch(first) or not OR.fullmatch(second):
            continue
        if CLOSE.match(text, share.mention[1]):
            check = _check_share(draft, part, whole, share)
            if check is not None:
                yield check


def _check_share(draft: Draft, part: Quantity, whole: Quantity, share: Quantity) -> Check | None:
    text = draft.page.text
    one = read_figure(part.value or 0.0, text[slice(*part.mention)])
    other = read_figure(whole.value or 0.0, text[slice(*whole.mention)])
    stated = share.value or 0.0
    expected = one.value / other.value * 100
    own = read_figure(stated, text[slice(*share.mention)]).slack
    exact = one.value < 1000 and other.value < 1000
    low = expected if exact else (one.value - one.slack) / (other.value + other.slack) * 100
    high = expected if exact else (one.value + one.slack) / max(other.value - other.slack, 1e-9) * 100
    # a share is often cut off and not rounded: 66.7 % told as 66 %
    slack = max(own, 1.0 if "." not in text[slice(*share.mention)] else 0.1)
    agrees = low - slack <= stated <= high + slack
    if not agrees and any(q.modifier is not None for q in (part, whole, share)):
        return None
    reckoned = f"{quote_figure(text, part)} of {quote_figure(text, whole)} is {show_number(expected)} %"
    return write_percentage(
        text, share, (part, whole), rule="percentage:share", stated=stated, expected=expected, agrees=agrees,
        reckoned=reckoned,
    )  # fmt: skip
