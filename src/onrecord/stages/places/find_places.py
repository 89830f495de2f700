from __future__ import annotations

from collections.abc import Iterable

from onrecord.mentions import comment_parts
from onrecord.records import Draft, Evidence, Found, Place, Refusal
from onrecord.stages.places.choose_senses import Name, choose_senses, find_home
from onrecord.stages.places.index_senses import Sense
from onrecord.stages.places.spot_toponyms import Toponym, spot_toponyms


def find_places(draft: Draft) -> Found[Place]:
    """Return the places of a page, resolved to coordinates where they can be told."""
    comments = comment_parts(draft)
    spotted = list(spot_toponyms(draft))
    home = find_home(draft.page.publisher, draft.page.url)
    report = [t for t in spotted if t.part not in comments]
    accepted = accept_toponyms(report, frozenset())
    names = group_names(accepted)
    choose_senses(names, home)
    voices = accept_toponyms(
        [t for t in spotted if t.part in comments], frozenset(name.key for name in names)
    )
    later = group_names(voices)
    known = {name.key: name for name in names}
    fresh = [name for name in later if name.key not in known]
    choose_senses(fresh, home, names)
    chosen = {name.key: name.chosen for name in (*names, *fresh)}
    return Found(_build_places((*accepted, *voices), chosen), _refusals(spotted))


def accept_toponyms(toponyms: list[Toponym], seen: frozenset[str]) -> list[Toponym]:
    """Return the toponyms that evidence speaks for, and those whose name is a place elsewhere on the page."""
    sure = seen | {t.key for t in toponyms if t.evidence and not t.against and t.senses}
    kept = []
    for toponym in toponyms:
        if toponym.against:
            continue
        if toponym.evidence is None and toponym.key in sure:
            toponym.evidence = "same name elsewhere on the page"
        if toponym.evidence:
            kept.append(toponym)
    return kept


def group_names(toponyms: Iterable[Toponym]) -> list[Name]:
    """Return the toponyms grouped by name, in text order; one name means one place on a page."""
    found: dict[str, Name] = {}
    for toponym in toponyms:
        found.setdefault(toponym.key, Name(toponym.key)).toponyms.append(toponym)
    return list(found.values())


def _build_places(toponyms: Iterable[Toponym], chosen: dict[str, Sense | None]) -> tuple[Place, ...]:
    """Return a place for each thing that was meant, with all its mentions, in text order."""
    groups: dict[object, list[Toponym]] = {}
    for toponym in toponyms:
        sense = chosen[toponym.key]
        groups.setdefault(sense if sense is not None else toponym.key, []).append(toponym)
    return tuple(
        _build_place(f"l{number}", group, chosen[group[0].key])
        for number, group in enumerate(groups.values(), 1)
    )


def _build_place(ident: str, group: list[Toponym], sense: Sense | None) -> Place:
    mentions = tuple(toponym.span for toponym in group)
    rule = group[0].evidence
    evidence = (Evidence(rule or "", "place", mentions[0], sense.name if sense is not None else None),)
    if sense is None:
        return Place(ident, group[0].text, None, None, None, None, None, "unknown", mentions, rule, evidence)
    return Place(
        ident,
        sense.name,
        sense.lat,
        sense.lon,
        sense.country,
        sense.feature,
        sense.geonames,
        sense.precision,
        mentions,
        rule,
        evidence,
    )


def _refusals(toponyms: list[Toponym]) -> tuple[Refusal, ...]:
    return tuple(Refusal(t.span, "places", t.against) for t in toponyms if t.against)
