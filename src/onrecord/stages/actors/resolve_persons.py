from __future__ import annotations

import re
from functools import lru_cache

from onrecord.lexicons.actors import Tenure, actor_words, offices_by_word, tenures_by_name
from onrecord.stages.actors.cast import OF_STATE, Cast, Entity, holds_on, tenure_at
from onrecord.stages.actors.index_names import fold, name_words, persons_by_surname, surnames_of
from onrecord.stages.actors.read_phrases import Phrase

HEADS_OF_STATE = ("president", "prime minister", "supreme leader", "king", "leader")
"""Offices of offices.csv whose holder is "the leader" of a country, the likeliest first."""


def register_persons(cast: Cast, phrases: list[Phrase]) -> None:
    """Enter every person who is named in full somewhere, so that short names find them."""
    for phrase in phrases:
        if phrase.kind == "person":
            _named_in_full(cast, phrase)


def resolve_person(cast: Cast, phrase: Phrase) -> bool:
    """Record the mention of a person by name: in full, by the last name, else somebody new."""
    entity, how = _named_in_full(cast, phrase), "name"
    if entity is None:
        entity, how = _named_by_surname(cast, phrase), "last name"
    if entity is None:
        entity, how = cast.add(("person", fold(phrase.name)), phrase.name, "person", "name"), "name"
        _enter_surnames(cast, entity, (phrase.name,))
    note_title(entity, phrase)
    cast.mention(phrase, entity, "title" if phrase.role is not None else how)
    return True


def find_person(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return who is meant by a name: in full, or by the last name alone; None for somebody new."""
    return _named_in_full(cast, phrase) or _named_by_surname(cast, phrase)


def _named_in_full(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return the entity of a full name, that of a list if it knows the name; None for a last name."""
    name = phrase.name
    if phrase.known is not None:
        entity = known_person(cast, phrase.known.person)
    elif " " in name:
        entity = _same_person(cast, name) or cast.add(("person", fold(name)), name, "person", "name")
        _enter_surnames(cast, entity, (name,))
    else:
        return None
    note_title(entity, phrase)
    return entity


def _same_person(cast: Cast, name: str) -> Entity | None:
    """Return a person whose name has the same first and last word, or ends like this one: `De Marra`."""
    words = name_words(name)
    for one in cast.by_surname.get(words[-1], ()):
        others = name_words(one.name)
        if others[0] == words[0] or (words[0] in actor_words("particle") and others[-len(words) :] == words):
            return one
    return None


def known_person(cast: Cast, tenures: tuple[Tenure, ...]) -> Entity:
    """Return the entity of somebody whom the list of leaders knows, with the office of the page's day."""
    tenure, past = tenure_at(tenures, cast.day)
    key = ("person", fold(tenure.name))
    fresh = key not in cast.by_key
    entity = cast.add(key, tenure.name, "person", f"leaders: {tenure.name}")
    if fresh:
        entity.note(country=tenure.country, wikidata=tenure.wikidata)
        entity.sector = "ELI" if past and tenure.sector in OF_STATE else tenure.sector
        entity.role = f"former {tenure.office}" if past else tenure.office
        entity.office = None if past else office_of(tenure)
        _enter_surnames(cast, entity, (tenure.name, *tenure.aliases))
    return entity


def office_of(tenure: Tenure) -> str:
    """Return the office of a tenure under its common name: a chancellor's is that of prime minister."""
    return offices_by_word().get(tenure.office, tenure.office)


def _enter_surnames(cast: Cast, entity: Entity, names: tuple[str, ...]) -> None:
    for surname in surnames_of(names[0], names[1:]):
        listed = cast.by_surname.setdefault(surname, [])
        if entity not in listed:
            listed.append(entity)


def _named_by_surname(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return who is meant by one name: somebody of the page, else who was in office.

    Of several those who hold the office that stands before it (`Vice President Holm`); of these who was
    mentioned most often, of equals the latest: not the wife who is named once in a report on her husband.
    """
    short = fold(phrase.name)
    listed = cast.by_surname.get(short, [])
    office = offices_by_word().get(phrase.role.word) if phrase.role is not None else None
    listed = [one for one in listed if office is not None and one.office == office] or listed
    if not listed:
        return _in_office(cast, short, phrase)
    latest = dict.fromkeys(entity.key for _, entity in cast.latest() if entity in listed)
    named = [cast.by_key[key] for key in latest]
    return max(named or listed, key=lambda one: len(one.mentions))


def _in_office(cast: Cast, short: str, phrase: Phrase) -> Entity | None:
    """Return the one person of a last name in a government on the day; of several, the head of state."""
    holders = []
    for tenures in persons_by_surname().get(short, ()):
        tenure, past = tenure_at(tenures, cast.day)
        if tenure.sector == "GOV" and not past and phrase.country in (None, tenure.country):
            holders.append(tenures)
    if len(holders) != 1:
        holders = [held for held in holders if tenure_at(held, cast.day)[0].office in HEADS_OF_STATE]
    return known_person(cast, holders[0]) if len(holders) == 1 else None


@lru_cache(4096)
def find_holder(country: str, wanted: tuple[str, ...], day: str) -> tuple[Tenure, ...]:
    """Return all tenures of who held one of the offices of a country on a day, the first office first."""
    for office in wanted:
        for tenures in tenures_by_name().values():
            for tenure in tenures:
                if (tenure.country, office_of(tenure)) == (country, office) and holds_on(tenure, day):
                    return tenures
    return ()


def note_title(entity: Entity, phrase: Phrase) -> None:
    """Take over what the words before a name say about the person."""
    if phrase.role is None or entity.sealed:
        return
    entity.note(country=phrase.country)
    is_open = entity.sector is None or entity.rule != "name"
    if phrase.former and is_open:
        entity.sector, entity.office = "ELI", None
        entity.role = f"former {re.sub('^former ', '', phrase.title or '', flags=re.I)}"
    elif not phrase.former:
        if entity.sector == "ELI" and phrase.sector in OF_STATE:
            # the table thinks this office is over: the page is nearer to its own day
            entity.sector, entity.role = phrase.sector, phrase.title
        office = offices_by_word().get(phrase.role.word)
        if office is not None and entity.office not in (None, office) and not _is_past(phrase):
            entity.office, entity.role = office, phrase.title  # an old page: he has risen since
        entity.note(sector=phrase.sector, role=phrase.title, office=office, word=phrase.role.word)


def _is_past(phrase: Phrase) -> bool:
    """Return whether a title is that of the day that is told: `then Prime Minister Ames`."""
    words = phrase.doc.words[max(phrase.start - 1, 0) : phrase.head]
    return any(word.lower_ == "then" for word in words)
