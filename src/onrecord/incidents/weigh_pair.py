"""How likely two events are reports of one: what speaks for it and against it, each with its weight."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.incidents.sketch import PRECISE, EventSketch, PageSketch, day_number
from onrecord.incidents.weigh_words import compare_words, rate_word
from onrecord.lexicons import load
from onrecord.records import Spot

JOIN = 0.22
"""Sum from which two events are taken for one: so alike are two short reports of one story."""
BARRED = -1.0
"""Weight of what rules it out."""
SAME_PAGE = 0.35
"""What stands for the likeness of the pages if there is but one: most pages tell one story."""
THIN = 0.2
"""Likeness of pages under which they may well tell two stories: so alike are pages about one region."""
FRESH = 2
"""Days within which news of an event is expected to appear."""
LATE = 6
"""Days from which two given dates are not of one event."""
NEAR = 50.0
"""Kilometres within which two named places can be one."""
OTHER_SIDE = "other countries {}: {}"
OTHER_PERSONS = "other persons are named"
UNSAID = 0.3
"""How much of its weight a place keeps that is the page's, not the event's own."""
EARTH = 6371.0
ROUND = 20
"""Number from which it is seldom by chance that two sources give the same."""
FAR = 3
"""How many times one number is another when they are hardly of one event."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What speaks for a join (weight above 0) or against it."""

    weight: float
    reason: str
    """With places for the details, filled in only for pairs that are joined."""
    details: tuple[object, ...] = ()

    def __str__(self) -> str:
        return f"{self.weight:+.2f} {self.reason.format(*self.details)}"


@dataclass(frozen=True, slots=True)
class Shared:
    """The words that two pages or two events share, the most telling first."""

    one: Iterable[str]
    other: Container[str]

    def __str__(self) -> str:
        ranked = sorted((word for word in self.one if word in self.other), key=lambda w: (-rate_word(w), w))
        return ", ".join(word.removeprefix("=") for word in ranked[:4])


def weigh_pair(
    one: EventSketch, other: EventSketch, first: PageSketch, second: PageSketch, likeness: float
) -> tuple[Hint, ...]:
    """Return what speaks for and against two events being one; nothing if they cannot be."""
    acts = _weigh_acts(one, other)
    if acts is None:
        return ()
    return (
        acts,
        *_weigh_story(first, second, likeness),
        *_weigh_actors(one, other),
        *_weigh_words(one, other),
        *weigh_setting(one, other, first, second),
        *_weigh_counts(one, other),
    )


def weigh_setting(
    one: EventSketch, other: EventSketch, first: PageSketch, second: PageSketch
) -> tuple[Hint, ...]:
    """Return what the places and the days say."""
    if one.place and other.place:
        places = _weigh_places(one.place, other.place, 1.0)
    else:
        places = _weigh_places(one.place or first.setting, other.place or second.setting, UNSAID)
    return (*places, *_weigh_dates(one, other, first.published, second.published))


def sum_hints(hints: Iterable[Hint]) -> float:
    """Return the sum of weights; what rules a join out outweighs all else."""
    return sum(hint.weight for hint in hints)


def _weigh_acts(one: EventSketch, other: EventSketch) -> Hint | None:
    """Return how much the acts speak against a join; None for acts that never tell one thing."""
    if one.act.type == other.act.type:
        if one.rule == other.rule:
            return Hint(0.0, "same act: {}", (one.rule,))
        if one.trigger == other.trigger:
            return Hint(0.0, "same word for the act: {}", (one.trigger,))
        if one.act == other.act and one.act.mode is not None:
            return Hint(-0.2, "same kind of act: {}/{}", (one.act.type.lower(), one.act.mode))
        against = -0.15 if one.is_lead and other.is_lead and one.page != other.page else -0.3
        return Hint(against, "acts of one type: {}", (one.act.type.lower(),))
    if one.page == other.page:
        return None
    against = kin_acts().get(frozenset((one.act.type, other.act.type)))
    if against is None:
        return None
    if one.trigger == other.trigger:
        return Hint(-0.1, "same word, coded as {} and {}", (one.act.type.lower(), other.act.type.lower()))
    if not (one.is_lead and other.is_lead):
        return None
    return Hint(-against, "acts that may be one: {}, {}", (one.rule, other.rule))


@dataclass(frozen=True, slots=True)
class Kin:
    """Two types of act that reports may give for one event, and how much speaks against it."""

    one: str
    other: str
    against: float
    source: str


