from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.lexicons.actors import actor_words, offices_by_word
from onrecord.lexicons.weights import feature_weights, spread_features, strongest_feature, sum_weights
from onrecord.stages.actors.cast import Cast, Entity, phrase_span
from onrecord.stages.actors.index_names import fold
from onrecord.stages.actors.read_phrases import Phrase
from onrecord.words import Token

SURE = 0.5
"""How probable it must be that a description means somebody whom the story names: on pages that were not
learned from 67 of 101 joins are right then, and 57 of 83 at .55."""
NAMES = 25
"""Named actors that are weighed for a description."""
SUBJECTS = ("nsubj", "nsubjpass")
TAKING = ("by", "with", "against", "to")
"""Prepositions before others who take part in what a verb says."""
SERVING = ("GOV", "LEG", "MIL", "JUD", "COP", "SPY", "PTY", "OPP", "ELI")
CONTENT = ("NOUN", "PROPN", "ADJ")
HARMED = ("CVL", "UNK", "CRM", "UAF", "REF", "REB")
MINISTER, VAGUE = "minister", "leader"
Features = dict[str, float]


@dataclass(slots=True)
class Told:
    """An actor and its mentions: the number of the sentence, and the phrase."""

    entity: Entity
    places: list[tuple[int, Phrase]]
    rank: int = 0
    """How many named actors of its kind are mentioned more often."""
    deeds: frozenset[tuple[str, str]] = frozenset()
    """What it does and suffers: verbs, each with the side on which it stands."""
    verbs: frozenset[int] = frozenset()
    """The words of the page, by identity, in whose clause it takes part."""
    spots: frozenset[tuple[int, int]] = frozenset()
    """Where its mentions begin: sentence and word."""

    @property
    def numbers(self) -> list[int]:
        """The sentences that mention it."""
        return [number for number, _ in self.places]


def join_names(cast: Cast) -> None:
    """Give the mentions of a description to the actor whom the story names elsewhere: `the senator`.

    Weights of what speaks for it, learned by tools/fit_actors.py (a conditional logit over the names that a
    description may mean and nobody). The name may come later than the description.
    """
    join_governments(cast)
    weights = feature_weights("name_weights")
    joined: list[tuple[Told, Told, str]] = []
    for told, candidates in describe_names(cast):
        scores = [sum_weights(features, weights) for _, features in candidates]
        best, (name, features) = max(zip(scores, candidates, strict=True), key=lambda pair: pair[0])
        odds = math.exp(-best) + sum(math.exp(score - best) for score in scores)
        if 1 / odds >= SURE:
            joined.append((told, name, strongest_feature(features, weights)))
    for told, name, why in joined:
        _join(cast, told, name, why)


def _join(cast: Cast, told: Told, name: Told, why: str) -> None:
    """Move all mentions of a described actor to a named one, that learns what the description says."""
    one, other = told.entity, name.entity
    other.mentions += one.mentions
    span = phrase_span(told.places[0][1])
    other.note(country=one.country, sector=one.sector, role=one.role, word=one.word)
    other.tell("mention", one.name, f"description of a named actor: {why}", span)
    one.mentions = []
    cast.recent = [(phrase, other if entity is one else entity) for phrase, entity in cast.recent]


def join_governments(cast: Cast) -> None:
    """Give what is told of a country's government to the country that the story names as an actor."""
    states = {entity.country: entity for entity in cast.entities if entity.key[0] == "country"}
    for entity in cast.entities:
        state = states.get(entity.country)
        is_government = entity.key[0] == "role" and entity.word in actor_words("a state itself")
        if is_government and entity.mentions and state is not None and not entity.body:
            phrase = next(phrase for phrase, one in cast.recent if one is entity)
            _join(cast, Told(entity, [(0, phrase)]), Told(state, []), "the government of a country")


def describe_names(cast: Cast) -> Iterator[tuple[Told, list[tuple[Told, Features]]]]:
    """Yield each described actor with the named ones that it may be, and what speaks for each."""
    told: dict[int, Told] = {}
    for phrase, entity in cast.recent:
        if phrase.kind not in ("pronoun", "first person"):
            told.setdefault(id(entity), Told(entity, [])).places.append((cast.number(phrase), phrase))
    for one in told.values():
        if not is_named(one.entity) and not is_described(one.entity):
            continue
        one.deeds = frozenset(deed for _, phrase in one.places if (deed := _deed_of(phrase)))
        one.verbs = frozenset(
            id(verb) for _, phrase in one.places for verb in _verbs_taking(phrase, one.entity)
        )
        one.spots = frozenset((number, phrase.start) for number, phrase in one.places)
    names: dict[str, list[Told]] = defaultdict(list)
    for one in told.values():
        if is_named(one.entity):
            names[_kind(one.entity)].append(one)
    for listed in names.values():
        listed.sort(key=lambda one: (-len(one.places), one.numbers[0]))
        for rank, one in enumerate(listed):
            one.rank = rank
    for one in told.values():
        if is_described(one.entity):
            fitting = [name for name in names[_kind(one.entity)][:NAMES] if _may_be(one, name)]
            kind = _kind(one.entity)
            if fitting:
                rivals = _find_rivals(one, fitting)
                yield one, [(name, spread_features(_describe(one, name, rivals), kind)) for name in fitting]


