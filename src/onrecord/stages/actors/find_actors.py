from __future__ import annotations

from collections.abc import Iterable

from onrecord.mentions import comment_parts
from onrecord.records import Actor, Draft, Found, Refusal, Sentence
from onrecord.stages.actors.cast import Entity, close_entity
from onrecord.stages.actors.find_units import Unit, find_units
from onrecord.stages.actors.read_phrases import Phrase, read_phrases
from onrecord.stages.actors.resolve_mentions import Cast, phrase_span, register_persons, resolve_phrase


def find_actors(draft: Draft) -> Found[Actor]:
    """Return the actors of a page with all their mentions, the report's first, in order of first mention.

    The report is resolved before any comment is looked at; a comment may add mentions to an
    actor of the report and changes nothing else about it.
    """
    voices = comment_parts(draft)
    cast = Cast(draft.page.published)
    refused: list[Refusal] = []
    report = [s for s in draft.sentences if s.part not in voices]
    comments = [s for s in draft.sentences if s.part in voices]
    refused += _resolve(cast, report)
    first = len(cast.entities)
    cast.seal()
    refused += _resolve(cast, comments)
    kept = _in_order(cast.entities[:first]) + _in_order(cast.entities[first:])
    actors = tuple(close_entity(entity, number) for number, entity in enumerate(kept, 1))
    return Found(actors, tuple(refused))


def _in_order(entities: list[Entity]) -> list[Entity]:
    mentioned = [entity for entity in entities if entity.mentions]
    return sorted(mentioned, key=lambda entity: min(span for span, _ in entity.mentions))


def _resolve(cast: Cast, sentences: Iterable[Sentence]) -> list[Refusal]:
    """Resolve the phrases of some sentences in text order; return those that are no actor."""
    phrases = _all_phrases(list(sentences))
    register_persons(cast, phrases)
    refused = []
    for phrase in phrases:
        if not resolve_phrase(cast, phrase):
            refused.append(Refusal(phrase_span(phrase), "actors", f"{phrase.kind} that does not act"))
    return refused


def _all_phrases(sentences: list[Sentence]) -> list[Phrase]:
    units: dict[int, dict[int, Unit]] = {}
    phrases: list[Phrase] = []
    for sentence in sentences:
        doc = sentence.tokens.doc
        if id(doc) not in units:
            units[id(doc)] = {i: unit for unit in find_units(doc) for i in range(unit.start, unit.end)}
        phrases += read_phrases(sentence, units[id(doc)])
    return phrases
