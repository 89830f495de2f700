from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.review.measure_precision import Share, rate_share

Json = dict[str, Any]
COARSE_TYPES = {
    "CONCEDE": "YIELD", "RETREAT": "YIELD", "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT",
}  # fmt: skip
"""PLOVER types that sentences marked with the fifteen coarser ones (Hu et al. 2024) do not tell apart."""


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How often one type was given and marked, counted in sentences."""

    name: str
    precision: Share
    recall: Share


def count_types(gold: Path, records: Path, scheme: str) -> tuple[TypeCount, ...]:
    """Return precision and recall of each type over the marked sentences of `gold/codes`, by name.

    `scheme` is `plover` (sentences of the set plv) or `cameo` (roots, sentences of the manual). A type
    counts once for each sentence, however many events have it.
    """
    marked_set, marked_types, given_types = SCHEMES[scheme]
    given = {row["page"]["id"]: given_types(row) for row in read_lines(records)}
    right: Counter[str] = Counter()
    marks: Counter[str] = Counter()
    finds: Counter[str] = Counter()
    for page in read_lines(gold):
        if page["gold"].get("set") == marked_set:
            wanted, got = marked_types(page["gold"]), given.get(page["id"], set())
            right.update(wanted & got)
            marks.update(wanted)
            finds.update(got)
    return tuple(
        TypeCount(name, rate_share(right[name], finds[name]), rate_share(right[name], marks[name]))
        for name in sorted({*marks, *finds})
    )


def read_lines(path: Path) -> Iterator[Json]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def _marked_plover(gold: Json) -> set[str]:
    return {relation["root"] for relation in gold["relations"]}


def _given_plover(record: Json) -> set[str]:
    types = [event["plover"]["type"] for event in record["events"] if event.get("plover")]
    return {COARSE_TYPES.get(name, name) for name in types if name}


def _marked_cameo(gold: Json) -> set[str]:
    return {event["root"] for event in gold["events"]}


def _given_cameo(record: Json) -> set[str]:
    return _roots(event.get("cameo") for event in record["events"])


def _roots(codes: Iterable[str | None]) -> set[str]:
    return {code[:2] for code in codes if code and len(code) >= 2}


SCHEMES: dict[str, tuple[str, Callable[[Json], set[str]], Callable[[Json], set[str]]]] = {
    "plover": ("plv", _marked_plover, _given_plover),
    "cameo": ("cameo_manual", _marked_cameo, _given_cameo),
}
"""For each scheme the set that is marked with it, and the types of a marked and of a read sentence."""
