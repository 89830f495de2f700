from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import replace

from onrecord.lexicons.actors import Organization, Role, actor_words, offices_by_word, sectors_by_body_word
from onrecord.lexicons.countries import countries_by_code
from onrecord.stages.actors.cast import CAMEO_SECTORS, OF_STATE, Cast, Entity, organization_at
from onrecord.stages.actors.index_names import fold
from onrecord.stages.actors.read_phrases import Phrase
from onrecord.stages.actors.resolve_bodies import find_body
from onrecord.stages.actors.resolve_persons import HEADS_OF_STATE, find_holder, known_person
from onrecord.words import Token

HYPHENS = ("-", "‐", "‑")
SUBJECTS = ("nsubj", "nsubjpass")
NEARER, FARTHEST_HOLDER, BOUND, CALLED, OWN = 0.3, 10, 3, 5, 1.5
"""What a sentence nearer counts for the holder of an office, up to how many, what it costs to be named in
the same clause, and what it counts that the page calls him so ("secretary" Ames is no "foreign minister") and
that it does without his country. A subject counts 1; set by hand."""
ABOVE_NATIONS = ("UNO", "EUR", "IGO")
FORCES = ("MIL", "REB", "IMG", "UAF", "PRM", "COP")
ARMED = ("REB", "IMG", "UAF")


def resolve_role(cast: Cast, phrase: Phrase) -> bool:
    """Record the mention of whom a description names; False for a vague word that nothing narrows."""
    if not _is_narrowed(phrase):
        return False
    role = phrase.role
    assert role is not None
    holder = None if phrase.plural or phrase.former else _find_officeholder(cast, role, phrase)
    entity = holder or _find_described(cast, role, phrase)
    cast.mention(phrase, entity, "description" if holder or entity.mentions else "role")
    return True


def _is_narrowed(phrase: Phrase) -> bool:
    """Return whether a description has a country, sector or body of its own, or is definite."""
    return any((phrase.sector, phrase.country, phrase.owner, phrase.definite))


def _find_officeholder(cast: Cast, role: Role, phrase: Phrase) -> Entity | None:
    """Return the person whose office a phrase names: of the page first, then by the date."""
    office, country = offices_by_word().get(role.word), phrase.country
    if office is None or phrase.is_local or not (phrase.definite or country) or _is_of_band(phrase):
        return None
    wanted = HEADS_OF_STATE if office == "leader" else (office,)
    holders = [one for one in cast.entities if one.office in wanted and country in (None, one.country)]
    if holders:
        return max(holders, key=lambda one: _weigh_holder(cast, phrase, one))
    tenures = find_holder(country, wanted, cast.day) if country and cast.day else ()
    return known_person(cast, tenures) if tenures else None


def _is_of_band(phrase: Phrase) -> bool:
    """Return whether a description is that of somebody in an armed band: no state's `Daesh leader`."""
    rows = phrase.owner.known.organization if phrase.owner and phrase.owner.known else ()
    return any(row.sector in ARMED for row in rows)


def _weigh_holder(cast: Cast, phrase: Phrase, entity: Entity) -> float:
    """Return how likely a bare office means one of several who hold one: `the President`.

    He who was told of last and most often, as a subject, and without the country that others need:
    `President Ames met President Okoro of Ghana`. Who takes part in the same clause is somebody else.
    """
    here, verb = cast.number(phrase), phrase.doc[phrase.head].head
    told = [earlier for earlier, one in cast.latest() if one is entity]
    if not told:
        return -FARTHEST_HOLDER
    near = here - cast.number(told[0])
    score = math.log(len(told)) - NEARER * min(near, FARTHEST_HOLDER)
    score += any(one.doc[one.head].dep_ in SUBJECTS for one in told[:3])
    score += CALLED * (phrase.role is not None and entity.word == phrase.role.word)
    score += OWN * (phrase.country is None and any(map(_is_at_home, told)))
    return score - BOUND * any(one.doc[one.head].head is verb for one in told[:3])


def _is_at_home(phrase: Phrase) -> bool:
    """Return whether an office is told without a country: not `Ghanaian` before it, nor `of Ghana` behind."""
    after = phrase.doc.words[phrase.end : phrase.end + 1]
    is_told = phrase.country is not None or any(word.lower_ == "of" for word in after)
    return phrase.role is not None and not is_told


def _find_described(cast: Cast, role: Role, phrase: Phrase) -> Entity:
    """Return the actor that a description names, or one of the page that it may go back to."""
    owner = _owner_meant(cast, phrase)
    if owner is not None and owner.sector in FORCES and phrase.plural and role.sector in FORCES:
        return owner  # its fighters
    country = phrase.country or _country_of_owner(owner)
    body = phrase.owner.known.organization if phrase.owner and phrase.owner.known else ()
    if phrase.plural and body and organization_at(body, cast.day).type == "group":
        return cast.add_listed(organization_at(body, cast.day))  # Hamas fighters
    if phrase.owner is not None and _acts_for_body(role, phrase):
        return find_body(cast, replace(phrase, unit=phrase.owner))  # IMF officials
    if country and phrase.plural and role.word in actor_words("military"):
        return _find_military(cast, country)
    if owner is not None and owner.sector in ABOVE_NATIONS and phrase.sector in OF_STATE:
        return _add_envoy(cast, role, phrase, owner)
    is_bare = phrase.definite and country is None and phrase.owner is None
    earlier = _find_earlier(cast, role, phrase) if is_bare else None
    return earlier or _add_described(cast, role, phrase, country, body)


def _add_envoy(cast: Cast, role: Role, phrase: Phrase, owner: Entity) -> Entity:
    """Return the entity of who serves a body above nations: `The UN met. Its envoy ...`"""
    entity = _add_described(cast, role, replace(phrase, sector=owner.sector), None, ())
    entity.note(cameo=owner.cameo)
    return entity


