"""How sure an event is: how it was read, weighed as sentences with marked events taught."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.lexicons import load
from onrecord.stages.events.resolve_actors import ActorFinder
from onrecord.stages.events.trace_cues import is_verbal
from onrecord.stages.events.write_event import Coded
from onrecord.words import Token

SURE_BY = "sure by: "
"""Begins the line of an event's `why` that names what its confidence comes from."""
LEAST, MOST = 0.02, 0.98
MANY = 3


@dataclass(frozen=True, slots=True)
class EventWeight:
    """How much a feature of an event speaks for it, in log odds; written by tools/fit_confidence.py."""

    feature: str
    weight: float
    source: str


def rate_events(found: Sequence[Coded], finder: ActorFinder) -> list[Coded]:
    """Return the events of a sentence with how sure each is, and with what that comes from."""
    weights = read_weights()
    rated = []
    for number, item in enumerate(found):
        features = tuple(dict.fromkeys(name_features(item, number, len(found), finder)))
        odds = weights.get("all events", 0.0) + sum(weights.get(name, 0.0) for name in features)
        sure = max(LEAST, min(MOST, 1 / (1 + math.exp(-odds))))
        rated.append(replace(item, confidence=round(sure, 2), why=(*item.why, SURE_BY + "; ".join(features))))
    return rated


@cache
def read_weights() -> dict[str, float]:
    """Return the weight of each feature that has one."""
    return {row.feature: row.weight for row in load("event_weights", EventWeight)}


def name_features(item: Coded, number: int, count: int, finder: ActorFinder) -> Iterator[str]:
    """Yield what of an event may speak for or against it: word, clause, roles, status, code, company."""
    yield f"rule {item.rule}"
    yield f"code {item.code[:2]}"
    yield f"code {item.code[:2]} by a {_kind_of(item)}"
    yield f"entry sure {round(item.confidence, 1)}"
    yield f"status {item.status}" if item.coded else "no code for its status"
    yield f"a {_kind_of(item)} in {clause_kind(item.clause)}"
    if item.match is not None:
        yield f"pattern that asks for {item.match.pattern.rank[0]}"
    if not item.asserted:
        yield "not asserted"
    yield f"source by {item.slots[0] or 'nothing'}" if item.by else "no source"
    yield f"target by {item.slots[1] or 'nothing'}" if item.to else _targetless(item)
    yield _politics(item, finder)
    yield f"{min(count, MANY)} events in the sentence"
    yield "first in the sentence" if number == 0 else "after another in the sentence"


def _kind_of(item: Coded) -> str:
    if item.match is None:
        return "cue"
    return "verb" if is_verbal(item.word) else "noun"


def _targetless(item: Coded) -> str:
    return "joint" if item.match is not None and item.match.pattern.entry.joint else "no target"


def _politics(item: Coded, finder: ActorFinder) -> str:
    by, to = (any(map(finder.is_official, side)) for side in (item.by, item.to))
    if by and (to or not item.to):
        return "between officials"
    return "official source" if by else "official target" if to else "no official"


def clause_kind(verb: Token) -> str:
    """Return what kind of clause a verb heads: main, reported, infinitive, relative, adverbial, other."""
    if verb.dep_ == "ROOT":
        return "the main clause"
    if verb.dep_ == "conj" and is_verbal(verb.head):
        return clause_kind(verb.head)
    if verb.dep_ == "ccomp":
        return "a reported clause"
    if verb.dep_ == "xcomp":
        return "an infinitive"
    if verb.dep_ in ("relcl", "acl"):
        return "a relative clause"
    return "an adverbial clause" if verb.dep_ in ("advcl", "pcomp") else "another clause"