@dataclass(frozen=True, slots=True)
class Rivals:
    """What all named actors that a description may mean have in common."""

    alike: int
    """How many have its sector."""
    plain: int
    """How many of whom the page tells no office."""
    last: tuple[int, int] | None
    """Where one of them was named last before the description."""
    next: tuple[int, int] | None
    """Where one of them is named next."""


def _find_rivals(one: Told, fitting: list[Told]) -> Rivals:
    first = min(one.spots)
    spots = [spot for name in fitting for spot in name.spots]
    return Rivals(
        Counter(_is_near_kind(one.entity, name.entity) for name in fitting)[True],
        sum(_is_plain(name.entity) for name in fitting),
        max((spot for spot in spots if spot < first), default=None),
        min((spot for spot in spots if spot > first), default=None),
    )


def _deed_of(phrase: Phrase) -> tuple[str, str] | None:
    """Return the verb of a mention and its side there; all verbs of speech are one."""
    word = phrase.doc[phrase.head]
    verb = word.head
    if verb.pos_ != "VERB" or word.dep_ not in (*SUBJECTS, "dobj"):
        return None
    lemma = "say" if verb.lemma_ in actor_words("speech") else verb.lemma_
    return lemma, "does" if word.dep_ == "nsubj" else "suffers"


def _is_plain(entity: Entity) -> bool:
    """Return whether the page tells no office of somebody, and no list knows him."""
    return entity.rule == "name" and entity.role is None


def is_named(entity: Entity) -> bool:
    """Return whether a story gives an actor by a name of its own."""
    return entity.key[0] in ("person", "organization")


def is_described(entity: Entity) -> bool:
    """Return whether an actor is one person or body that is known by a description only."""
    return entity.key[1] == "single"


def _kind(entity: Entity) -> str:
    return "person" if entity.type == "person" else "body"


def _may_be(one: Told, name: Told) -> bool:
    """Return whether nothing excludes that they mean one: another country or office, one clause."""
    if _holds_another_office(one, name):
        return False
    countries = (one.entity.country, name.entity.country)
    if None not in countries and countries[0] != countries[1]:
        return False
    return one.verbs.isdisjoint(name.verbs)


def _holds_another_office(one: Told, name: Told) -> bool:
    """Return whether a page knows somebody in another office: `the mayor of Lyon` is not President Ames.

    "The leader" may be anyone in office, and "the former governor" anyone who now holds another.
    """
    word, held = one.entity.word or "", name.entity.office
    if held is None or one.places[0][1].former:
        return False
    if MINISTER in word.split():
        return MINISTER not in held
    return offices_by_word().get(word, VAGUE) not in (VAGUE, held)


def _verbs_taking(phrase: Phrase, entity: Entity) -> Iterator[Token]:
    """Yield the verb of which a mention is the subject, an object or part of an adverbial.

    Two of them are two actors: `Ames met the mayor`, `according to Ames, the mayor`; not `Ames is the mayor`.
    A description that is the subject of what is said is not who says it: `Ames said the mayor had left`.
    """
    word = phrase.doc[phrase.head]
    if word.dep_ == "pobj" and word.head.lower_ in TAKING:
        above = word.head.head
        yield above.head if above.dep_ == "prep" else above
    elif word.dep_ in (*SUBJECTS, "dobj", "dative"):
        yield word.head
        if word.dep_ in SUBJECTS and word.head.dep_ == "ccomp" and not is_named(entity):
            yield word.head.head


def _is_near_kind(one: Entity, name: Entity) -> bool:
    return one.sector is not None and one.sector == name.sector


