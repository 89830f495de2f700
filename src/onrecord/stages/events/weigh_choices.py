"""Choices between candidates, weighed by what speaks for and against each; fitted by tools/fit_roles.py."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons import load
from onrecord.records import Span

TOLD = 3
"""So many features are named of those that speak for a choice, and as many of those against it."""


@dataclass(frozen=True, slots=True)
class RoleWeight:
    """How much a feature of a candidate speaks for it, in log odds against no candidate at all."""

    task: str
    """place, date, source or target."""
    feature: str
    weight: float
    source: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate for a role, and what of it may speak for or against it."""

    id: str
    features: tuple[str, ...]
    how: str
    """How near it stands: told, near, dateline, story ..."""
    span: Span | None = None


@cache
def read_role_weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weights of each task by feature."""
    found: dict[str, dict[str, float]] = {}
    for row in load("role_weights", RoleWeight):
        found.setdefault(row.task, {})[row.feature] = row.weight
    return found


def weigh(task: str, choices: Sequence[Choice]) -> list[float]:
    """Return the log odds of each candidate."""
    weight_of = read_role_weights().get(task, {}).get
    return [math.fsum(filter(None, map(weight_of, choice.features))) for choice in choices]


def tell_choice(task: str, choice: Choice) -> str:
    """Return what speaks for a choice and what against it, the strongest first, with its weight."""
    weights = read_role_weights().get(task, {})
    felt = [(weights[name], name) for name in choice.features if name in weights]
    for_it = _strongest(pair for pair in felt if pair[0] > 0)
    against = _strongest(pair for pair in felt if pair[0] < 0)
    told = "; ".join(f"{name} {weight:+.2f}" for weight, name in for_it)
    doubt = "; ".join(f"{name} {weight:+.2f}" for weight, name in against)
    return told + (f"; against: {doubt}" if doubt else "")


def _strongest(pairs: Iterable[tuple[float, str]]) -> list[tuple[float, str]]:
    return sorted(pairs, key=lambda pair: (-abs(pair[0]), pair[1]))[:TOLD]
