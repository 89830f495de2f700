"""Hash values of a word as one number, under which its vector is remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy
from numpy.typing import NDArray

Columns = NDArray[numpy.uint64]
MIXERS = (
    0x9E3779B97F4A7C15,
    0xBF58476D1CE4E5B9,
    0x94D049BB133111EB,
    0xD6E8FEB86659FD93,
    0xA0761D6478BD642F,
    0xE7037ED1A0B428DB,
)
"""Odd numbers, one for each column, that make one key of a row of numbers."""


@dataclass(slots=True)
class RowMemory:
    """Remembers the row of numbers that belongs to a key; when it is full it forgets all."""

    table: NDArray[Any]
    """A row for each key; row 0 belongs to none."""
    most: int
    """Keys that are remembered at most, but for those of a single call."""
    rows: dict[int, int] = field(default_factory=dict)

    def find(self, keys: Sequence[int], learn: Callable[[list[int]], Any]) -> list[int]:
        """Return the row of the table for each key.

        `learn` is given where keys stand that are new, each once, and returns their rows.
        """
        new = {key: i for i, key in enumerate(keys) if key not in self.rows}
        if len(self.rows) + len(new) > self.most:
            self.rows.clear()
            new = {key: i for i, key in enumerate(keys)}
        if new:
            self._add(list(new), learn(list(new.values())))
        return [self.rows[key] for key in keys]

    def _add(self, keys: list[int], values: Any) -> None:
        first = len(self.rows) + 1
        last = first + len(keys)
        if last > len(self.table):
            self.table = numpy.resize(self.table, (max(last, 2 * first), self.table.shape[1]))
        self.table[first:last] = values
        self.rows.update(zip(keys, range(first, last), strict=True))


def mix_columns(columns: Columns) -> list[int]:
    """Return one number for each row of some hash values; other rows have other numbers, all but surely."""
    factors = numpy.array(MIXERS[: columns.shape[1]], dtype="uint64")
    mixed: list[int] = (columns * factors).sum(axis=1).tolist()
    return mixed
