from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import lru_cache

from onrecord.lexicons.actors import (
    Organization,
    Role,
    Tenure,
    actor_words,
    offices_by_word,
    organizations_by_name,
    sectors_by_body_word,
    tenures_by_name,
)
from onrecord.lexicons.countries import countries_by_code
from onrecord.records import Sentence, Span
from onrecord.stages.actors.cast import CAMEO_SECTORS, Entity, holds_on, organization_at, tenure_at
from onrecord.stages.actors.index_names import Known, fold, persons_by_surname, surnames_of
from onrecord.stages.actors.read_phrases import Phrase, word_forms
from onrecord.stages.actors.spot_nations import Spot
from onrecord.words import Token

FAR = 100
MEMORY = 400
"""Mentions back that a description may look; keeps long pages linear."""
SUBJECTS = ("nsubj", "nsubjpass")
HEADS_OF_STATE = ("president", "prime minister", "supreme leader", "king", "leader")
"""Offices of offices.csv whose holder is "the leader" of a country, the likeliest first."""


class Cast:
    """The actors of a page while its phrases are resolved, one after the other."""

    def __init__(self, day: str | None, files: tuple[str, ...] = ()) -> None:
        self.day = day
        self.files = files
        self.spots: tuple[Spot, ...] = ()
        """Where the report names a country, or what lies in it or leads it."""
        self.entities: list[Entity] = []
        self.entities_sealed = False
        self.by_key: dict[tuple[str, ...], Entity] = {}
        self.by_surname: dict[str, list[Entity]] = {}
        self.surnames: set[str] = set()
        self.in_full: dict[str, Phrase] = {}
        """The full name of a body for each acronym that the page explains or that has its initials."""
        self.recent: list[tuple[Phrase, Entity]] = []
        """What was mentioned, in order: the last one is the nearest."""
        self.numbers: dict[int, int] = {}

    def add(self, key: tuple[str, ...], name: str, type: str, rule: str) -> Entity:
        """Return the entity of a key, made if it is new."""
        entity = self.by_key.get(key)
        if entity is None:
            entity = self.by_key[key] = Entity(key, name, type, rule=rule)
            self.entities.append(entity)
        return entity

    def mention(self, phrase: Phrase, entity: Entity, how: str) -> None:
        """Record that a phrase refers to an entity, and which words first told its country and sector."""
        span = phrase_span(phrase)
        entity.mentions.append((span, how))
        if not entity.sealed:
            for what, value in (("country", entity.country), ("sector", entity.sector)):
                if value is not None and what not in entity.told:
                    entity.tell(what, value, entity.rule or how, span)
        self.recent.append((phrase, entity))

    def latest(self) -> Iterator[tuple[Phrase, Entity]]:
        """Yield what was mentioned, the nearest first, as far back as a reader remembers."""
        return itertools.islice(reversed(self.recent), MEMORY)

    def count(self, sentences: list[Sentence]) -> None:
        """Number sentences, so that distances can be told; parts of comments lie far apart."""
        number = max(self.numbers.values(), default=-FAR)
        part = None
        for sentence in sentences:
            number += FAR if sentence.part != part and part is not None and self.entities_sealed else 1
            part = sentence.part
            self.numbers[sentence.start] = number

    def number(self, phrase: Phrase) -> int:
        """Return the number of the sentence that a phrase stands in."""
        return self.numbers[phrase.sentence.start]

    def seal(self) -> None:
        """Close all entities against changes by later comments."""
        self.entities_sealed = True
        self.numbers[-1] = max(self.numbers.values(), default=0) + FAR
        for entity in self.entities:
            entity.sealed = True


def phrase_span(phrase: Phrase) -> Span:
    """Return the span of a phrase in the page."""
    doc, offset = phrase.doc, phrase.sentence.offset
    last = doc[phrase.end - 1]
    return offset + doc[phrase.start].idx, offset + last.idx + len(last)


def register_persons(cast: Cast, phrases: list[Phrase]) -> None:
    """Enter every person who is named in full somewhere, so that short names find them."""
    for phrase in phrases:
        if phrase.kind == "person" and phrase.unit is not None:
            unit = phrase.unit
            if unit.known is not None or " " in phrase.doc[unit.start : unit.end].text:
                _person_named(cast, phrase)


