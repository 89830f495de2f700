"""Make the table of officials by name, country, sector and days of office.

usage: build_roster.py [--shared ../shared] [--check]

Reads data/phoenix_actors.csv (names, CAMEO role codes and dates of PETRARCH's dictionaries) and
data/us_legislators.csv (terms in the US Congress) below the shared folder, keeps persons with a known
country, joins terms that follow one another, and writes `src/onrecord/lexicons/data/roster.csv`.
`--check` only says whether the table would change.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from onrecord.lexicons.countries import load_countries

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src" / "onrecord" / "lexicons" / "data" / "roster.csv"
SECTORS = {
    "GOV": "GOV",
    "MIL": "MIL",
    "COP": "COP",
    "JUD": "JUD",
    "LEG": "LEG",
    "OPP": "OPP",
    "SPY": "SPY",
    "ELI": "",
}
"""First role code to sector; `ELI` is given to elites of any kind, so that it tells the country alone."""
NO_PERSON = re.compile(
    r"\b(?:The|Of|And|For|In|Ministry|Party|Army|Force|Forces|Council|Front|Movement|Government|Police|Court|"
    r"Guard|Union|Party|Bank|Group|Committee|Agency|Office|Service|Authority|Parliament|Assembly|Congress|"
    r"Republic|Democratic|National|Security|Minister|President|General|Leader|Official|Officials|King|Prince|"
    r"Queen|Air|Navy|Militia|Brigade|Opposition|Alliance|Coalition|Corps|Command|Embassy|Institute|University)\b"
)
Term = tuple[str, str, str, str, str, str]
"""Name, country, sector, start, end, source."""


def main() -> int:
    """Write the table, or with --check return 1 if it would change."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--check", action="store_true")
    args = options.parse_args()
    data = args.shared / "data"
    if not data.is_dir():
        print(f"no rosters at {data}: nothing was made")
        return 0
    rows = join_terms(
        [*read_phoenix(data / "phoenix_actors.csv"), *read_legislators(data / "us_legislators.csv")]
    )
    text = "name,country,sector,start,end,source\n" + "".join(",".join(row) + "\n" for row in rows)
    if args.check:
        return int(text != TABLE.read_text(encoding="utf-8"))
    TABLE.write_text(text, encoding="utf-8")
    print(f"{len(rows)} terms, {len(text) // 1000} kB")
    return 0


def read_phoenix(path: Path) -> Iterator[Term]:
    """Yield the terms of persons in PETRARCH's dictionary of countries."""
    nations = {country.cameo: country.alpha3 for country in load_countries() if country.successor is None}
    for row in read_table(path):
        country, sector = nations.get(row["code"][:3]), SECTORS.get(row["code"][3:6])
        if row["file"] != "Countries" or country is None or sector is None or not is_person(row["name"]):
            continue
        is_dated = bool(row["start"] or row["end"])
        if is_dated or sector == "":
            yield row["name"], country, sector, row["start"][:7], row["end"][:7], "phoenix"


def read_legislators(path: Path) -> Iterator[Term]:
    """Yield the terms of members of the US Congress, under each of their names."""
    for row in read_table(path):
        sector = "LEG" if row["office"] in ("representative", "senator") else "GOV"
        for name in dict.fromkeys((row["name"], *row["other_names"].split("|"))):
            if is_person(name):
                yield name, "USA", sector, row["start"][:7], row["end"][:7], "congress-legislators"


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def is_person(name: str) -> bool:
    """Return whether a name has two to six words and none that names a body or an office."""
    return 2 <= len(name.split()) <= 6 and "," not in name and not NO_PERSON.search(name)


def join_terms(terms: list[Term]) -> list[Term]:
    """Return the terms sorted; those of one person and sector that touch become one."""
    by_person: dict[tuple[str, str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for name, country, sector, start, end, source in terms:
        by_person[name, country, sector, source].append((start, end))
    rows: list[Term] = []
    for (name, country, sector, source), days in by_person.items():
        merged: list[tuple[str, str]] = []
        for start, end in sorted(set(days)):
            if merged and (not merged[-1][1] or start <= merged[-1][1]):
                first, last = merged[-1]
                merged[-1] = (first, "" if not last or not end else max(last, end))
            else:
                merged.append((start, end))
        rows += [(name, country, sector, start, end, source) for start, end in merged]
    return sorted(rows)


if __name__ == "__main__":
    raise SystemExit(main())