@cache
def kin_acts() -> dict[frozenset[str], float]:
    """Return which types of act may be one event in other words."""
    return {frozenset((row.one, row.other)): row.against for row in load("act_kin", Kin)}


def _weigh_story(first: PageSketch, second: PageSketch, likeness: float) -> Iterator[Hint]:
    if first.id == second.id:
        yield Hint(SAME_PAGE, "same page")
        return
    yield Hint(likeness, "pages {:.2f} alike: {}", (likeness, Shared(first.words, second.words)))
    if likeness < THIN:
        yield Hint(likeness - THIN, "pages that share little")


def _weigh_actors(one: EventSketch, other: EventSketch) -> Iterator[Hint]:
    named = compare_words(one.own_names, other.own_names)
    if named:
        yield Hint(0.2 * named, "same actors: {}", (Shared(one.own_names, other.own_names),))
    kinds = compare_words(one.actor_kinds, other.actor_kinds)
    if kinds:
        yield Hint(0.05 * kinds, "same kind of actors: {}", (Shared(one.actor_kinds, other.actor_kinds),))
    for role, here, there in (
        ("acting", one.source_countries, other.source_countries),
        ("acted on", one.target_countries, other.target_countries),
    ):
        if here & there:
            yield Hint(0.05, "same countries {}: {}", (role, ", ".join(sorted(here & there))))
        elif here and there:
            yield Hint(-0.15, OTHER_SIDE, (role, ", ".join(sorted(here | there))))
    if one.people and other.people and not any(a & b for a in one.people for b in other.people):
        full = all(len(name) > 1 for name in (*one.people, *other.people))
        yield Hint(-0.7 if full else -0.25, OTHER_PERSONS)


def _weigh_words(one: EventSketch, other: EventSketch) -> Iterator[Hint]:
    likeness = compare_words(one.words, other.words)
    if likeness >= 0.1:
        yield Hint(0.1 * likeness, "clauses {:.2f} alike", (likeness,))


def _weigh_places(one: Spot | None, other: Spot | None, sure: float) -> Iterator[Hint]:
    if one is None or other is None:
        return
    precise = one.precision in PRECISE and other.precision in PRECISE
    if (one.geonames is not None and one.geonames == other.geonames) or one.name == other.name:
        yield Hint(sure * (0.1 if precise else 0.03), "same place: {}", (one.name,))
    elif one.country and other.country and one.country != other.country:
        yield Hint(-0.6 * sure, "in other countries: {}, {}", (one.name, other.name))
    elif precise and measure_distance(one, other) > NEAR:
        yield Hint(-0.4 * sure, "other places: {}, {}", (one.name, other.name))


def measure_distance(one: Spot, other: Spot) -> float:
    """Return the kilometres between two places; 0 if one has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    a, b, c, d = map(math.radians, (one.lat, one.lon, other.lat, other.lon))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))


def _weigh_dates(
    one: EventSketch, other: EventSketch, published: str | None, again: str | None
) -> Iterator[Hint]:
    """Yield what the days say: those that the pages give, else the last ones before publication."""
    here, there = one.days or _guess_days(published), other.days or _guess_days(again)
    if here is None or there is None:
        return
    gap = max(here[0] - there[1], there[0] - here[1], 0)
    if one.days and other.days:
        if gap == 0 and max(here[1] - here[0], there[1] - there[0]) <= FRESH:
            yield Hint(0.1, "same days: {}", (one.start,))
        elif gap > 0:
            yield Hint(BARRED if gap > LATE else -0.1 * gap, "days apart: {}, {}", (one.start, other.start))
    elif gap > 0:
        yield Hint(-min(0.4, 0.05 * gap), "told {} days apart", (gap,))


def _guess_days(published: str | None) -> tuple[int, int] | None:
    """Return the days of which a page tells that gives none: the one of publication and those before."""
    if published is None:
        return None
    day = day_number(published)
    return day - FRESH, day


def _weigh_counts(one: EventSketch, other: EventSketch) -> Iterator[Hint]:
    """Yield what the counts say; that they differ is a conflict to show, and rules nothing out."""
    for count in one.counts:
        for again in other.counts:
            if count.name != again.name or count.unit != again.unit:
                continue
            if count.low is None or again.low is None:
                continue
            few, many = sorted((count.low, again.low))
            if few == many and few > 1:
                yield Hint(0.05 if few < ROUND else 0.15, "same number: {:g} {}", (few, count.of))
            elif many > FAR * max(1.0, few):
                yield Hint(-0.15, "far apart: {:g} and {:g} {}", (few, many, count.of))
