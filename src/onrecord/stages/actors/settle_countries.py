from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.language.en import LOCATIVE
from onrecord.lexicons.actors import actor_words
from onrecord.lexicons.weights import feature_weights, spread_features, strongest_feature, sum_weights
from onrecord.stages.actors.cast import Cast, Entity
from onrecord.stages.actors.read_phrases import Phrase
from onrecord.stages.actors.spot_nations import Spot
from onrecord.words import Token

SURE = 0.5
"""Share of the odds that a country must have, or the actor stays without one: a wrong country is worse."""
LOOKED_AT = 4
"""Mentions of an actor that are looked at."""
CANDIDATES = 8
NOWHERE = "no country"
GROUPS = {
    "official": ("GOV", "LEG", "JUD", "COP", "SPY", "ELI"),
    "force": ("MIL",),
    "party": ("PTY", "OPP"),
    "armed": ("REB", "UAF", "CRM", "PRM", "IMG"),
    "above nations": ("IGO", "UNO", "EUR", "NGO"),
    "people": ("CVL", "UNK", "REF", "AGR"),
}
"""Sectors whose actors are weighed alike."""
Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Story:
    """Where a story names which country."""

    spots: dict[str, list[Spot]]
    by_sentence: dict[int, list[Spot]]
    total: int
    order: tuple[str, ...]
    """The countries, the one named most first; of equals, the one named first."""
    first: str | None


def settle_countries(cast: Cast) -> None:
    """Give each actor without a country the one that the story speaks for, if the odds are clear.

    News leaves out what goes without saying (`the governor`, `police`, `two men were killed`). The
    weights of what speaks for a country were learned by tools/fit_actors.py (conditional logit
    over the countries that the story names, and none of them).
    """
    weights = feature_weights("home_weights")
    for entity, candidates in describe_homes(cast):
        scores = {code: sum_weights(features, weights) for code, features in candidates.items()}
        best = max(scores, key=lambda code: scores[code])
        odds = math.exp(scores[best]) / sum(math.exp(score) for score in scores.values())
        if best != NOWHERE and odds >= SURE:
            why = strongest_feature(candidates[best], weights)
            entity.settle("country", best, f"country of the story: {why}")
            entity.rule = f"{entity.rule}; country of the story"


def describe_homes(cast: Cast) -> Iterator[tuple[Entity, dict[str, Features]]]:
    """Yield each actor whose country is open, with what speaks for each country that the story names."""
    story = _read_story(cast.spots)
    if not story.total:
        return
    phrases: dict[int, list[tuple[int, Phrase]]] = defaultdict(list)
    first = min(cast.numbers.values())
    for phrase, entity in cast.recent:
        if len(phrases[id(entity)]) < LOOKED_AT:
            phrases[id(entity)].append((cast.number(phrase) - first, phrase))
    for entity in cast.entities:
        if may_have_home(entity):
            group = group_of(entity)
            found = {
                code: spread_features(_describe(phrases[id(entity)], code, story), group)
                for code in story.order[:CANDIDATES]
                if not _is_only_counterpart(phrases[id(entity)], story.spots[code])
            }
            found[NOWHERE] = spread_features(
                {NOWHERE: 1.0, "many countries, none": math.log(len(story.order))}, group
            )
            yield entity, found


def may_have_home(entity: Entity) -> bool:
    """Return whether the country of an actor is open, and not left open by a list that knows the actor."""
    is_listed = entity.rule.startswith(("leaders", "organ"))
    if not actor_words("of many countries").isdisjoint(entity.name.lower().split()):
        return False
    return entity.country is None and entity.cameo is None and not is_listed


def group_of(entity: Entity) -> str:
    """Return the kind of actor whose countries are told alike."""
    if entity.body:
        return "of a body"
    named = next((name for name, sectors in GROUPS.items() if entity.sector in sectors), None)
    if entity.rule == "name":
        return f"named {entity.type}" if named is None else f"named {named}"
    return named or "other"


