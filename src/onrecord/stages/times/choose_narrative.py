"""Whether a text narrates the past, so that relative times are anchored to its own dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from onrecord.stages.times.match_patterns import Match

DATED = frozenset({"day_month_year", "month_day_year", "month_year", "days_of_month", "season"})
DEICTIC = frozenset({"weekday", "deictic", "unit_deictic", "shift_ago", "tonight"})
YEARS_AGO = 2
ENOUGH = 3


def is_narrative(matches: Iterable[Match], anchor: date | None) -> bool:
    """Return whether a text tells of the past: it names dates of old, and little as seen from its own day."""
    old = near = 0
    for match in matches:
        if match.rule in DATED:
            year = match.kind("year")
            old += match.kind("era") == "-1" or (
                bool(year) and (anchor is None or int(year) <= anchor.year - YEARS_AGO)
            )
        near += match.rule in DEICTIC
    return old >= ENOUGH and old > 2 * near
