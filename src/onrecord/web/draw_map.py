"""The map: countries shaded by their events, towns as dots; a country is never a dot."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.lexicons.countries import countries_by_code
from onrecord.web.facets import Facets
from onrecord.web.rows import Rows

WIDTH, HEIGHT = 720, 300
"""Equirectangular, two units a degree, cut at 60 degrees south."""
SHADES = 5


@dataclass(frozen=True, slots=True)
class Land:
    path: str
    shade: int
    """0 for no event, then 1 to SHADES by the logarithm of their number."""
    note: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    radius: float
    conflict: bool
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws."""

    kind: str
    lands: tuple[Land, ...] = ()
    dots: tuple[Dot, ...] = ()
    unplaced: int = 0
    """Events whose place has no coordinates or lies in no country."""


@cache
def country_paths() -> dict[str, str]:
    """Return the outline of each country by alpha-3 code (Natural Earth, 1:110m)."""
    text = files("onrecord.web").joinpath("world.json").read_text(encoding="utf-8")
    paths: dict[str, str] = json.loads(text)
    return paths


def draw_map(rows: Rows, facets: Facets) -> Drawing:
    """Return the map of places: `place, country, precision, lat, lon, events, conflict`."""
    found = rows.dicts()
    counts: dict[str, int] = {}
    for row in found:
        if row["country"]:
            counts[row["country"]] = counts.get(row["country"], 0) + row["events"]
    most = max(counts.values(), default=1)
    lands = tuple(
        _land(code, path, counts.get(code, 0), most, facets) for code, path in country_paths().items()
    )
    towns = [r for r in found if r["precision"] in ("city", "point") and r["lat"] is not None]
    unplaced = sum(r["events"] for r in found if r["country"] not in country_paths() and r not in towns)
    largest = max((r["events"] for r in towns), default=1)
    return Drawing("map", lands, tuple(_dot(row, largest, facets) for row in towns), unplaced)


def _land(code: str, path: str, events: int, most: int, facets: Facets) -> Land:
    country = countries_by_code().get(code)
    name = country.name if country else code
    if not events:
        return Land(path, 0, name, None)
    shade = 1 + round((SHADES - 1) * math.log1p(events) / math.log1p(most))
    return Land(path, shade, f"{name}: {events} events", facets.address("/events", country=code))


def _dot(row: dict, largest: int, facets: Facets) -> Dot:  # type: ignore[type-arg]
    note = f"{row['place']}: {row['events']} events, {row['conflict']} of conflict"
    return Dot(
        round((row["lon"] + 180) * 2, 1),
        round((90 - row["lat"]) * 2, 1),
        round(1.5 + 5 * math.sqrt(row["events"] / largest), 1),
        row["conflict"] * 2 > row["events"],
        note,
        facets.address("/events", place=row["place"]),
    )
