"""Figures of a text as numbers with their spans, for the checks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.lexicons.figures import Unit
from onrecord.records import Quantity

WIDEST = 0.05
"""A rounded figure of two or more digits is taken to be off by at most this share of itself."""
WIDEST_ROUND = 0.10
"""The same for figures with one digit that is not zero, such as 40 or 2,000."""
WIDEST_SMALL = 0.35
"""The same for whole numbers below ten: `one mile` may stand for 0.65 to 1.35."""
PRECISE = 0.025
"""The same for fractions such as 1/3 and half."""
FRACTION = re.compile(r"\d/\d|[½⅓⅔¼¾⅛]|\b(?:half|third|quarter)", re.I)


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated number and how far the rounded number may lie from what was meant."""

    value: float
    slack: float


def factors(unit: Unit) -> list[float]:
    """Return every size that goes by the name of a unit, its usual one first: short, long and metric ton."""
    return [unit.factor or 0.0, *(float(other) for other in unit.alternatives)]


def read_figure(value: float, text: str) -> Figure:
    """Return a number with the slack that its own digits give it.

    The last digit that is not zero tells how finely the number was rounded; a last 5 counts
    as a step of five. The slack is half a step, and no more than a share of the number.

    >>> [read_figure(*said).slack for said in ((43, "43 km"), (1.25, "1.25 inches"), (40, "40 feet"))]
    [0.5, 0.005, 4.0]
    """
    size = abs(value)
    if FRACTION.search(text) and value != int(value):
        # half a mile is said loosely, 1/2 cup is not
        return Figure(value, (PRECISE if re.search(r"[\d½⅓⅔¼¾⅛]", text) else WIDEST_SMALL) * size)
    digits, place = _digits(value, text)
    step = 5 * place if digits.endswith("5") and len(digits) > 1 and place >= 1 else place
    slack = step / 2
    if size < 10 and place >= 1:
        return Figure(value, min(slack, WIDEST_SMALL * size))
    if place >= 1:
        slack = min(slack, (WIDEST_ROUND if len(digits) == 1 else WIDEST) * size)
    return Figure(value, slack)


def _digits(value: float, text: str) -> tuple[str, float]:
    """Return the significant digits of a number as it is written, and the place of the last one."""
    number = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    decimals = len(number.group().partition(".")[2]) if number else 0
    scale = _scale(value, number.group()) if number else 1.0
    if decimals:
        return number.group().replace(",", "").replace(".", "").lstrip(
            "0"
        ) if number else "0", scale * 10.0**-decimals
    plain = f"{abs(value):.10f}".rstrip("0").rstrip(".")
    if "." in plain:
        return plain.replace(".", "").lstrip("0"), 10.0 ** -min(2, len(plain.partition(".")[2]))
    digits = plain.rstrip("0") or "0"
    return digits, float(10 ** (len(plain) - len(digits)))


def _scale(value: float, text: str) -> float:
    """Return what a number was multiplied by: a million in `2.5 million`."""
    written = float(text.replace(",", "") or 0)
    return abs(value) / written if written and value and text.count(".") <= 1 else 1.0


def ends_of(quantity: Quantity) -> list[float]:
    """Return the stated number of a quantity, or both ends of its range."""
    if quantity.value is not None:
        return [quantity.value]
    if quantity.low is not None and quantity.high is not None and quantity.modifier == "range":
        return [quantity.low, quantity.high]
    return []


def tell_agreement(expected: float, stated: float, said: str) -> str:
    """Return how the note of a figure that agrees ends: as it was stated, or what was stated for it.

    >>> tell_agreement(4, 4, "4 years"), tell_agreement(77.16, 77, "77 pounds")
    (', as stated.', ', stated as 77 pounds.')
    """
    return ", as stated." if show_number(expected) == f"{stated:,.10g}" else f", stated as {said}."


def show_number(value: float) -> str:
    """Return a number for readers: separators, and no more digits than needed.

    >>> show_number(27027.2), show_number(1.8643), show_number(-8.2)
    ('27,027', '1.86', '-8.2')
    """
    size = abs(value)
    if size >= 1000 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.1f}".rstrip("0").rstrip(".") if size >= 10 else f"{value:,.2f}".rstrip("0").rstrip(".")
