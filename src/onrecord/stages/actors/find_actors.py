from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Mapping

from onrecord.mentions import comment_parts
from onrecord.records import Actor, Draft, Found, Refusal, Sentence
from onrecord.stages.actors.cast import Cast, Entity, close_entity, phrase_span
from onrecord.stages.actors.consult_roster import consult_roster
from onrecord.stages.actors.find_bare_names import add_bare_names, drop_places
from onrecord.stages.actors.find_units import Unit, add_surnames, find_units
from onrecord.stages.actors.index_names import fold, surnames_of
from onrecord.stages.actors.join_appositions import join_appositions
from onrecord.stages.actors.join_names import join_governments, join_names
from onrecord.stages.actors.name_entities import name_entities
from onrecord.stages.actors.read_phrases import Phrase, read_phrases
from onrecord.stages.actors.resolve_bodies import register_bodies
from onrecord.stages.actors.resolve_mentions import resolve_apposed, resolve_phrase
from onrecord.stages.actors.resolve_persons import register_persons
from onrecord.stages.actors.resolve_pronouns import resolve_first_persons, resolve_pronoun
from onrecord.stages.actors.settle_countries import settle_countries
from onrecord.stages.actors.settle_sectors import settle_sectors
from onrecord.stages.actors.spot_nations import spot_nations

YEAR = re.compile(r"\b(?:19[5-9]\d|20[0-3]\d)\b")


SETTLERS: tuple[Callable[[Cast], None], ...] = (
    join_names,
    consult_roster,
    settle_countries,
    join_governments,
    settle_sectors,
    name_entities,
)
"""What is decided about the actors of a report once it has been read to its end, in order."""


def find_actors(draft: Draft) -> Found[Actor]:
    """Return the actors of a page with all their mentions, the report's first, in order of first mention.

    The report is resolved before any comment is looked at; a comment may add mentions to an
    actor of the report and changes nothing else about it.
    """
    voices = comment_parts(draft)
    cast, refused = read_report(draft)
    for settle in SETTLERS:
        settle(cast)
    first = len(cast.entities)
    cast.seal()
    refused += _resolve(cast, [s for s in draft.sentences if s.part in voices])
    kept = _in_order(cast.entities[:first]) + _in_order(cast.entities[first:])
    actors = tuple(close_entity(entity, number) for number, entity in enumerate(kept, 1))
    return Found(actors, tuple(refused))


def read_report(draft: Draft) -> tuple[Cast, list[Refusal]]:
    """Return the actors of a report as they stand when it has been read once, and what was refused."""
    voices = comment_parts(draft)
    cast = Cast(draft.page.published or likely_day(draft, voices), draft.settings.actor_files)
    return cast, _resolve(cast, [s for s in draft.sentences if s.part not in voices])


def likely_day(draft: Draft, voices: Container[str]) -> str | None:
    """Return the middle of the year that an undated report names most, of equals the latest.

    Who held an office is asked for that day; without it an old report would be full of former officials.
    """
    text = " ".join(draft.page.text[part.start : part.end] for part in draft.parts if part.id not in voices)
    years = Counter(YEAR.findall(text))
    return f"{max(years, key=lambda year: (years[year], year))}-07-01" if years else None


def _in_order(entities: list[Entity]) -> list[Entity]:
    mentioned = [entity for entity in entities if entity.mentions]
    return sorted(mentioned, key=lambda entity: min(span for span, _ in entity.mentions))


def _resolve(cast: Cast, sentences: list[Sentence]) -> list[Refusal]:
    """Resolve the phrases of some sentences in text order; return those that are no actor."""
    cast.count(sentences)
    phrases = _all_phrases(cast, sentences)
    register_persons(cast, phrases)
    register_bodies(cast, phrases)
    joined = join_appositions(phrases)
    refused = []
    for phrase in phrases:
        if phrase.kind == "pronoun":
            resolve_pronoun(cast, phrase)
        elif id(phrase) in joined:
            resolve_apposed(cast, phrase, joined[id(phrase)])
        elif phrase.kind != "first person" and not resolve_phrase(cast, phrase):
            refused.append(Refusal(phrase_span(phrase), "actors", f"{phrase.kind} that does not act"))
    if not cast.entities_sealed:
        resolve_first_persons(cast, [phrase for phrase in phrases if phrase.kind == "first person"])
    return refused


def _all_phrases(cast: Cast, sentences: list[Sentence]) -> list[Phrase]:
    """Return the phrases of all sentences; who is named in full anywhere is known everywhere."""
    docs = {id(s.tokens.doc): s.tokens.doc for s in sentences}
    units = {
        key: {i: unit for unit in find_units(doc, cast.files) for i in range(unit.start, unit.end)}
        for key, doc in docs.items()
    }
    if not cast.entities_sealed:
        cast.spots = spot_nations(sentences, units)
    alone: Counter[str] = Counter()
    for key, doc in docs.items():
        names = [doc[unit.start : unit.end].text for unit in list_persons(units[key])]
        cast.surnames.update(surname for name in names if " " in name for surname in surnames_of(name))
        alone.update(fold(name) for name in names if " " not in name)
    cast.surnames.update(name for name, count in alone.items() if count > 1)
    for key, doc in docs.items():
        drop_places(doc, units[key], frozenset(cast.surnames))
        add_surnames(doc, units[key], frozenset(cast.surnames))
        add_bare_names(doc, units[key])
    return [
        phrase for sentence in sentences for phrase in read_phrases(sentence, units[id(sentence.tokens.doc)])
    ]


def list_persons(units: Mapping[int, Unit]) -> list[Unit]:
    """Return the names of persons among the names of a text, each once, in text order."""
    return [unit for unit in dict.fromkeys(units.values()) if unit.kind == "person"]
