from __future__ import annotations

from onrecord.lexicons.actors import Term, roster_by_name
from onrecord.stages.actors.cast import TODAY, Cast, Entity, holds_on
from onrecord.stages.actors.index_names import fold

OF_STATE = ("GOV", "LEG", "MIL")


def consult_roster(cast: Cast) -> None:
    """Give persons whose name the page gives, and nothing else, what the roster of officials knows of them.

    What the page says goes before the roster; and since names are shared, the roster is only believed
    where the page names the country, too.
    """
    named = {spot.code for spot in cast.spots}
    for entity in cast.entities:
        if entity.rule == "name" and None in (entity.country, entity.sector):
            possible = {entity.country} if entity.country else named
            known = roster_by_name().get(first_and_last(entity.name), ())
            terms = [term for term in known if term.country in possible]
            if len({term.country for term in terms}) == 1:
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
    told = (("country", terms[0].country), ("sector", sector_on(terms, cast.day or TODAY)))
    for what, value in told:
        if getattr(entity, what) is None and value is not None:
            entity.settle(what, value, entity.rule)


def sector_on(terms: list[Term], day: str) -> str | None:
    """Return the sector of who had these terms on a day; past offices make an elite, later ones nothing."""
    dated = [term for term in terms if term.sector]
    now = [term.sector for term in dated if holds_on(term, day)]
    past = [term.sector for term in dated if (term.end or TODAY) < day]
    if now or not past:
        return now[-1] if now else None
    return "ELI" if past[-1] in OF_STATE else past[-1]
