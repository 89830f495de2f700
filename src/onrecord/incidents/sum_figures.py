from __future__ import annotations

from collections.abc import Mapping, Sequence

from onrecord.incidents.sketch import HARM, Count, EventSketch, PageSketch
from onrecord.records import Figure, Reading


def sum_figures(
    events: Sequence[EventSketch], pages: Mapping[str, PageSketch], copies: Mapping[str, str]
) -> tuple[Figure, ...]:
    """Return the numbers of an incident: dead and injured first, then what else its reports count."""
    named: dict[tuple[str, str | None], list[tuple[EventSketch, Count]]] = {}
    for event in events:
        for count in event.counts:
            named.setdefault((count.name, count.unit), []).append((event, count))
    order = sorted(named, key=lambda key: (key[0] not in HARM, key[0], key[1] or ""))
    return tuple(_write_figure(key, named[key], pages, copies) for key in order)


def _write_figure(
    key: tuple[str, str | None],
    counted: Sequence[tuple[EventSketch, Count]],
    pages: Mapping[str, PageSketch],
    copies: Mapping[str, str],
) -> Figure:
    readings = tuple(Reading(event.page, c.quantity, c.low, c.high) for event, c in counted)
    lows = [reading.low for reading in readings if reading.low is not None]
    highs = [reading.high for reading in readings if reading.high is not None]
    ends = sorted([*lows, *highs])
    of = counted[0][1].of if key[0] not in HARM else key[0]
    best = _choose_best(counted, pages, copies)
    return Figure(of, key[1], ends[0] if ends else None, best, ends[-1] if ends else None, readings)


def _choose_best(
    counted: Sequence[tuple[EventSketch, Count]],
    pages: Mapping[str, PageSketch],
    copies: Mapping[str, str],
) -> float | None:
    """Return the value that most independent publishers give; of equal ones the one given last."""
    backers: dict[float, set[str]] = {}
    last: dict[float, int] = {}
    for place, (event, count) in enumerate(counted):
        value = count.high if count.low is None else count.low
        if value is not None:
            backers.setdefault(value, set()).add(pages[copies.get(event.page, event.page)].publisher)
            last[value] = place
    return max(backers, key=lambda value: (len(backers[value]), last[value]), default=None)
