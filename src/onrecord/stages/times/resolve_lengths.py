"""Resolvers of the patterns that count: lengths of time, sets, shifts, times of day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from onrecord.stages.times import resolve_dates as dates
from onrecord.stages.times.match_patterns import Match
from onrecord.stages.times.reckon import shifted_value, unknown_value
from onrecord.stages.times.resolve_dates import Reading, Readings, Scene, moved_reading, read_as
from onrecord.stages.times.split_words import Word


def read_number(words: Sequence[Word]) -> float | None:
    """Return the value of number words: `twenty-five`, `two hundred`, `2.5`, `a dozen`."""
    total, seen = 0.0, False
    for word in words:
        kinds = word.kinds
        text = kinds.get("int") or kinds.get("decimal") or kinds.get("small") or kinds.get("tens")
        if text:
            total, seen = total + float(text), True
        elif "big" in kinds or "dozen" in kinds:
            total, seen = (total or 1) * float(kinds.get("big") or kinds["dozen"]), True
    return total if seen else None


def length_value(number: str, unit: str) -> str:
    """Return a TIMEX3 duration.

    >>> length_value("2", "F"), length_value("1.5", "TH")
    ('P4W', 'PT1.5H')
    """
    if unit == "F":
        return f"P{int(float(number) * 2)}W" if number != "X" else "PXW"
    return f"P{unit[:1] if unit in ('TS', 'TM', 'TH') else ''}{number}{unit[1:] if unit[0] == 'T' else unit}"


def plain(number: float) -> str:
    """Return a number without an empty fraction."""
    return str(int(number)) if number == int(number) else f"{number:g}"


def unit_of(match: Match) -> str:
    """Return the last unit that a match names: `first three months`."""
    found = [w for w in match.words[match.first : match.last] if "unit" in w.kinds or "units" in w.kinds]
    return (found[-1].kinds.get("units") or found[-1].kinds["unit"]) if found else ""


def duration(match: Match, scene: Scene) -> Readings:
    """Read `two years`, `the last seven months`, `four-week`, `two and a half days`, `over a year`."""
    unit = unit_of(match)
    if match.rule == "duration_last" and unit in ("D", "W") and not match.has("count") and match.kind("next"):
        return dates.unit_focus(match, scene)
    if match.has("some"):
        return read_as(match, length_value("X", unit), "DURATION")
    number = read_number(match.part("count")) if match.has("count") else 1.0
    if number is None:
        return ()
    if match.has("half"):
        number += 0.5
    return read_as(match, length_value(plain(number), unit), "DURATION")


def duration_vague(match: Match, scene: Scene) -> Readings:
    """Read `several days`, `recent weeks`, `for years`."""
    return read_as(match, length_value("X", unit_of(match)), "DURATION")


def duration_half(match: Match, scene: Scene) -> Readings:
    """Read `half an hour`, `half a century`."""
    unit = unit_of(match)
    value = "PT30M" if unit == "TH" else length_value("0.5", unit)
    return read_as(match, value, "DURATION")


def duration_range(match: Match, scene: Scene) -> Readings:
    """Read `12 to 18 months` as two lengths."""
    unit = unit_of(match)
    first, last = read_number(match.part("count")), read_number(match.part("until"))
    if first is None or last is None:
        return ()
    return (
        Reading(match.first, match.groups["count"][1], length_value(plain(first), unit), "DURATION"),
        Reading(match.groups["until"][0], match.last, length_value(plain(last), unit), "DURATION"),
    )


def shift_ago(match: Match, scene: Scene) -> Readings:
    """Read `four years ago`, `a week ago`, counted from the day of publication."""
    return _shift(match, scene, -1, from_anchor=True)


def from_now(match: Match, scene: Scene) -> Readings:
    """Read `six years from now`."""
    return _shift(match, scene, 1, from_anchor=True)


def shift(match: Match, scene: Scene) -> Readings:
    """Read `three days later`, `a year earlier`, counted from the date that the text has come to."""
    earlier = match.says("earlier", "before", "prior", "previously")
    return _shift(match, scene, -1 if earlier else 1, from_anchor=False)


def _shift(match: Match, scene: Scene, sign: int, from_anchor: bool) -> Readings:
    unit = unit_of(match)
    number = read_number(match.part("count")) if match.has("count") else None
    if match.has("some") or (
        number is None and any("units" in w.kinds for w in match.words[match.first : match.last])
    ):
        return read_as(match, "PAST_REF" if sign < 0 else "FUTURE_REF")
    now = scene.now
    here = now.base if from_anchor or now.year is None else now
    count = sign * (1 if number is None else number)
    if count != int(count) or abs(count) > 10_000:
        return read_as(match, unknown_value(unit))
    if unit == "F":
        unit, count = "W", count * 2
    if not from_anchor and unit == "W":
        unit, count = "D", count * 7
    return moved_reading(match, shifted_value(here, unit, int(count)))


def set_value(match: Match, scene: Scene) -> Readings:
    """Read `daily`, `every morning`, `each Friday`, `twice a week`."""
    if often := match.kind("often"):
        return read_as(match, often, "SET")
    if part := match.kind("daypart"):
        return read_as(match, f"XXXX-XX-XXT{part}", "SET")
    if day := match.kind("weekday", "weekdays"):
        return read_as(match, f"XXXX-WXX-{day}", "SET")
    if name := match.kind("season"):
        return read_as(match, f"XXXX-{name}", "SET")
    if month := match.kind("month"):
        return read_as(match, f"XXXX-{int(month):02d}", "SET")
    return read_as(match, unknown_value(unit_of(match)), "SET")


def daypart(match: Match, scene: Scene) -> Readings:
    """Read `this morning`, `last night`, `that afternoon`, `tonight`, `at night`."""
    part = match.kind("daypart", "dayparts", "tonight", "overnight")
    now = scene.now
    text = match.words[match.first].text.lower()
    if text in ("that", "the") and now.year and now.month and now.day:
        step = 1 if match.says("next", "following") else -1 if match.says("previous") else 0
        return read_as(match, f"{shifted_value(now, 'D', step)}T{part}", "TIME")
    deictic = match.kind("deictic", "last", "this")
    if (deictic or text in ("tonight", "overnight")) and now.anchor and not now.narrative:
        day = now.anchor + timedelta(days=int(deictic or 0))
        return read_as(match, f"{day.isoformat()}T{part}", "TIME")
    return read_as(match, f"XXXX-XX-XXT{part}", "TIME")


def clock(match: Match, scene: Scene) -> Readings:
    """Read `15:00 GMT`, `8 PM`, `0800 hours`, on the day that the text has come to."""
    hour, minute = _clock_numbers(match)
    half = match.kind("meridiem")
    parts = match.kind("clock").split(":")
    if len(parts) == 3 and not half and not match.kind("zone"):
        hours, minutes, seconds = map(int, parts)
        return read_as(match, f"PT{hours}H{minutes}M{seconds}S", "DURATION")
    if half and hour <= 12:
        hour = hour % 12 + int(half)
    if hour > 24 or minute > 59:
        return ()
    zone = match.kind("zone")
    now = scene.now
    here = now if now.year is not None and now.day is not None else now.base
    day = shifted_value(here, "D", 0)
    return read_as(match, f"{day}T{hour:02d}:{minute:02d}{zone}", "TIME")


def _clock_numbers(match: Match) -> tuple[int, int]:
    text = match.kind("clock", "decimal", "noon")
    if text:
        parts = text.replace(".", ":").split(":")
        return int(parts[0]), int(parts[1])
    four = match.kind("zeroed", "four")
    if four:
        return int(four[:2]), int(four[2:])
    return int(match.kind("hour", "small") or 99), 0


def present(match: Match, scene: Scene) -> Readings:
    """Read `now`, `at present`."""
    return read_as(match, "PRESENT_REF")


def past(match: Match, scene: Scene) -> Readings:
    """Read `recently`, `at the time`."""
    if match.rule == "past_time" and match.says("this"):
        return present(match, scene)
    return read_as(match, "PAST_REF")


def future(match: Match, scene: Scene) -> Readings:
    """Read `the near future`."""
    return read_as(match, "FUTURE_REF")
