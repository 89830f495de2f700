"""Measures against their conversion into another unit."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from onrecord.lexicons.figures import Unit, units
from onrecord.records import Check, Draft, Quantity, Span
from onrecord.stages.checks.read_figures import ends_of, factors, read_figure, show_number, tell_agreement

_WAY = r"(?:long|tall|high|deep|wide|thick|away|across|square|each|apiece|in (?:length|height|width|size))"
_HEDGE = (
    r"(?:or|about|around|some|roughly|approximately|approx\.?|nearly|almost|just|over|under|more|less|than|well|a|"
    r"little|slightly|equivalent|to|equal|only|circa|c\.|~|≈|up|at|least|as|much)"
)
# "10 feet long (about 3 m)"
OPENING = re.compile(rf"\s?(?:{_WAY}\s)?[(\[]\s?(?:{_HEDGE}\s?){{0,4}}")
# "10 miles, or about 16 kilometers,"
APPOSED = re.compile(
    r",\s(?:or|that is|i\.e\.|equivalent to|which is)\s"
    r"(?:(?:about|around|some|roughly|approximately|nearly|almost)\s)?"
)
CLOSING = re.compile(rf"\s?(?:{_WAY}|or so|respectively)?\s?[)\];,/]")
TEMPERATURE = "temperature"
RISE = 30
"""Degrees up to which a figure may be a difference: a rise of 2°F (1.1°C)."""
TYPED = 0.006
"""Share of itself by which a converted figure may always be off: rough factors such as 1.6 were used."""
MEANT = 0.15
"""Share of itself by which a whole number below ten may be off from a finer figure behind it."""


def check_conversions(draft: Draft) -> Iterator[Check]:
    """Yield a check for each measure that is told again in another unit: 10 miles (16 km)."""
    text = draft.page.text
    for first, second in zip(draft.quantities, draft.quantities[1:], strict=False):
        if not _is_measured(first) or not _is_measured(second):
            continue
        between = text[first.mention[1] : second.mention[0]]
        behind = text[second.mention[1] : second.mention[1] + 30]
        if len(between) > 60:
            continue
        if OPENING.fullmatch(between) and CLOSING.match(behind):
            form = "brackets"
        elif APPOSED.fullmatch(between):
            form = "apposition"
        else:
            continue
        check = _check_pair(draft, first, second, form)
        if check is not None:
            yield check


def _is_measured(quantity: Quantity) -> bool:
    unit = units().get(quantity.unit or "")
    return (
        unit is not None
        and bool(unit.factor)
        and unit.dimension not in ("share", "duration", "data", "datarate")
        and bool(ends_of(quantity))
    )


def _check_pair(draft: Draft, first: Quantity, second: Quantity, form: str) -> Check | None:
    one, other = units()[first.unit or ""], units()[second.unit or ""]
    if one.symbol == other.symbol:
        return None
    spans = (first.mention, second.mention)
    if one.dimension != other.dimension:
        # "0.2 lb (18 cm)", "5 km (20 minutes)"
        return None
    starts, stated = ends_of(first), ends_of(second)
    if len(starts) != len(stated):
        return None
    agrees = all(
        _agrees(start, end, one, other, _text(draft, first, k), _text(draft, second, k), second)
        for k, (start, end) in enumerate(zip(starts, stated, strict=True))
    )
    if not agrees and (_is_prefix(one, other) or _is_fraction(draft, first, second, one, other)):
        return None
    expected = [convert(start, one, other) for start in starts]
    shown = " to ".join(show_number(value) for value in expected)
    said = _quote(draft, second.mention)
    worst = max(range(len(starts)), key=lambda k: abs(stated[k] - expected[k]))
    note = f"{_quote(draft, first.mention)} is {shown} {_unit_name(second.unit)}"
    note += tell_agreement(expected[worst], stated[worst], said)
    if not agrees:
        mistake = _likely_mistake(starts[0], stated[0], one, other)
        note = (
            f"{_quote(draft, first.mention)} is about {shown} {_unit_name(second.unit)}, not {said}{mistake}."
        )
    return Check(
        id="",
        kind="unit-conversion",
        verdict="consistent" if agrees else "inconsistent",
        stated=stated[worst],
        expected=float(f"{expected[worst]:.6g}"),
        spans=spans,
        note=note,
        rule=f"conversion:{form}:{one.symbol}>{other.symbol}",
    )


def convert(
    value: float, one: Unit, other: Unit, size: float | None = None, into: float | None = None
) -> float:
    """Return a value in another unit; sizes may be given for units that go by one name."""
    size, into = size or one.factor or 1.0, into or other.factor or 1.0
    if one.dimension == TEMPERATURE:
        return (value * size + one.offset - other.offset) / into
    return value * size / into


def _agrees(
    start: float, end: float, one: Unit, other: Unit, text: str, other_text: str, second: Quantity
) -> bool:
    """Return whether two figures can stand for one measure, each within its own rounding."""
    for size in factors(one):
        for into in factors(other):
            if _overlaps(start, end, one, other, size, into, text, other_text, second.modifier):
                return True
    if one.dimension == TEMPERATURE and abs(start) <= RISE:
        slack = min(read_figure(end, other_text).slack, 0.5)
        return (
            abs(start * (one.factor or 1) / (other.factor or 1) - end) <= max(slack, 0.02 * abs(end)) + 1e-9
        )
    return False


def _overlaps(
    start: float,
    end: float,
    one: Unit,
    other: Unit,
    size: float,
    into: float,
    text: str,
    other_text: str,
    modifier: str | None,
) -> bool:
    first, second = read_figure(start, text), read_figure(end, other_text)
    slack = _own_slack(first.value, first.slack, one)
    other_slack = max(_own_slack(second.value, second.slack, other), TYPED * abs(end))
    low = convert(start - _narrow(start, slack, one), one, other, size, into)
    high = convert(start + _narrow(start, slack, one), one, other, size, into)
    if low <= end + other_slack + 1e-9 and high >= end - other_slack - 1e-9:
        return True
    back = convert(end, other, one, into, size)
    if abs(back - start) <= (min(slack, MEANT * abs(start)) if _is_small(start, one) else slack) + 1e-9:
        return True
    middle = convert(start, one, other, size, into)
    if modifier == "more" and one.dimension != TEMPERATURE:
        return end <= middle <= 1.35 * end
    if modifier == "less" and one.dimension != TEMPERATURE:
        return 0.75 * end <= middle <= end
    return False


def _own_slack(value: float, slack: float, unit: Unit) -> float:
    """Return the slack of a figure; half a degree at least, and five at most, for temperatures."""
    if unit.dimension == TEMPERATURE:
        return min(max(slack, 0.05), 5.0) if abs(value) < 1000 else slack
    return slack


def _narrow(value: float, slack: float, unit: Unit) -> float:
    """Return the slack of the figure that was converted: small whole numbers are taken as meant."""
    return 0.0 if _is_small(value, unit) or unit.dimension == TEMPERATURE else slack


def _is_small(value: float, unit: Unit) -> bool:
    return abs(value) < 10 and value == int(value) and unit.dimension != TEMPERATURE


def _is_prefix(one: Unit, other: Unit) -> bool:
    """Return whether two units differ by a power of ten, as 72 cm (82 mm): two measures, not one twice."""
    if one.dimension == TEMPERATURE or not one.factor or not other.factor:
        return False
    power = math.log10(one.factor / other.factor)
    return abs(power - round(power)) < 1e-6


def _is_fraction(draft: Draft, first: Quantity, second: Quantity, one: Unit, other: Unit) -> bool:
    """Return whether only the fraction was converted: 4 1/6 lb (75 g) burgers."""
    parts = re.match(r"(\d+)[\s-](\d+)/(\d+)", _quote(draft, first.mention).strip("'"))
    if not parts or second.value is None:
        return False
    value = int(parts.group(2)) / int(parts.group(3))
    return abs(convert(value, one, other) - second.value) <= 0.05 * second.value


def _likely_mistake(start: float, end: float, one: Unit, other: Unit) -> str:
    """Return a clause that tells what went wrong, empty if that cannot be told."""
    if end == start:
        return "; the number was left as it was"
    right = convert(start, one, other)
    names = _unit_name(one.symbol), _unit_name(other.symbol)
    if right and end and one.dimension != TEMPERATURE and end / right > 0:
        power = math.log10(end / right)
        if round(power) != 0 and abs(power - round(power)) < 0.02:
            times = {1: "ten", 2: "a hundred"}.get(abs(round(power)), "more than a hundred")
            return f"; the decimal point is off by {times} times"
        if abs(end - convert(start, other, one)) <= 0.03 * abs(end):
            return f"; the number was converted the wrong way, from {names[1]} to {names[0]}"
    linear = _linear(one), _linear(other)
    if linear[0] and linear[1] and abs(start * linear[0] / linear[1] - end) <= 0.03 * abs(end):
        return f"; the number was converted as lengths are ({_plain(names[0])} to {_plain(names[1])})"
    return ""


def _linear(unit: Unit) -> float:
    """Return the metres in the side of a square or cubic unit, 0 for others."""
    if unit.symbol[-1] not in "23" or not unit.factor:
        return 0.0
    return float(unit.factor ** (1 / int(unit.symbol[-1])))


def _plain(name: str) -> str:
    return re.sub(r"^(?:square|cubic) ", "", name)


def _unit_name(symbol: str | None) -> str:
    """Return the name of a unit for readers, in the plural if it has one."""
    unit = units().get(symbol or "")
    if unit is None or not unit.names:
        return symbol or ""
    return next((name for name in unit.names if name.endswith(("s", "feet", "inches"))), unit.names[0])


def _quote(draft: Draft, span: Span) -> str:
    return draft.page.text[span[0] : span[1]]


def _text(draft: Draft, quantity: Quantity, k: int) -> str:
    """Return the words of the k-th end of a quantity."""
    whole = _quote(draft, quantity.mention)
    if quantity.modifier != "range":
        return whole
    pieces = re.split(r"\s?(?:[-–—]|\bto\b|\band\b)\s?", whole.lstrip("-−–"), maxsplit=1)
    return pieces[min(k, len(pieces) - 1)]
