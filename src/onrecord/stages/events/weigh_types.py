"""The learned layer: how much the traits of a word speak for each PLOVER type, mode and status.

Linear models in log odds, fitted by `tools/fit_events.py` to pages of open licence. Weights are whole numbers
times a scale for each class, so that a sum is the same on every processor and in any order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy
from numpy.typing import NDArray

from onrecord.lexicons.load import DATA

FILE = "event_model.npz"
NONE = "none"
HEADS = ("type", "mode", "status")

Floats = NDArray[numpy.float64]


@dataclass(frozen=True, slots=True)
class Head:
    """One linear model: a weight of each trait for each class."""

    classes: tuple[str, ...]
    weights: NDArray[numpy.int32]
    """(traits, classes); row 0 is zero, for traits that were not learned."""
    scale: Floats
    """(classes,): log odds of a weight of 1."""
    bias: Floats
    """(classes,)."""

    def odds(self, rows: Sequence[int]) -> Floats:
        """Return the log odds of each class, up to a constant, for the traits at some rows."""
        odds: Floats = self.weights[list(rows)].sum(axis=0) * self.scale + self.bias
        return odds

    def terms(self, rows: Sequence[int], wanted: int, against: int) -> Floats:
        """Return what each trait adds to the log odds of one class against another."""
        picked = self.weights[list(rows)]
        terms: Floats = picked[:, wanted] * self.scale[wanted] - picked[:, against] * self.scale[against]
        return terms


@dataclass(frozen=True, slots=True)
class EventModel:
    """The heads over one vocabulary of traits, and what an odds of a type is worth."""

    rows: dict[str, int]
    """Row of each trait; traits that are not here were not learned."""
    type: Head
    mode: Head
    """Its classes are `TYPE/mode`, or `TYPE/` for none."""
    status: Head
    vectors: NDArray[numpy.float64]
    """(width of the word vectors, classes of `type`)."""
    calibration: tuple[float, float]
    """Slope and intercept that make a probability of a marked type of the log odds of the best type."""

    def find_rows(self, traits: Sequence[str]) -> list[int]:
        """Return the rows of the traits that were learned, each once, in the order given."""
        return list(dict.fromkeys(row for trait in traits if (row := self.rows.get(trait)) is not None))