def _describe(one: Told, name: Told, rivals: Rivals) -> Features:
    """Return what speaks for a description to mean a named actor."""
    found: Features = {"any": 1.0}
    found |= dict.fromkeys(_facts(one.entity, name.entity), 1.0)
    found |= dict.fromkeys(_places(one, name), 1.0)
    if _is_near_kind(one.entity, name.entity):
        found["the only one of its sector" if rivals.alike == 1 else "one of several of its sector"] = 1.0
    found |= dict.fromkeys(_words(one, name), 1.0)
    found |= dict.fromkeys(_turns(one, name, rivals), 1.0)
    found["named less than others"] = math.log(1 + name.rank)
    found["named often"] = math.log(len(name.places))
    found["described often"] = math.log(len(one.places))
    return found


def _facts(one: Entity, name: Entity) -> Iterator[str]:
    """Yield how what is known of a description agrees with what is known of a named actor."""
    offices = offices_by_word()
    word = one.word or ""
    said = {name.word, *(name.role or "").lower().split()[-1:], *name.name.lower().split()[-1:]}
    if word.split(" ")[-1] in said:
        yield "the same word"
    elif word in offices and offices[word] == name.office:
        yield "the same office"
    elif name.word is not None:
        yield "another word"
    if one.country is not None:
        yield "the same country" if name.country is not None else "country of the description only"
    if one.sector is None or name.sector is None:
        yield "a sector is open"
    elif one.sector == name.sector:
        yield "the same sector"
    elif {one.sector, name.sector} <= set(SERVING):
        yield "sectors of a state"
    else:
        yield "another sector"
    if one.sector in HARMED:
        yield "a bystander or suspect"
    if one.body:
        yield "of a body"
    if one.word in actor_words("collective"):
        yield "a word for any body"


def _words(one: Told, name: Told) -> Iterator[str]:
    """Yield which words of a description stand in a name or its title, and which deeds both are told of."""
    phrase = one.places[0][1]
    owner = phrase.owner.known.organization if phrase.owner and phrase.owner.known else ()
    said = {word.lower_ for word in phrase.doc.words[phrase.start : phrase.end] if word.pos_ in CONTENT}
    shared = len(said & set(name.entity.name.lower().split()))
    if shared:
        yield "words of its name" if shared > 1 else "a word of its name"
    if len(said & set((name.entity.role or "").lower().split())) > 1:
        yield "words of its title"
    if any(fold(row.name) == name.entity.key[1] for row in owner):
        yield "its own body"
    deeds = one.deeds & name.deeds
    if any(lemma != "say" for lemma, _ in deeds):
        yield "told to do the same"
    elif deeds:
        yield "speaks as well"


def _turns(one: Told, name: Told, rivals: Rivals) -> Iterator[str]:
    """Yield whether nobody else is named between, and whether only one is left who may be meant."""
    form = "definite" if one.places[0][1].definite else "not definite"
    if rivals.last in name.spots:
        yield "the last one named"
        yield f"{form}, the last one named"
    if rivals.next in name.spots:
        yield "the next one named"
        yield f"{form}, the next one named"
    if _is_plain(name.entity):
        yield "no office told"
        if one.entity.sector in HARMED:
            yield "no office told of a bystander or suspect"
        if rivals.plain == 1:
            yield "the only one without an office"


def _places(one: Told, name: Told) -> Iterator[str]:
    """Yield how the mentions of a description lie to those of a name."""
    first, phrase = one.places[0]
    if phrase.definite:
        yield "definite"
    elif phrase.doc[phrase.start].lower_ in ("a", "an"):
        yield "indefinite"
    back = [first - number for number in name.numbers if number <= first]
    ahead = [number - first for number in name.numbers if number > first]
    if not back:
        yield "named later"
        if min(ahead) == 1:
            yield "named in the next sentence"
        if first < 2:
            yield "described at the top"
    elif min(back) == 0:
        yield from _within(phrase, [other for number, other in name.places if number == first])
    elif min(back) <= 2:
        yield "named in the sentence before" if min(back) == 1 else "named two sentences before"
    else:
        yield "named far before"
    if any(_is_subject(other) for number, other in name.places if number in (first - 1, first)):
        yield "subject before"
    if set(one.numbers[1:]) & set(name.numbers):
        yield "together again"


def _within(phrase: Phrase, others: list[Phrase]) -> Iterator[str]:
    """Yield how a description and a name lie in one sentence."""
    yield "in one sentence"
    gap = min(max(phrase.start - other.end, other.start - phrase.end, 0) for other in others)
    if gap <= 2:
        yield "side by side"
    if any(_verb(phrase) is _verb(other) for other in others):
        yield "of one verb"


def _is_subject(phrase: Phrase) -> bool:
    return phrase.doc[phrase.head].dep_ in SUBJECTS


def _verb(phrase: Phrase) -> Token:
    return phrase.doc[phrase.head].head
