from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.959964
"""Of the normal distribution: 95 of 100 intervals hold the true share."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and where the true share lies with 95 % confidence."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0


def estimate_share(hits: int, of: int) -> Share:
    """Return a share with its Wilson score interval (Wilson 1927); 0 to 1 where nothing was counted.

    Unlike the plain interval it stays within 0 and 1, and is of use for ten cases too.

    >>> estimate_share(8, 10)
    Share(hits=8, of=10, low=0.490..., high=0.943...)
    """
    if not of:
        return Share(0, 0, 0.0, 1.0)
    share, square = hits / of, Z * Z
    centre = (share + square / (2 * of)) / (1 + square / of)
    reach = Z / (1 + square / of) * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    return Share(hits, of, max(0.0, centre - reach), min(1.0, centre + reach))
