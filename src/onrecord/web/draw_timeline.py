"""The timeline: a bar for each day, week, month or year, cooperation upwards, conflict downwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from onrecord.web.facets import Facets
from onrecord.web.rows import Rows

WIDTH, HEIGHT = 720, 220
MIDDLE = 110
SCALE = 9.5
"""Pixels of a point of the Goldstein scale, which goes from -10 to 10."""
UNITS = ("day", "week", "month", "year")
MOST_BARS = 120
"""Bars beyond which the next longer unit is taken, if the reader chose none."""
MOST_CHOSEN = 800
"""Bars that are drawn if a reader chose the unit: there is less than a pixel for each of more."""
TICKS = 6
WIDEST = 28


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    up: float
    down: float
    label: str
    note: str
    address: str
    hit: tuple[float, float]
    """Left edge and width of the stretch that a pointer meets, events or none."""


@dataclass(frozen=True, slots=True)
class Timeline:
    kind: str
    bars: tuple[Bar, ...]
    unit: str
    most: int
    lines: tuple[str, ...] = ()
    """Points of the mean Goldstein value, a line for each run of bars that have one."""
    dots: tuple[tuple[float, float], ...] = ()
    """The same points: one alone makes no line."""
    ticks: tuple[tuple[float, str], ...] = ()
    units: tuple[tuple[str, str, bool], ...] = ()
    """Unit, address, and whether it is the one drawn."""


@dataclass(slots=True)
class Sums:
    """What a bar stands for."""

    cooperation: int = 0
    conflict: int = 0
    neither: int = 0
    score: float = 0.0
    """Sum of the Goldstein values of cooperation and conflict."""

    @property
    def scored(self) -> int:
        return self.cooperation + self.conflict


def draw_timeline(rows: Rows, facets: Facets) -> Timeline:
    """Return the bars of `day, cooperation, conflict, neither, goldstein`; no stretch of time is left out."""
    days = [(day, row) for row in rows.dicts() if (day := read_day(row["day"])) is not None]
    unit = choose_unit([day for day, _ in days], facets.one("by"))
    sums = {start: Sums() for start in list_starts([day for day, _ in days], unit)}
    for day, row in days:
        _add(sums[start_of(day, unit)], row)
    most = max((max(one.cooperation, one.conflict) for one in sums.values()), default=1) or 1
    width = WIDTH / max(len(sums), 1)
    placed = list(enumerate(sums.items()))
    points = [
        (n, round((n + 0.5) * width, 1), round(MIDDLE - SCALE * one.score / one.scored, 1))
        for n, (_, one) in placed
        if one.scored
    ]
    return Timeline(
        "timeline",
        tuple(_draw_bar(n, width, start, one, most, unit, facets) for n, (start, one) in placed),
        unit,
        most,
        tuple(_join_runs(points)),
        tuple((x, y) for _, x, y in points),
        name_ticks(list(sums), WIDTH, unit),
        tuple((one, facets.address("/timeline", by=one), one == unit) for one in UNITS),
    )


def _add(sums: Sums, row: dict[str, Any]) -> None:
    sums.cooperation += row["cooperation"]
    sums.conflict += row["conflict"]
    sums.neither += row["neither"]
    sums.score += (row["cooperation"] + row["conflict"]) * (row["goldstein"] or 0)


def choose_unit(days: Sequence[date], chosen: str | None, most: int = MOST_CHOSEN) -> str:
    """Return the unit that a reader chose, or the shortest one that needs no more bars than fit.

    A chosen unit that needs more than `most` bars gives way to a longer one.
    """
    if not days:
        return chosen if chosen in UNITS else "day"
    allowed = most if chosen in UNITS else MOST_BARS
    first = UNITS.index(chosen) if chosen in UNITS else 0
    for unit in UNITS[first:]:
        span = (max(days) - min(days)).days + 1
        if span / {"day": 1, "week": 7, "month": 30, "year": 365}[unit] <= allowed:
            return unit
    return UNITS[-1]


def start_of(day: date, unit: str) -> date:
    """Return the first day of the week (Monday), month or year that a day lies in."""
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def next_start(start: date, unit: str) -> date:
    """Return the first day of the unit that follows; the last day that there is if none does."""
    try:
        if unit == "year":
            return start.replace(year=start.year + 1)
        if unit == "month":
            return (start + timedelta(days=31)).replace(day=1)
        return start + timedelta(days=7 if unit == "week" else 1)
    except (OverflowError, ValueError):
        return date.max


def list_starts(days: Sequence[date], unit: str) -> Iterator[date]:
    """Yield the first day of each unit between the first and the last of some days, both included."""
    if not days:
        return
    start, last = start_of(min(days), unit), max(days)
    while start <= last:
        yield start
        following = next_start(start, unit)
        if following <= start:
            return
        start = following


def name_start(start: date, unit: str) -> str:
    """Return what a bar is called: `2024-03-11`, `2024-03`, `2024`."""
    return start.isoformat()[: {"month": 7, "year": 4}.get(unit, 10)]


def name_ticks(starts: Sequence[date], width: int, unit: str) -> tuple[tuple[float, str], ...]:
    """Return the middle and the name of some bars in a picture so wide, at most `TICKS` of them."""
    step = max(1, -(-len(starts) // TICKS))
    return tuple(
        (round((n + 0.5) * width / len(starts), 1), name_start(start, unit))
        for n, start in list(enumerate(starts))[::step]
    )


def _draw_bar(place: int, width: float, start: date, sums: Sums, most: int, unit: str, facets: Facets) -> Bar:
    name = name_start(start, unit)
    note = f"{'week of ' if unit == 'week' else ''}{name}: {sums.cooperation} of cooperation, "
    note += f"{sums.conflict} of conflict, {sums.neither} of neither"
    note += f"; mean Goldstein {sums.score / sums.scored:.1f}" if sums.scored else ""
    last = next_start(start, unit) - timedelta(days=1)
    wide = min(width * 0.8, WIDEST)
    return Bar(
        round((place + 0.5) * width - wide / 2, 2),
        round(wide, 2),
        round((MIDDLE - 12) * sums.cooperation / most, 1),
        round((MIDDLE - 12) * sums.conflict / most, 1),
        name,
        note,
        facets.without("by").address("/events", since=start.isoformat(), until=last.isoformat()),
        (round(place * width, 2), round(width, 2)),
    )


def _join_runs(points: Sequence[tuple[int, float, float]]) -> Iterator[str]:
    """Yield the points of each run of neighbouring bars: over a bar without a value no line is drawn."""
    run: list[str] = []
    before = None
    for place, x, y in points:
        if before is not None and place != before + 1:
            yield " ".join(run)
            run = []
        run.append(f"{x},{y}")
        before = place
    if run:
        yield " ".join(run)


def read_day(text: str | None) -> date | None:
    """Return the day that a text begins with; None if it is none."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
