from __future__ import annotations

from onrecord.stages.actors.cast import Cast, Entity, organization_at
from onrecord.stages.actors.index_names import fold
from onrecord.stages.actors.read_phrases import Phrase


def register_bodies(cast: Cast, phrases: list[Phrase]) -> None:
    """Enter what acronyms mean on the page: `Party for Free Life (PJAK)`, or a name with those initials.

    What stands in brackets behind a name goes before what a list knows under the acronym.
    """
    bodies = [phrase for phrase in phrases if phrase.kind == "organization"]
    ends = {(id(body.doc), body.end): body for body in bodies}
    for body in bodies:
        full = ends.get((id(body.doc), body.start - 1))
        if full is not None and body.name.isupper() and body.doc[body.start - 1].text == "(":
            cast.in_full.setdefault(body.name, full)
            cast.explained.add(body.name)
    for body in bodies:
        initials = "".join(word[0] for word in body.name.split() if word[0].isupper())
        if len(initials) > 2:
            cast.in_full.setdefault(initials, body)


def resolve_body(cast: Cast, phrase: Phrase) -> bool:
    """Record the mention of a body by its name or acronym."""
    entity = find_body(cast, phrase)
    is_acronym = phrase.name.isupper() and phrase.name != entity.name
    entity.plural |= phrase.plural
    cast.mention(phrase, entity, "acronym" if is_acronym else "name")
    return True


def find_body(cast: Cast, phrase: Phrase) -> Entity:
    """Return the entity of a body's name or acronym."""
    is_meant = phrase.known is None or phrase.name in cast.explained
    return _body_named(cast, cast.in_full.get(phrase.name, phrase) if is_meant else phrase)


def _body_named(cast: Cast, phrase: Phrase) -> Entity:
    """Return the entity of a body's name, that of a list if it knows the name."""
    if phrase.known is not None:
        return cast.add_listed(organization_at(phrase.known.organization, cast.day))
    name = phrase.name
    rule = f"roles: {phrase.role.word}" if phrase.role is not None and phrase.sector else "name"
    entity = cast.add(("organization", fold(name)), name, "organization", rule)
    entity.note(country=phrase.country, sector=phrase.sector, word=fold(name).split()[-1])
    return entity
