from __future__ import annotations

from collections.abc import Callable

from onrecord.language.en import WHEREABOUTS
from onrecord.lexicons.actors import actor_words
from onrecord.stages.actors.cast import Cast, Entity, phrase_span
from onrecord.stages.actors.read_phrases import Phrase
from onrecord.words import Token


def settle_sectors(cast: Cast) -> None:
    """Give countries that take part in what is told the sector of a government, and people that of civilians.

    A name or a word that stands by itself, without a verb, is left as it is: who "two men" or "Japan" are
    in a story is told by a story.
    """
    for phrase, entity in cast.recent:
        if entity.sector in (None, "UNK") and _is_told(phrase):
            for sector, why, holds in SECTORS_TOLD:
                if holds(entity, phrase):
                    entity.settle("sector", sector, why, phrase_span(phrase))
                    break


def _takes_part(entity: Entity, phrase: Phrase) -> bool:
    """`Kenya sent troops`; in `troops in Kenya` it is a place"""
    return entity.type == "country" and phrase.doc[phrase.head].head.lower_ not in WHEREABOUTS


def _is_people(entity: Entity, phrase: Phrase) -> bool:
    """`two men`, `the Kenyans`: a word for people, or for who lives in a country"""
    return entity.sector == "UNK" or entity.key[0] == "people"


def _speaks_for_country(entity: Entity, phrase: Phrase) -> bool:
    """`the Kenyan delegation`"""
    return entity.word in actor_words("of a state") and phrase.country is not None


SECTORS_TOLD: tuple[tuple[str, str, Callable[[Entity, Phrase], bool]], ...] = (
    ("GOV", "a country that takes part", _takes_part),
    ("CVL", "people of no other kind", _is_people),
    ("GOV", "who speaks for a country", _speaks_for_country),
)
"""The sector that a part in the story tells, and the question whether it does."""


def _is_told(phrase: Phrase) -> bool:
    """Return whether a phrase stands in a sentence that has a verb."""
    root: Token = phrase.sentence.tokens.root
    if root.i == phrase.head:
        return False
    return root.pos_ in ("VERB", "AUX") or any(word.dep_ in ("nsubj", "nsubjpass") for word in root.lefts)
