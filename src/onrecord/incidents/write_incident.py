"""A group of reports written as one incident: what most say, what others say, and on what they differ."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from onrecord.incidents.find_conflicts import find_conflicts
from onrecord.incidents.join_events import Joined
from onrecord.incidents.sketch import PRECISE, EventSketch, PageSketch
from onrecord.incidents.sum_figures import sum_figures
from onrecord.incidents.write_headline import (
    Standing,
    tell_first_report,
    tell_stretch,
    write_headline,
)
from onrecord.records import DayCount, Incident, Join, Party, Pointer, Report, Spot

DONE = ("actual", "ongoing")
PARTIES = 6
"""Names that are given for a role at most: what the most reports name."""

H = TypeVar("H", bound=Hashable)


def write_incident(
    group: Sequence[Joined], pages: Mapping[str, PageSketch], copies: Mapping[str, str]
) -> Incident:
    """Return the record of an incident; `copies` says of each copied page which page it copies."""
    events = [joined.event for joined in group]
    own = [event for event in events if event.page not in copies] or events
    first = min(events, key=lambda event: (pages[event.page].order, event.number))
    lead = next((event for event in own if event.status in DONE and event.cameo), first)
    day = _choose_day(own)
    sources, targets = (
        _most_named(roles) for roles in zip(*((e.sources, e.targets) for e in own), strict=True)
    )
    place, status, values = _choose_place(own), _choose_status(own), sum_figures(own, pages, copies)
    start = day.start if day else None
    first_published = min((told for e in events if (told := pages[e.page].published)), default=None)
    return Incident(
        id=name_incident(first),
        act=lead.act,
        plover=lead.plover,
        cameo=lead.cameo,
        sources=sources,
        targets=targets,
        place=place,
        start_date=start,
        end_date=day.end if day else None,
        status=status,
        reports=tuple(_write_report(event, pages[event.page], copies) for event in events),
        independent=count_independent((event.page for event in events), pages, copies),
        values=values,
        conflicts=find_conflicts(own, pages),
        why=tuple(_write_join(joined, joined.to) for joined in group if joined.to is not None),
        spread=_count_days(events, pages),
        headline=write_headline(
            lead.rule,
            lead.act,
            judge_standing(own, status),
            _most_named((event.sources for event in own), at_least=0.5),
            _most_named((event.targets for event in own), at_least=0.5),
            place,
            tell_stretch(start, day.end if day else None) if start else tell_first_report(first_published),
            values,
        ),
    )


def name_incident(first: EventSketch) -> str:
    """Return the id of an incident: that of its first report, so that later ones leave it as it is."""
    return "i" + hashlib.sha256(f"{first.page}\n{first.id}".encode()).hexdigest()[:12]


def count_independent(
    names: Iterable[str], pages: Mapping[str, PageSketch], copies: Mapping[str, str]
) -> int:
    """Return how many publishers tell an incident in words of their own.

    A page that copies stands for the one it copies, also if that one is of another folder's day; pages
    of one publisher count once.
    """
    sources = {copies.get(name, name) for name in names}
    return len({pages[name].publisher for name in sources})


def _write_report(event: EventSketch, page: PageSketch, copies: Mapping[str, str]) -> Report:
    copied = copies.get(event.page)
    return Report(event.page, event.id, event.status, page.published, page.named_publisher, copied)


def _write_join(joined: Joined, to: EventSketch) -> Join:
    event = joined.event
    return Join(event.page, event.id, Pointer(to.page, to.id), joined.score, joined.reasons)


def _most_named(roles: Iterable[tuple[Party, ...]], at_least: float = 0.0) -> tuple[Party, ...]:
    """Return who fills a role, the ones that most reports name first; a code is better than none.

    Who is named by no more than a share of the reports that name the first one is left out.
    """
    counts: Counter[str] = Counter()
    known: dict[str, Party] = {}
    for parties in roles:
        for party in parties:
            key = party.name.lower()
            counts[key] += 1
            if key not in known or (party.cameo and not known[key].cameo):
                known[key] = party
    least = at_least * max(counts.values(), default=0)
    return tuple(known[key] for key in rank_counts(counts)[:PARTIES] if counts[key] > least)


def rank_counts(counts: Counter[H]) -> list[H]:
    """Return what was counted, the most frequent first, of equals the one that came first."""
    places = {key: place for place, key in enumerate(counts)}
    return sorted(counts, key=lambda key: (-counts[key], places[key]))


def _choose_place(events: Sequence[EventSketch]) -> Spot | None:
    """Return the place that most reports give, a town before a country."""
    given = [event.place for event in events if event.place]
    precise = [place for place in given if place.precision in PRECISE]
    return next(iter(rank_counts(Counter(precise or given))), None)


def _choose_day(events: Sequence[EventSketch]) -> EventSketch | None:
    """Return a report with the dates that most reports give; a wide span only as a last resort."""
    dated = [event for event in events if event.days] or [event for event in events if event.start]
    ranked = rank_counts(Counter((event.start, event.end) for event in dated))
    return next((event for event in dated if (event.start, event.end) == ranked[0]), None) if ranked else None


def _choose_status(events: Sequence[EventSketch]) -> str:
    """Return `actual` or `ongoing` if a report says so, else what most reports say."""
    given = Counter(event.status for event in events)
    return next((status for status in DONE if status in given), rank_counts(given)[0])


def judge_standing(events: Sequence[EventSketch], status: str) -> Standing:
    """Return how sure an act is by its reports: denied by whom, or told by one of its sides alone."""
    denied = [event for event in events if event.status == "denied"]
    if denied:
        return Standing(status, len(denied) < len(events), next((e.by for e in denied if e.by), None))
    speakers = {event.by for event in events}
    told = next(iter(speakers)) if len(speakers) == 1 else None
    sides = {party.name for event in events for party in (*event.sources, *event.targets)}
    return Standing(status, by=told if told in sides else None)


def _count_days(events: Sequence[EventSketch], pages: Mapping[str, PageSketch]) -> tuple[DayCount, ...]:
    days = Counter(day for name in {e.page for e in events} if (day := pages[name].published))
    return tuple(DayCount(day, days[day]) for day in sorted(days))