def _acts_for_body(role: Role, phrase: Phrase) -> bool:
    """Return whether some people speak and act for the body that stands before them: `IMF officials`."""
    is_many = phrase.plural or role.word in actor_words("collective")
    return is_many and role.word in actor_words("acting for a body")


def _add_described(
    cast: Cast, role: Role, phrase: Phrase, country: str | None, body: tuple[Organization, ...]
) -> Entity:
    """Return the entity of a description, made if it is new; `body`: the rows of the body it belongs to."""
    sector = "ELI" if phrase.former and phrase.sector in OF_STATE else phrase.sector
    owner = phrase.doc[phrase.owner.start : phrase.owner.end].text if phrase.owner else ""
    number = "plural" if phrase.plural else "single"
    key = ("role", number, country or "", fold(owner), role.word, str(sector))
    entity = cast.add(key, name_description(phrase), _kind_of(role, phrase), f"roles: {role.word}")
    entity.note(country=country, sector=sector, role=phrase.title, word=role.word)
    if body and country is None:
        entity.note(cameo=_worldwide_code(body[0], sector))
    entity.plural = phrase.plural
    return entity


def _kind_of(role: Role, phrase: Phrase) -> str:
    """Return the type of a described actor; `ministry`, `council`, `crew` are bodies also in the singular."""
    if role.kind == "body" or (role.word in actor_words("collective") and not phrase.plural):
        return "organization"
    return "group" if phrase.plural else "person"


def _owner_meant(cast: Cast, phrase: Phrase) -> Entity | None:
    """Return whom a possessive before a role means: `Serbia recalled its ambassador`."""
    if phrase.possessor is None:
        return None
    for earlier, entity in cast.latest():
        if earlier.start == phrase.possessor and earlier.doc is phrase.doc:
            return entity
    return None


def _country_of_owner(owner: Entity | None) -> str | None:
    """Return the country of those who are somebody's, where he is a state or a body."""
    return owner.country if owner is not None and owner.type in ("country", "organization") else None


def _worldwide_code(row: Organization, sector: str | None) -> str | None:
    """Return the code of those who belong to a body above nations: IGOEECLEG for legislators of the EU."""
    if row.cameo is None or sector in (None, "IGO", row.sector):
        return row.cameo
    return row.cameo + CAMEO_SECTORS.get(sector, sector)


def _find_military(cast: Cast, country: str) -> Entity:
    row = countries_by_code()[country]
    adjective = "US" if country == "USA" else next(iter(row.adjectives), row.name)
    entity = cast.add(("military", country), f"{adjective} military", "group", "roles: military")
    entity.note(country=country, sector="MIL", role="military", word="military")
    entity.plural = True
    return entity


def _find_earlier(cast: Cast, role: Role, phrase: Phrase) -> Entity | None:
    """Return the nearest earlier actor that a definite description without country or body goes back to."""
    for earlier, entity in cast.latest():
        if any(goes_back(role, phrase, earlier, entity) for goes_back in GOING_BACK):
            return entity
    return None


def _is_same_role(role: Role, phrase: Phrase, earlier: Phrase, entity: Entity) -> bool:
    """`American soldiers left. The soldiers ...`, whatever the actor is called"""
    return earlier.role == role and earlier.plural == phrase.plural


def _is_same_word(role: Role, phrase: Phrase, earlier: Phrase, entity: Entity) -> bool:
    """`The Harbour Council met. The council ...`"""
    return entity.word == role.word and (entity.type != "person" or not phrase.plural)


def _is_band(role: Role, phrase: Phrase, earlier: Phrase, entity: Entity) -> bool:
    """`Boko Haram attacked. The militants ...`"""
    is_band = entity.key[0] == "organization" and entity.sector in ARMED
    return is_band and phrase.plural and phrase.sector in ("REB", "UAF")


def _may_be_called(role: Role, phrase: Phrase, earlier: Phrase, entity: Entity) -> bool:
    """`the agency`, `the force`: a word for bodies of the sector of one that is named in full"""
    return entity.key[0] == "organization" and entity.sector in sectors_by_body_word().get(role.word, ())


GOING_BACK: tuple[Callable[[Role, Phrase, Phrase, Entity], bool], ...] = (
    _is_same_role,
    _is_same_word,
    _is_band,
    _may_be_called,
)
"""The ways in which a definite description goes back to an actor mentioned before."""


def name_description(phrase: Phrase) -> str:
    """Return the name of a described actor: its words without the article, numbers and what bounds them.

    A common noun that begins a sentence is written as elsewhere: "Police" is "police".
    """
    head = phrase.doc[phrase.head]
    before = [word for word in phrase.doc[phrase.start : phrase.head] if not _is_outside(word)]
    words = [
        *itertools.dropwhile(lambda word: word.is_punct, before),
        *phrase.doc[head.i : head.i + 1 + phrase.behind],
    ]
    name = "".join(word.text_with_ws for word in words).strip()
    return name[0].lower() + name[1:] if len(words) == 1 and head.text.istitle() else name


def _is_outside(word: Token) -> bool:
    """Return whether a word is no part of a name: an article, a number or what bounds it (`at least 20`).

    A number that is part of a word is no number: `32-year-old man`.
    """
    above = (word, word.head, word.head.head)
    if word.tag_ == "CD" and not word.whitespace_ and word.nbor().text in HYPHENS:
        return False
    return (
        word.tag_ in ("DT", "PRP$", "WP$", "IN")
        or word.lower_ in actor_words("count")
        or any(one.tag_ == "CD" and word.i <= one.i for one in above)
    )
