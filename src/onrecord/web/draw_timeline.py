"""The timeline: a bar a day or month, cooperation upwards, conflict downwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.web.facets import Facets
from onrecord.web.shelf import Rows

WIDTH, HEIGHT = 720, 220
MIDDLE = 110
SCALE = 9.5
"""Pixels of a point of the Goldstein scale, which goes from -10 to 10."""
MOST_DAYS = 120
"""Beyond so many days a bar is a month, beyond so many months a year."""
STEPS = (10, 7, 4)
"""Letters of an ISO date that name a day, a month, a year."""


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    width: float
    up: float
    down: float
    label: str
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class Timeline:
    kind: str
    bars: tuple[Bar, ...]
    unit: str
    most: int
    line: str = ""
    """Points of the mean Goldstein value."""


def draw_timeline(rows: Rows, facets: Facets) -> Timeline:
    """Return the bars of `day, cooperation, conflict, neither`, empty stretches left out of none."""
    days = [row for row in rows.dicts() if _is_day(row["day"])]
    for step, unit in zip(STEPS, ("day", "month", "year"), strict=True):
        sums: dict[str, list[float]] = {}
        for row in days:
            one = sums.setdefault(row["day"][:step], [0, 0, 0, 0, 0])
            counts = [row[name] for name in ("cooperation", "conflict", "neither")]
            scored = sum(counts[:2])
            for place, value in enumerate((*counts, scored, scored * (row["goldstein"] or 0))):
                one[place] += value
        if len(sums) <= MOST_DAYS or unit == "year":
            break
    most = max((int(max(one[:2])) for one in sums.values()), default=1) or 1
    width = WIDTH / max(len(sums), 1)
    bars = tuple(
        _bar(number, width, key, one, most, facets) for number, (key, one) in enumerate(sorted(sums.items()))
    )
    points = [
        f"{(number + 0.5) * width:.1f},{MIDDLE - SCALE * one[4] / one[3]:.1f}"
        for number, (_, one) in enumerate(sorted(sums.items()))
        if one[3]
    ]
    return Timeline("timeline", bars, unit, most, " ".join(points))


def _bar(number: int, width: float, key: str, sums: list[float], most: int, facets: Facets) -> Bar:
    note = f"{key}: {sums[0]:.0f} of cooperation, {sums[1]:.0f} of conflict, {sums[2]:.0f} of neither"
    note += f", mean Goldstein {sums[4] / sums[3]:.1f}" if sums[3] else ""
    until = key + {4: "-12-31", 7: "-31", 10: ""}[len(key)]
    since = key + {4: "-01-01", 7: "-01", 10: ""}[len(key)]
    return Bar(
        round(number * width + width * 0.1, 2),
        round(min(width * 0.8, 28), 2),
        round((MIDDLE - 12) * sums[0] / most, 1),
        round((MIDDLE - 12) * sums[1] / most, 1),
        key,
        note,
        facets.address("/events", since=since, until=until),
    )


def _is_day(text: str | None) -> bool:
    try:
        date.fromisoformat((text or "")[:10])
    except ValueError:
        return False
    return True
