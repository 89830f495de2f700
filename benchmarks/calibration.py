"""Say how often an event with a given confidence is right, and write docs/calibration.md.

usage: calibration.py [--shared ../shared]
"""

from __future__ import annotations

import argparse
import itertools
import math
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from fit_confidence import Example, fit, read_examples  # noqa: E402

from onrecord._version import __version__  # noqa: E402

DOC = ROOT / "docs" / "calibration.md"
FOLDS = 10
EDGES = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.9)
HEAD = """# What a confidence means

Written by benchmarks/calibration.py; onrecord {version}.

Measured on {pages} sentences of the development half that are marked with the PLOVER type of their
event, from which {events} events are read. An event counts as right if its type is a marked one, by
our table of codes or by the table of 2021 where the two differ. A sentence is marked with one event
as a rule, and a second one that is just as true counts as wrong: true precision is higher.

The confidence is a logistic model over how the event was read (`sure by` in its `why`), fitted by
tools/fit_confidence.py. Each event below was rated by weights that were fitted without its sentence
({folds} folds).

"""


def main() -> int:
    """Write the tables; returns 0 also where there is nothing to measure with."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    path = options.parse_args().shared / "gold" / "codes" / "dev.jsonl"
    if not path.exists():
        print(f"no marked sentences at {path}: calibration was not measured")
        return 0
    examples = list(read_examples(path))
    rated = rate_unseen(examples)
    pages = len(sorted({page for page, _, _ in examples}))
    text = HEAD.format(version=__version__, pages=pages, events=len(examples), folds=FOLDS)
    text += write_bins(rated) + "\n" + write_thresholds(rated)
    DOC.write_text(text, encoding="utf-8")
    print(text)
    return 0


def rate_unseen(examples: list[Example]) -> list[tuple[float, bool]]:
    """Return confidence and truth of each event, rated by weights fitted to the other folds."""
    pages = {page: number for number, page in enumerate(dict.fromkeys(page for page, _, _ in examples))}
    rated = []
    for fold in range(FOLDS):
        weights = fit([item for item in examples if pages[item[0]] % FOLDS != fold])
        for page, names, right in examples:
            if pages[page] % FOLDS == fold:
                odds = weights["all events"] + sum(weights.get(name, 0.0) for name in names)
                rated.append((1 / (1 + math.exp(-odds)), right))
    return rated


def write_bins(rated: list[tuple[float, bool]]) -> str:
    """Return the reliability table: what is said, and what is so."""
    lines = ["| confidence | events | mean confidence | right |", "| --- | --- | --- | --- |"]
    for low, high in itertools.pairwise(EDGES):
        inside = [(sure, right) for sure, right in rated if low <= sure < high or sure == high == 1.0]
        if inside:
            said = sum(sure for sure, _ in inside) / len(inside)
            true = sum(right for _, right in inside) / len(inside)
            lines.append(f"| {low:.1f} to {high:.1f} | {len(inside)} | {said:.2f} | {true:.2f} |")
    return "\n".join(lines) + "\n"


def write_thresholds(rated: list[tuple[float, bool]]) -> str:
    """Return the table of what `--min-confidence` keeps, and how much of that is right."""
    lines = ["| `--min-confidence` | events kept | of all | precision |", "| --- | --- | --- | --- |"]
    for least in THRESHOLDS:
        kept = [right for sure, right in rated if sure >= least]
        if kept:
            share, true = len(kept) / len(rated), sum(kept) / len(kept)
            lines.append(f"| {least} | {len(kept)} | {share:.2f} | {true:.3f} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
