"""A language model held against marked pages: agreement, and what its refusals would change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import InputError
from onrecord.evaluation.find_benchmarks import Benchmark, find_benchmarks
from onrecord.evaluation.judge_events import JUDGES, Truth, Verdict, judge_events
from onrecord.evaluation.run_benchmark import read_set
from onrecord.records import Record, Settings
from onrecord.review import describe_event, point_at
from onrecord.review.measure_agreement import cohen_kappa
from onrecord.review.measure_precision import Share, rate_share
from onrecord.second import Outcome

ANSWERS = "second.sqlite"
"""Where the answers are kept, in the folder of the records."""


@dataclass(frozen=True, slots=True)
class MarkedSet:
    """Marked pages as the coder reads them, and what the marks say of each event."""

    name: str
    records: tuple[Record, ...]
    truth: Truth


@dataclass(frozen=True, slots=True)
class SecondScore:
    """What a reader is worth on one set: following it drops the events that it refuses."""

    set: str
    pages: int
    asked: int
    """Events on which its answer was kept and the marks say whether they are right."""
    observed: float | None
    """Share of these on which reader and marks agree."""
    kappa: float | None
    """Cohen (1960): right or wrong, of the reader and of the marks; None where chance explains all."""
    refused_wrong: Share
    """Of the events that it refuses: those that are wrong."""
    wrong_refused: Share
    """Of the wrong events on which its answer was kept: those that it refuses."""
    precision: Share
    precision_after: Share
    recall: Share
    recall_after: Share


def read_marked(
    home: Path,
    records: Path,
    *,
    split: str = "dev",
    only: Sequence[str] = (),
    sample: int | None = None,
    published: str | None = None,
    settings: Settings | None = None,
) -> tuple[MarkedSet, ...]:
    """Return the marked sets of a data folder, coded; of each at most `sample` pages, the same ones always.

    The pages and their records stay in `records`. Raises InputError if there is nothing to measure with.
    """
    records.mkdir(parents=True, exist_ok=True)
    found = find_benchmarks(home, split, only)
    chosen = [one for one in found if only or one.name in JUDGES]
    if not chosen:
        raise InputError(
            f"{home}: no marked events; expected gold/SET/{split}.jsonl of {' or '.join(JUDGES)}"
        )
    return tuple(_read_one(one, records, sample, published, settings) for one in chosen)


def _read_one(
    benchmark: Benchmark, home: Path, sample: int | None, published: str | None, settings: Settings | None
) -> MarkedSet:
    gold = home / f"second-{benchmark.name}.gold.jsonl"
    lines = home / f"second-{benchmark.name}.jsonl"
    rows = benchmark.pages.read_text(encoding="utf-8").splitlines(keepends=True)
    gold.write_text("".join(draw_pages(rows, sample)), encoding="utf-8")
    records = tuple(read_set(gold, settings, published))
    lines.write_text("".join(f"{record.to_json()}\n" for record in records), encoding="utf-8")
    return MarkedSet(benchmark.name, records, judge_events(benchmark, gold, lines, records))


def draw_pages(rows: Sequence[str], sample: int | None) -> list[str]:
    """Return at most so many lines of a gold file, drawn by their digests, in the order of the file.

    >>> draw_pages(["a", "b", "c"], 2)
    ['b', 'c']
    """
    found = [row for row in rows if row.strip()]
    if sample is None:
        return found
    drawn = sorted(found, key=lambda row: hashlib.sha256(row.encode()).hexdigest())[:sample]
    return [row for row in found if row in set(drawn)]


def measure_second(marked: MarkedSet, outcome: Outcome) -> SecondScore:
    """Return what the kept answers of a reader are worth on a set."""
    said = dict(_match_answers(marked.records, outcome))
    verdicts = [one for one in marked.truth.verdicts if one.is_right is not None]
    asked = [one for one in verdicts if (one.page, one.event) in said]
    refused = [one for one in asked if said[one.page, one.event]]
    left = [one for one in verdicts if not said.get((one.page, one.event), False)]
    labels = [(str(one.is_right), str(not said[one.page, one.event])) for one in asked]
    observed, _, kappa = cohen_kappa(labels) if labels else (None, None, None)
    return SecondScore(
        marked.name,
        len(marked.records),
        len(asked),
        observed,
        kappa,
        rate_share(sum(not one.is_right for one in refused), len(refused)),
        rate_share(sum(not one.is_right for one in refused), sum(not one.is_right for one in asked)),
        rate_share(sum(bool(one.is_right) for one in verdicts), len(verdicts)),
        rate_share(sum(bool(one.is_right) for one in left), len(left)),
        rate_share(_count_found(verdicts), marked.truth.marks),
        rate_share(_count_found(left), marked.truth.marks),
    )


def _match_answers(records: Iterable[Record], outcome: Outcome) -> Iterator[tuple[tuple[str, str], bool]]:
    """Yield page and event of each kept answer, and whether it refuses the event."""
    answers = {
        (question.page, question.anchor, question.coded): answer.refuses for question, answer in outcome.kept
    }
    for record in records:
        for event in record.events:
            key = (record.page.id, point_at(record, event), describe_event(record, event))
            if key in answers:
                yield (record.page.id, event.id), answers[key]


def _count_found(verdicts: Iterable[Verdict]) -> int:
    """Return how many marks right events find, each mark once."""
    return len({(one.page, one.mark) for one in verdicts if one.mark is not None})