def _read_story(spots: Sequence[Spot]) -> Story:
    by_code: dict[str, list[Spot]] = defaultdict(list)
    by_sentence: dict[int, list[Spot]] = defaultdict(list)
    for spot in spots:
        by_code[spot.code].append(spot)
        by_sentence[spot.number].append(spot)
    counts = Counter(spot.code for spot in spots)
    order = tuple(code for code, _ in counts.most_common())
    return Story(by_code, by_sentence, len(spots), order, spots[0].code if spots else None)


def _describe(phrases: list[tuple[int, Phrase]], code: str, story: Story) -> Features:
    """Return what speaks for a country: its share of the story, its nearness, its ties to the mentions."""
    spots = story.spots[code]
    found: Features = {
        "share of the names": len(spots) / story.total,
        "named often": math.log(1 + len(spots)),
    }
    found |= dict.fromkeys(_standing(code, story), 1.0)
    gap = min((abs(number - spot.number) for number, _ in phrases for spot in spots), default=99)
    found["so many sentences off"] = math.log(1 + min(gap, 20))
    back = [number - spot.number for number, _ in phrases for spot in spots if number > spot.number]
    if back and min(back) == 1:
        found["in the sentence before"] = 1.0
    for number, phrase in phrases:
        for tie in _ties(phrase, code, story.by_sentence.get(number, ())):
            found[tie] = 1.0
    return found


def _is_only_counterpart(phrases: list[tuple[int, Phrase]], spots: list[Spot]) -> bool:
    """Return whether a country is named once, as the other side of an act: Poland in `it accused Poland`."""
    if len(spots) > 1:
        return False
    return any("the other side" in _bonds(phrase.doc[phrase.head], phrase, spots[0]) for _, phrase in phrases)


def _standing(code: str, story: Story) -> Iterator[str]:
    """Yield how a country stands out in the story as a whole."""
    spots = story.spots[code]
    if code == story.order[0]:
        yield "named most"
    if len(story.order) == 1:
        yield "the only one"
    if code == story.first:
        yield "named first"
    if any(spot.is_dateline for spot in spots):
        yield "in a dateline"
    if spots[0].number == 0:
        yield "in the first sentence"
    if any(spot.kind in ("region", "town", "capital") for spot in spots):
        yield "a place of it is named"
    if all(spot.kind in ("person", "organization") for spot in spots):
        yield "only by its leaders or bodies"


def _ties(phrase: Phrase, code: str, spots: Sequence[Spot]) -> Iterator[str]:
    """Yield how a country is tied to a mention in its sentence."""
    here = [spot for spot in spots if spot.code == code]
    if not here:
        return
    yield "in the sentence"
    nearest = min(spots, key=lambda spot: (_gap(spot, phrase), spot.start))
    if nearest.code == code:
        yield "nearest"
        if nearest.end <= phrase.start:
            yield "nearest, before"
    for spot in here:
        yield from _bonds(phrase.doc[phrase.head], phrase, spot)


def _gap(spot: Spot, phrase: Phrase) -> int:
    return max(phrase.start - spot.end, spot.start - phrase.end, 0)


def _bonds(head: Token, phrase: Phrase, spot: Spot) -> Iterator[str]:
    """Yield how the syntax ties the name of a country to a mention."""
    word = spot.doc[spot.end - 1]
    if head.left_edge.i <= spot.start and spot.end - 1 <= head.right_edge.i:
        yield "inside its phrase"
        if spot.start < phrase.start:
            yield "before it in its phrase"
    top = _clause_of(head)
    if word.head.lower_ in LOCATIVE:
        yield "where it is" if _clause_of(word) is top else "where something is"
    elif word.head is top:
        yield "the other side"
    if word.dep_ == "poss" and _clause_of(word) is top:
        yield "an owner in the clause"
    if spot.kind == "person":
        yield "by its leader"


def _clause_of(word: Token) -> Token:
    """Return the verb above a word, or the root."""
    while word.head is not word and word.pos_ not in ("VERB", "AUX"):
        word = word.head
    return word
