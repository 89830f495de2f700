"""Which events of records are right by the marks of a gold set: event by event, to hold a reader against."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import InputError
from onrecord.evaluation.count_types import COARSE_TYPES, SCHEMES, read_lines
from onrecord.evaluation.find_benchmarks import Benchmark
from onrecord.records import Event, Record


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the marks say of one event."""

    page: str
    event: str
    is_right: bool | None
    """Whether its type is a marked one; None where the marks leave that open."""
    mark: str | None
    """The marked event, or type of the sentence, that it finds."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What the marks of a set say of all events of some records."""

    verdicts: tuple[Verdict, ...]
    marks: int
    """Marked events, or types of sentences, that are to be found."""


def judge_events(benchmark: Benchmark, gold: Path, lines: Path, records: Sequence[Record]) -> Truth:
    """Return the verdict on each event of records that stand, a line each, in a file.

    Raises InputError for a set whose marks cannot be held against single events.
    """
    judge = JUDGES.get(benchmark.name)
    if judge is None:
        raise InputError(
            f"--second: the set {benchmark.name} does not say which events are right: expected "
            f"{' or '.join(JUDGES)} in --only"
        )
    return judge(benchmark, gold, lines, records)


def _judge_pages(benchmark: Benchmark, gold: Path, lines: Path, records: Sequence[Record]) -> Truth:
    """Return what the scorer of whole pages says; optional marks of the right type count neither way."""
    call = [sys.executable, str(benchmark.scorer), str(gold), str(lines), "--json"]
    done = subprocess.run(call, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        told = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
        raise InputError(f"{benchmark.scorer}: the scorer failed: {told[-1]}")
    verdicts, marks = [], 0
    for page in json.loads(done.stdout):
        core = {row["mark"] for row in page["given"] if row.get("need") == "core"}
        marks += len(core) + len(page["missed"])
        for row in page["given"]:
            is_core = row.get("need") == "core"
            right = bool(row.get("type_ok"))
            open_ = right and not is_core
            mark = str(row["mark"]) if right and is_core else None
            verdicts.append(Verdict(page["page"], row["id"], None if open_ else right, mark))
    return Truth(tuple(verdicts), marks)


def _judge_sentences(benchmark: Benchmark, gold: Path, lines: Path, records: Sequence[Record]) -> Truth:
    """Return what marked sentences say: an event is right if the sentence is marked with its type."""
    by_id = {record.page.id: record for record in records}
    verdicts, marks = [], 0
    for row in read_lines(gold):
        scheme = next((one for one in SCHEMES.values() if one[0] == row["gold"].get("set")), None)
        if scheme is None:
            continue
        wanted = scheme[1](row["gold"])
        marks += len(wanted)
        for event in by_id[str(row["id"])].events if str(row["id"]) in by_id else ():
            given = name_type(event, row["gold"]["set"])
            if given is not None:
                right = given in wanted
                verdicts.append(Verdict(str(row["id"]), event.id, right, given if right else None))
    return Truth(tuple(verdicts), marks)


def name_type(event: Event, marked: str) -> str | None:
    """Return the type of an event as a set of marked sentences names it; None if it has none there."""
    if marked == SCHEMES["cameo"][0]:
        return event.cameo[:2] if event.cameo else None
    return COARSE_TYPES.get(event.plover.type, event.plover.type) if event.plover else None


JUDGES: Mapping[str, Callable[[Benchmark, Path, Path, Sequence[Record]], Truth]] = {
    "events": _judge_pages,
    "codes": _judge_sentences,
}
"""For each set that says which events are right, what reads its marks."""
