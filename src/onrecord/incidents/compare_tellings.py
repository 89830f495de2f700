"""Which events of one page are one that is told again: features of a pair, weighed by a learned table."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.incidents.act_words import compare_wording
from onrecord.incidents.weigh_words import compare_words
from onrecord.lexicons.weights import feature_weights, sum_weights
from onrecord.records import Event, Record

if TYPE_CHECKING:
    from onrecord.incidents.sketch import EventSketch

EVEN = 220
"""Score, in thousandths, of two events of a page that are as likely one as two: that of a join."""
SCALE = 250
"""Thousandths for one unit of log odds: so the weights of a page spread as those between pages do."""
LOW = -1.28
"""Log odds from which a pair is kept."""
FURTHEST = 4
"""Paragraphs between two events from which more make no difference."""
MOST = 6
"""Events of a type on one page from which more make no difference."""
TOLD = 4
"""Reasons that are told, the weightiest first."""
KNOWN = re.compile(
    r"\b(the|this|that|these|those|his|her|their|its|whose|\w+['’]s)(\W+[\w-]+){0,2}\W+$", re.I
)
"""`the deadly ` before `attack`: one that the reader knows."""
NEW = re.compile(r"\b(an?)(\W+[\w-]+){0,2}\W+$", re.I)
"""`a deadly ` before `attack`."""
BESIDE = re.compile(
    r"\b(another|second|third|separate|other|earlier|previous|last|similar|more|new|further|also|later|since"
    r"|previously)\b",
    re.I,
)
"""Words of a clause that tells of one more act, or of one before."""
SENTENCE = re.compile(r"[.!?][\"”’)]*\s")
BEFORE = 40
"""Characters before a word in which its article stands."""
TOP = ("title", "paragraph", "caption", "dateline")


@dataclass(frozen=True, slots=True)
class Retelling:
    """Two events of a page that may be one, by their places among its events."""

    one: int
    other: int
    score: int
    """In thousandths; they are one above the threshold of a join."""
    reasons: tuple[str, ...]


def find_retellings(record: Record, sketches: Sequence[EventSketch]) -> tuple[Retelling, ...]:
    """Return the pairs of events of a page that may be one; `sketches` are those of its events."""
    weights = feature_weights("retelling_weights")
    found: list[Retelling] = []
    for one, other, features in pair_events(record, sketches):
        odds = sum_weights(features, weights)
        if odds > LOW:
            found.append(Retelling(one, other, round(EVEN + SCALE * odds), _tell(features, weights)))
    return tuple(found)


def _tell(features: Mapping[str, float], weights: Mapping[str, float]) -> tuple[str, ...]:
    """Return the features that weigh most, each with its share of the score."""
    shares = {name: round(weights.get(name, 0.0) * value * SCALE) for name, value in features.items()}
    ranked = sorted((name for name in shares if name != "any"), key=lambda name: (-abs(shares[name]), name))
    return tuple(f"{shares[name] / 1000:+.2f} {name}" for name in ranked[:TOLD])


def pair_events(
    record: Record, sketches: Sequence[EventSketch]
) -> Iterator[tuple[int, int, dict[str, float]]]:
    """Yield the pairs of events of one type, the earlier first, with their features."""
    reader = _Reader(record, sketches)
    events = record.events
    for one, other in itertools.combinations(range(len(events)), 2):
        if events[one].act.type == events[other].act.type:
            is_turned = events[one].trigger[0] > events[other].trigger[0]
            yield one, other, reader.compare(other, one) if is_turned else reader.compare(one, other)


class _Reader:
    """Compares the events of one record."""

    def __init__(self, record: Record, sketches: Sequence[EventSketch]) -> None:
        self.text = record.page.text
        self.events, self.sketches = record.events, sketches
        self.starts = {actor.id: [start for start, _ in actor.mentions] for actor in record.actors}
        parts = [part for part in record.parts if part.kind in TOP]
        self.places = {part.id: place for place, part in enumerate(parts)}
        self.titles = {part.id for part in parts if part.kind == "title"}
        self.often = Counter(event.act.type for event in record.events)

    def compare(self, first: int, second: int) -> dict[str, float]:
        """Return the features of two events, the one that stands first in the text given first."""
        one, other = self.events[first], self.events[second]
        here, there = self.sketches[first], self.sketches[second]
        found = {
            "any": 1.0,
            _compare_acts(one, other, here, there): 1.0,
            "same status" if one.status == other.status else "other status": 1.0,
            f"{min(self.often[one.act.type], MOST)} of its type": 1.0,
        }
        if here.trigger != there.trigger:
            found[compare_wording(here.trigger, there.trigger)] = 1.0
        found |= dict.fromkeys(self._compare_roles(one, other), 1.0)
        found |= dict.fromkeys(_compare_settings(one, other), 1.0)
        found |= dict.fromkeys(self._compare_spots(one, other), 1.0)
        found |= dict.fromkeys(self._compare_tops(one, other, here, there), 1.0)
        found |= dict.fromkeys(self._read_marks(other), 1.0)
        for name, words, more in (
            ("clauses alike", here.words - {here.trigger, there.trigger}, there.words),
            ("names alike", here.own_names, there.own_names),
            ("kinds alike", here.actor_kinds, there.actor_kinds),
        ):
            if likeness := compare_words(words, more):
                found[name] = likeness
        return found

    def _compare_roles(self, one: Event, other: Event) -> Iterator[str]:
        """Yield how those agree who take part, and those of them whom the clauses themselves name."""
        for role, here, there in (
            ("acting", set(one.sources), set(other.sources)),
            ("acted on", set(one.targets), set(other.targets)),
        ):
            yield f"{_agree(here, there)} {role}"
            here, there = self._own(one, here), self._own(other, there)
            if here and there:
                yield f"{'same' if here & there else 'others'} named there {role}"
        if {*one.sources} & {*other.targets} or {*one.targets} & {*other.sources}:
            yield "roles turned"

    def _own(self, event: Event, actors: set[str]) -> set[str]:
        """Return those of some actors that the clause of an event names."""
        begin, end = event.span
        return {one for one in actors if any(begin <= start < end for start in self.starts.get(one, ()))}

    def _compare_spots(self, one: Event, other: Event) -> Iterator[str]:
        """Yield how far apart two events stand."""
        if one.part != other.part:
            here, there = self.places.get(one.part), self.places.get(other.part)
            gap = FURTHEST if here is None or there is None else min(abs(here - there), FURTHEST)
            yield f"{gap} paragraphs apart"
        elif SENTENCE.search(self.text[one.trigger[1] : other.trigger[0]]):
            yield "in one paragraph"
        else:
            yield "in one sentence"

    def _compare_tops(self, one: Event, other: Event, here: EventSketch, there: EventSketch) -> Iterator[str]:
        """Yield whether title and first paragraph tell them."""
        if one.part == other.part:
            return
        if one.part in self.titles or other.part in self.titles:
            yield "one in the title"
        if here.is_lead and there.is_lead:
            yield "in title and lead"
        elif here.is_lead or there.is_lead:
            yield "one at the top"

    def _read_marks(self, later: Event) -> Iterator[str]:
        """Yield whether the later one is told as known, as new or as one more."""
        begin = later.trigger[0]
        before = self.text[max(0, begin - BEFORE) : begin].rpartition("\n")[2]
        if KNOWN.search(before):
            yield "the later one known"
        if NEW.search(before):
            yield "the later one new"
        if BESIDE.search(self.text[later.span[0] : later.span[1]]):
            yield "the later one beside others"


def _agree(here: set[str], there: set[str]) -> str:
    if here and there:
        return "same" if here == there else "some the same" if here & there else "others"
    return "one tells who is" if here or there else "none tells who is"


def _compare_acts(one: Event, other: Event, here: EventSketch, there: EventSketch) -> str:
    """Return how alike two acts of one type are told."""
    if here.trigger == there.trigger:
        return "same word"
    if one.act.mode and other.act.mode:
        return "same mode" if one.act.mode == other.act.mode else "other mode"
    return "same type"


def _compare_settings(one: Event, other: Event) -> Iterator[str]:
    """Yield how places, days and victims agree."""
    if one.place and other.place:
        is_told = one.placed_by in ("told", "near") and other.placed_by in ("told", "near")
        yield f"{'same' if one.place == other.place else 'other'} place{' told' if is_told else ''}"
    elif one.place or other.place:
        yield "one with a place"
    if one.start_date and other.start_date:
        is_told = one.dated_by == other.dated_by == "told"
        yield f"{'same' if one.start_date == other.start_date else 'other'} day{' told' if is_told else ''}"
    elif one.start_date or other.start_date:
        yield "one with a day"
    for name, here, there in (("dead", one.dead, other.dead), ("injured", one.injured, other.injured)):
        if here is not None and there is not None:
            yield f"{'as many' if here == there else 'other'} {name}"
        elif here is not None or there is not None:
            yield f"one with {name}"
    if one.statement and other.statement:
        yield "in one statement" if one.statement == other.statement else "in two statements"
    elif one.statement or other.statement:
        yield "one in a statement"
