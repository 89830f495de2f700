"""On what the reports of one incident differ; nothing is averaged away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from onrecord.incidents.compare_events import NEAR, measure_distance
from onrecord.incidents.sketch import PRECISE, Count, EventSketch, PageSketch
from onrecord.records import Conflict, Pointer

DONE = ("actual", "ongoing")
OPEN = ("ordered", "planned", "promised", "threatened", "demanded", "predicted")
ABOUT = 0.1
"""Share by which round figures of one thing differ without a conflict."""

Told = tuple[EventSketch, str]
"""A report, and what it says on the point, for people."""


def find_conflicts(events: Sequence[EventSketch], pages: Mapping[str, PageSketch]) -> tuple[Conflict, ...]:
    """Return the conflicts among reports of an incident, by kind."""
    kinds = (_numbers, _dates, _places, _actors, _statuses, _denials)
    return tuple(chain.from_iterable(kind(events, pages) for kind in kinds))


def _numbers(events: Sequence[EventSketch], pages: Mapping[str, PageSketch]) -> Iterator[Conflict]:
    names: dict[tuple[str, str | None], list[tuple[EventSketch, Count]]] = {}
    for event in events:
        for count in event.counts:
            names.setdefault((count.name, count.unit), []).append((event, count))
    for counted in names.values():
        if any(_apart(one, other) for _, one in counted for _, other in counted):
            told = [(event, _tell_count(count)) for event, count in counted]
            yield _write("number", f"{counted[0][1].of}", told)


def _apart(one: Count, other: Count) -> bool:
    """Return whether two counts of a thing cannot both be right."""
    low, high = one.low, other.high
    return low is not None and high is not None and low > high and low - high > ABOUT * min(low, high) / 2


def _tell_count(count: Count) -> str:
    if count.low is None:
        return f"at most {count.high:g}"
    if count.high is None:
        return f"at least {count.low:g}"
    return f"{count.low:g}" if count.low == count.high else f"{count.low:g} to {count.high:g}"


def _dates(events: Sequence[EventSketch], pages: Mapping[str, PageSketch]) -> Iterator[Conflict]:
    """Yield a conflict if the days that pages give for what they tell as done have none in common."""
    dated = [(event, span) for event in events if event.status in DONE and (span := event.days)]
    if any(one[0] > other[1] for _, one in dated for _, other in dated):
        told = [
            (event, event.start if event.start == event.end else f"{event.start} to {event.end}")
            for event, _ in dated
        ]
        yield _write("date", "day", [(event, day or "") for event, day in told])


def _places(events: Sequence[EventSketch], pages: Mapping[str, PageSketch]) -> Iterator[Conflict]:
    placed = [(event, event.place) for event in events if event.place and event.place.precision in PRECISE]
    if any(measure_distance(one, other) > NEAR for _, one in placed for _, other in placed):
        yield _write("place", "place", [(event, place.name) for event, place in placed])


def _actors(events: Sequence[EventSketch], pages: Mapping[str, PageSketch]) -> Iterator[Conflict]:
    """Yield a conflict if reports blame different countries for the same act."""
    blamed = [(event, codes) for event in events if (codes := event.source_countries)]
    if any(not one & other for _, one in blamed for _, other in blamed):
        told = [(event, ", ".join(party.name for party in event.sources)) for event, _ in blamed]
        yield _write("actor", "who did it", told)


def _statuses(events: Sequence[EventSketch], pages: Mapping[str, PageSketch]) -> Iterator[Conflict]:
    done = [event for event in events if event.status in DONE]
    ahead = [event for event in events if event.status in OPEN]
    if done and ahead:
        told = [(event, event.status) for event in (*ahead, *done)]
        yield _write("status", _tell_progress(done, ahead, pages), told)


def _tell_progress(
    done: Sequence[EventSketch], ahead: Sequence[EventSketch], pages: Mapping[str, PageSketch]
) -> str:
    """Return whether what was ahead came to be, by the days of publication."""
    first, last = min(_day(event, pages) for event in done), max(_day(event, pages) for event in ahead)
    return "first ahead, later done" if last < first else "done or not"


def _day(event: EventSketch, pages: Mapping[str, PageSketch]) -> str:
    return pages[event.page].order[0]


def _denials(events: Sequence[EventSketch], pages: Mapping[str, PageSketch]) -> Iterator[Conflict]:
    denied = [event for event in events if event.status == "denied"]
    if denied and len(denied) < len(events):
        told = [(event, "denied" if event.status == "denied" else "asserted") for event in events]
        yield _write("denial", "whether it happened", told)


def _write(kind: str, what: str, told: Sequence[Told]) -> Conflict:
    """Return a conflict with a note such as `dead: 3 (p1); 5 (p2 according to Ministry of Health)`."""
    groups: dict[str, dict[str, dict[str | None, None]]] = {}
    for event, says in told:
        groups.setdefault(says, {}).setdefault(event.page, {})[event.by] = None
    note = "; ".join(
        f"{says} ({', '.join(_tell_sources(page, tuple(by)) for page, by in pages.items())})"
        for says, pages in groups.items()
    )
    return Conflict(kind, tuple(Pointer(e.page, e.id) for e, _ in told), f"{what}: {note}")


def _tell_sources(page: str, by: Sequence[str | None]) -> str:
    """Return a page and whom it calls as its source, each once.

    >>> _tell_sources("p1", (None,)), _tell_sources("p1", ("NATO", None, "Taliban"))
    ('p1', 'p1 itself and according to NATO and Taliban')
    """
    named = " and ".join(name for name in by if name)
    if not named:
        return page
    return f"{page} itself and according to {named}" if None in by else f"{page} according to {named}"
