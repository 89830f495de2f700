"""What two events have in common and what tells them apart: the traits that a link is weighed by."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.incidents.act_words import compare_wording
from onrecord.incidents.sketch import PRECISE, EventSketch, PageSketch, day_number
from onrecord.incidents.weigh_words import compare_words, rate_word
from onrecord.records import Spot

THIN = 0.25
"""Likeness of pages under which they may well tell two stories: so alike are pages about one region."""
UNDATED_THIN = 0.35
"""The same if one has no day of publication: it may tell of that region years before."""
PLAIN = 0.5
"""Likeness of pages from which they tell one story, and more of it says nothing more of their events."""
FRESH = 2
"""Days within which news of an event is expected to appear."""
LATE = 6
"""Days from which two given dates are not of one event."""
NEAR = 50.0
"""Kilometres within which two named places can be one."""
EARTH = 6371.0
ROUND = 20
"""Number from which it is seldom by chance that two sources give the same."""
FAR = 3
"""How many times one number is another when they are hardly of one event."""
OTHER_PARTIES = (
    "other countries acting", "other countries acted on", "other persons", "other persons perhaps",
)  # fmt: skip
"""Traits of two events that others take part in."""
LEARNED = "model: "
"""Begins the rule of an event that the learned layer read: it says the type, not which act."""


class Trait(NamedTuple):
    """Something that two events share, or in which they differ."""

    name: str
    """As in the table of weights."""
    value: float = 1.0
    """How much of it there is, 0 to 1; how many days, for days."""
    reason: str = ""
    """In words, with places for the details; the name if it says enough."""
    details: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """The words that two pages or two events share, the most telling first."""

    one: Iterable[str]
    other: Container[str]

    def __str__(self) -> str:
        ranked = sorted((word for word in self.one if word in self.other), key=lambda w: (-rate_word(w), w))
        return ", ".join(word.removeprefix("=") for word in ranked[:4])


def compare_events(
    one: EventSketch, other: EventSketch, first: PageSketch, second: PageSketch
) -> Iterator[Trait]:
    """Yield the traits of two events of two pages, beside those that `compare_stories` finds."""
    yield from compare_acts(one, other)
    yield from _compare_clauses(one, other)
    yield from compare_actors(one, other)
    yield from _compare_sides(one, other)
    yield from compare_settings(one, other, first, second)
    yield from _compare_counts(one, other)


def compare_settings(
    one: EventSketch, other: EventSketch, first: PageSketch, second: PageSketch
) -> Iterator[Trait]:
    """Yield what the places and the days of two events say."""
    if one.place and other.place:
        yield from _compare_places(one.place, other.place, "")
    else:
        yield from _compare_places(one.place or first.setting, other.place or second.setting, "perhaps ")
    yield from _compare_days(one, other, first.published, second.published)


def compare_acts(one: EventSketch, other: EventSketch) -> Iterator[Trait]:
    """Yield how alike the acts are: the closest of codebook entry, word, mode and type."""
    here, there = one.act.type.lower(), other.act.type.lower()
    if here != there:
        name = (
            "same word, other type" if one.trigger == other.trigger else " and ".join(sorted((here, there)))
        )
        yield Trait(name, 1.0, "told as {} and {}: {}, {}", (here, there, one.trigger, other.trigger))
    elif one.trigger == other.trigger:
        yield Trait("same word", 1.0, "same word for the act: {}", (one.trigger,))
    elif one.rule == other.rule and not one.rule.startswith(LEARNED):
        yield Trait("same act", 1.0, "same act: {}", (one.rule,))
    elif one.act == other.act and one.act.mode is not None:
        yield Trait("same mode", 1.0, "same kind of act: {}/{}", (here, one.act.mode))
    else:
        top = one.is_lead and other.is_lead
        yield Trait(
            "same type, both at the top" if top else "same type", 1.0, "acts of one type: {}", (here,)
        )
    if one.trigger != other.trigger:
        yield from _compare_wording(one, other)


def _compare_wording(one: EventSketch, other: EventSketch) -> Iterator[Trait]:
    """Yield how two words for an act agree; for one of no known act one entry for both will do."""
    name = compare_wording(one.trigger, other.trigger)
    is_entry = one.rule == other.rule and not one.rule.startswith(LEARNED)
    if name != "a word for no known act" or not is_entry:
        yield Trait(name, 1.0, f"{name}: {{}}, {{}}", (one.trigger, other.trigger))


def compare_stories(first: PageSketch, second: PageSketch, likeness: float) -> Iterator[Trait]:
    """Yield how alike the stories of two pages are whose likeness is given."""
    shared = Shared(first.words, second.words)
    yield Trait("likeness", min(likeness, PLAIN), "pages {:.2f} alike: {}", (likeness, shared))
    is_dated = first.published is not None and second.published is not None
    thin = THIN if is_dated else UNDATED_THIN
    if likeness < thin:
        yield Trait("pages that share little", thin - likeness)
    here, there = first.facts, second.facts
    yield from _agree(here.numbers, there.numbers, here.counted & there.counted, "numbers on the pages")
    yield from _agree(here.sums, there.sums, here.sums and there.sums, "ages or sums on the pages")
    if not is_dated:
        yield from _agree(here.weekdays, there.weekdays, here.weekdays and there.weekdays, "weekdays")
        yield from _agree(here.days, there.days, frozenset(), "days on the pages")
        yield from _agree(here.months, there.months, here.months and there.months, "months on the pages")
        if not here.is_met(there):
            yield Trait("no number or day on both pages")


def _agree(here: frozenset[str], there: frozenset[str], both: frozenset[str], what: str) -> Iterator[Trait]:
    """Yield that two pages give the same or, where both give some, others."""
    if here & there:
        yield Trait(f"same {what}", 1.0, f"same {what}: {{}}", (Shared(here, there),))
    elif both:
        yield Trait(f"other {what}")


def _compare_clauses(one: EventSketch, other: EventSketch) -> Iterator[Trait]:
    """Yield how alike the clauses are."""
    likeness = compare_words(one.words, other.words)
    if likeness >= 0.1:
        yield Trait("clauses alike", likeness, "clauses {:.2f} alike", (likeness,))


def compare_actors(one: EventSketch, other: EventSketch) -> Iterator[Trait]:
    """Yield how alike those are who take part: names, what they are, their countries."""
    named = compare_words(one.own_names, other.own_names)
    if named:
        shared = Shared(one.own_names, other.own_names)
        yield Trait("same actors", named, "same actors: {}", (shared,))
    kinds = compare_words(one.actor_kinds, other.actor_kinds)
    if kinds:
        shared = Shared(one.actor_kinds, other.actor_kinds)
        yield Trait("same kind of actors", kinds, "same kind of actors: {}", (shared,))
    for role, here, there in (
        ("acting", one.source_countries, other.source_countries),
        ("acted on", one.target_countries, other.target_countries),
    ):
        if here & there:
            yield Trait(f"same countries {role}", 1.0, "same countries {}: {}", (role, _list(here & there)))
        elif here and there:
            yield Trait(f"other countries {role}", 1.0, "other countries {}: {}", (role, _list(here | there)))
    if one.people and other.people and not any(a & b for a in one.people for b in other.people):
        full = all(len(name) > 1 for name in (*one.people, *other.people))
        yield Trait("other persons" if full else "other persons perhaps", 1.0, "other persons are named")


def _compare_sides(one: EventSketch, other: EventSketch) -> Iterator[Trait]:
    """Yield that who acts in one event is acted on in the other, and nobody is on one side in both."""
    turned = one.acting & other.acted_on or one.acted_on & other.acting
    if turned and not (one.acting & other.acting or one.acted_on & other.acted_on):
        yield Trait("sides turned", 1.0)


def _list(countries: frozenset[str]) -> str:
    return ", ".join(sorted(countries))


def _compare_places(one: Spot | None, other: Spot | None, sure: str) -> Iterator[Trait]:
    """Yield how two places lie to each other; `sure` begins the name of what is read from the pages alone."""
    if one is None or other is None:
        return
    precise = one.precision in PRECISE and other.precision in PRECISE
    if (one.geonames is not None and one.geonames == other.geonames) or one.name == other.name:
        yield Trait(f"{sure}same {'place' if precise else 'region'}", 1.0, "{}in the same place: {}",
                    (sure, one.name))  # fmt: skip
    elif one.country and other.country and one.country != other.country:
        yield Trait(f"{sure}in other countries", 1.0, "{}in other countries: {}, {}",
                    (sure, one.name, other.name))  # fmt: skip
    elif precise and measure_distance(one, other) > NEAR:
        yield Trait(f"{sure}in other places", 1.0, "{}in other places: {}, {}", (sure, one.name, other.name))
    elif one.country and one.country == other.country:
        yield Trait(f"{sure}one place in the other", 1.0, "{}one in the other: {}, {}",
                    (sure, one.name, other.name))  # fmt: skip


def measure_distance(one: Spot, other: Spot) -> float:
    """Return the kilometres between two places; 0 if one has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    a, b, c, d = map(math.radians, (one.lat, one.lon, other.lat, other.lon))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(min(1.0, half)))


