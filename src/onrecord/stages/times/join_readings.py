"""Words before a time expression that narrow it: `early`, `the night of`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from onrecord.stages.times.patterns import BEFORE_DATE, times_grammar
from onrecord.stages.times.resolve_dates import Reading
from onrecord.stages.times.split_words import Word

DAY = re.compile(r"(?:\d{4}|XXXX)-(?:\d\d|XX)-(?:\d\d|XX)|XXXX-WXX-\d|(?:BC)?\d{4}-\d\d")
LONGEST_BEFORE = 6


def widen_reading(reading: Reading, words: Sequence[Word], code: str) -> Reading:
    """Return a reading with the words right before it that narrow it: `early`, `the night of`."""
    if reading.type == "TIME" or reading.value.endswith("_REF"):
        return reading
    for first in range(max(0, reading.first - LONGEST_BEFORE), reading.first):
        part = code[first : reading.first]
        for name, pattern in _before_rules():
            if pattern.fullmatch(part) and (reading.type == "DATE") >= (name != "approx"):
                return _narrow(reading, name, words[first : reading.first], first)
    return reading


def _narrow(reading: Reading, name: str, words: Sequence[Word], first: int) -> Reading:
    kinds = {kind: value for word in words for kind, value in word.kinds.items()}
    if name == "daypart":
        if not DAY.fullmatch(reading.value):
            return reading
        return replace(reading, first=first, value=f"{reading.value}T{kinds['daypart']}", type="TIME")
    if name == "later":
        return replace(reading, first=first)
    mod = kinds.get(name) or kinds.get("edge") or ("END" if name == "part" else None)
    return replace(reading, first=first, mod=reading.mod or mod)


def join_readings(found: Sequence[tuple[str, Reading]], words: Sequence[Word]) -> list[tuple[str, Reading]]:
    """Return the readings, a day and the time of day right beside it made one: `Monday morning`."""
    joined: list[tuple[str, Reading]] = []
    for rule, reading in found:
        while joined and joined[-1][1].last > reading.first:
            joined.pop()  # "the night of 5 May" was read as a night, too
        if joined:
            before = joined[-1][1]
            both = _join(before, reading, words) if before.last <= reading.first else None
            if both is not None:
                joined[-1] = (rule if both.value.endswith(reading.value[-3:]) else joined[-1][0], both)
                continue
        joined.append((rule, reading))
    return joined


def _join(one: Reading, other: Reading, words: Sequence[Word]) -> Reading | None:
    gap = [word.text.lower() for word in words[one.last : other.first]]
    if gap not in ([], ["on"], [","]):
        return None
    if one.type == "DATE" and other.type == "TIME" and DAY.fullmatch(one.value) and gap != ["on"]:
        day, time = one, other
    elif one.type == "TIME" and other.type == "DATE" and DAY.fullmatch(other.value) and gap != [","]:
        day, time = other, one
    else:
        return None
    clock = time.value.partition("T")[2]
    return replace(day, first=one.first, last=other.last, value=f"{day.value}T{clock}", type="TIME")


@cache
def _before_rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    grammar = times_grammar()
    return tuple((name, grammar.compile(pattern)) for name, pattern in BEFORE_DATE)