def join_appositions(phrases: list[Phrase]) -> dict[int, Phrase]:
    """Return for the phrases that stand beside a name (`the mayor, Jo Bell,`) that name's phrase, by id."""
    joined: dict[int, Phrase] = {}
    names = {(id(p.doc), p.start): p for p in phrases if p.kind == "person"}
    for one, two in itertools.pairwise(phrases):
        if one.kind == "person" and two.kind == "role" and one.sentence is two.sentence:
            is_beside = two.start - one.end == 1 and one.doc[one.end].text == ","
            if is_beside and _may_be_apposed(two) and _closes(two):
                joined[id(two)] = one
    for phrase in phrases:
        if phrase.kind == "role" and id(phrase) not in joined and _may_be_apposed(phrase):
            name = names.get((id(phrase.doc), _after_complement(phrase)))
            if name is not None and name.sentence is phrase.sentence:
                joined[id(phrase)] = name
    return joined


def _after_complement(phrase: Phrase) -> int:
    """Return the token after a description, what it is of, and a comma; -1 if no comma follows."""
    head, end = phrase.doc[phrase.head], phrase.end
    for child in head.rights:
        if child.dep_ == "prep" and child.i == end:
            noun = next((t for t in child.children if t.dep_ == "pobj"), child)
            end = noun.i + 1
    is_open = end < phrase.sentence.tokens.end
    return end + 1 if is_open and phrase.doc[end].text == "," else -1


def _may_be_apposed(phrase: Phrase) -> bool:
    return phrase.role is not None and not is_collective(phrase.role) and not phrase.plural


def is_collective(role: Role) -> bool:
    """Return whether a word means a body of people, also in the singular: `ministry`, `council`, `crew`."""
    return role.kind == "body" or role.word in actor_words("collective")


def _closes(phrase: Phrase) -> bool:
    """Return whether a comma or the end stands after a phrase and what depends on it."""
    if phrase.doc[phrase.head].dep_ == "appos":
        return True
    edge = phrase.doc[phrase.head].right_edge.i + 1
    is_open = edge < phrase.sentence.tokens.end
    return phrase.doc[phrase.head].dep_ not in SUBJECTS and (not is_open or phrase.doc[edge].text in ",.;")


def resolve_apposed(cast: Cast, phrase: Phrase, name: Phrase) -> bool:
    """Give a description to the person whose name stands beside it."""
    entity = _person_named(cast, name) or _person_by_surname(cast, name)
    if entity is None:
        return resolve_phrase(cast, phrase)
    _note_title(entity, phrase)
    cast.mention(phrase, entity, "apposition")
    return True


def resolve_phrase(cast: Cast, phrase: Phrase) -> bool:
    """Find the entity of a phrase, make it if need be, and record the mention; False if it is none."""
    if phrase.kind == "person":
        return _resolve_person(cast, phrase)
    if phrase.kind == "region":
        return _resolve_region(cast, phrase)
    if phrase.kind in ("country", "capital", "palace", "demonym", "nation's"):
        return _resolve_nation(cast, phrase)
    if phrase.kind == "organization":
        return _resolve_organization(cast, phrase)
    if phrase.kind == "role":
        return _resolve_role(cast, phrase)
    return False


# --- persons ----------------------------------------------------------------------------------


def _resolve_person(cast: Cast, phrase: Phrase) -> bool:
    entity, how = _person_named(cast, phrase), "name"
    if entity is None:
        entity = _person_by_surname(cast, phrase)
        how = "last name"
    if entity is None:
        assert phrase.unit is not None
        name = phrase.doc[phrase.unit.start : phrase.unit.end].text
        entity = cast.add(("person", fold(name)), name, "person", "name")
        _enter_surnames(cast, entity, (name,))
        how = "name"
    _note_title(entity, phrase)
    cast.mention(phrase, entity, "title" if phrase.role is not None else how)
    return True


