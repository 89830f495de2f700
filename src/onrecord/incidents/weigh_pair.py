"""How likely two events are reports of one: what speaks for it and against it, each with its weight."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.incidents.compare_events import Trait, compare_events, compare_stories
from onrecord.incidents.sketch import EventSketch, PageSketch
from onrecord.lexicons import load

JOIN = 0.22
"""Sum from which two events are taken for one: so alike are two short reports of one story."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What speaks for a join (weight above 0) or against it."""

    weight: float
    reason: str
    """With places for the details, filled in only for pairs that are joined."""
    details: tuple[object, ...] = ()

    def __str__(self) -> str:
        return f"{self.weight:+.2f} {self.reason.format(*self.details)}"


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a trait speaks for two events being one, beside `JOIN`."""

    trait: str
    weight: float
    source: str


@cache
def link_weights() -> Mapping[str, float]:
    """Return the weight of each trait; of two types of act, how much speaks against their being one."""
    return {row.trait: row.weight for row in load("link_weights", Weight)}


def weigh_pair(
    one: EventSketch, other: EventSketch, first: PageSketch, second: PageSketch, likeness: float
) -> tuple[Hint, ...]:
    """Return what speaks for and against two events being one; nothing if they cannot be.

    They stand on two pages whose likeness is given.
    """
    if not can_be_one(one, other):
        return ()
    story = compare_stories(first, second, likeness)
    return tuple(weigh_traits((*story, *compare_events(one, other, first, second))))


def score_pairs(first: PageSketch, second: PageSketch, likeness: float) -> Iterator[tuple[int, int, int]]:
    """Yield the pairs of events of two pages that can be one, by their numbers, with their scores.

    A score, in thousandths, is the sum of what `weigh_pair` returns.
    """
    story: float | None = None
    for one in first.events:
        for other in second.events:
            if can_be_one(one, other):
                if story is None:
                    story = sum_traits(compare_stories(first, second, likeness))
                score = story + sum_traits(compare_events(one, other, first, second))
                yield one.number, other.number, round(1000 * score)


def can_be_one(one: EventSketch, other: EventSketch) -> bool:
    """Return whether two acts are ever told as one: of one type, or both at the top of their pages."""
    here, there = one.act.type.lower(), other.act.type.lower()
    if here == there:
        return True
    if not is_kin(here, there):
        return False
    return one.trigger == other.trigger or (one.is_lead and other.is_lead)


@cache
def is_kin(one: str, other: str) -> bool:
    """Return whether acts of two types are sometimes told as one."""
    return " and ".join(sorted((one, other))) in link_weights()


def weigh_traits(traits: Iterable[Trait]) -> Iterator[Hint]:
    """Yield the traits that have a weight, each with it."""
    weights = link_weights()
    for trait in traits:
        weight = weights.get(trait.name)
        if weight is not None:
            yield Hint(weight * trait.value, trait.reason or trait.name, trait.details)


def sum_traits(traits: Iterable[Trait]) -> float:
    """Return the sum of the weights of traits."""
    weights = link_weights()
    return sum(weights.get(name, 0.0) * value for name, value, *_ in traits)


def sum_hints(hints: Iterable[Hint]) -> float:
    """Return the sum of weights."""
    return sum(hint.weight for hint in hints)
