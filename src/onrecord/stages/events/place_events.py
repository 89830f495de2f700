"""Where an event took place: the most exact place that the story gives it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from onrecord.mentions import MentionIndex
from onrecord.records import Actor, Place, Sentence, Span
from onrecord.stages.events.relate_words import (
    bucket,
    clause_top,
    distance,
    first_verb,
    relate_words,
    tell_distance,
)
from onrecord.stages.events.story import Story
from onrecord.stages.events.weigh_choices import Choice
from onrecord.words import Token

EXACT = {"point": 4, "city": 3, "region": 2, "country": 1, "unknown": 0}
NEAREST = (
    "its own phrase", "its clause", "a coordinated clause", "the clause above", "a clause below",
    "its sentence",
)  # fmt: skip
"""Where a place may stand in the sentence of an act, the nearest first."""


@dataclass(frozen=True, slots=True)
class Act:
    """A word that names an act, and what is known of the act before its roles are."""

    word: Token
    sentence: Sentence
    number: int
    """Place of its sentence in the report."""
    type: str
    """PLOVER type."""
    status: str = "actual"
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    others: tuple[tuple[int, str], ...] = ()
    """The other acts of the story: the place of their sentence, and their type."""


class Seen(NamedTuple):
    """A mention of a place, by where it stands to an act; the nearest come first in order."""

    rank: int
    """How near: less is nearer."""
    words: int
    """How many words stand between, in one sentence."""
    span: Span
    relation: str
    function: str


def place_choices(act: Act, story: Story) -> list[Choice]:
    """Return the places of a report as candidates for the place of an act."""
    seen = {place.id: see_mentions(place, act, story) for place in story.draft.places}
    near = [(place, seen[place.id][0]) for place in story.draft.places if seen[place.id]]
    told = same_words(act, story, story.places)
    return [
        Choice(
            place.id,
            tuple(dict.fromkeys(_name_features(place, seen[place.id], near, told, act, story))),
            _how(seen[place.id], act, story),
            seen[place.id][0].span,
        )
        for place, _ in near
    ]


def see_mentions(place: Place, act: Act, story: Story) -> list[Seen]:
    """Return the mentions of a place in the report, the nearest to an act first."""
    return sorted(see_span(span, act, story) for span in place.mentions if story.holds(span))


def see_span(span: Span, act: Act, story: Story) -> Seen:
    """Return where a mention stands to an act."""
    number, word, function = story.spot(span)
    if number == act.number:
        relation = relate_words(word, act.word)
        return Seen(NEAREST.index(relation), distance(word, act.word), span, relation, function)
    away = number - act.number
    rank = len(NEAREST) + 2 * abs(away) + (away > 0)
    return Seen(rank, 0, span, tell_distance(away), function)


def _how(seen: Sequence[Seen], act: Act, story: Story) -> str:
    first = seen[0]
    if first.rank < len(NEAREST):
        return "told"
    if first.rank <= len(NEAREST) + 3:
        return "near"
    line = story.dateline
    return "dateline" if line and any(line[0] <= one.span[0] < line[1] for one in seen) else "story"


def _name_features(
    place: Place,
    seen: Sequence[Seen],
    near: Sequence[tuple[Place, Seen]],
    told: Mapping[Span, tuple[int, str, str]],
    act: Act,
    story: Story,
) -> Iterator[str]:
    first = seen[0]
    yield "any place"
    yield f"any place: {act.type}"
    yield f"in {first.relation}"
    yield f"in {first.relation}, {first.function}"
    yield f"in {first.relation}, a {place.precision}"
    yield f"{act.type}: in {first.relation}"
    yield f"{act.type}: {first.function}"
    yield f"{act.type}: a {place.precision}"
    yield f"a {place.precision}, {first.function}"
    yield f"a {act.word.pos_.lower()}: in {first.relation}, {first.function}"
    yield from (f"also {one.function}" for one in seen[1:4] if one.function != first.function)
    yield f"{bucket(len(seen))} times"
    if place.id not in story.standings:
        story.standings[place.id] = tuple(_standing(place, seen, story))
    yield from story.standings[place.id]
    yield from _rivals(place, first, near)
    yield from _same_word(seen, told)
    yield from _with_others(seen, act, story)
    yield from _as_party(place, first, act, story)
    if act.status not in ("actual", "ongoing"):
        yield f"{act.status}: in {first.relation}"


def _standing(place: Place, seen: Sequence[Seen], story: Story) -> Iterator[str]:
    """Yield what the page as a whole says of a place."""
    numbers = {story.number_of(one.span[0]) for one in seen}
    line = story.dateline
    if line and any(line[0] <= one.span[0] < line[1] for one in seen):
        yield "in the dateline"
        yield f"in the dateline, a {place.precision}"
    elif story.lead in numbers:
        yield "in the first sentence"
        yield f"in the first sentence, a {place.precision}"
    if min(numbers) < story.lead:
        yield "in the title"
        yield f"in the title, a {place.precision}"
    counts = [story.counts[other.id] for other in story.draft.places if other.precision == place.precision]
    alike = [count for count in counts if count]
    if len(alike) == 1:
        yield f"the only {place.precision} of the page"
    elif story.counts[place.id] == max(alike):
        yield f"the {place.precision} named most often"


def _rivals(place: Place, first: Seen, near: Sequence[tuple[Place, Seen]]) -> Iterator[str]:
    """Yield how exact a place is beside the others, and whether another stands nearer."""
    level = EXACT[place.precision]
    same_country = [(o, s) for o, s in near if o.country == place.country]
    if any(EXACT[o.precision] > level and s.rank <= first.rank for o, s in same_country):
        yield "a more exact place of its country as near"
    elif any(EXACT[o.precision] > level and s.rank <= first.rank + 4 for o, s in same_country):
        yield "a more exact place of its country not far"
    elif any(EXACT[o.precision] > level for o, s in same_country):
        yield "a more exact place of its country on the page"
    rank = sum(s < first for _, s in near)
    yield f"{bucket(rank)} places nearer"
    finer = sum(s.rank < first.rank and EXACT[o.precision] >= level for o, s in near if o.id != place.id)
    yield f"{bucket(finer)} as exact and nearer"


def _same_word(seen: Sequence[Seen], told: Mapping[Span, tuple[int, str, str]]) -> Iterator[str]:
    """Yield where the place stands to the same word told in another sentence of the report."""
    best = min((told[one.span] for one in seen if one.span in told), default=None)
    if best is not None:
        yield f"by the same word, in {best[1]}"
        yield f"by the same word, {best[2]}"


def same_words(
    act: Act, story: Story, index: MentionIndex[Place] | MentionIndex[Actor]
) -> dict[Span, tuple[int, str, str]]:
    """Return where mentions stand to the word of an act where other sentences tell it again."""
    found: dict[Span, tuple[int, str, str]] = {}
    for number, other in story.by_lemma.get(act.word.lemma_.lower(), ()):
        sentence = story.sentences[number]
        if number == act.number:
            continue
        for span, _ in index.within((sentence.start, sentence.end)):
            _, word, function = story.spot(span)
            relation = relate_words(word, other)
            told = (NEAREST.index(relation), relation, function)
            found[span] = min(told, found.get(span, told))
    return found


def _with_others(seen: Sequence[Seen], act: Act, story: Story) -> Iterator[str]:
    """Yield in how many sentences with other acts a place stands."""
    numbers = {story.number_of(one.span[0]) for one in seen}
    shared = [kind for number, kind in act.others if number in numbers]
    yield f"with {bucket(len(shared))} other acts"
    if alike := shared.count(act.type):
        yield f"with {bucket(alike)} other acts of its type"
        yield f"{act.type}: with other acts of its type"


def _as_party(place: Place, first: Seen, act: Act, story: Story) -> Iterator[str]:
    """Yield whether a place is also one who takes part, or the country of one."""
    touching = {actor.id for _, actor in story.actors.touching(first.span)}
    if touching & {*act.by, *act.to}:
        yield "it takes part itself"
        yield f"{act.type}: it takes part itself"
    elif touching:
        yield "its words name an actor"
    for side, names in (("those who act", act.by), ("those acted upon", act.to)):
        countries = {story.known[name].country for name in names} - {None}
        if place.country in countries:
            yield f"{side} are of its country, a {place.precision}"
            yield f"{act.type}: {side} are of its country, a {place.precision}"
        elif place.country and countries:
            yield f"{side} are of another country, a {place.precision}"
    if first.relation in NEAREST:
        word = story.spot(first.span)[1]
        if word.dep_ == "pobj":
            above = word.head.head
            if above is act.word:
                yield f"right on the act, {first.function}"
            elif first_verb(above) is first_verb(clause_top(act.word)):
                yield f"on its verb, {first.function}"
            else:
                yield f"on another {above.pos_.lower()}"
