"""Who takes part in an act by what the other acts of its story say: a second look at the candidates.

The first look weighs each act by itself. A story tells one act several times, in other words, and whoever is
accused, condemned or arrested is mostly who did something a sentence before: so the shares that the
candidates have in the other acts are weighed once more, with weights fitted by tools/fit_roles.py.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from onrecord.stages.events.place_events import Act

SIDES = ("source", "target")
LEAST = 0.05
"""A candidate with a smaller share in an act is none there."""
MOST_ODDS = 8.0
"""Log odds beyond which it does not matter how sure the first look is."""
NEAR = 3
"""Sentences within which the nearest act of each type is looked at."""

Shares = Mapping[str, float]
Terms = dict[str, float]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an act stands in its story."""

    type: str
    """PLOVER type."""
    number: int
    """Place of its sentence in the story."""
    start: int
    """Where its word begins in the page."""
    lemma: str
    word: int
    """Place of its word in the Doc."""
    above: frozenset[int]
    """Places of the words that it hangs on."""


def stand_of(act: Act) -> Standing:
    """Return where an act stands in its story."""
    word = act.word
    above = frozenset(one.i for one in word.ancestors)
    return Standing(act.type, act.number, act.sentence.offset + word.idx, word.lemma_.lower(), word.i, above)


@dataclass(frozen=True)
class Look:
    """An act, and the log odds of its candidates by themselves, by side and id."""

    at: Standing
    odds: Mapping[str, Mapping[str, float]]

    @cached_property
    def shares(self) -> dict[str, Shares]:
        """The candidates of each side with their probabilities, the improbable ones left out."""
        return {side: share_out(self.odds[side]) for side in SIDES}


def share_out(odds: Mapping[str, float]) -> Shares:
    """Return the probability of each candidate beside nobody; those below `LEAST` are left out."""
    top = max(0.0, *odds.values()) if odds else 0.0
    powers = {name: math.exp(value - top) for name, value in odds.items()}
    total = math.fsum(powers.values()) + math.exp(-top)
    return {name: power / total for name, power in powers.items() if power >= LEAST * total}


def name_terms(look: Look, others: Sequence[Look]) -> dict[str, dict[str, Terms]]:
    """Return for each side what speaks for each candidate of an act, with how much of it there is."""
    kind = look.at.type
    anyone, itself = f"{kind}: anyone", f"{kind}: by itself"
    groups = [(name_group(kind, told), *_most(members)) for told, members in group_acts(look, others)]
    found: dict[str, dict[str, Terms]] = {}
    for side, other in (SIDES, SIDES[::-1]):
        found[side] = {}
        for name, odds in look.odds[side].items():
            first = max(-MOST_ODDS, min(MOST_ODDS, odds))
            terms: Terms = {"anyone": 1.0, anyone: 1.0, "by itself": first, itself: first}
            if name in look.shares[side]:
                terms["share"] = look.shares[side][name]
            if name in look.shares[other]:
                terms["share of the other side"] = look.shares[other][name]
            for (source, own_source, target, own_target), sources, targets in groups:
                if name in sources:
                    terms[source] = terms[own_source] = sources[name]
                if name in targets:
                    terms[target] = terms[own_target] = targets[name]
            found[side][name] = terms
    return found


@lru_cache(maxsize=1024)
def name_group(kind: str, told: str) -> tuple[str, str, str, str]:
    """Return what it is called to act in acts of a group, for acts of any type and of one; then to bear."""
    source, target = f"source of {told}", f"target of {told}"
    return source, f"{kind}: {source}", target, f"{kind}: {target}"


def _most(acts: Sequence[Look]) -> tuple[Shares, Shares]:
    """Return the greatest share that each candidate has in some acts, as source and as target."""
    both: tuple[dict[str, float], dict[str, float]] = ({}, {})
    for act in acts:
        for side, most in zip(SIDES, both, strict=True):
            for name, share in act.shares[side].items():
                most[name] = max(share, most.get(name, 0.0))
    return both


def group_acts(look: Look, others: Sequence[Look]) -> Iterator[tuple[str, list[Look]]]:
    """Yield the other acts of a story in groups, by how they stand to an act."""
    own = look.at
    here = [other for other in others if other.at.number == own.number]
    yield "an act of its word", [other for other in others if other.at.lemma == own.lemma]
    yield "an act of its type", [other for other in others if other.at.type == own.type]
    yield "an act of its sentence", here
    yield "an act below it", [other for other in here if own.word in other.at.above]
    yield "an act above it", [other for other in here if other.at.word in own.above]
    yield "the act before", [other for other in others if other.at.start < own.start][-1:]
    yield "the act behind", [other for other in others if other.at.start > own.start][:1]
    yield "any act", list(others)
    nearest: dict[str, Look] = {}
    for other in sorted(others, key=lambda one: (abs(one.at.number - own.number), one.at.start)):
        if abs(other.at.number - own.number) <= NEAR:
            nearest.setdefault(other.at.type, other)
    yield from ((f"the nearest {kind}", [other]) for kind, other in nearest.items())
