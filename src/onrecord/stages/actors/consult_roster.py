from __future__ import annotations

from onrecord.lexicons.actors import Term, roster_by_name
from onrecord.stages.actors.cast import Entity, holds_on
from onrecord.stages.actors.index_names import fold
from onrecord.stages.actors.resolve_mentions import Cast

OF_STATE = ("GOV", "LEG", "MIL")


def consult_roster(cast: Cast) -> None:
    """Give persons whose name the page gives, and nothing else, what the roster of officials knows of them.

    What the page says goes before the roster; and since names are shared, the roster is only believed
    where the page names the country, too.
    """
    named = {spot.code for spot in cast.spots}
    for entity in cast.entities:
        if entity.key[0] != "person" or entity.rule != "name" or None not in (entity.country, entity.sector):
            continue
        terms = [
            term
            for term in roster_by_name().get(first_and_last(entity.name), ())
            if term.country == entity.country or (entity.country is None and term.country in named)
        ]
        if terms and len({term.country for term in terms}) == 1:
            _take_over(cast, entity, terms)


def first_and_last(name: str) -> str:
    """Return the first and the last word of a name, folded: middle names come and go.

    >>> first_and_last("John Walter Olver")
    'john olver'
    """
    words = fold(name).split()
    return f"{words[0]} {words[-1]}" if words else ""


def _take_over(cast: Cast, entity: Entity, terms: list[Term]) -> None:
    entity.rule = f"roster: {terms[0].name}"
    if entity.country is None:
        entity.settle("country", terms[0].country, entity.rule)
    if entity.sector is None:
        sector = sector_on(terms, cast.day)
        if sector is not None:
            entity.settle("sector", sector, entity.rule)


def sector_on(terms: list[Term], day: str | None) -> str | None:
    """Return the sector of who had these terms on a day; past offices make an elite, later ones nothing."""
    dated = [term for term in terms if term.sector]
    if day is None:
        return dated[-1].sector if dated else None
    now = [term for term in dated if holds_on(term, day)]
    if now:
        return now[-1].sector
    past = [term for term in dated if term.end and term.end < day]
    if not past:
        return None
    return "ELI" if past[-1].sector in OF_STATE else past[-1].sector
