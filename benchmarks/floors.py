"""Hold the figures of docs/accuracy.md against the floors of floors.json, per type of record.

usage: floors.py [--accuracy docs/accuracy.md] [--since REF] [--raise]

`make bench` writes docs/accuracy.md; `tests/evaluation/test_floors.py` runs the comparison. `--raise`
lifts each floor to .01 below the figure and lowers none. To lower a floor, edit floors.json and add
"lowered": "the reason" to its row; `--since` fails where a floor is lower than at a commit and its
reason is missing or as old as that commit.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parent
FLOORS = HOME / "floors.json"
ACCURACY = HOME.parent / "docs" / "accuracy.md"
MARGIN = 0.01
"""How far a figure may fall before the build fails: what one page more or less moves the smaller sets."""
MEASURES = ("precision", "recall")
Floors = dict[str, list[dict[str, Any]]]
"""Rows by type of record: the set, the beginning of its row in the report, and the least of a measure."""
SECTION = re.compile(r"^## ([^\n]+)\n+```text\n(.*?)^```", re.M | re.S)
PAIR = re.compile(r"\bP ([\d.]+) R ([\d.]+)")
NUMBER = re.compile(r"\d\.\d+")


def read_figures(report: str, name: str, row: str) -> dict[str, float]:
    """Return precision and recall of a row of a report, its one figure as recall where it has no pair.

    Raises KeyError if the report has no such row.
    """
    for section, body in SECTION.findall(report):
        for line in body.splitlines() if section == name else ():
            text = " ".join(line.split())
            if text.startswith(row + " "):
                rest = text[len(row) :]
                if pair := PAIR.search(rest):
                    return dict(zip(MEASURES, map(float, pair.groups()), strict=True))
                if number := NUMBER.search(rest):
                    return {"recall": float(number[0])}
    raise KeyError(f"{name}: {row}")


def find_breaches(floors: Floors, report: str) -> Iterator[str]:
    """Yield a line for each figure of a report that is below its floor, or that is missing."""
    for record, rows in floors.items():
        for row in rows:
            where = f"{record}, {row['set']}: {row['row']}"
            try:
                figures = read_figures(report, row["set"], row["row"])
            except KeyError:
                yield f"{where}: no such row in the report"
                continue
            for measure in MEASURES:
                if measure in row and figures.get(measure, 0.0) < row[measure]:
                    yield f"{where}: {measure} {figures.get(measure, 0.0):.3f} is below {row[measure]:.3f}"


def find_lowered(floors: Floors, before: Floors) -> Iterator[str]:
    """Yield a line for each floor that is lower than before, or gone, without a new reason."""
    now = {(record, row["set"], row["row"]): row for record, rows in floors.items() for row in rows}
    for record, rows in before.items():
        for old in rows:
            new = now.get((record, old["set"], old["row"]), {})
            fallen = [name for name in MEASURES if new.get(name, 0.0) < old.get(name, 0.0)]
            if fallen and new.get("lowered") in (None, "", old.get("lowered")):
                yield (
                    f"{record}, {old['set']}: {old['row']}: the floor of {' and '.join(fallen)} is lower than"
                    ' before; say why in "lowered"'
                )


def raise_floors(floors: Floors, report: str) -> Floors:
    """Return the floors, each at least `MARGIN` below its figure."""
    return {
        record: [row | _lifted(row, read_figures(report, row["set"], row["row"])) for row in rows]
        for record, rows in floors.items()
    }


def _lifted(row: dict[str, Any], figures: dict[str, float]) -> dict[str, float]:
    return {name: max(row.get(name, 0.0), round(value - MARGIN, 3)) for name, value in figures.items()}


def read_before(ref: str) -> Floors:
    """Return the floors at a commit, none where there was no such file."""
    shown = subprocess.run(
        ["git", "show", f"{ref}:benchmarks/floors.json"], cwd=HOME, capture_output=True, text=True
    )
    found: Floors = json.loads(shown.stdout) if shown.returncode == 0 else {}
    return found


def main() -> int:
    """Print what is below its floor or was lowered without a reason; return 1 if there is any."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--accuracy", type=Path, default=ACCURACY)
    options.add_argument("--since", metavar="REF", help="also compare the floors with those at this commit")
    options.add_argument("--raise", action="store_true", dest="lift", help="lift the floors to the figures")
    args = options.parse_args()
    floors: Floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    report = args.accuracy.read_text(encoding="utf-8")
    if args.lift:
        floors = raise_floors(floors, report)
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")
    found = list(find_breaches(floors, report))
    if args.since:
        found += find_lowered(floors, read_before(args.since))
    print("\n".join(found) or "every figure is at or above its floor")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
