"""The network: who acts on whom, actors on a circle, arrows coloured by cooperation and conflict."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from onrecord.web.facets import Facets
from onrecord.web.rows import Rows

WIDTH, HEIGHT = 720, 480
RADIUS = 180
ACTORS = 24
"""Actors that are drawn: those of the strongest ties."""
WIDEST = 6
BEND = 0.12
"""How far the two ways between a pair of actors lie apart, as a share of their distance."""
LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class Node:
    x: float
    y: float
    size: float
    name: str
    label: str
    anchor: str
    """Side of the label: start, middle or end."""
    turn: tuple[float, float]
    """Where the label stands."""
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class Tie:
    path: str
    width: float
    kind: str
    """cooperation, conflict or mixed."""
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class Network:
    kind: str
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]
    left_out: int
    """Actors that are not drawn."""


def draw_network(rows: Rows, facets: Facets) -> Network:
    """Return the network of dyads: `source, target, events, cooperation, conflict, goldstein, ...`."""
    found = [row for row in rows.dicts() if row["source"] != row["target"]]
    totals: dict[str, int] = {}
    for row in found:
        for name in (row["source"], row["target"]):
            totals[name] = totals.get(name, 0) + row["events"]
    drawn = choose_actors(found)
    most = max(totals.values(), default=1)
    angles = {name: 2 * math.pi * place / len(drawn) for place, name in enumerate(drawn)}
    nodes = tuple(_draw_node(name, angles[name], totals[name], most) for name in drawn)
    inner = [row for row in found if row["source"] in angles and row["target"] in angles]
    inner.sort(key=lambda row: (row["source"], row["target"]))
    largest = max((row["events"] for row in inner), default=1)
    sizes = {node.name: node.size for node in nodes}
    ties = [_draw_tie(row, angles, sizes, largest, facets) for row in inner]
    return Network("network", nodes, tuple(ties), len(totals) - len(drawn))


def choose_actors(dyads: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the actors of the strongest ties, by name: each has a tie with another one that is drawn."""
    chosen: set[str] = set()
    for row in sorted(dyads, key=lambda row: (-row["events"], row["source"], row["target"])):
        both = chosen | {row["source"], row["target"]}
        if len(both) <= ACTORS:
            chosen = both
    return sorted(chosen)


def _point(angle: float, radius: float = RADIUS) -> tuple[float, float]:
    return round(WIDTH / 2 + radius * math.sin(angle), 1), round(HEIGHT / 2 - radius * math.cos(angle), 1)


def _draw_node(name: str, angle: float, events: int, most: int) -> Node:
    x, y = _point(angle)
    side = math.sin(angle)
    return Node(
        x,
        y,
        round(3 + 7 * math.sqrt(events / most), 1),
        name,
        name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…",
        "middle" if abs(side) < 0.12 else "start" if side > 0 else "end",
        _point(angle, RADIUS + (22 if abs(side) < 0.12 else 16)),
        f"{name}: {events} events with others",
        f"/actor/{quote(name, safe='')}",
    )


def _draw_tie(
    row: dict[str, Any], angles: dict[str, float], sizes: dict[str, float], largest: int, facets: Facets
) -> Tie:
    """Return the arrow from a source to a target; the way back runs on the other side of the middle."""
    source, target = row["source"], row["target"]
    (x1, y1), (x2, y2) = _point(angles[source]), _point(angles[target])
    middle = WIDTH / 2 + (y2 - y1) * BEND, HEIGHT / 2 - (x2 - x1) * BEND
    x1, y1 = _move_to((x1, y1), middle, sizes[source])
    x2, y2 = _move_to((x2, y2), middle, sizes[target] + 1)
    events, cooperation, conflict = row["events"], row["cooperation"], row["conflict"]
    kind = "conflict" if conflict > cooperation else "cooperation" if cooperation > conflict else "mixed"
    return Tie(
        f"M{x1},{y1} Q{middle[0]:.1f},{middle[1]:.1f} {x2},{y2}",
        round(1 + (WIDEST - 1) * math.log1p(events) / math.log1p(largest), 1),
        kind,
        f"{source} to {target}: {events} events, {cooperation} of cooperation, {conflict} of conflict",
        facets.address("/events", source=source, target=target),
    )


def _move_to(point: tuple[float, float], other: tuple[float, float], length: float) -> tuple[float, float]:
    """Return the point that lies so far from one point in the direction of another."""
    whole = math.dist(point, other) or 1.0
    share = min(1.0, length / whole)
    return round(point[0] + (other[0] - point[0]) * share, 1), round(
        point[1] + (other[1] - point[1]) * share, 1
    )
