"""What a page gives that tells its story from a like one: what it counts, ages and sums, and its days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.incidents.weigh_words import stem_words
from onrecord.records import Part, Quantity, Record, Span

WEEKDAY = re.compile(r"XXXX-WXX-(\d)")
"""A day of the week that no day of publication makes a date of."""
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MONTH = re.compile(r"\d{4}-\d\d")


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of a page, each as text."""

    counted: frozenset[str]
    """Stems of what is counted: `pirat`."""
    numbers: frozenset[str]
    """Each with its number: `pirat 23`."""
    sums: frozenset[str]
    """Ages, sums of money, lengths: `EUR 2000`."""
    weekdays: frozenset[str]
    days: frozenset[str]
    months: frozenset[str]

    def is_met(self, other: Facts) -> bool:
        """Return whether another page gives anything that this one gives too."""
        return bool(
            self.numbers & other.numbers
            or self.sums & other.sums
            or self.weekdays & other.weekdays
            or self.days & other.days
            or self.months & other.months
        )


def read_facts(record: Record, report: Sequence[Part]) -> Facts:
    """Return the facts that the report of a page gives, which these parts make up."""
    figures = [one for one in record.quantities if one.value is not None and _is_in(one.mention, report)]
    counts = list(_count_things(figures))
    times = [
        time.value
        for time in record.times
        if time.type in ("DATE", "TIME") and time.value and _is_in(time.mention, report)
    ]
    return Facts(
        counted=frozenset(noun for noun, _ in counts),
        numbers=frozenset(f"{noun} {value:g}" for noun, value in counts),
        sums=frozenset(f"{unit} {one.value:g}" for one in figures if (unit := _name_unit(one))),
        weekdays=frozenset(found[1] for value in times if (found := WEEKDAY.match(value))),
        days=frozenset(found[0] for value in times if (found := DAY.match(value))),
        months=frozenset(found[0] for value in times if (found := MONTH.match(value))),
    )


def _name_unit(one: Quantity) -> str | None:
    return one.unit or (one.of if one.of == "age" else None)


def _count_things(figures: Sequence[Quantity]) -> Iterator[tuple[str, float]]:
    """Yield what is counted, by the stem of the last word, with the number."""
    for one in figures:
        if one.value is not None and one.of and _name_unit(one) is None:
            yield (stem_words(one.of) or [one.of])[-1], one.value


def _is_in(mention: Span, parts: Sequence[Part]) -> bool:
    return any(part.start <= mention[0] < part.end for part in parts)
