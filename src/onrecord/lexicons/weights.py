"""Weights of traits: the .csv lexicons of the columns feature, weight and source, and how they are summed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons.load import load


@dataclass(frozen=True, slots=True)
class FeatureWeight:
    """What a feature adds to the log odds of a decision."""

    feature: str
    weight: float
    source: str


@cache
def feature_weights(lexicon: str) -> dict[str, float]:
    """Return the weight of each feature in a list: `feature_weights("home_weights")["named first"]`."""
    return {row.feature: row.weight for row in load(lexicon, FeatureWeight)}


def sum_weights(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the log odds that features give, each by its value; one without a weight counts nothing."""
    return sum(weights.get(name, 0.0) * value for name, value in features.items())


def strongest_feature(features: Mapping[str, float], weights: Mapping[str, float]) -> str:
    """Return the name of what spoke most, of equals the last by name."""
    return max(features, key=lambda name: (weights.get(name, 0.0) * features[name], name))


def spread_features(features: Mapping[str, float], kind: str) -> dict[str, float]:
    """Return features as they stand and once more by kind, so that a kind may weigh one of its own way."""
    return {**features, **{f"{kind}: {name}": value for name, value in features.items()}}