def _person_named(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return the entity of a full name, the lexicon's if it knows the name."""
    assert phrase.unit is not None
    known = phrase.unit.known
    name = phrase.doc[phrase.unit.start : phrase.unit.end].text
    if known is not None and known.person:
        entity = _known_person(cast, known.person)
    elif " " in name or "-" in name:
        key = ("person", fold(name))
        entity = cast.by_key.get(key) or _same_person(cast, name) or cast.add(key, name, "person", "name")
        _enter_surnames(cast, entity, (name,))
    else:
        return None
    _note_title(entity, phrase)
    return entity


def _same_person(cast: Cast, name: str) -> Entity | None:
    """Return a person whose name has the same first and last word, with or without middle names."""
    words = fold(name).split()
    for entity in cast.by_surname.get(words[-1], ()):
        other = fold(entity.name).split()
        if len(other) > 1 and (other[0] == words[0] or other[0][0] == words[0].rstrip(".")):
            return entity
    return None


def _known_person(cast: Cast, tenures: tuple[Tenure, ...]) -> Entity:
    tenure, past = tenure_at(tenures, cast.day)
    key = ("person", fold(tenure.name))
    fresh = key not in cast.by_key
    entity = cast.add(key, tenure.name, "person", f"leaders: {tenure.name}")
    if fresh:
        entity.note(country=tenure.country, wikidata=tenure.wikidata)
        entity.sector = "ELI" if past and tenure.sector in ("GOV", "LEG", "MIL") else tenure.sector
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


def _person_by_surname(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return who is meant by one name: somebody of the page, else who held an office on its day."""
    assert phrase.unit is not None
    short = fold(phrase.doc[phrase.unit.start : phrase.unit.end].text)
    listed = cast.by_surname.get(short, [])
    if listed:
        if phrase.country:
            listed = [e for e in listed if e.country in (None, phrase.country)] or listed
        return listed[0] if len(listed) == 1 else _latest(cast, listed)
    return _officeholder_by_surname(cast, short, phrase)


def _latest(cast: Cast, entities: list[Entity]) -> Entity:
    for _, entity in cast.latest():
        if entity in entities:
            return entity
    return entities[0]


def _officeholder_by_surname(cast: Cast, short: str, phrase: Phrase) -> Entity | None:
    holders = []
    for tenures in persons_by_surname().get(short, ()):
        tenure, past = tenure_at(tenures, cast.day)
        if not past and tenure.sector == "GOV" and (not phrase.country or phrase.country == tenure.country):
            holders.append(tenures)
    if len(holders) != 1 and not phrase.country:
        holders = [h for h in holders if tenure_at(h, cast.day)[0].office in HEADS_OF_STATE]
    return _known_person(cast, holders[0]) if len(holders) == 1 else None


def _note_title(entity: Entity, phrase: Phrase) -> None:
    """Take over what the words before a name say about the person."""
    if phrase.role is None or entity.sealed:
        return
    entity.note(country=phrase.country)
    office = offices_by_word().get(phrase.role.word)
    if entity.sector == "ELI" and not phrase.former and phrase.sector in ("GOV", "LEG", "MIL"):
        # the page says an office that the table thinks is over: the page is nearer to its own day
        entity.sector, entity.role = phrase.sector, phrase.title
    if phrase.former:
        if (
            entity.sector is None
            or (entity.role == phrase.title and phrase.sector in ("GOV", "LEG", "MIL"))
            or entity.rule != "name"
        ):
            entity.sector, entity.office = "ELI", None
            entity.role = f"former {phrase.title}"
        return
    if entity.rule == "name" or entity.sector is None:
        entity.note(sector=phrase.sector, role=phrase.title)
    entity.note(office=office, word=phrase.role.word)


# --- nations and bodies -----------------------------------------------------------------------


def _resolve_nation(cast: Cast, phrase: Phrase) -> bool:
    assert phrase.unit is not None
    assert phrase.unit.known is not None
    known = phrase.unit.known
    if phrase.kind == "demonym":
        return _resolve_people(cast, phrase)
    if phrase.kind == "capital" and not _is_acting(phrase):
        return False
    if phrase.kind == "palace":
        entity = cast.add(("palace", known.word), known.word, "organization", f"countries: {known.word}")
        entity.note(country=known.country, sector="GOV")
    elif phrase.kind == "capital" and _is_seat_of_union(cast, known):
        row = organizations_by_name()["European Union"][0]
        entity = cast.add(("organization", fold(row.name)), row.name, row.type, f"organizations: {row.name}")
        entity.note(country=row.country, sector=row.sector, cameo=row.cameo, wikidata=row.wikidata)
    else:
        is_new = ("country", known.name) not in cast.by_key
        entity = cast.add(("country", known.name), known.name, "country", f"countries: {known.name}")
        entity.note(country=known.country, sector="GOV" if is_new and phrase.kind == "capital" else None)
    cast.mention(phrase, entity, {"country": "name", "nation's": "adjective"}.get(phrase.kind, phrase.kind))
    return True


def _is_seat_of_union(cast: Cast, known: Known) -> bool:
    """Return whether a capital that acts is the European Union: Brussels, unless Belgium is in the story."""
    if known.word not in actor_words("seat of the European Union"):
        return False
    return not any(spot.code == known.country and spot.kind != "capital" for spot in cast.spots)


def _resolve_region(cast: Cast, phrase: Phrase) -> bool:
    """Take a state, province or city that acts for its government: `Texas sued the firm`."""
    assert phrase.unit is not None
    assert phrase.unit.known is not None
    if not _is_acting(phrase):
        return False
    known = phrase.unit.known
    entity = cast.add(("region", known.name), known.name, "organization", f"regions: {known.name}")
    is_alone = len(phrase.doc) == phrase.end - phrase.start
    entity.note(country=known.country, sector="CVL" if is_alone else "GOV")
    cast.mention(phrase, entity, "name")
    return True


def _resolve_people(cast: Cast, phrase: Phrase) -> bool:
    assert phrase.unit is not None
    assert phrase.unit.known is not None
    known = phrase.unit.known
    name = known.word if known.plural else f"{known.word} people"
    entity = cast.add(("people", known.country or ""), name, "group", f"countries: {known.word}")
    entity.note(country=known.country)
    entity.plural = True
    cast.mention(phrase, entity, "demonym")
    return True


def _is_acting(phrase: Phrase) -> bool:
    """Return whether a capital stands for its government: it says, wants, is asked."""
    head = phrase.doc[phrase.head]
    while head.dep_ == "conj":
        head = head.head
    if len(phrase.doc) == phrase.end - phrase.start:
        return True
    if head.dep_ in ("nsubj", "nsubjpass") and head.head.pos_ in ("VERB", "AUX"):
        return head.head.lemma_ != "be"
    if head.dep_ == "dobj":
        return head.head.lemma_ in actor_words("said to governments")
    return head.dep_ == "pobj" and head.head.lower_ in ("between", "against", "by")


def register_bodies(cast: Cast, phrases: list[Phrase]) -> None:
    """Enter what acronyms mean on the page: `Party for Free Life (PJAK)`, or a name with those initials.

    What stands in brackets behind a name goes before what a list knows under the acronym.
    """
    bodies = [phrase for phrase in phrases if phrase.kind == "organization"]
    for one, two in itertools.pairwise(bodies):
        is_bracketed = two.start == one.end + 1 and one.doc is two.doc and one.doc[one.end].text == "("
        if is_bracketed and _is_acronym(two) and not _is_acronym(one) and not _are_one(one, two):
            cast.in_full.setdefault(_unit_text(two), one)
    for body in bodies:
        if body.unit is not None and body.unit.known is None and not _is_acronym(body):
            words = [word.text for word in body.doc[body.unit.start : body.unit.end]]
            initials = "".join(word[0] for word in words if word[0].isupper())
            if len(initials) > 2:
                cast.in_full.setdefault(initials, body)


def _is_acronym(phrase: Phrase) -> bool:
    text = _unit_text(phrase)
    return text.isupper() and " " not in text


def _are_one(one: Phrase, two: Phrase) -> bool:
    """Return whether a list knows two names as those of one body."""
    known = [phrase.unit.known for phrase in (one, two) if phrase.unit is not None]
    return known[0] is not None and known[1] is not None and known[0].name == known[1].name


def _unit_text(phrase: Phrase) -> str:
    assert phrase.unit is not None
    return phrase.doc[phrase.unit.start : phrase.unit.end].text


def _resolve_organization(cast: Cast, phrase: Phrase) -> bool:
    text = _unit_text(phrase)
    full = cast.in_full.get(text, phrase)
    is_meant = phrase.unit is not None and (phrase.unit.known is None or _is_explained(full))
    entity = _body_named(cast, full if is_meant else phrase)
    cast.mention(phrase, entity, "acronym" if text.isupper() and text != entity.name else "name")
    return True


def _is_explained(full: Phrase) -> bool:
    """Return whether an acronym stands in brackets behind a full name."""
    return full.doc[full.end].text == "(" if full.end < len(full.doc) else False


def _body_named(cast: Cast, phrase: Phrase) -> Entity:
    """Return the entity of a body's name, the lexicon's if it knows the name."""
    assert phrase.unit is not None
    known, text = phrase.unit.known, _unit_text(phrase)
    if known is not None:
        row = organization_at(known.organization, cast.day)
        entity = cast.add(("organization", fold(row.name)), row.name, row.type, f"organizations: {row.name}")
        entity.note(
            country=row.country, sector=row.sector, cameo=row.cameo, wikidata=row.wikidata,
            word=fold(row.name).split()[-1],
        )  # fmt: skip
        return entity
    entity = cast.add(("organization", fold(text)), text, "organization", "name")
    entity.note(country=phrase.country, sector=phrase.sector, word=fold(text).split()[-1])
    if phrase.role is not None and phrase.sector is not None and entity.rule == "name":
        entity.rule = f"roles: {phrase.role.word}"
    return entity


# --- roles ------------------------------------------------------------------------------------


def _resolve_role(cast: Cast, phrase: Phrase) -> bool:
    assert phrase.role is not None
    if phrase.role.kind == "weak" and not (
        phrase.sector or phrase.country or phrase.owner or phrase.definite
    ):
        return False
    person = None
    if phrase.role.kind in ("title", "weak") and not phrase.plural and not phrase.former:
        person = _officeholder(cast, phrase)
    if person is not None:
        cast.mention(phrase, person, "description")
        return True
    entity = _described(cast, phrase)
    cast.mention(phrase, entity, "description" if entity.mentions else "role")
    return True


def _officeholder(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return the person whose office a phrase names: of the page first, then by the date."""
    assert phrase.role is not None
    office = offices_by_word().get(phrase.role.word)
    if phrase.role.word == "counterpart" and phrase.country:
        office = next((e.office for _, e in cast.latest() if e.type == "person" and e.office), None)
    if office is None or phrase.is_local or not (phrase.definite or phrase.country):
        return None
    wanted = HEADS_OF_STATE if office == "leader" else (office,)
    country = phrase.country
    for _, entity in cast.latest():
        if entity.type == "person" and entity.office in wanted and country in (None, entity.country):
            return entity
    if country is None or office in actor_words("state office"):
        return None
    return _holder_of(cast, country, wanted)


def _holder_of(cast: Cast, country: str, wanted: tuple[str, ...]) -> Entity | None:
    if cast.day is None:
        return None
    tenures = find_holder(country, wanted, cast.day)
    return _known_person(cast, tenures) if tenures else None


@lru_cache(4096)
def find_holder(country: str, wanted: tuple[str, ...], day: str) -> tuple[Tenure, ...]:
    """Return all tenures of who held one of the offices of a country on a day, the first office first."""
    for office in wanted:
        for tenures in tenures_by_name().values():
            for tenure in tenures:
                if (tenure.country, office_of(tenure)) == (country, office) and holds_on(tenure, day):
                    return tenures
    return ()


def _country_of_owner(cast: Cast, phrase: Phrase) -> str | None:
    """Return the country of whom a possessive before a role means: `Serbia recalled its ambassador`."""
    if phrase.possessor is None:
        return None
    for earlier, entity in cast.latest():
        if earlier.start == phrase.possessor and earlier.doc is phrase.doc:
            return entity.country if entity.type in ("country", "organization") else None
    return None


def _described(cast: Cast, phrase: Phrase) -> Entity:
    """Return the actor that a description names, or one of the page that it may go back to."""
    assert phrase.role is not None
    role, owner = phrase.role, phrase.owner
    country, sector = phrase.country or _country_of_owner(cast, phrase), phrase.sector
    if owner is not None and owner.known is not None and role.kind != "title" and phrase.plural:
        row = organization_at(owner.known.organization, cast.day)
        if row.type == "group":
            entity = cast.add(
                ("organization", fold(row.name)), row.name, row.type, f"organizations: {row.name}"
            )
            entity.note(country=row.country, sector=row.sector, cameo=row.cameo, wikidata=row.wikidata)
            return entity
    if country and sector == "MIL" and role.word in actor_words("military") and phrase.plural:
        return _military(cast, country)
    if phrase.former:
        sector = "ELI" if sector in ("GOV", "LEG", "MIL") else sector
    if phrase.definite and country is None and owner is None:
        earlier = _earlier(cast, phrase)
        if earlier is not None:
            return earlier
    number = "plural" if phrase.plural else "single"
    owner_name = fold(phrase.doc[owner.start : owner.end].text) if owner is not None else ""
    key = ("role", number, country or "", owner_name, role.word, str(sector))
    is_body = role.kind == "body" or (is_collective(role) and not phrase.plural)
    kind = "organization" if is_body else "group" if phrase.plural else "person"
    entity = cast.add(key, _describe(phrase), kind, f"roles: {role.word}")
    entity.note(country=country, sector=sector, role=phrase.title, word=role.word)
    if country is None and owner is not None and owner.known is not None and owner.known.organization:
        entity.note(cameo=_worldwide_code(owner.known.organization[0], sector))
    entity.plural = phrase.plural
    return entity


def _worldwide_code(row: Organization, sector: str | None) -> str | None:
    """Return the code of those who belong to a body above nations: IGOEECLEG for legislators of the EU."""
    if row.cameo is None or row.sector not in ("IGO", "UNO", "EUR", "NGO", "IMG"):
        return None
    return row.cameo if sector in (None, row.sector) else row.cameo + CAMEO_SECTORS.get(sector, sector)


def _military(cast: Cast, country: str) -> Entity:
    row = countries_by_code()[country]
    adjective = "US" if "US" in row.adjectives else row.adjectives[0] if row.adjectives else row.name
    entity = cast.add(("military", country), f"{adjective} military", "group", "roles: military")
    entity.note(country=country, sector="MIL", role="military", word="military")
    entity.plural = True
    return entity


ARMED = ("REB", "IMG", "UAF", "PRM")


def _earlier(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return the nearest earlier actor that is called by the same word, or armed bands by a word for them."""
    assert phrase.role is not None
    is_band = phrase.plural or phrase.role.kind in ("body", "weak")
    for earlier, entity in cast.latest():
        is_named_band = entity.sector in ARMED and entity.type == "group" and entity.key[0] == "organization"
        if is_band and is_named_band and phrase.sector in ("REB", "UAF"):
            return entity
        if earlier.kind == "role" and earlier.role == phrase.role and earlier.plural == phrase.plural:
            return entity
        if entity.word == phrase.role.word and (entity.type != "person" or not phrase.plural):
            return entity
        if not phrase.plural and _may_be_called(entity, phrase.role.word):
            return entity
    return None


def _may_be_called(entity: Entity, word: str) -> bool:
    """Return whether "the agency" or "the force" may go back to a body that is named in full."""
    return entity.key[0] == "organization" and entity.sector in sectors_by_body_word().get(word, ())


def _describe(phrase: Phrase) -> str:
    """Return the name of a described actor: its words without the article, numbers and what bounds them.

    A common noun that begins a sentence is written as elsewhere: "Police" is "police".
    """
    words = [
        word
        for word in phrase.doc[phrase.start : phrase.head + 1]
        if word.tag_ not in ("DT", "PRP$", "WP$") and not _is_count(word)
    ]
    words = list(itertools.dropwhile(lambda word: word.is_punct or word.tag_ == "POS", words))
    name = "".join(word.text_with_ws for word in words).strip() or phrase.text
    is_common = bool(words) and (words[0].i == phrase.head or words[0].tag_ == "VBN")
    return name[0].lower() + name[1:] if is_common and words[0].text.istitle() else name


def _is_count(word: Token) -> bool:
    """Return whether a word is a number or bounds one: "at least 20", "about 300", "two dozen"."""
    above = (word, word.head, word.head.head)
    return (
        word.lower_ in actor_words("count")
        or word.tag_ == "IN"
        or any(one.tag_ == "CD" and word.i <= one.i for one in above)
    )


__all__ = ["Cast", "phrase_span", "register_persons", "resolve_phrase", "word_forms"]
