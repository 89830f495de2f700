"""Stated totals against the sum of their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.lexicons.figures import figure_cues
from onrecord.records import Check, Draft, Quantity
from onrecord.stages.checks.read_figures import show_number

# "[12 people]: "  "[12 people], "  "[12 people] — "  "[12 people] ("  "[12 people], made up of "
WHOLE = re.compile(
    r"(?:\s[\w’'-]+){0,6}?(?P<mark>\s?[:,(–—-]|\s?,?\s(?:comprising|consisting of|made up of))\s?"
    r"(?:(?:that is|namely|both|the)\s)?"
)
ONLY = re.compile(r"(?:\s[\w’'-]+){0,4}?")
LINK = re.compile(
    r"(?:\s[\w’'-]+){0,4}?(?:,\sand|,|\sand|\splus)\s(?:another\s|the other\s|the remaining\s)?"
)
OPEN = re.compile(
    r"\b(?:includ\w*|among|others?|of them|of whom|some|most|least|also|mostly|injur\w*|wound\w*|missing)\b",
    re.I,
)
END = re.compile(
    r"(?:\s[\w’'-]+){0,4}?\s?[).,;:–—]|(?:\s[\w’'-]+){0,3}\s(?:were|was|had|have|died|who|in|on|at|when|after|by)\b"
)
MOST = 4
"""The most parts that are added up."""


def check_sums(draft: Draft) -> Iterator[Check]:
    """Yield a check for each total whose parts follow it: 12 people, seven soldiers and five civilians."""
    quantities = draft.quantities
    for i, whole in enumerate(quantities):
        if not _is_count(whole) or _last_word(whole.of) not in figure_cues("hypernym"):
            continue
        parts, mark = _read_parts(draft, i)
        if len(parts) >= 2:
            check = _check_sum(draft, whole, parts, mark)
            if check is not None:
                yield check


def _is_count(quantity: Quantity) -> bool:
    value = quantity.value
    return (
        quantity.unit is None
        and value is not None
        and value == int(value)
        and value > 0
        and quantity.modifier is None
    )


def _last_word(name: str | None) -> str:
    return (name or "").lower().split()[-1] if name else ""


def _read_parts(draft: Draft, i: int) -> tuple[list[Quantity], str]:
    """Return the counts of persons that follow a total as a list, and the mark between them."""
    text, mark = draft.page.text, ""
    parts: list[Quantity] = []
    at = draft.quantities[i].mention[1]
    for quantity in draft.quantities[i + 1 : i + 2 + MOST]:
        between = text[at : quantity.mention[0]]
        if len(between) > 70 or OPEN.search(between) or not _is_count(quantity):
            return [], ""
        if not parts:
            opening = WHOLE.fullmatch(between)
            if opening is None:
                return [], ""
            mark = opening.group("mark").strip()
        elif not LINK.fullmatch(between):
            break
        if _last_word(quantity.of) not in figure_cues("person"):
            break
        parts.append(quantity)
        at = quantity.mention[1]
        if len(parts) > 1 and " and " in between:
            break
    behind = text[at : at + 60]
    if OPEN.search(re.split(r"[.;:]\s|[)–—]", behind)[0]) or not END.match(behind):
        return [], ""
    return parts, mark


def _check_sum(draft: Draft, whole: Quantity, parts: list[Quantity], mark: str) -> Check | None:
    text = draft.page.text
    total = sum(part.value or 0 for part in parts)
    stated = whole.value or 0.0
    agrees = total == stated
    last_link = text[parts[-2].mention[1] : parts[-1].mention[0]]
    if not agrees and " and " not in last_link:
        return None
    if not agrees and mark == "," and total > 2 * stated:
        # "two people, five dogs and ten cats": a list of other things
        return None
    numbers = ", ".join(show_number(part.value or 0) for part in parts)
    said = f"The parts ({numbers}) add up to {show_number(total)}"
    return Check(
        id="",
        kind="sum",
        verdict="consistent" if agrees else "inconsistent",
        stated=stated,
        expected=total,
        spans=(whole.mention, *(part.mention for part in parts)),
        note=f"{said}, as stated." if agrees else f"{said}, not {show_number(stated)}.",
        rule="sum:apposition" if mark == "," else "sum:list",
    )
