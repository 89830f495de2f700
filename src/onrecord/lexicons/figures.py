"""Units of measure, and the words that tell what a figure beside them is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from onrecord.lexicons.load import load
from onrecord.lexicons.words import words_by_kind


@dataclass(frozen=True, slots=True)
class Unit:
    symbol: str
    dimension: str
    factor: float | None
    offset: float
    names: tuple[str, ...]
    symbols: tuple[str, ...]
    alternatives: tuple[str, ...]
    source: str


@cache
def units() -> dict[str, Unit]:
    """Return each unit by its symbol."""
    return {unit.symbol: unit for unit in load("units", Unit)}


@cache
def figure_cues(kind: str) -> frozenset[str]:
    """Return the lower-case words of a kind that tell what a figure beside them is."""
    return words_by_kind("figure_cues")[kind]