def _compare_days(
    one: EventSketch, other: EventSketch, published: str | None, again: str | None
) -> Iterator[Trait]:
    """Yield what the days say: those that the pages give, else the last ones before publication."""
    here, there = one.days or _guess_days(published), other.days or _guess_days(again)
    if here is None or there is None:
        return
    gap = max(here[0] - there[1], there[0] - here[1], 0)
    if one.days and other.days:
        if gap > LATE:
            yield Trait("long apart", 1.0, "days apart: {}, {}", (one.start, other.start))
        elif gap > 0:
            yield Trait("days apart", gap, "days apart: {}, {}", (one.start, other.start))
        elif max(here[1] - here[0], there[1] - there[0]) <= FRESH:
            yield Trait("same days", 1.0, "same days: {}", (one.start,))
    elif gap > 0:
        yield Trait("told days apart", min(gap, 8), "told {} days apart", (gap,))


def _guess_days(published: str | None) -> tuple[int, int] | None:
    """Return the days of which a page tells that gives none: the one of publication and those before."""
    if published is None:
        return None
    day = day_number(published)
    return day - FRESH, day


def _compare_counts(one: EventSketch, other: EventSketch) -> Iterator[Trait]:
    """Yield what the counts say; that they differ is a conflict to show, and rules nothing out."""
    for count in one.counts:
        for again in other.counts:
            if count.name != again.name or count.unit != again.unit:
                continue
            if count.low is None or again.low is None:
                continue
            few, many = sorted((count.low, again.low))
            if few == many and few > 1:
                name = "same number" if few < ROUND else "same large number"
                yield Trait(name, 1.0, "same number: {:g} {}", (few, count.of))
            elif many > FAR * max(1.0, few):
                yield Trait("numbers far apart", 1.0, "far apart: {:g} and {:g} {}", (few, many, count.of))
