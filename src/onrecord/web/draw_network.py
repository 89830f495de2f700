"""The network: who acts on whom, actors on a circle, lines coloured by cooperation and conflict."""

from __future__ import annotations

import math
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from onrecord.web.facets import Facets
from onrecord.web.shelf import Rows

WIDTH, HEIGHT = 720, 480
RADIUS = 180
ACTORS = 24
"""Actors that are drawn: those with the most events."""
WIDEST = 9
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
    drawn = sorted(sorted(totals, key=lambda name: (-totals[name], name))[:ACTORS])
    most = max(totals.values(), default=1)
    angles = {name: 2 * math.pi * place / len(drawn) for place, name in enumerate(drawn)}
    nodes = tuple(_draw_node(name, angles[name], totals[name], most) for name in drawn)
    pairs = _sum_pairs([row for row in found if row["source"] in angles and row["target"] in angles])
    largest = max((sums[0] for sums in pairs.values()), default=1)
    ties = [_draw_tie(pair, angles, sums, largest, facets) for pair, sums in sorted(pairs.items())]
    return Network("network", nodes, tuple(ties), len(totals) - len(drawn))


def _sum_pairs(rows: list[dict]) -> dict[tuple[str, str], list[int]]:  # type: ignore[type-arg]
    """Return events, cooperation and conflict of each pair, whoever of the two acts."""
    pairs: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        first, second = sorted((row["source"], row["target"]))
        sums = pairs.setdefault((first, second), [0, 0, 0])
        for place, name in enumerate(("events", "cooperation", "conflict")):
            sums[place] += row[name]
    return pairs


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
    pair: tuple[str, str], angles: dict[str, float], sums: list[int], largest: int, facets: Facets
) -> Tie:
    (x1, y1), (x2, y2) = _point(angles[pair[0]]), _point(angles[pair[1]])
    events, cooperation, conflict = sums
    kind = "conflict" if conflict > cooperation else "cooperation" if cooperation > conflict else "mixed"
    times = {name: value for name, value in facets.items() if name in ("since", "until")}
    return Tie(
        f"M{x1},{y1} Q{WIDTH / 2},{HEIGHT / 2} {x2},{y2}",
        round(1 + (WIDEST - 1) * math.log1p(events) / math.log1p(largest), 1),
        kind,
        f"{pair[0]} and {pair[1]}: {events} events, {cooperation} of cooperation, {conflict} of conflict",
        "/compare?" + urlencode({"first": pair[0], "second": pair[1], **times}),
    )
