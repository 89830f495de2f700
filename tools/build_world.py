"""Build src/onrecord/web/world.json: the outline of each country as an SVG path.

usage: build_world.py COUNTRIES-110M.json     (of the npm package world-atlas 2, made from Natural Earth)

Decodes the TopoJSON arcs and projects them equirectangular into 720 x 360, one decimal. Countries are
keyed by ISO 3166-1 alpha-3. The same input gives the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pycountry

TARGET = Path(__file__).parent.parent / "src/onrecord/web/world.json"
EDGE = 360
"""Units between two points of which one lies at the other edge."""
EXTRA = {"Kosovo": "XKX", "N. Cyprus": "CYP", "Somaliland": "SOM"}


def main() -> int:
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = [list(decode_arc(arc, topology["transform"])) for arc in topology["arcs"]]
    paths: dict[str, str] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = name_country(shape)
        if code:
            paths[code] = paths.get(code, "") + "".join(draw_rings(shape, arcs))
    TARGET.write_text(json.dumps(dict(sorted(paths.items())), indent=0) + "\n", encoding="utf-8")
    print(f"{len(paths)} countries, {TARGET.stat().st_size} bytes")
    return 0


def name_country(shape: dict) -> str | None:
    found = pycountry.countries.get(numeric=str(shape.get("id", "")).zfill(3))
    return found.alpha_3 if found else EXTRA.get(shape["properties"]["name"])


def decode_arc(arc: list, transform: dict) -> Iterator[tuple[float, float]]:
    x = y = 0
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield (x * sx + tx + 180) * 2, (90 - (y * sy + ty)) * 2


def draw_rings(shape: dict, arcs: list) -> Iterator[str]:
    groups = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    for polygon in groups:
        for ring in polygon:
            points: list[tuple[float, float]] = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points += arc[1:] if points else arc
            for piece in split_ring(points):
                yield "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in piece) + "Z"


def split_ring(points: list[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """Yield a ring in pieces, cut where it jumps from one edge of the map to the other."""
    piece = points[:1]
    for before, point in pairwise(points):
        if abs(before[0] - point[0]) > EDGE:
            yield piece
            piece = []
        piece.append(point)
    yield piece


if __name__ == "__main__":
    sys.exit(main())
