from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.lexicons.countries import load_countries
from onrecord.lexicons.gazetteer import fold_name, open_gazetteer
from onrecord.records import Sentence
from onrecord.stages.actors.find_units import Unit
from onrecord.words import Doc

HOME_KINDS = ("country", "adjective", "capital", "palace", "demonym", "region")
TOWN = 20_000
"""Inhabitants from which on a place that no list has is taken for the one that news means."""
SENSES = 6
DASHES = ("-", "–", "—", "--", ":", "(", "―")
"""One of these follows the place of a dateline."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a story names a country, or what lies in it or leads it."""

    code: str
    kind: str
    """country, adjective, capital, palace, demonym, region, person, organization or town."""
    number: int
    """Which sentence of the story, from 0."""
    doc: Doc
    start: int
    end: int
    is_dateline: bool = False


def spot_nations(sentences: Iterable[Sentence], units: Mapping[int, dict[int, Unit]]) -> tuple[Spot, ...]:
    """Return where sentences name countries, in text order; `units` by the id of their Doc and by token."""
    found: list[Spot] = []
    named: set[str] = set()
    for number, sentence in enumerate(sentences):
        doc = sentence.tokens.doc
        tokens = range(sentence.tokens.start, sentence.tokens.end)
        inside = dict.fromkeys(unit for i in tokens if (unit := units[id(doc)].get(i)) is not None)
        for unit in inside:
            code = nation_of(doc, unit, named)
            if code is not None:
                named.add(code)
                kind = unit.kind if unit.known is not None or unit.kind == "organization" else "town"
                first = unit.start - sentence.tokens.start
                found.append(
                    Spot(code, kind, number, doc, unit.start, unit.end, _is_dateline(doc, unit, first))
                )
    return tuple(found)


def nation_of(doc: Doc, unit: Unit, named: Iterable[str] = ()) -> str | None:
    """Return the country that a name says by itself, that it lies in, or that its bearer leads."""
    if unit.known is None:
        return (
            _country_of_town(doc[unit.start : unit.end].text, named) if unit.kind == "place" else unit.country
        )
    return unit.known.country or None if unit.kind in (*HOME_KINDS, "person", "organization") else None


def _country_of_town(name: str, named: Iterable[str]) -> str | None:
    """Return the country of a place: one that the story names, else that of the largest of its name."""
    senses = open_gazetteer().find(fold_name(name))[:SENSES]
    codes = [codes_by_alpha2().get(sense.country) for sense in senses]
    for code in codes:
        if code is not None and code in named:
            return code
    return codes[0] if senses and senses[0].population >= TOWN else None


@cache
def codes_by_alpha2() -> dict[str, str]:
    """Return the alpha-3 code of each country under its alpha-2 code."""
    return {country.alpha2: country.alpha3 for country in load_countries() if country.successor is None}


def _is_dateline(doc: Doc, unit: Unit, first: int) -> bool:
    """Return whether a name opens a line as the place that it is reported from: `LIMA, Peru –`."""
    if first > 3 or unit.kind not in (*HOME_KINDS, "place"):
        return False
    return any(word.text in DASHES for word in doc.words[unit.end : unit.end + 5])
