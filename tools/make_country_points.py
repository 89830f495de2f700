"""Write src/onrecord/lexicons/data/country_points.csv: the middle of each country.

usage: uv run --with countryinfo==1.0.1 tools/make_country_points.py
Where countryinfo knows no point, the capital's coordinates of the gazetteer stand in.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from countryinfo import all_countries

from onrecord.lexicons.gazetteer import fold_name, open_gazetteer

DATA = Path(__file__).parent.parent / "src/onrecord/lexicons/data"


def main() -> int:
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as lines:
        countries = list(csv.DictReader(lines))
    known = {info.iso(3): info for info in all_countries()}
    with (DATA / "country_points.csv").open("w", encoding="utf-8", newline="") as sink:
        table = csv.writer(sink, lineterminator="\n")
        table.writerow(["alpha3", "lat", "lon", "source"])
        for country in sorted(countries, key=lambda row: row["alpha3"]):
            point = find_point(country, known)
            if point:
                table.writerow([country["alpha3"], *point])
    return 0


def find_point(country, known):
    info = known.get(country["alpha3"])
    if info is not None and info.latlng():
        lat, lon = info.latlng()
        return round(lat, 2), round(lon, 2), "countryinfo"
    capital = country["capital"].split(";")[0]
    for entry in open_gazetteer().find(fold_name(capital)):
        if entry.country == country["alpha2"]:
            return entry.lat, entry.lon, "geonames"
    return None


if __name__ == "__main__":
    sys.exit(main())
