"""The trend of an actor: what it did and what it received over time, cooperation and conflict apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.web.draw_timeline import (
    choose_unit,
    list_starts,
    name_start,
    name_ticks,
    next_start,
    read_day,
    start_of,
)
from onrecord.web.facets import EVENTS, Facets, make_facets
from onrecord.web.shelf import Shelf, read_question

WIDTH, HEIGHT = 720, 120
MIDDLE = 54
TALL = 46
MOST_BARS = 90


@dataclass(frozen=True, slots=True)
class TrendBar:
    """One side of a bar: upwards what the actor did, downwards what it received."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    """cooperation, conflict or neither."""
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class Trend:
    unit: str
    bars: tuple[TrendBar, ...]
    ticks: tuple[tuple[float, str], ...]
    most: int
    undated: int = 0
    """Events that no bar can show."""


def count_undated(shelf: Shelf, facets: Facets) -> int:
    """Return how many events have no day."""
    where, params = EVENTS.where(facets)
    (row,) = shelf.query(f"select count(*) from event_rows where {where} and day is null", params).rows
    return int(row[0])


def draw_trend(shelf: Shelf, name: str) -> Trend:
    """Return the trend of an actor, one bar for each day, week, month or year."""
    where, params = EVENTS.where(make_facets(actor=name))
    sql = read_question("trend").replace("{where}", where)
    rows = [row for row in shelf.query(sql, [name, *params]).dicts() if read_day(row["day"])]
    days = [day for row in rows if (day := read_day(row["day"])) is not None]
    unit = choose_unit(days, "day", MOST_BARS)
    sums: dict[tuple[date, bool], dict[str, int]] = {}
    for row, day in zip(rows, days, strict=True):
        one = sums.setdefault((start_of(day, unit), bool(row["did"])), {})
        kind = tell_kind(row["quad"])
        one[kind] = one.get(kind, 0) + row["events"]
    starts = list(list_starts(days, unit))
    most = max((sum(one.values()) for one in sums.values()), default=1)
    bars = [
        bar
        for place, start in enumerate(starts)
        for did in (True, False)
        for bar in _stack(place, start, did, sums.get((start, did), {}), len(starts), most, unit, name)
    ]
    ticks = name_ticks(starts, WIDTH, unit)
    return Trend(unit, tuple(bars), ticks, most, count_undated(shelf, make_facets(actor=name)))


def tell_kind(quad: int | None) -> str:
    return "neither" if quad is None else "cooperation" if quad in (1, 2) else "conflict"


def _stack(
    place: int, start: date, did: bool, counts: dict[str, int], many: int, most: int, unit: str, name: str
) -> list[TrendBar]:
    width = WIDTH / many
    wide = min(width * 0.8, 24)
    reach = 0.0
    bars = []
    until = date.fromordinal(next_start(start, unit).toordinal() - 1)
    side = "source" if did else "target"
    for kind in ("cooperation", "conflict", "neither"):
        count = counts.get(kind, 0)
        if not count:
            continue
        height = TALL * count / most
        y = MIDDLE - reach - height if did else MIDDLE + reach
        reach += height
        facets = make_facets(**{side: name, "since": start.isoformat(), "until": until.isoformat()})
        bars.append(
            TrendBar(
                round((place + 0.5) * width - wide / 2, 2), round(y, 1), round(wide, 2), round(height, 1),
                kind, f"{name_start(start, unit)}: {'did' if did else 'received'} {count} of {kind}",
                facets.address("/events"),
            )
        )  # fmt: skip
    return bars
