"""Fit how sure an event is to the development sentences that mark the type of their event.

usage: fit_confidence.py [--shared ../shared] [--check]

Each event of a sentence is right if its PLOVER type is a marked one. A logistic model over the
features that `rate_event` names learns from that how often such events are right. The weights go to
`src/onrecord/lexicons/data/event_weights.csv`; `--check` only says whether they would change.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy

from onrecord import read_many
from onrecord.evaluation import COARSE_TYPES
from onrecord.records import Event

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "src" / "onrecord" / "lexicons" / "data" / "event_weights.csv"
OTHER_TABLE = {"116": "ACCUSE", "163": "COERCE", "191": "ASSAULT", "192": "ASSAULT", "1712": "COERCE"}
"""Codes that the published tables give another type than ours: both count as right."""
RARE = 8
"""A feature that fewer events have gets no weight of its own."""
STRICT = 2.0
"""How much a weight must earn its place."""
Example = tuple[str, tuple[str, ...], bool]
"""The sentence, the features of an event in it, whether the event is right."""


def main() -> int:
    """Write the weights, or with --check return 1 if they would change."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    options.add_argument("--check", action="store_true")
    args = options.parse_args()
    path = args.shared / "gold" / "codes" / "dev.jsonl"
    if not path.exists():
        print(f"no marked sentences at {path}: nothing was fitted")
        return 0
    examples = list(read_examples(path))
    weights = fit(examples)
    text = "".join(f"{name},{weight:.2f},plv\n" for name, weight in sorted(weights.items()))
    text = "feature,weight,source\n" + text
    if args.check:
        return int(text != TABLE.read_text(encoding="utf-8"))
    TABLE.write_text(text, encoding="utf-8")
    print(f"{len(weights)} weights from {len(examples)} events")
    return 0


def read_examples(path: Path) -> Iterator[Example]:
    """Yield the events that are read from the marked sentences, and whether each is right."""
    pages = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pages = [page for page in pages if page["gold"]["set"] == "plv"]
    for page, record in zip(pages, read_many(pages), strict=True):
        marked = {relation["root"] for relation in page["gold"]["relations"]}
        for event in record.events:
            if event.act.type != "STATEMENT":
                yield page["id"], features_of(event), is_right(event, marked)


def features_of(event: Event) -> tuple[str, ...]:
    """Return the features that the coder named for an event."""
    line = next(line for line in event.why if line.startswith("sure by: "))
    return tuple(line.removeprefix("sure by: ").split("; "))


def is_right(event: Event, marked: set[str]) -> bool:
    """Return whether the type of an event is one that its sentence is marked with."""
    kind = event.plover.type if event.plover else event.act.type
    code = event.cameo or ""
    other = OTHER_TABLE.get(code, OTHER_TABLE.get(code[:3], ""))
    return COARSE_TYPES.get(kind, kind) in marked or other in marked


def fit(examples: list[Example]) -> dict[str, float]:
    """Return a weight for each feature, and one for all events, by ridge logistic regression."""
    counts = Counter(name for _, names, _ in examples for name in names)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    place = {name: n for n, name in enumerate(names, 1)}
    x = numpy.zeros((len(examples), len(names) + 1))
    x[:, 0] = 1
    for row, (_, given, _) in enumerate(examples):
        for name in given:
            if name in place:
                x[row, place[name]] = 1
    y = numpy.array([float(right) for _, _, right in examples])
    penalty = numpy.full(len(names) + 1, STRICT)
    penalty[0] = 1e-6
    w = numpy.zeros(len(names) + 1)
    for _ in range(50):
        p = 1 / (1 + numpy.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + numpy.diag(penalty)
        step = numpy.linalg.solve(hessian, x.T @ (y - p) - penalty * w)
        w += step
        if abs(step).max() < 1e-6:
            break
    return {"all events": float(w[0]), **{name: float(w[n]) for name, n in place.items()}}


if __name__ == "__main__":
    sys.exit(main())
