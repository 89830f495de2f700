"""Reports joined to incidents, one after the other in the order of publication."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from onrecord.incidents.sketch import EventSketch

COMPARED = 24
"""Reports of an incident, its first ones, that another one is compared with: the first pages of a block, as
many, meet all later ones."""
CLOSEST = 2, 5
"""Two of five of these, the closest, say whether it fits: an act told from two sides is like some reports of
it, not like all, and one that is like a single report is too often another act of the same story."""
FEWEST = 2
"""Reports that say it at least, if there are so many."""


class Edges(Protocol):
    """For each report the others that it was compared with, and the score of each pair, in thousandths."""

    def __getitem__(self, number: int, /) -> Mapping[int, int]: ...


@dataclass(frozen=True, slots=True)
class Joined:
    """A report in its incident, and what joined it there."""

    event: EventSketch
    to: EventSketch | None = None
    """The report it is most like; None for the first."""
    score: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A report of an incident by its number, the one it is most like, and how well it fits (thousandths)."""

    number: int
    to: int | None = None
    score: int = 0


def gather_reports(seeds: Iterable[int], edges: Edges, join: int) -> list[list[int]]:
    """Return the sets of reports that hang together by pairs scored above `join`, each sorted.

    Whatever stands in another set changes nothing in this one, so each can be joined by itself.
    """
    met: set[int] = set()
    found: list[list[int]] = []
    for seed in sorted(seeds):
        if seed in met:
            continue
        met.add(seed)
        group, waiting = [seed], [seed]
        while waiting:
            for other, score in edges[waiting.pop()].items():
                if score > join and other not in met:
                    met.add(other)
                    group.append(other)
                    waiting.append(other)
        found.append(sorted(group))
    return found


def group_reports(ordered: Sequence[int], edges: Edges, join: int, missing: int) -> list[list[Member]]:
    """Return incidents as lists of reports, first report first; `ordered` is the order of publication.

    Each report joins the incident that it is most like, on the mean over the closest of that one's first
    reports, or begins one. So what earlier pages told stays as it was when a later one is added.
    Pairs without a score count as `missing`.
    """
    incidents: list[list[Member]] = []
    place: dict[int, int] = {}
    for number in ordered:
        scores = edges[number]
        near = {place[other] for other, score in scores.items() if score > join and other in place}
        best: tuple[int, int, Member] | None = None
        for at in sorted(near):
            sample = incidents[at][:COMPARED]
            weighed = [scores.get(member.number, missing) for member in sample]
            closest = sorted(weighed)[-_count_closest(len(sample)) :]
            total = sum(closest) * 1000 // len(closest)
            if total > join * 1000 and (best is None or total > best[0]):
                most = max(range(len(sample)), key=lambda one: (weighed[one], -one))
                best = total, at, Member(number, sample[most].number, round(total / 1000))
        if best is None:
            place[number] = len(incidents)
            incidents.append([Member(number)])
        else:
            place[number] = best[1]
            incidents[best[1]].append(best[2])
    return incidents


def _count_closest(compared: int) -> int:
    """Return how many of the reports compared say whether another one fits."""
    some, of = CLOSEST
    return max(FEWEST, (some * compared + of // 2) // of)
