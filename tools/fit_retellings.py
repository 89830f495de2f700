"""Fit by what two events of one page are one event that is told again.

usage: fit_retellings.py [--shared ../shared] [--records RECORDS.jsonl] [--without FOLDS] [--check] [--folds]

Reads the pages of open licence in gold/events, whose marks say of each event where else the page tells it.
Events that onrecord finds at two marks of one type are one pair; a logistic with a Gaussian prior over its
features becomes `retelling_weights.csv`. A page counts by the root of its pairs. `--records` has the records
of the pages, which are read anew without it; `--folds` prints how often weights of the other folds are
right on each fold; `--without` leaves folds out; `--check` only says whether the table would change.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from event_examples import find_marks
from weight_tables import find_pages, read_options, write_weights

from onrecord.incidents.compare_tellings import pair_events
from onrecord.incidents.sketch import sketch_page
from onrecord.lexicons.weights import sum_weights
from onrecord.pipeline import read_pages
from onrecord.records import RawPage, Record, record_maker
from onrecord.sources import open_sources

TABLE = "retelling_weights"
PRIOR = 5.0
"""How much a weight must earn its place."""
RARE = 40
"""A feature that fewer pairs have gets no weight."""
ROUNDS = 30
Mark = dict[str, Any]
"""An event as the marks of a page have it."""


@dataclass(frozen=True)
class Pair:
    """Two events of a page, and whether the marks have them as one."""

    page: str
    fold: int
    features: dict[str, float]
    is_one: bool


def main() -> int:
    """Write the table, or with --check return 1 if it would change."""
    options = read_options(__doc__)
    options.add_argument("--records", type=Path)
    args = options.parse_args()
    path, pages = find_pages(args)
    if not pages:
        return 0
    pairs = [
        pair
        for record in read_records(path, args.records)
        if record.page.id in pages
        for pair in pair_up(record, pages[record.page.id])
    ]
    if args.folds:
        print_folds(pairs)
    return int(write_weights(TABLE, fit(pairs), "told-again", args.check) and args.check)


def read_records(path: Path, coded: Path | None) -> Iterable[Record]:
    """Return the records of marked pages: those of a file, or of the pages read now."""
    if coded is None:
        return read_pages([raw for raw in open_sources([str(path)]) if isinstance(raw, RawPage)])
    make = record_maker(Record)
    return (make(json.loads(line)) for line in coded.read_text(encoding="utf-8").splitlines())


def pair_up(record: Record, page: dict[str, Any]) -> Iterator[Pair]:
    """Yield the pairs of events of a page that both stand at a mark."""
    marks = match_marks(record, list(find_marks(page)))
    for one, other, features in pair_events(record, sketch_page(record).events):
        if one in marks and other in marks:
            yield Pair(record.page.id, page["fold"], features, marks[one] is marks[other])


def match_marks(record: Record, marks: Sequence[tuple[int, int, Mark]]) -> dict[int, Mark]:
    """Return the marked event of each event that stands at one, by its place; closest words first."""
    candidates = []
    for place, (start, end, _) in enumerate(marks):
        for number, event in enumerate(record.events):
            shared = min(end, event.trigger[1]) - max(start, event.trigger[0])
            if shared > 0:
                whole = end - start + event.trigger[1] - event.trigger[0] - shared
                candidates.append((-shared / whole, place, number))
    taken: set[int] = set()
    found: dict[int, Mark] = {}
    for _, place, number in sorted(candidates):
        if place not in taken and number not in found:
            taken.add(place)
            found[number] = marks[place][2]
    return found


def fit(pairs: Sequence[Pair]) -> dict[str, float]:
    """Return the weight of each feature: a logistic, by Newton steps."""
    counts = Counter(name for pair in pairs for name in pair.features)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    places = {name: place for place, name in enumerate(names)}
    values = numpy.zeros((len(pairs), len(names)))
    for row, pair in enumerate(pairs):
        for name, value in pair.features.items():
            if name in places:
                values[row, places[name]] = value
    right = numpy.array([pair.is_one for pair in pairs], float)
    size = Counter(pair.page for pair in pairs)
    share = numpy.array([size[pair.page] ** -0.5 for pair in pairs])
    share *= len(pairs) / share.sum()
    prior = numpy.full(len(names), PRIOR)
    prior[places["any"]] = 0.05
    weights = numpy.zeros(len(names))
    for _ in range(ROUNDS):
        chance = 1 / (1 + numpy.exp(-values @ weights))
        slope = values.T @ (share * (right - chance)) - prior * weights
        bend = (values.T * (share * chance * (1 - chance))) @ values + numpy.diag(prior)
        weights += numpy.linalg.solve(bend, slope)
    rounded = {name: round(float(weights[place]), 2) for name, place in places.items()}
    return {name: weight for name, weight in rounded.items() if weight}


def print_folds(pairs: Sequence[Pair]) -> None:
    """Print precision and recall on each fold of weights that were fitted to the others."""
    for fold in sorted({pair.fold for pair in pairs}):
        weights = fit([pair for pair in pairs if pair.fold != fold])
        held = [pair for pair in pairs if pair.fold == fold]
        said = [pair.is_one for pair in held if sum_weights(pair.features, weights) > 0]
        wanted = sum(pair.is_one for pair in held)
        print(f"fold {fold}: precision {sum(said) / max(1, len(said)):.3f}, recall {sum(said) / wanted:.3f}"
              f" of {wanted} in {len(held)} pairs")  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
