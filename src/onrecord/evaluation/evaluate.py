from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.evaluation.count_types import SCHEMES, TypeCount, count_types
from onrecord.evaluation.find_benchmarks import find_benchmarks, list_skipped
from onrecord.evaluation.list_failures import KnownFailure
from onrecord.evaluation.run_benchmark import Score, run_benchmark
from onrecord.pipeline import name_coder
from onrecord.records import Coder, Settings


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured, with what, and when."""

    coder: Coder
    day: str
    split: str
    scores: tuple[Score, ...]
    types: dict[str, dict[str, tuple[TypeCount, ...]]]
    """Of the set `codes`, by scheme (`plover`, `cameo`) and coder: onrecord first, then the recorded ones."""
    skipped: tuple[str, ...] = ()
    """Gold files that have no scorer."""
    failures: tuple[KnownFailure, ...] = ()


def evaluate(
    home: Path,
    records: Path,
    day: str,
    *,
    split: str = "dev",
    only: Sequence[str] = (),
    published: str | None = None,
    settings: Settings | None = None,
    failures: tuple[KnownFailure, ...] = (),
    tell: Callable[[Score], None] = lambda score: None,
) -> Evaluation:
    """Return the scores of all benchmarks below `home`; records and scorers' output stay in `records`.

    `tell` is given each score as it comes. Raises InputError if there is nothing to measure with.
    """
    settings = settings or Settings()
    scores = []
    types: dict[str, dict[str, tuple[TypeCount, ...]]] = {}
    for benchmark in find_benchmarks(home, split, only):
        scores.append(run_benchmark(benchmark, records, settings, published))
        tell(scores[-1])
        if benchmark.name == "codes":
            types = _count_all(benchmark.pages, records / "codes.jsonl")
    skipped = () if only else list_skipped(home, split)
    return Evaluation(name_coder(settings), day, split, tuple(scores), types, skipped, failures)


def _count_all(gold: Path, records: Path) -> dict[str, dict[str, tuple[TypeCount, ...]]]:
    """Return the types of onrecord and of each tool whose output is recorded beside the gold file."""
    coders = {"onrecord": records} | {path.stem: path for path in sorted(gold.parent.glob("peers/*.jsonl"))}
    return {
        scheme: {name: count_types(gold, path, scheme) for name, path in coders.items()} for scheme in SCHEMES
    }
