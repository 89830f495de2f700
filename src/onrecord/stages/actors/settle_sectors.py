from __future__ import annotations

from onrecord.lexicons.actors import actor_words
from onrecord.stages.actors.cast import Entity
from onrecord.stages.actors.read_phrases import Phrase
from onrecord.stages.actors.resolve_mentions import Cast, phrase_span
from onrecord.words import Token

WHEREABOUTS = frozenset(("in", "at", "from", "near", "across", "inside", "outside", "throughout", "into"))
"""What stands after these is a place, also if it is a country."""


def settle_sectors(cast: Cast) -> None:
    """Give countries that take part in what is told the sector of a government, and people that of civilians.

    A name or a word that stands by itself, without a verb, is left as it is: who "two men" or "Japan" are
    in a story is told by a story.
    """
    for phrase, entity in cast.recent:
        if entity.sealed or not _is_told(phrase):
            continue
        if entity.type == "country" and entity.sector is None and not _is_whereabouts(phrase):
            entity.settle("sector", "GOV", "a country that takes part", phrase_span(phrase))
        elif _is_people(entity):
            entity.settle("sector", "CVL", "people of no other kind", phrase_span(phrase))
        elif entity.sector is None and entity.word in actor_words("of a state") and phrase.country:
            entity.settle("sector", "GOV", "who speaks for a country", phrase_span(phrase))


def _is_told(phrase: Phrase) -> bool:
    """Return whether a phrase stands in a sentence that has a verb."""
    root: Token = phrase.sentence.tokens.root
    if root.i == phrase.head:
        return False
    return root.pos_ in ("VERB", "AUX") or any(word.dep_ in ("nsubj", "nsubjpass") for word in root.lefts)


def _is_whereabouts(phrase: Phrase) -> bool:
    head = phrase.doc[phrase.head]
    return head.dep_ == "pobj" and head.head.lower_ in WHEREABOUTS


def _is_people(entity: Entity) -> bool:
    """Return whether an actor is known as people only: by a word for them or for who lives in a country."""
    return entity.sector == "UNK" or (entity.sector is None and entity.key[0] == "people")
