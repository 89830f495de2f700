from __future__ import annotations

from collections.abc import Callable

from onrecord.lexicons.actors import actor_words, organizations_by_name
from onrecord.stages.actors.cast import Cast, Entity
from onrecord.stages.actors.index_names import Known
from onrecord.stages.actors.read_phrases import Phrase

HOW = {"country": "name", "region": "name", "nation's": "adjective"}
"""How a nation is mentioned by phrases of a kind; others bear the name of their kind."""


def resolve_nation(cast: Cast, phrase: Phrase) -> bool:
    """Record the mention of a country, of its people, palace or capital; False for a capital as a place."""
    if phrase.kind in ("capital", "region") and not _is_acting(phrase):
        return False
    assert phrase.known is not None
    entity = NATIONS[phrase.kind](cast, phrase.known, phrase)
    cast.mention(phrase, entity, HOW.get(phrase.kind, phrase.kind))
    return True


def _country(cast: Cast, known: Known, phrase: Phrase) -> Entity:
    """`Kenya`, `Kenyan` before what a nation does"""
    entity = cast.add(("country", known.name), known.name, "country", f"countries: {known.name}")
    entity.note(country=known.country)
    return entity


def _government_at(cast: Cast, known: Known, phrase: Phrase) -> Entity:
    """`Brussels` is the European Union unless Belgium is in the story; other capitals are their country."""
    if known.word in actor_words("seat of the European Union") and not any(
        spot.code == known.country and spot.kind != "capital" for spot in cast.spots
    ):
        return cast.add_listed(organizations_by_name()["European Union"][0])
    entity = _country(cast, known, phrase)
    entity.note(sector="GOV")
    return entity


def _palace(cast: Cast, known: Known, phrase: Phrase) -> Entity:
    """`the Kremlin`"""
    entity = cast.add(("palace", known.word), known.word, "organization", f"countries: {known.word}")
    entity.note(country=known.country, sector="GOV")
    return entity


def _region(cast: Cast, known: Known, phrase: Phrase) -> Entity:
    """`Texas sued the firm`: a state, province or city for its government"""
    entity = cast.add(("region", known.name), known.name, "organization", f"regions: {known.name}")
    entity.note(country=known.country, sector="GOV")
    return entity


def _people(cast: Cast, known: Known, phrase: Phrase) -> Entity:
    """`the Kenyans`, `the British`"""
    name = known.word if known.plural else f"{known.word} people"
    entity = cast.add(("people", known.country or ""), name, "group", f"countries: {known.word}")
    entity.note(country=known.country)
    entity.plural = True
    return entity


NATIONS: dict[str, Callable[[Cast, Known, Phrase], Entity]] = {
    "country": _country,
    "nation's": _country,
    "capital": _government_at,
    "palace": _palace,
    "region": _region,
    "demonym": _people,
}
"""Who is meant by each kind of name that tells a country."""


def _is_acting(phrase: Phrase) -> bool:
    """Return whether a place stands for its government: it says, wants, is asked, or stands alone."""
    head = phrase.doc[phrase.head]
    while head.dep_ == "conj":
        head = head.head
    if len(phrase.doc) == phrase.end - phrase.start:
        return True
    if head.dep_ in ("nsubj", "nsubjpass"):
        return head.head.lemma_ != "be"
    if head.dep_ == "dobj":
        return head.head.lemma_ in actor_words("said to governments")
    return head.head.lower_ in ("between", "against", "by")
