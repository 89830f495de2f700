"""The stage: counts, sums of money, measures and percentages, with what is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.lexicons.figures import figure_cues
from onrecord.mentions import is_comment
from onrecord.records import Draft, Found, Quantity, Refusal
from onrecord.stages.quantities.join_bounds import join_bounds
from onrecord.stages.quantities.join_measures import join_measures
from onrecord.stages.quantities.judge_measure import judge_measure
from onrecord.stages.quantities.mask_figures import Mask, mask_figures
from onrecord.stages.quantities.name_counted import Counted
from onrecord.stages.quantities.read_age import read_age
from onrecord.stages.quantities.read_measure import Measure, read_measure, unit_names
from onrecord.stages.quantities.read_number import Number, is_number_start, read_number
from onrecord.stages.quantities.split_tokens import Tokens

STAGE = "quantities"


def find_quantities(draft: Draft) -> Found[Quantity]:
    """Return the numbers of a page, measured or counted; years, dates, scores and names are refused."""
    mask, counted = mask_figures(draft), Counted(draft)
    kept: list[Quantity] = []
    refused: list[Refusal] = []
    for part in sorted(draft.parts, key=lambda part: (is_comment(part), part.start)):
        tokens = Tokens(draft.page.text, part.start, part.end)
        for found in _read_part(tokens, mask, counted):
            if isinstance(found, Refusal):
                refused.append(found)
            else:
                kept.append(replace(found, id=f"q{len(kept) + 1}"))
    return Found(tuple(kept), tuple(refused))


def _read_part(tokens: Tokens, mask: Mask, counted: Counted) -> Iterator[Quantity | Refusal]:
    measures: list[Measure] = []
    for found in _scan_measures(tokens, mask):
        if isinstance(found, Refusal):
            yield found
        else:
            measures.append(found)
    for hedged, after in join_bounds(tokens, join_measures(tokens, measures)):
        measure, hedged = hedged, read_age(tokens, hedged, counted)
        reason = judge_measure(tokens, hedged, counted)
        if reason is not None:
            yield Refusal(_span(tokens, measure.first, measure.after), STAGE, reason)
        else:
            yield _make_quantity(tokens, hedged, counted, after)


def _scan_measures(tokens: Tokens, mask: Mask) -> Iterator[Measure | Refusal]:
    """Yield each figure of a part with its unit, or why it was passed over, in text order."""
    i = 0
    for at, token in enumerate(tokens.all):
        if at < i or (not is_number_start(token) and not _is_none(tokens, at)):
            continue
        i = at + 1
        reason = mask.reason(token.start)
        if reason is not None:
            if token.lower not in ("a", "an"):
                yield Refusal((token.start, token.end), STAGE, reason)
            continue
        number = _read_one(tokens, at)
        if number is None:
            continue
        measure = read_measure(tokens, number)
        if number.form == "half" and measure.unit is None:
            continue
        yield measure
        i = max(measure.after, i)


def _read_one(tokens: Tokens, i: int) -> Number | None:
    """Return the number at a token, with the nought of `no casualties` and the one of `a mile (1.6 km)`."""
    if _is_none(tokens, i):
        return Number(i, i + 1, 0.0, None, None, "none")
    if tokens.lower(i) in ("a", "an") and tokens.lower(i + 1) in unit_names() and tokens.lower(i + 2) == "(":
        return Number(i, i + 1, 1.0, None, None, "words")
    return read_number(tokens, i)


def _is_none(tokens: Tokens, i: int) -> bool:
    """Return whether a token is the `no` of `no casualties`."""
    if tokens.all[i].lower not in figure_cues("before-none"):
        return False
    return tokens.lower(i + 1) in figure_cues("none") or (
        tokens.lower(i + 1) in ("reported", "civilian", "immediate", "known")
        and tokens.lower(i + 2) in figure_cues("none")
    )


def _span(tokens: Tokens, first: int, after: int) -> tuple[int, int]:
    return tokens.all[first].start, tokens.all[after - 1].end


def _make_quantity(tokens: Tokens, measure: Measure, counted: Counted, after: int) -> Quantity:
    """Return the record of a measure: bounds by its hedge, and what is counted."""
    value, low, high = measure.value, measure.low, measure.high
    modifier = "range" if measure.is_range else measure.hedge
    if value is not None:
        low = value if modifier in ("more", None) else None
        high = value if modifier in ("less", None) else None
    vague = measure.number.form == "vague"
    mention = _span(tokens, measure.first, measure.after)
    return Quantity(
        id="",
        value=_tidy(value),
        low=_tidy(low),
        high=_tidy(high),
        unit=measure.unit,
        of=measure.of or _name_of(tokens, measure, counted, after),
        approximate=vague or measure.hedge == "about",
        mention=mention,
        modifier="about" if vague and modifier is None else modifier,
        rule=measure.rule,
    )


def _name_of(tokens: Tokens, measure: Measure, counted: Counted, after: int) -> str | None:
    start, end = _span(tokens, measure.first, max(measure.after, after))
    if measure.unit is None and measure.number.form != "fraction":
        return counted.name_counted(start, end) or counted.name_share(end)
    named = counted.name_share(end)
    if named is None and measure.unit is None:
        return counted.name_counted(start, end)
    return named


def _tidy(value: float | None) -> float | None:
    """Return a value without the noise of binary fractions."""
    if value is None or value != value or abs(value) == float("inf"):
        return None
    short = float(f"{value:.12g}")
    return int(short) if short == int(short) and abs(short) < 1e15 else short
